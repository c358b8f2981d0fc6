"""Who supplied the value of a setting: the workflow's `env`, shipshape with a stand-in, or neither of them.

Findings and the report ask the same function. A value of `env` or of ours says nothing of production, so a finding on it
does not count; but a value of the project's must not be taken for one. So it goes by the variables that were read where
the setting is assigned: in that statement, in the conditions that it stands under, and where the names that it uses are
assigned. A text may have come through a class or a function, so a text, and an element of a list, that is equal to
a variable's whole value counts too. True, False and numbers are equal to many variables, so they never count by value
alone.
"""

import ast
import re

from shipshape_probe import files
from shipshape_probe.environment import PRODUCTION

SELECTED = "selected"  # by DJANGO_ENV=production, which we supplied
SHORTEST = 4  # a shorter text may be equal by chance
# What they list is written in the code, whatever else their statements read.
STRUCTURE = {"AUTHENTICATION_BACKENDS", "INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES"}
MOST_NAMES = 20  # that are followed
BETWEEN = re.compile(r"[\s,;\[\]\"']+")  # of a list in a variable
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
BOOLEANS = {True: ("true", "1", "yes", "on"), False: ("false", "0", "no", "off", "")}


def of_settings(names, context):
    """The first answer that of_setting gives for one of these settings, else None."""
    return next(filter(None, (of_setting(name, context) for name in names)), None)


def of_setting(name, context):
    """Who supplied the value of a setting: "user" (the workflow's `env`), "shipshape", or None (the project, the image).

    DJANGO_ENV selects settings, and is no part of them. Where our own may have selected this one, the answer is SELECTED,
    and a comparison decides (without_production.py).
    """
    from django.conf import global_settings, settings

    try:
        if name in STRUCTURE:
            return None
        value = getattr(settings, name)
        statement, variables = origin(name, context)
        is_projects = is_written(statement, value) or value == getattr(global_settings, name, None)
        for who, values in (("user", context.user), ("shipshape", context.stand_ins)):
            given = {each: text for each, text in values.items() if each != PRODUCTION}
            if variables & set(given):
                return who
            if not is_projects and any(is_of(name, value, each, given[each], context) for each in given):
                return who
        if PRODUCTION in variables and PRODUCTION in context.stand_ins:
            return SELECTED
    except Exception:
        pass  # an empty SECRET_KEY; and to look at the project's classes may run its code
    return None


def of_facts(names, context):
    """{setting: who supplied it}, of those that one of the two has supplied."""
    found = {name: of_setting(name, context) for name in names}
    return {name: who for name, who in found.items() if who}


def is_of(setting, value, variable, given, context):
    """Is this value equal to what a variable has, or to one item of it?"""
    is_named = variable == setting or variable.endswith("_" + setting)
    if isinstance(value, str):
        return value == given and (is_named or len(given) >= SHORTEST)
    if isinstance(value, (list, tuple, set, frozenset)):
        elements = {SCHEME.sub("", each) for each in value if isinstance(each, str)}
        items = (SCHEME.sub("", item) for item in BETWEEN.split(given))
        return any(item in elements and (is_named or len(item) >= SHORTEST) for item in items if item)
    if not is_named or not context.reads.may_have_read(variable):
        return False
    return given.strip().lower() in BOOLEANS[value] if isinstance(value, bool) else str(value) == given.strip()


def origin(setting, context):
    """(the statement that assigns a setting or None, the variables that were read where its value comes from)."""
    place = files.setting_place(context.settings_module, setting)
    if not place.get("line"):
        return None, set()
    variables, seen, waiting = set(), set(), [place]
    while waiting and len(seen) <= MOST_NAMES:
        at = waiting.pop()
        nodes = around(at["file"], at["line"])
        lines = {line for node in nodes for line in range(node.lineno, node.end_lineno + 1)}
        variables.update(context.reads.at(at["file"], lines))
        names = {name for node in nodes for name in used_names(node)} - seen
        seen.update(names)
        found = [files.setting_place(context.settings_module, name) for name in sorted(names)]
        waiting.extend(each for each in found if each.get("line"))
    return around(place["file"], place["line"])[0], variables


def around(path, line):
    """What decides on a statement: the statement at this line itself, and the conditions that it stands under."""
    statement, *outer = files.statements_around(path, line)
    return [statement, *(node.test for node in outer if isinstance(node, ast.If))]


def used_names(node):
    """The names that an expression uses as a whole: `HOST`, but not `CONFIG` of `CONFIG["host"]` or `config.host`."""
    if isinstance(node, ASSIGNMENTS):
        node = node.value
    if not isinstance(node, ast.expr):
        return set()
    nodes = list(ast.walk(node))
    bases = [each.func for each in nodes if isinstance(each, ast.Call)]
    bases += [each.value for each in nodes if isinstance(each, (ast.Attribute, ast.Subscript))]
    return {each.id for each in nodes if isinstance(each, ast.Name) and not any(each is base for base in bases)}


def is_written(statement, value):
    """Is this value written in the statement as it is?"""
    try:
        return isinstance(statement, ASSIGNMENTS[:2]) and ast.literal_eval(statement.value) == value
    except ValueError:
        return False
