"""Which environment variables does an exception complain about? By the library's types and attributes first, then by text.

A variable is missing, or it has a value that the settings refuse. Both are told as far as they are known.
"""

import os
import re
import sys
import traceback

from shipshape_probe.pydantic_fields import fields_of, settings_classes, variable_prefix

# What hand-written code and the usual libraries say when a variable is missing.
MISSING_VARIABLE = (
    re.compile(r"Set the (\w+) environment variable"),  # django-environ, Two Scoops of Django
    re.compile(r"^(\w+) not found\. Declare it as envvar"),  # decouple
    re.compile(
        r"""[Ee]nvironment variable ['"`]?(?!is\b)(\w+)['"`]? (?:is )?(?:not set|required|missing|must be set)"""
    ),
    re.compile(r"""['"`]?\b([A-Z][A-Z0-9_]+)['"`]? environment variable"""),
)
NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def missing_variables(error, described, reads):
    """The variables that are not set, and that this exception is about.

    `described` has its place in the project (errors.py), `reads` what was read before (reads.py).
    """
    names = named_by_type(error, reads)
    return [name for name in names if not has_value(name)] if names else by_text(error, described, reads)


def refused_variables(error, reads):
    """The variables whose value this exception is about."""
    return [name for name in named_by_type(error, reads) if has_value(name)]


def named_by_type(error, reads):
    for recognise in (of_pydantic, of_dynaconf, of_environs, of_key_error, of_library_call):
        names = recognise(error, reads)
        if names:
            return names
    return []


def has_value(name):
    return name in os.environ.copy()


def of_pydantic(error, reads):
    """ValidationError has a list of what is wrong with each field; SettingsError is about a value that is no JSON."""
    module = type(error).__module__.split(".")[0]
    if module not in ("pydantic", "pydantic_core", "pydantic_settings"):
        return []
    if type(error).__name__ == "SettingsError":
        field = re.search(r'for field "(\w+)"', str(error))
        kinds = [kind for kind in settings_classes() if field and field.group(1) in fields_of(kind)]
        return [of_field(kinds[0], field.group(1))] if kinds else []
    errors = getattr(error, "errors", None)
    kinds = [kind for kind in settings_classes() if kind.__name__ == title_of(error)]
    if not callable(errors) or not kinds:
        return []
    return list(dict.fromkeys(of_field(kinds[0], *each["loc"]) for each in errors() if each.get("loc")))


def title_of(error):
    """The name of the class that was to be filled. pydantic 1 has the class itself."""
    return getattr(error, "title", None) or getattr(getattr(error, "model", None), "__name__", "")


def of_field(kind, *path):
    """The variable of a field, by where pydantic says that it is: names, and numbers for places in a list."""
    there = {each.upper(): each for each in os.environ.copy()}
    names = [str(part) for part in path if not isinstance(part, int)]
    prefix = variable_prefix(kind) if names[0] in fields_of(kind) else ""  # else it is an alias
    whole = (prefix + names[0]).upper()
    if whole in there:  # a list, or a model that is given as JSON
        return there[whole]
    delimiter = (getattr(kind, "model_config", None) or {}).get("env_nested_delimiter") or "__"
    name = (prefix + delimiter.join(names)).upper()
    return there.get(name, name)


def of_dynaconf(error, reads):
    """Its ValidationError has the validators, each with the names of its settings."""
    if not is_from("dynaconf", error):
        return []
    settings = getattr(sys.modules["dynaconf"], "settings", None)
    try:
        prefix = settings.ENVVAR_PREFIX_FOR_DYNACONF
    except Exception:
        prefix = "DJANGO"  # of its extension for Django
    prefix = prefix + "_" if isinstance(prefix, str) and prefix else ""
    names = []
    for each in getattr(error, "details", None) or ():
        validator, message = each if isinstance(each, tuple) and len(each) == 2 else (None, "")
        for name in getattr(validator, "names", None) or ():
            if str(name).upper() in str(message).upper():
                names.append(prefix + str(name).replace(".", "__").upper())
    return names


def of_environs(error, reads):
    """A sealed Env tells all variables together, {name: what is wrong}."""
    messages = getattr(error, "error_messages", None)
    return [str(name) for name in messages] if is_from("environs", error) and isinstance(messages, dict) else []


def of_key_error(error, reads):
    """os.environ["NAME"]. After a copy of all of the environment was made, any name in capitals may come from it."""
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    if not isinstance(key, str):
        return []
    if key in {name for name, _, _ in reads.missed}:
        return [key]
    return [prefix_of(key, error) + key] if not reads.is_complete and NAME.fullmatch(key) else []


def prefix_of(key, error):
    """What a loop over the environment has cut off, if the file that crashed asks for one beginning alone; else ""."""
    import ast

    from shipshape_probe import files

    paths = [os.path.abspath(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__)]
    nodes = [node for path in paths[-1:] for node in ast.walk(files.tree(path))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    begins = {getattr(call.args[0], "value", "") for call in calls if getattr(call.func, "attr", "") == "startswith"}
    found = [each for each in begins if isinstance(each, str) and NAME.fullmatch(each)]
    return found[0] if len(found) == 1 and not key.startswith(found[0]) else ""


def is_from(package, error):
    return type(error).__module__.split(".")[0] == package and package in sys.modules


def of_library_call(error, reads):
    """The variable that a library's function was working on, the innermost such call first."""
    if isinstance(error, OSError):
        return []  # it is about the file that a variable names, or that its default names
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        package = str(frame.f_globals.get("__name__", "")).split(".")[0]
        name_of = CALLS.get((package, frame.f_code.co_name))
        try:
            name = name_of(frame.f_locals) if name_of else None
        except Exception:
            name = None  # another version of the library
        if isinstance(name, str) and NAME.fullmatch(name.upper()):
            return [name]
    return []


def of_configurations(names):
    value = names["self"]
    name = value.full_environ_name(names["name"])
    return name if value.environ_required or has_value(name) else None


# {(library, function): the variable's name, of the function's own variables}
CALLS = {
    ("environ", "get_value"): lambda names: names.get("var_name") or names["var"],
    ("decouple", "get"): lambda names: names["option"],
    ("environs", "method"): lambda names: names.get("source_key") or names.get("parsed_key") or names["name"],
    ("configurations", "setup"): of_configurations,
}


def by_text(error, described, reads):
    text = str(error)
    for pattern in MISSING_VARIABLE:
        match = pattern.search(text)
        if match:
            return [match.group(1)]
    absent = {name for name, _, _ in reads.missed}
    # Short names (DB, TZ) may be in any text. So they count only if they were read just before.
    likely = {name for name in absent if "_" in name} | {name for name, _, _ in reads.missed[-3:]}
    named = [name for name in likely if re.search(r"\b%s\b" % re.escape(name), text)]
    if named:
        return sorted(named, key=text.find)
    # int(os.environ.get("PORT")) reads and crashes in one statement.
    for name, file, line in reversed(reads.missed):
        if name not in reads.defaulted and same_statement(described, file, line):
            return [name]
    return []


def read_at(described, reads):
    """The variables that were read, with a value, on the line that crashed; if none, in the statement around it."""
    places = [(name, os.path.abspath(file), line) for name, (file, line) in reads.gave.items()]
    there = (described.get("file"), described.get("line"))
    return [name for name, *place in places if tuple(place) == there] or [
        name for name, file, line in places if same_statement(described, file, line)
    ]


def same_statement(described, file, line):
    if os.path.abspath(file) != described.get("file"):
        return False
    if line == described.get("line"):
        return True
    from shipshape_probe.files import statement_lines

    return line in statement_lines(described["file"], described.get("line"))
