"""Reads, without running it, what a file says of the variables that name the settings."""

import ast
import re

SETTINGS = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"  # django-configurations: which class of that module


def environment_defaults(path):
    """Read, without running it, which values a wsgi.py or manage.py gives to the two variables."""
    text = read_text(path)
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return defaults_by_pattern(text)
    found = {}
    for node in nodes:
        name, value = assignment(node)
        if name in (SETTINGS, CONFIGURATION) and isinstance(value, str) and value:
            found.setdefault(name, value)
    return found


def assignment(node):
    """Return (name, value) of os.environ.setdefault(name, value) or os.environ[name] = value."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "setdefault" and len(node.args) == 2:
            return literal(node.args[0]), literal(node.args[1])
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        key = node.targets[0].slice
        if not isinstance(key, ast.Constant):
            key = getattr(key, "value", None)  # Python 3.8 wraps it in ast.Index
        return literal(key), literal(node.value)
    return None, None


def literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def defaults_by_pattern(text):
    found = {}
    for name in (SETTINGS, CONFIGURATION):
        match = re.search(r"""['"]%s['"]\s*(?:,|\]\s*=)\s*['"]([\w.]+)['"]""" % name, text)
        if match:
            found[name] = match.group(1)
    return found


def read_text(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as source:
            return source.read(1000000)
    except OSError:
        return ""
