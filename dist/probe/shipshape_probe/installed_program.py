"""Finds the management program that a package installs: a console script that does what manage.py does.

A project that is shipped as a package has no manage.py. Its module, which the console script calls, sets
DJANGO_SETTINGS_MODULE and calls Django's command line. Only files are read: nothing of the project is imported.
"""

import ast
import functools
import glob
import os
import re
import shutil
import sys

from shipshape_probe.source_text import SETTINGS, assignment, read_text

DJANGOS_OWN = {"django", "django-admin"}
COMMAND_LINE = {"execute_from_command_line", "ManagementUtility"}
MOST_SCRIPTS = 500


class Program:
    """A management program: `path` of the script, `module` the file that it calls, `package` the folder of that."""

    def __init__(self, path, module, package):
        self.path = path
        self.module = module
        self.package = package

    @property
    def name(self):
        return os.path.basename(self.path)


def find(start, settings=None):
    """Return (Program or None, names of all).

    There is one only if it is certain: it is the only one, or the only one that the image's start names.
    `start`: the text of ENTRYPOINT and CMD. `settings`: the module that the image or the workflow names, if any.
    """
    found = [each for each in programs() if not settings or top_level(settings) == os.path.basename(each.package)]
    names = [each.name for each in found]
    if len(found) > 1:
        words = {os.path.basename(word) for word in re.split(r"[\s;\"']+", start)}
        found = [each for each in found if each.name in words]
    return (found[0] if len(found) == 1 else None), names


def of_script(path):
    """Return the Program of this script, or None if it is no management program of a package."""
    return next((each for each in programs() if os.path.realpath(each.path) == os.path.realpath(path)), None)


def programs():
    """Every management program, each module's function once."""
    return list(programs_of(tuple(sys.path), os.environ.get("PATH")))


@functools.lru_cache(maxsize=None)
def programs_of(_folders, _path):
    """programs() for this sys.path and this PATH: a start may name many programs."""
    found = {}
    for name, module, function in console_scripts():
        if name in DJANGOS_OWN or (module, function) in found:
            continue
        file, package = source_of(module)
        path = file and is_management(file) and script(name)
        if path:
            found[module, function] = Program(path, file, package)
    return list(found.values())


def console_scripts():
    """Yield (name, module, function) of what the installed packages declare."""
    count = 0
    for folder in dict.fromkeys(sys.path):
        for kind in ("dist-info", "egg-info"):
            for path in sorted(glob.glob(os.path.join(glob.escape(folder or "."), "*." + kind, "entry_points.txt"))):
                section = ""
                for line in map(str.strip, read_text(path).splitlines()):
                    if line.startswith("["):
                        section = line.strip("[] ")
                    match = re.match(r"([^=\s]+)\s*=\s*([\w.]+)\s*:\s*([\w.]+)", line)
                    if match and section == "console_scripts":
                        count += 1
                        if count > MOST_SCRIPTS:
                            return
                        yield match.groups()


def source_of(module):
    """Return (file of a module, folder of its top-level package), without importing a package: (None, None) if unknown."""
    from importlib.util import find_spec

    top, *rest = module.split(".")
    try:
        spec = find_spec(top)
    except Exception:
        return None, None
    if spec is None:
        return None, None
    folders = list(spec.submodule_search_locations or [])
    if not rest:
        return spec.origin, folders[0] if folders else os.path.dirname(spec.origin or "")
    for folder in folders:
        for name in (os.path.join(*rest) + ".py", os.path.join(*rest, "__init__.py")):
            file = os.path.join(folder, name)
            if os.path.isfile(file):
                return file, folder
    return None, None


def is_management(file):
    """Whether a module sets DJANGO_SETTINGS_MODULE, and uses Django's command line."""
    text = read_text(file)
    if SETTINGS not in text or not any(name in text for name in COMMAND_LINE):
        return False
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    sets = any(assignment(node)[0] == SETTINGS for node in nodes)
    return sets and any(called(node) in COMMAND_LINE for node in nodes)


def called(node):
    """The name of the function that a node calls, or of the class that it derives from."""
    if isinstance(node, ast.ClassDef):
        bases = [getattr(base, "id", getattr(base, "attr", None)) for base in node.bases]
        return next((base for base in bases if base in COMMAND_LINE), None)
    if not isinstance(node, ast.Call):
        return None
    return getattr(node.func, "id", getattr(node.func, "attr", None))


def script(name):
    """The Python script of this name: next to the interpreter, or on PATH. None if there is none."""
    beside = os.path.join(os.path.dirname(sys.executable or ""), name)
    path = beside if os.path.isfile(beside) else shutil.which(name)
    if not path:
        return None
    with open(path, "rb") as file:
        first = file.read(2000)
    return path if first.startswith(b"#!") and b"python" in first else None


def top_level(module):
    return module.split(".")[0]
