"""Choices that are computed when the models are imported, from data that is not the project's own.

The names of the time zones come from the image's tzdata, those of currencies from Babel. An image that is built anew has
newer data, and then Django finds a change of the models that nobody made. A migration that writes such choices down is
out of date again with the next data.

An expression is followed to the names that it uses, through the project's modules. It counts if it leads to data of a
package, of Python or of Django, or to the clock, and if the choices are not all written in the sources on that way.
"""

import ast
import functools
import os
import sys

from shipshape_probe import changing_models, files
from shipshape_probe.findings import finding
from shipshape_probe.first_party import INSTALLED, STANDARD_LIBRARY
from shipshape_probe.operations import name_as_written, object_of

# Modules of Python and of Django that have data in them which may be others in the next version or on another system.
PYTHONS = {"encodings", "http", "locale", "mimetypes", "unicodedata", "zoneinfo"}
DJANGOS = {"django.conf.global_settings", "django.conf.locale"}
MOST_NAMES = 500  # that are followed for one field
PASS_A_FUNCTION = (
    "To keep them out of migrations, give the field a function of the module, without brackets: choices=FUNCTION. Then run "
    "`makemigrations %s` once more: Django writes the function's name into the migration, and not what it returns."
)
IN_THE_FORM = (
    "To keep them out of migrations, leave `choices` out of the model and set them in the form. From Django 5.0 on the field "
    "takes a function too: choices=FUNCTION. Then run `makemigrations %s` once more."
)


def findings(app, changes, context):
    """The findings on operations that alter nothing but choices: one for each, none if any is not computed for certain.

    changes: [(operation, the field as the migrations have it)].
    """
    found = []
    for operation, old in changes:
        try:
            computed = computed_by(app.get_model(operation.model_name), operation, old, context)
        except Exception:
            return []  # looking at the project's objects runs code of the project
        if computed is None:
            return []
        found.append(computed_finding(app, operation, *computed))
    return found


def computed_finding(app, operation, source, place):
    import django

    label = object_of(app, operation)
    return finding(
        "INFO",
        "migrations.missing",
        "The choices of %s differ from those in the migrations. They are computed by %s when the models are imported, so they "
        "may change with the packages and the data of the image, without a change of the project." % (label, source),
        hint=(PASS_A_FUNCTION if django.VERSION >= (5, 0) else IN_THE_FORM) % app.label,
        object=label,
        place=place,
    )


def computed_by(model, operation, old, context):
    """(what computes the choices of a field, the place), or None if the project wrote them, or that is not known."""
    name = name_as_written(model, operation.name.lower())
    expression, owner = files.attribute_value(model, name)
    sources = Sources(context)
    if expression is None:
        owner, line = model, None
        sources.of_class(type(operation.field), files.class_node(model))
    elif isinstance(expression, ast.Call):
        line = expression.lineno
        options = {each.arg: each.value for each in expression.keywords}  # None: `**options`
        if "choices" in options:
            line = options["choices"].lineno
            sources.follow(options["choices"], owner.__module__, owner)
        elif None not in options:
            sources.of_class(type(operation.field), expression)
    if not sources.found or not context.first_party.owns(files.module_file(owner.__module__)):
        return None
    sources.modules.update((owner.__module__, *files.star_imported(context.settings_module)))
    if are_written(operation.field, old, sources.modules):
        return None
    place = files.place(files.module_file(owner.__module__), line) if line else files.class_place(model)
    return " and ".join(sorted(sources.found)[:3]), place


def are_written(field, old, modules):
    """Did the project itself write what has changed? Then somebody changed it, or forgot it."""
    written = {str(value) for module in modules for value in constants(files.module_file(module))}
    values = {str(value) for value, _ in field.flatchoices}
    if values != {str(value) for value, _ in old.flatchoices}:
        return values <= written
    return values | {str(label) for _, label in field.flatchoices} <= written


@functools.lru_cache(maxsize=None)
def constants(path):
    nodes = ast.walk(files.tree(path)) if path else ()
    return {node.value for node in nodes if isinstance(node, ast.Constant)}


