from django.views.generic import DetailView, ListView

from .models import Product


class ProductList(ListView):
    template_name = "catalog/products.html"
    context_object_name = "products"

    def get_queryset(self):
        products = Product.objects.filter(on_sale=True).select_related("category")
        category = self.request.GET.get("category")
        return products.filter(category__slug=category) if category else products


class ProductDetail(DetailView):
    template_name = "catalog/product.html"
    context_object_name = "product"
    queryset = Product.objects.filter(on_sale=True)
