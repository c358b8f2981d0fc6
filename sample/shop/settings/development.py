"""For a laptop: no variable is needed."""

from .base import *

DEBUG = True
SECRET_KEY = "for-development-only"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
