"""Takes the values of variables and secrets out of everything that is reported."""

import ast
import io
import json
import os
import re
import tokenize
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
# Values of examples that are also parts of other words: `secrets`, `password_reset`. Nobody guesses a secret by seeing one.
WORDS = {"dummy", "example", "insecure", "password", "random", "secret", "string", "unused"}
WORD_BEGINS = r"(?:(?<![a-zA-Z])|(?<=\\[abfnrtv]))"  # also after a line break as repr() writes it


class Scrubber:
    """Knows what the user supplied, the keys that we made, and the secrets in the settings."""

    def __init__(self, environment, checks):
        public = set(PUBLIC)
        for check in checks:
            public.update(check.attempt.public)
        # {the variable, or "" for a setting: the forms of its values}
        self.values = {}
        for name, value in environment.user.items():
            if name not in NAMES_OF_MODULES and not is_path(value):
                self.values.setdefault(name, set()).update(forms(value))
        secrets = [
            (name, value)
            for given in (environment.image, environment.user, environment.own)
            for name in given
            for value in secrets_in({name: given[name]})
        ]
        secrets += [("", value) for check in checks for value in check.attempt.secrets]
        for name, value in secrets:
            self.values.setdefault(name, set()).update(forms(value))
        for found in self.values.values():
            found.difference_update(public)
        self.pattern = any_of({form for found in self.values.values() for form in found})
        self.secret = any_of({form for _, value in secrets for form in forms(value)} - public)

    def text(self, text, names=()):
        """The text without the values. Values that are one of the names stay."""
        if not self.pattern:
            return text
        return self.pattern.sub(lambda found: found.group() if found.group() in names else HIDDEN, text)

    def all(self, value, names=()):
        """Scrub every string in lists and objects. The names in objects stay as they are."""
        return each(value, lambda text: self.text(text, names))

    def variables_in(self, python, names):
        """Which variables have a value in Python code, in alphabetical order; "" stands for the settings' secrets.

        A value does not count where it is a part of a name: of one of these names, or of a word of the code.
        """
        words, constants = parts_of(python)
        words.update(names)
        constants = [text for text in constants if not all(part in words for part in text.split("."))]
        return sorted(
            name
            for name, found in self.values.items()
            if any(form in text for form in found - words for text in constants)
        )

    def secrets(self, value):
        """Scrub only what is a secret by its name or place, not everything that the user supplied."""
        return each(value, lambda text: self.secret.sub(HIDDEN, text) if self.secret else text)


def any_of(values):
    """A pattern that matches any of the values, or None if there are none."""
    longest_first = sorted(values, key=len, reverse=True)
    return re.compile("|".join(map(pattern_of, longest_first))) if values else None


def pattern_of(value):
    """A value that everybody writes in examples ("secret") is not found inside other words (`secrets`)."""
    escaped = re.escape(value)
    return r"%s%s(?![a-zA-Z])" % (WORD_BEGINS, escaped) if value in WORDS else escaped


def each(value, change):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each(item, change) for item in value]
    if isinstance(value, dict):
        return {name: each(item, change) for name, item in value.items()}
    return value


def parts_of(python):
    """The words of Python code, and its constants and comments as texts. Code that is none is one constant."""
    words, constants = set(), []
    try:
        for kind, text, *_ in tokenize.generate_tokens(io.StringIO(python).readline):
            if kind == tokenize.NAME:
                words.add(text)
            elif kind == tokenize.STRING:
                value = ast.literal_eval(text)
                constants.append(value if isinstance(value, str) else text)
            elif kind in (tokenize.NUMBER, tokenize.COMMENT):
                constants.append(text)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return set(), [python]
    return words, constants


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
