"""An asgi.py of Channels that works under runserver and dies under daphne, uvicorn and Hypercorn."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from harness import RunTest, probe, rows  # noqa: E402
from projects import Project  # noqa: E402

# As in django/channels#1564, django/daphne#173 and #347: consumers are imported before get_asgi_application().
TOO_EARLY = {
    "shop/consumers.py": "from channels.generic.websocket import JsonWebsocketConsumer\n\nfrom .models import Product\n\n\n"
    "class ProductConsumer(JsonWebsocketConsumer):\n    def receive_json(self, content):\n"
    '        self.send_json({"count": Product.objects.count()})\n',
    "shop/routing.py": "from django.urls import path\n\nfrom .consumers import ProductConsumer\n\n"
    'websocket_urlpatterns = [path("ws/", ProductConsumer.as_asgi())]\n',
    "mysite/asgi.py": "import os\n\nfrom channels.routing import ProtocolTypeRouter, URLRouter\n"
    "from django.core.asgi import get_asgi_application\n\nfrom shop.routing import websocket_urlpatterns\n\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n\n'
    "application = ProtocolTypeRouter(\n"
    '    {"http": get_asgi_application(), "websocket": URLRouter(websocket_urlpatterns)}\n)\n',
}
IN_TIME = {
    **TOO_EARLY,
    "mysite/asgi.py": "import os\n\nfrom channels.routing import ProtocolTypeRouter, URLRouter\n"
    "from django.core.asgi import get_asgi_application\n\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\ndjango_application = get_asgi_application()\n\n'
    "from shop.routing import websocket_urlpatterns\n\n"
    'application = ProtocolTypeRouter({"http": django_application, "websocket": URLRouter(websocket_urlpatterns)})\n',
}
SERVERS = {
    "daphne": "daphne",
    "uvicorn": "uvicorn",
    "hypercorn": "hypercorn",
    "gunicorn": "gunicorn",
}


class Channels(RunTest):
    def started(self, server, overlay, **image):
        config = {"Cmd": [sys.executable, "-m", server, "mysite.asgi:application"]}
        return probe(Project(overlay), checks=["start"], config=config, image=image)

    @rows(**SERVERS)
    def test_models_that_are_imported_too_early_are_an_error_at_asgi(self, server):
        for image in ({}, {"DJANGO_SETTINGS_MODULE": "mysite.settings"}):
            with self.subTest(image=image):
                run = self.started(server, TOO_EARLY, **image)
                self.assertEqual([("start", "start.crashed")], run.failing())
                self.assertHas({"level": "ERROR", "file": "mysite/asgi.py", "line": 6}, run.finding("start.crashed"))

    @rows(**SERVERS)
    def test_after_get_asgi_application_they_are_right(self, server):
        self.assertEqual([], self.started(server, IN_TIME).findings())
