"""What the settings read from the environment. A variable that is missing is named, never guessed."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name):
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the {name} environment variable")
    return value


def words(name):
    return [word.strip() for word in required(name).split(",") if word.strip()]


def database(name):
    """`postgres://user:password@host:5432/shop`, `sqlite:////absolute/path` or `sqlite://:memory:`."""
    url = urlsplit(required(name))
    if url.scheme == "sqlite":
        path = unquote(url.path).removeprefix("/")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path or ":memory:"}
    if url.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path).removeprefix("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"{name} has the scheme {url.scheme!r}; the shop knows postgres and sqlite")
