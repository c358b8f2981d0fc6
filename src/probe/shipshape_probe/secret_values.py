"""Finds secrets in the settings and in the environment: values that must never leave the image."""

import re
import traceback
from urllib.parse import urlsplit

SECRET_NAME = re.compile(r"SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|DSN\b")
# The path of a class or module. Tokens and keys have dots too, so modules are short and in lower case.
DOTTED_PATH = re.compile(r"([a-z_][a-z0-9_]{0,39}\.)+[A-Za-z_]\w{0,39}$")
SHORTEST = 6


def secrets_in(values):
    """Yield the secret strings of {name: value}: settings or environment variables."""
    for name, value in list(values.items()):
        if not isinstance(name, str) or not isinstance(value, str) or len(value) < SHORTEST:
            continue
        is_secret = SECRET_NAME.search(name.upper()) and not DOTTED_PATH.match(value)
        if is_secret or password_of(value):
            yield value
    for keys in (values.get("SECRET_KEY_FALLBACKS"), databases_passwords(values.get("DATABASES"))):
        if isinstance(keys, (list, tuple)):
            yield from (key for key in keys if isinstance(key, str))


def databases_passwords(databases):
    if not isinstance(databases, dict):
        return []
    return [each["PASSWORD"] for each in databases.values() if isinstance(each, dict) and each.get("PASSWORD")]


def password_of(value):
    """The password in a URL. Empty if it is not a URL or has no password."""
    if "://" not in value or "@" not in value:
        return ""
    try:
        return urlsplit(value).password or ""
    except ValueError:
        return ""


def secrets_of_settings():
    from django.conf import settings

    values = {}
    for name in dir(settings):
        try:
            values[name] = getattr(settings, name)
        except Exception:
            pass  # an empty SECRET_KEY raises an exception
    return sorted(set(secrets_in(values)))


def secrets_of_traceback(error):
    """The secrets that settings had defined before they crashed. The module is gone, but its frames are left."""
    found = set()
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if "SECRET_KEY" in frame.f_globals or "DATABASES" in frame.f_globals:
            found.update(secrets_in(frame.f_globals))
    return sorted(found)
