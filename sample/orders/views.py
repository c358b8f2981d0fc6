from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from catalog.models import Product

from . import basket
from .models import Order


@require_POST
def add(request, slug):
    product = get_object_or_404(Product, slug=slug, on_sale=True)
    basket.add(request, product)
    messages.success(request, f"{product} is in your basket.")
    return redirect(product)


@require_POST
@login_required
def place(request):
    if basket.place(request) is None:
        messages.error(request, "Your basket is empty.")
    return redirect("orders:history")


@login_required
def history(request):
    orders = Order.objects.filter(customer=request.user).prefetch_related("lines__product")
    return render(request, "orders/history.html", {"orders": orders})
