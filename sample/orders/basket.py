"""The basket: product ids and quantities in the session, until they become an order."""

from django.db import transaction

from catalog.models import Product

from .models import Line, Order

KEY = "basket"


def add(request, product):
    basket = request.session.get(KEY, {})
    basket[str(product.pk)] = basket.get(str(product.pk), 0) + 1
    request.session[KEY] = basket


def count(request):
    return sum(request.session.get(KEY, {}).values())


def context(request):
    return {"basket_count": count(request) if hasattr(request, "session") else 0}


@transaction.atomic
def place(request):
    """Makes the basket an order of the signed-in customer; `None` when there is nothing in it."""
    basket = request.session.get(KEY, {})
    products = Product.objects.filter(on_sale=True, pk__in=basket)
    if not products:
        return None
    order = Order.objects.create(customer=request.user)
    Line.objects.bulk_create(
        Line(order=order, product=product, quantity=basket[str(product.pk)], price=product.price)
        for product in products
    )
    del request.session[KEY]
    return order
