"""Recognises what is missing in the image, from the exceptions that it led to. advice.py says what to do about it.

The facts go by what is missing and not by the exception's class: a FileNotFoundError may mean a file to be read, a
folder to write into, or a program. Types and attributes are asked first, texts last. Each function returns the facts,
{} if it recognises nothing; `kind` says which of advice.py's rows is meant.
"""

import errno
import os
import re
import sys
import traceback

# What a loader, or the package that calls it, says of a library of the system.
LIBRARY = tuple(
    re.compile(pattern)
    for pattern in (
        r"([^\s'\":]+): cannot open shared object file",  # glibc
        r"Error loading shared library ([^\s:]+):",  # musl
        r"cannot load library '([^']+)'",  # cffi, and so WeasyPrint
        r'no library called "([^"]+)" was found',  # cairocffi
        r"Could not find the (GDAL|GEOS) library",  # Django
        r"Unable to load the (SpatiaLite) library",
        r"[Ff]ailed to find (libmagic)\b",  # python-magic
        r"Unable to find (magic|zbar) (?:shared )?library",
        r"(MagickWand) shared library not found",
        r"(libpq) library not found",  # psycopg 3
    )
)
GLIBC = re.compile(r"version [`'](GLIBC(?:XX)?_[\d.]+)' not found")
NAME = tuple(
    re.compile(pattern)
    for pattern in (
        r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'",
        r"^module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'",
        r'^Module "(?P<module>[\w.]+)" does not define a "(?P<name>\w+)"',  # django.utils.module_loading
    )
)
CIRCLE = re.compile(r"partially initialized module '([\w.]+)'")
OF_FILES = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EROFS)
FOLDERS = {"mkdir", "makedirs"}
WRITERS = {"touch", "write_text", "write_bytes"}
OF_SQL = os.path.join("django", "db", "models", "sql", "compiler.py")
OF_BACKENDS = os.path.join("django", "db", "backends", "")


def text_of(error):
    """What it says, as far as that matters here. The exception may be one of the project's, with a __str__ of its own."""
    try:
        return str(error)[:4000]
    except Exception:
        return ""


def library(error):
    """A library of the system that is not in the image, or that was made for another system."""
    text = text_of(error)
    for pattern in LIBRARY:
        match = pattern.search(text)
        if match:
            return {"kind": "missing-library", "library": match.group(1)[:200], "system": system()}
    match = GLIBC.search(text)
    return {"kind": "other-system", "library": match.group(1)} if match else {}


def system():
    """Which packages the image's system has: "debian", "alpine", or "" if neither."""
    if os.path.exists("/etc/alpine-release"):
        return "alpine"
    return "debian" if os.path.exists("/usr/bin/apt-get") else ""


def module(error, first_party):
    """A module that is not in the image, or a name that a module does not have."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return module_facts(error.name, first_party)
    if isinstance(error, (ImportError, AttributeError)):
        circle = CIRCLE.search(text_of(error))
        if circle:
            return {"kind": "circular-import", "module": circle.group(1)}
        for pattern in NAME:
            match = pattern.search(text_of(error))
            if match:
                return {"kind": "missing-name", **match.groupdict(), **name_facts(first_party, **match.groupdict())}
    return {}


def module_facts(name, first_party):
    """What is known of a module that is not there: the package that would have it, and whether that is the project's.

    `module` is the first part of its name that is not there: a package, if that is not installed at all.
    """
    parts = name.split(".")
    depth = len(parts) - 1
    while depth and ".".join(parts[:depth]) not in sys.modules:
        depth -= 1
    facts = {"kind": "missing-module", "module": ".".join(parts[: depth + 1])}
    if not depth:
        return {**facts, "similar": similar(parts[0], None, 0.85)}
    package = sys.modules[".".join(parts[:depth])]
    facts.update(parent=package.__name__, similar=similar(parts[depth], package, 0.6))
    folders = [folder for folder in getattr(package, "__path__", ()) if isinstance(folder, str)]
    if any(first_party.owns(os.path.join(folder, "__init__.py")) for folder in folders):
        facts.update(own=True, template=template_of(parts[depth], folders))
    return facts


def similar(name, package, cutoff):
    """The name of the module next to it that is spelled most alike, "" if none is near."""
    import difflib  # slow to import, and rarely needed
    import pkgutil

    path = getattr(package, "__path__", ()) if package else None
    try:
        names = [each.name for each in pkgutil.iter_modules(path)]
    except Exception:
        return ""  # an importer of the project may do anything
    found = difflib.get_close_matches(name, [each for each in names if each != name], 1, cutoff)
    return ".".join([package.__name__, *found] if package else found) if found else ""


def template_of(name, folders):
    """The file next to it from which it is to be made: local_settings.py.example, settings_sample.py."""
    module = re.escape(name)
    pattern = re.compile(
        r"%s[._-].*(example|sample|template|dist|default)|(example|sample)[._-]%s\b" % (module, module)
    )
    for folder in folders:
        try:
            found = sorted(each for each in os.listdir(folder) if pattern.match(each))
        except OSError:
            continue
        if found:
            return os.path.join(folder, found[0])
    return ""


def name_facts(first_party, module, name):
    import difflib

    there = sys.modules.get(module)
    near = difflib.get_close_matches(name, [each for each in vars(there) if each[0] != "_"] if there else [], 1)
    facts = {"similar": "%s.%s" % (module, near[0]) if near else ""}
    if first_party.owns(getattr(there, "__file__", None)):
        return {**facts, "own": True}
    return {**facts, "version": version_of(module)}


def version_of(module):
    """`Django 5.2`: the distribution that has this module, with its version. "" if none says so."""
    from shipshape_probe.first_party import distributions_of

    try:
        found = next(distributions_of(module.split(".")[0]), None)
        return "%s %s" % (found.metadata["Name"], found.version) if found else ""
    except Exception:
        return ""  # a broken *.dist-info is not what is missing here


def file(error, first_party):
    """A program, or a file or folder that is not there, or that the image's USER may not use."""
    name = getattr(error, "filename", None)
    if not isinstance(error, OSError) or error.errno not in OF_FILES or not isinstance(name, (str, bytes)):
        return {}
    path = os.fsdecode(name)
    if "\0" in path:
        return {}
    frames = list(traceback.walk_tb(error.__traceback__))
    if is_program(path, frames):
        return {"kind": "missing-program", "program": path, "system": system(), "there": os.path.exists(path)}
    path = os.path.abspath(path)
    use = use_of(path, error.errno, frames, first_party)
    return {
        "kind": "missing-file",
        "path": path,
        "use": use,
        "there": os.path.lexists(path),
        "folder": os.path.isdir(os.path.dirname(path)),
        "read_only": error.errno == errno.EROFS,
        "user": user(),
        "variable": variable_of(path, name if isinstance(name, str) else path),
    }


