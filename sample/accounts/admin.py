from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from .models import Address, Customer


class AddressInline(admin.TabularInline):
    model = Address
    extra = 0


@admin.register(Customer)
class CustomerAdmin(UserAdmin):
    inlines = [AddressInline]
    fieldsets = [*UserAdmin.fieldsets, ("Contact", {"fields": ["phone"]})]