class Sources:
    """What expressions take their values from.

    found: names of what is not the project's own. modules: those of the project that the names lead through.
    """

    def __init__(self, context):
        self.first_party = context.first_party
        self.settings_module = context.settings_module
        self.found, self.modules, self.seen = set(), set(), set()

    def of_class(self, kind, node):
        """Of a field without an argument `choices`: its class, if a package has it and gets no choices otherwise."""
        options = {each.arg or "" for each in ast.walk(node) if isinstance(each, ast.keyword)}
        given = any("choices" in each for each in options - {"choices"})  # MoneyField(currency_choices=…)
        if not given and not self.first_party.owns(files.module_file(kind.__module__)) and is_data(kind.__module__):
            self.found.add("%s.%s" % (kind.__module__, kind.__qualname__))

    def follow(self, node, module, kind=None):
        """Follow the names of an expression or function. kind: the class in whose body it is."""
        self.modules.add(module)
        bound = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        bound.update(
            each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        )
        imported = {**imports(files.module_file(module), module), **imports_in(ast.walk(node), module)}
        for each in ast.walk(node):
            if isinstance(each, ast.Call) and changing_models.is_changing(each.func, sys.modules[module]):
                self.found.add("%s()" % changing_models.source_of(each.func, sys.modules[module]))
        for names in dotted_names(node):
            if names[0] not in bound:
                self.look_up(names, module, imported, kind)

    def look_up(self, names, module, imported, kind=None):
        """Follow a dotted name of a module to what it means there."""
        step = (module, kind, *names)
        if step in self.seen or len(self.seen) >= MOST_NAMES:
            return
        self.seen.add(step)
        in_class = getattr(files.assignment_in_class(kind, names[0]), "value", None) if kind else None
        if in_class is not None:
            self.follow(in_class, module, kind)
        elif names[0] in imported:
            self.look_into([*imported[names[0]], *names[1:]])
        else:
            meant = files.assigned_value(module, names[0]) or function(files.module_file(module), names[0])
            if meant is not None:
                self.follow(meant, module)

    def look_into(self, names):
        """Follow the full name of something that a module imports."""
        end = len(names)
        while end and ".".join(names[:end]) not in sys.modules:
            end -= 1
        module, rest = ".".join(names[:end]), names[end:]
        path = files.module_file(module)
        if module == "django.conf" and rest[:1] == ["settings"]:
            self.setting(*rest[1:2])
        elif path and self.first_party.owns(path):
            if rest:
                self.look_up(rest, module, imports(path, module))
        elif module and is_data(module):
            self.found.add(".".join(names))

    def setting(self, name=""):
        """Follow a setting to the project's settings, or to Django's default."""
        from django.conf import global_settings, settings

        if not settings.is_overridden(name):
            if hasattr(global_settings, name):
                self.found.add("django.conf.global_settings." + name)
            return
        for module in files.star_imported(self.settings_module):
            value = files.assigned_value(module, name)
            if value is not None:
                self.follow(value, module)
                return


def is_data(module):
    """May a module that is not the project's have data in it which change without the project?"""
    top = module.partition(".")[0]
    if top == "django":
        return module in DJANGOS
    path = getattr(sys.modules.get(module), "__file__", None)
    if not path or (path.startswith(STANDARD_LIBRARY) and not set(INSTALLED) & set(path.split(os.sep))):
        return top in PYTHONS
    return True


def dotted_names(node):
    """Yield each name that is used below a node with its attributes: ["pytz", "common_timezones"]."""
    attributes, inner = [], node
    while isinstance(inner, ast.Attribute):
        attributes.insert(0, inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        yield [inner.id, *attributes]
        return
    for child in ast.iter_child_nodes(inner):
        yield from dotted_names(child)


@functools.lru_cache(maxsize=None)
def imports(path, module):
    """{name: the words of the full name} of what a module imports."""
    return imports_in(files.statements(files.tree(path).body), module) if path else {}


def imports_in(nodes, module):
    package = getattr(sys.modules.get(module), "__package__", "") or ""
    found = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for each in node.names:
                words = each.name.split(".")
                found[each.asname or words[0]] = words if each.asname else words[:1]
        elif isinstance(node, ast.ImportFrom):
            start = [word for word in files.imported_name(node, package).split(".") if word]
            found.update((each.asname or each.name, [*start, each.name]) for each in node.names)
    return found


@functools.lru_cache(maxsize=None)
def function(path, name):
    """The function that a module defines under a name, or None."""
    nodes = files.statements(files.tree(path).body) if path else ()
    return next((node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == name), None)
