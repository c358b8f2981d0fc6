from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path


def up(request):
    """Answers as soon as Django does, for whoever watches the container."""
    return HttpResponse("up\n", content_type="text/plain")


urlpatterns = [
    path("up", up),
    path("admin/", admin.site.urls),
    path("accounts/", include("django.contrib.auth.urls")),
    path("orders/", include("orders.urls")),
    path("", include("catalog.urls")),
]
