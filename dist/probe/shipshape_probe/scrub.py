"""Takes the values of variables and secrets out of everything that is reported."""

import json
import os
import re
from urllib.parse import quote, unquote

from shipshape_probe.secret_values import password_of, secrets_in

SHORTEST = 6
SHORTEST_LINE = 16  # of a value with several lines, such as a private key
NAMES_OF_MODULES = {"DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION"}
HIDDEN = "***"
# Values that are not secret, and that are part of many messages.
PUBLIC = {
    "console", "database", "default", "development", "django", "localhost", "memory", "postgres",
    "postgresql", "production", "public", "require", "sqlite", "sqlite3", "staging", "static", "testing",
}  # fmt: skip


class Scrubber:
    """Knows what the user supplied, the keys that we made, and the secrets in the settings."""

    def __init__(self, environment, checks):
        public = set(PUBLIC)
        for check in checks:
            public.update(check.attempt.public)
        values = set()
        for name, value in environment.user.items():
            if name not in NAMES_OF_MODULES and not is_path(value):
                values.update(forms(value))
        secrets = [
            value for given in (environment.image, environment.user, environment.own) for value in secrets_in(given)
        ]
        for check in checks:
            secrets.extend(check.attempt.secrets)
        for value in secrets:
            values.update(forms(value))
        self.pattern = any_of(values - public)
        self.secret = any_of({form for value in secrets for form in forms(value)} - public)

    def text(self, text):
        return self.pattern.sub(HIDDEN, text) if self.pattern else text

    def all(self, value):
        """Scrub every string in lists and objects. The names in objects stay as they are."""
        return each(value, self.text)

    def secrets(self, value):
        """Scrub only what is a secret by its name or place, not everything that the user supplied."""
        return each(value, lambda text: self.secret.sub(HIDDEN, text) if self.secret else text)


def any_of(values):
    """A pattern that matches any of the values, or None if there are none."""
    longest_first = sorted(values, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if values else None


def each(value, change):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each(item, change) for item in value]
    if isinstance(value, dict):
        return {name: each(item, change) for name, item in value.items()}
    return value


def is_path(value):
    """Is it a file or folder of the image? Paths are not secret, and findings name them."""
    return value.startswith("/") and all(os.path.exists(part) for part in value.split(":") if part)


def forms(value):
    """Yield the forms in which a value may turn up: whole, its lines, quoted, and the password of a URL."""
    parts = [value, value.strip()]
    parts += [line.strip() for line in value.splitlines() if len(line.strip()) >= SHORTEST_LINE]
    parts += [password_of(value), unquote(password_of(value))]
    for part in parts:
        if len(part) >= SHORTEST:
            yield part
            yield repr(part)[1:-1]
            yield json.dumps(part)[1:-1]
            yield quote(part)
            yield quote(part, safe="")
