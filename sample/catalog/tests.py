from django.test import TestCase

from .models import Category, Product


class Catalogue(TestCase):
    @classmethod
    def setUpTestData(cls):
        ropes = Category.objects.create(name="Ropes", slug="ropes")
        knots = Category.objects.create(name="Knots", slug="knots")
        Product.objects.create(category=ropes, name="Hemp rope", slug="hemp-rope", price="12.50", stock=3)
        Product.objects.create(category=knots, name="Bowline", slug="bowline", price="1.00")
        Product.objects.create(category=knots, name="Granny", slug="granny", price="1.00", on_sale=False)

    def test_lists_what_is_on_sale(self):
        page = self.client.get("/")
        self.assertContains(page, "Hemp rope")
        self.assertNotContains(page, "Granny")

    def test_narrows_to_a_category(self):
        page = self.client.get("/", {"category": "ropes"})
        self.assertContains(page, "Hemp rope")
        self.assertNotContains(page, "Bowline")

    def test_hides_the_page_of_what_is_not_on_sale(self):
        self.assertEqual(self.client.get("/products/bowline/").status_code, 200)
        self.assertEqual(self.client.get("/products/granny/").status_code, 404)
