from django.urls import path

from . import views

app_name = "orders"
urlpatterns = [
    path("", views.history, name="history"),
    path("place/", views.place, name="place"),
    path("add/<slug:slug>/", views.add, name="add"),
]
