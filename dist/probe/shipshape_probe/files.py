"""Finds the file and line of classes, fields and settings, from the sources in the image.

Django's objects know their class. The line where a field is assigned is read from the source.
A place is {"file": …, "line": …}; what is not known is left out.
"""

import ast
import functools
import hashlib
import inspect
import os
import sys

from shipshape_probe.assigned import assignments

LARGEST_SOURCE = 5 * 1024 * 1024


def place(path, line=None):
    if not path:
        return {}
    found = {"file": os.path.abspath(path)}
    if line:
        found["line"] = line
    return found


def is_below(path, *folders):
    """Is a path one of these folders, or inside of one?"""
    return any((path + os.sep).startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)


def module_file(name):
    """The source file of a loaded module, or None."""
    path = getattr(sys.modules.get(name), "__file__", None)
    return path if path and path.endswith(".py") else None


@functools.lru_cache(maxsize=None)
def tree(path):
    """The parsed source, or an empty module if it cannot be read."""
    try:
        if os.path.getsize(path) > LARGEST_SOURCE:
            raise ValueError(path)
        with open(path, "rb") as source:
            return ast.parse(source.read(), path)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


def statements(body):
    """Yield the statements of a body, and those inside if, try, with and for, but not those inside functions."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody"):
            if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from statements(getattr(node, name, ()))
        for handler in getattr(node, "handlers", ()):
            yield from statements(handler.body)


@functools.lru_cache(maxsize=None)
def all_statements(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.stmt)]


def statements_around(path, line):
    """The statements that a line is in, the smallest first."""
    nodes = [node for node in all_statements(path) if node.lineno <= line <= node.end_lineno]
    return sorted(nodes, key=lambda node: node.end_lineno - node.lineno)


def statement_lines(path, line):
    """The lines of the smallest statement around this line."""
    nodes = statements_around(path, line) if line else ()
    return range(nodes[0].lineno, nodes[0].end_lineno + 1) if nodes else range(0)


def assignment_in_class(kind, name):
    """The statement of a class's body that gives an attribute its value, or None."""
    node = class_node(kind)
    if not node:
        return None
    certain, possible = assignments(node.body, {**vars(sys.modules[kind.__module__]), **vars(kind)})
    return certain.get(name) or possible.get(name)


def assigned_value(module, name):
    """The expression that a module assigns to a name, or None."""
    certain, possible = assignments_of_module(module_file(module), module)
    return getattr(certain.get(name) or possible.get(name), "value", None)


@functools.lru_cache(maxsize=None)
def assignments_of_module(path, module):
    """assigned.assignments() of a module that is loaded, and whose file this is."""
    return assignments(tree(path).body, vars(sys.modules[module])) if path else ({}, {})


@functools.lru_cache(maxsize=None)
def star_imports(path):
    """The statements `from … import *` of a file."""
    found = [node for node in statements(tree(path).body) if isinstance(node, ast.ImportFrom)]
    return [node for node in found if any(alias.name == "*" for alias in node.names)]


def class_node(kind):
    """The ClassDef of a class in its source, or None."""
    path = module_file(kind.__module__)
    if not path:
        return None
    body, node = tree(path).body, None
    for name in kind.__qualname__.split("."):
        if name == "<locals>":
            return None
        node = None
        for each in statements(body):
            if isinstance(each, ast.ClassDef) and each.name == name:
                node = each
        if node is None:
            return None
        body = node.body
    return node


def class_place(kind):
    node = class_node(kind)
    return place(module_file(kind.__module__), node.lineno if node else None)


def attribute_place(kind, name):
    """Where a class, or the base that it inherits from, assigns an attribute. Else the place of the class."""
    for base in kind.__mro__:
        node = assignment_in_class(base, name)
        if node:
            return place(module_file(base.__module__), node.lineno)
    return class_place(kind)


def attribute_value(kind, name):
    """(the expression that a class, or the base that it inherits from, assigns to an attribute, that class)."""
    for base in kind.__mro__:
        value = getattr(assignment_in_class(base, name), "value", None)
        if value is not None:
            return value, base
    return None, None


def setting_place(settings_module, name=None):
    """Where a setting gets its value: in the settings module or in one that it star-imports from.

    A line that has run for certain is preferred. If there is none at all, the settings module's file.
    """
    configuration = os.environ.get("DJANGO_CONFIGURATION")
    kind = getattr(sys.modules.get(settings_module), configuration or "", None)
    if inspect.isclass(kind) and name:
        return attribute_place(kind, name)
    paths = {module: module_file(module) for module in star_imported(settings_module)}
    for which in (0, 1):  # certain, possible
        for module, path in paths.items():
            node = assignments_of_module(path, module)[which].get(name)
            if node:
                return place(path, node.lineno)
    return place(module_file(settings_module) if settings_module else None)


def mention_place(settings_module, dotted):
    """Where a settings module, or one that it star-imports from, has this dotted name or one below it as a string."""
    for module in star_imported(settings_module):
        path = module_file(module)
        for node in ast.walk(tree(path)):
            value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and (value + ".").startswith(dotted + "."):
                return place(path, node.lineno)
    return {}


def star_imported(module, seen=None):
    """Yield a module and those that it star-imports from, the last import first."""
    seen = set() if seen is None else seen
    path = module_file(module) if module else None
    if not path or module in seen:
        return
    seen.add(module)
    yield module
    package = getattr(sys.modules[module], "__package__", "") or ""
    for node in reversed(star_imports(path)):
        yield from star_imported(imported_name(node, package), seen)


def imported_name(node, package):
    if not node.level:
        return node.module or ""
    base = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join(base + ([node.module] if node.module else []))


def function_place(function):
    function = inspect.unwrap(function)
    function = getattr(function, "func", function)  # functools.partial
    code = getattr(function, "__code__", None)
    if code is None:
        return class_place(type(function))
    return place(code.co_filename, code.co_firstlineno)


def object_place(thing):
    """Where the object of a check message is written, as near as possible."""
    from django.apps import AppConfig
    from django.db.models import Model

    if isinstance(thing, str) or thing is None:
        return {}
    if inspect.isclass(thing):
        return class_place(thing)
    if inspect.ismodule(thing):
        return place(module_file(thing.__name__))
    if inspect.isfunction(thing) or inspect.ismethod(thing):
        return function_place(thing)
    model, name = getattr(thing, "model", None), getattr(thing, "name", None)
    if inspect.isclass(model) and issubclass(model, Model) and isinstance(name, str):
        return attribute_place(model, name)  # a field or a manager
    if isinstance(thing, AppConfig):
        if type(thing) is AppConfig:
            return place(module_file(thing.module.__name__))
        return class_place(type(thing))
    return class_place(type(thing))


def sha256(path):
    """The hexadecimal SHA-256 of a file, or None if it cannot be read."""
    try:
        if os.path.getsize(path) > LARGEST_SOURCE:
            return None
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None
