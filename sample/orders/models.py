from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Address
from catalog.models import Product


class Order(models.Model):
    class Status(models.TextChoices):
        PLACED = "placed"
        PAID = "paid"
        SHIPPED = "shipped"
        CANCELLED = "cancelled"

    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders")
    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLACED)
    placed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-placed"]
        indexes = [models.Index(fields=["customer", "status"], name="order_customer_status")]

    def __str__(self):
        return f"Order {self.pk}"

    @property
    def total(self):
        return sum((line.amount for line in self.lines.all()), Decimal())


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "product"], name="line_once_per_product"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_quantity_positive"),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.product}"

    @property
    def amount(self):
        return self.quantity * self.price
