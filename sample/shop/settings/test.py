"""For `manage.py test`: production's apps, without TLS and without hashed file names."""

from .base import *

DEBUG = False
SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["testserver"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
