from decimal import Decimal

from django.test import TestCase

from accounts.models import Customer
from catalog.models import Category, Product

from .models import Order


class Ordering(TestCase):
    @classmethod
    def setUpTestData(cls):
        ropes = Category.objects.create(name="Ropes", slug="ropes")
        Product.objects.create(category=ropes, name="Hemp rope", slug="hemp-rope", price="12.50", stock=3)
        cls.customer = Customer.objects.create_user("ada", "ada@example.com", "anchors-aweigh")

    def test_makes_the_basket_an_order(self):
        self.client.post("/orders/add/hemp-rope/")
        self.client.post("/orders/add/hemp-rope/")
        self.client.force_login(self.customer)
        page = self.client.post("/orders/place/", follow=True)
        self.assertContains(page, "2 × Hemp rope")
        self.assertEqual(Order.objects.get().total, Decimal("25.00"))

    def test_places_nothing_from_an_empty_basket(self):
        self.client.force_login(self.customer)
        page = self.client.post("/orders/place/", follow=True)
        self.assertContains(page, "Your basket is empty.")
        self.assertFalse(Order.objects.exists())

    def test_asks_a_stranger_to_sign_in(self):
        self.assertRedirects(self.client.get("/orders/"), "/accounts/login/?next=/orders/")
