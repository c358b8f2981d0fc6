"""Would settings end for certain without a variable that they are just reading?

Then a stand-in is supplied at that moment, and the settings need not be loaded again. Certain are `os.environ["NAME"]`,
and a library's function that was given no default and that raises an exception then. Neither is where the project
catches the exception, because what follows is a default of its own. As certain is a statement that makes an empty
setting, `SECRET_KEY = os.environ.get("SECRET_KEY")`, if nothing else is about that setting, in its file or in those that
import it. Where nothing is certain, the settings are loaded without a stand-in, and what comes of it tells
(stand_ins.py).
"""

import ast
import functools
import os

from shipshape_probe.environment import FILLS

# Exceptions that a variable which is not set does not raise.
OTHER_EXCEPTIONS = {
    "ImportError", "ModuleNotFoundError", "OSError", "IOError", "FileNotFoundError", "PermissionError",
}  # fmt: skip
TRY = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))


def is_certain(name, caller, asker, first_party):
    """`caller`: the frame that reads os.environ. `asker`: the one that asked for this variable (reads.py)."""
    if caller is not asker and not any(raises(frame, name) for frame in between(caller, asker)):
        setting = leaves_empty(name, asker.f_code.co_filename, asker.f_lineno)
        return bool(setting) and is_final(setting, name, asker, first_party)
    return not any(
        first_party.owns(frame.f_code.co_filename) and is_caught(frame.f_code.co_filename, frame.f_lineno)
        for frame in between(asker, None)
    )


def between(frame, end):
    """Yield the frame, and those that called it, up to `end`."""
    while frame is not None and frame is not end:
        yield frame
        frame = frame.f_back


def raises(frame, name):
    """Is this a library's function that raises an exception when there is no such variable?"""
    library = str(frame.f_globals.get("__name__", "")).split(".")[0]
    rule = RAISES.get((library, frame.f_code.co_name))
    try:
        return bool(rule and rule(frame.f_locals, name))
    except Exception:
        return False  # another version of the library


def environ(names, name):
    return type(names["default"]).__name__ == "NoValue"


def decouple(names, name):
    return type(names["default"]).__name__ == "Undefined" and name not in names["self"].repository


def environs(names, name):
    env = names["self"]
    return names["default"] is ... and env.eager and name not in getattr(env, "_environ", ())


def configurations(names, name):
    return names["self"].environ_required


# {(library, function): is there no default, in the function's variables, and no other source of the value?}
RAISES = {
    ("environ", "get_value"): environ,
    ("decouple", "get"): decouple,
    ("environs", "method"): environs,
    ("configurations", "setup"): configurations,
}


@functools.lru_cache(maxsize=None)
def is_caught(path, line):
    """Does this line stand where an exception for a missing variable is caught? Also where it cannot be known."""
    from shipshape_probe import files

    module = files.tree(path)
    for node in ast.walk(module):
        if isinstance(node, TRY) and covers(node.body, line) and any(map(swallows, node.handlers)):
            return True
        if isinstance(node, (ast.With, ast.AsyncWith)) and covers(node.body, line):
            if any("suppress" in ast.dump(item.context_expr) for item in node.items):
                return True
    return not module.body


def leaves_empty(name, path, line):
    """The setting that this line assigns an empty value to, if the variable fills it and nothing else in the file uses it."""
    from shipshape_probe import files

    module = files.tree(path)
    for node in module.body:
        if isinstance(node, ast.Assign) and node.lineno <= line <= node.end_lineno and is_empty_read(node.value):
            target = node.targets[0]
            if len(node.targets) == 1 and isinstance(target, ast.Name) and name in FILLS.get(target.id, ()):
                uses = [each for each in ast.walk(module) if target.id == getattr(each, "id", "")]
                reads = [each for each in ast.walk(module) if name == getattr(each, "value", "")]
                return target.id if len(uses) == len(reads) == 1 else ""
    return ""


def is_final(setting, name, asker, first_party):
    """Does the setting stay as it is assigned there, and is the variable read only there?

    The file is the settings module, or a module that loads just now because another one star-imports it, as production's
    settings do with the common ones. That one may not mention the setting, and no star import may follow.
    """
    from shipshape_probe import files

    for frame in between(asker, None):
        path, line = frame.f_code.co_filename, frame.f_lineno
        if first_party.owns(path):
            stars = files.star_imports(path)
            if any(star.lineno > line for star in stars):
                return False
            imports_it = frame is asker or any(covers([star], line) for star in stars)
            if not imports_it or (frame is not asker and mentions(path) & {setting, name}):
                return False
        if frame.f_globals.get("__name__") == os.environ.get("DJANGO_SETTINGS_MODULE"):
            return files.module_file(frame.f_globals["__name__"]) == path
    return False


@functools.lru_cache(maxsize=None)
def mentions(path):
    """The names and texts in a file."""
    from shipshape_probe import files

    fields = ("id", "attr", "name", "value")
    found = (getattr(node, field, None) for node in ast.walk(files.tree(path)) for field in fields)
    return {each for each in found if isinstance(each, str)}


def is_empty_read(node):
    """`os.environ.get(…)` or `os.getenv(…)` whose default is empty, and `.split(…)` of it."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr == "split":
        return is_empty_read(node.func.value)
    read = node.func.attr == "getenv" or (node.func.attr == "get" and "environ" in ast.dump(node.func.value))
    defaults = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
    return read and all(isinstance(each, ast.Constant) and not each.value for each in defaults)


def covers(body, line):
    return body[0].lineno <= line <= body[-1].end_lineno


def swallows(handler):
    """Does this `except` go on? One that ends with `raise` does not."""
    named = {getattr(each, "id", getattr(each, "attr", "?")) for each in exceptions(handler.type)}
    return not (named and named <= OTHER_EXCEPTIONS) and not isinstance(handler.body[-1], ast.Raise)


def exceptions(node):
    return node.elts if isinstance(node, ast.Tuple) else [node] if node else []