def is_program(path, frames):
    """Was it a program to be started? The working directory that is not there raises the same error."""
    if not frames or os.path.basename(frames[-1][0].f_code.co_filename) != "subprocess.py":
        return False
    cwd = frames[-1][0].f_locals.get("cwd")
    return cwd is None or os.fsdecode(cwd) != path


def use_of(path, number, frames, first_party):
    """What the file is for: "read", "write", or "folder" if it is a folder to be made."""
    use = use_in(frames, first_party)
    if use == "folder" or number == errno.EROFS:
        return use if use == "folder" else "write"
    folder = os.path.dirname(path)
    if number == errno.ENOENT and os.path.isdir(folder):
        return "read"  # a file to be written would have been made
    if number in (errno.EACCES, errno.EPERM):
        if os.path.exists(path):
            return "write" if os.access(path, os.R_OK) else "read"
        if os.access(folder, os.X_OK):
            return "write"
    return use


def use_in(frames, first_party):
    """The same from the calls: the modes and names of the standard library's, then the project's own source."""
    for frame, line in reversed(frames):
        if first_party.owns(frame.f_code.co_filename):
            return use_on_line(frame.f_code.co_filename, line)
        name, variables = frame.f_code.co_name, frame.f_locals
        if name in FOLDERS:
            return "folder"
        mode = variables.get("mode") or getattr(variables.get("self"), "__dict__", {}).get("mode")
        if name in WRITERS or (isinstance(mode, str) and set(mode) & set("wax+")):
            return "write"
    return "read"


def use_on_line(path, line):
    import ast

    from shipshape_probe import files

    lines = files.statement_lines(path, line)
    for node in ast.walk(files.tree(path)):
        if not isinstance(node, ast.Call) or node.lineno not in lines:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        modes = [each for each in [*node.args, *(each.value for each in node.keywords)] if is_mode(each)]
        if name in FOLDERS:
            return "folder"
        if name in WRITERS or (name == "open" and modes):
            return "write"
    return "read"


def is_mode(node):
    import ast

    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and bool(re.fullmatch(r"[bt]?[wax][bt+]{0,2}|r[bt]?\+[bt]?", value))


def user():
    """The image's USER by its name. "" for root, who may write everywhere."""
    if os.geteuid() == 0:
        return ""
    try:
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except (ImportError, KeyError):
        return str(os.geteuid())


def variable_of(path, written):
    """The variable that names this path or a folder above it, "" if none does."""
    try:
        values = {name: value.rstrip("/") for name, value in os.environ.copy().items() if len(value) > 1}
    except Exception:
        return ""
    named = [name for name, value in values.items() if value and name not in ("PWD", "HOME", "OLDPWD", "TMPDIR")]
    exact = [name for name in named if values[name] in (path, written)]
    above = [name for name in named if values[name].startswith("/") and path.startswith(values[name] + "/")]
    return (exact or sorted(above, key=lambda name: len(values[name]), reverse=True) or [""])[0]


def is_query(error):
    """Was it raised by a query of the database?"""
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return any(each.endswith(OF_SQL) or OF_BACKENDS in each for each in files) and any(
        kind.__module__ == "django.db.utils" for kind in type(error).__mro__
    )
