from django.contrib import admin

from .models import Line, Order


class LineInline(admin.TabularInline):
    model = Line
    extra = 0
    autocomplete_fields = ["product"]


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["__str__", "customer", "status", "placed"]
    list_filter = ["status"]
    date_hierarchy = "placed"
    inlines = [LineInline]
