"""Turns an exception into one clear error: what it was, where in the project, and what is missing."""

import os
import re
import sys
import traceback

from shipshape_probe.first_party import INSTALLED
from shipshape_probe.variable_errors import missing_variables, read_at, refused_variables

PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
FRAMES = 12
# What is raised when a package was made for another version of Django or Python.
MISFITS = (AttributeError, ImportError, NameError, SyntaxError, TypeError)
SERVICE_ERRORS = {
    "OperationalError", "InterfaceError", "ConnectionError", "ConnectionRefusedError", "gaierror",
    "NewConnectionError", "MaxRetryError", "ConnectTimeout", "ConnectTimeoutError", "URLError",
    "EndpointConnectionError", "NoBrokersAvailable", "ServerSelectionTimeoutError", "HTTPError",
    "TimeoutError", "timeout",
}  # fmt: skip
IS_NETWORK = re.compile(
    r"connection refused|could not translate host|name or service not known|failure in name resolution|"
    r"network is unreachable|no route to host",
    re.I,
)


def describe(error, first_party, reads=None):
    """Return the error as the report has it. `reads` allows to name a missing variable."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or not frames[-1].filename.startswith(PROBE):  # else the defect is in the probe
        frames = [each for each in frames if not each.filename.startswith((PROBE, "<frozen importlib"))]
    ours = [frame for frame in frames if first_party.owns(frame.filename)]
    if ours:
        frames = frames[frames.index(ours[0]) :]  # leave out how Python and Django got there
    described = {
        "kind": "exception",
        "type": type(error).__name__,
        "message": one_line(error),
        "traceback": "".join(
            traceback.format_list(frames[-FRAMES:]) + traceback.format_exception_only(type(error), error)
        )[-6000:],
    }
    if isinstance(error, SyntaxError) and error.filename and first_party.owns(error.filename):
        described.update(file=os.path.abspath(error.filename), line=error.lineno)
    elif ours:
        described.update(file=os.path.abspath(ours[-1].filename), line=ours[-1].lineno)
    described.update(cause(error, described, reads))
    package = package_of(frames[-1].filename) if frames else ""
    if package and isinstance(error, MISFITS) and described["kind"] == "exception":
        described["package"] = package
    return described


def package_of(path):
    """The installed package that a file belongs to. Empty if there is none, or if it is Django."""
    parts = path.split(os.sep)
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in INSTALLED:
            name = parts[index + 1].split(".")[0]
            return "" if name == "django" else name
    return ""


def one_line(error):
    text = str(error).strip()
    if isinstance(error, KeyError) and len(error.args) == 1:
        text = str(error.args[0])
    return text[:4000]


def chain(error):
    """Yield the error and what it was raised from."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def cause(error, described, reads):
    """Return what is known beyond the exception itself: its kind, and the name of what is missing."""
    found = {}
    for each in chain(error):
        if reads is not None:
            names = missing_variables(each, described, reads)
            if names:
                found.setdefault("kind", "missing-variable")
                found.setdefault("variables", names)
        if isinstance(each, ModuleNotFoundError) and each.name:
            found.setdefault("kind", "missing-module")
            found.setdefault("module", each.name)
        if isinstance(each, (FileNotFoundError, PermissionError, NotADirectoryError)) and each.filename:
            found.setdefault("kind", "missing-file")
            found.setdefault("path", os.fsdecode(each.filename))
        if is_service_error(each):
            found.setdefault("kind", "needs-service")
    if not found and reads is not None:
        on_line = refused_variables(error, reads) or read_at(described, reads)
        missed = dict.fromkeys(name for name, _, _ in reversed(reads.missed))
        unset = [name for name in missed if name not in reads.defaulted]
        if on_line:
            found["read"] = on_line[:5]
        elif unset:
            found["unset"] = unset[:5]
    return found


def is_service_error(error):
    """Did it fail because there is no network here, and so no database, cache or broker?"""
    if "unable to open database file" in str(error):
        return False  # SQLite says this when the folder is missing
    return any(kind.__name__ in SERVICE_ERRORS for kind in type(error).__mro__)


def wants_service(described):
    """Was a described error caused by the missing network?"""
    return described["kind"] == "needs-service" or bool(IS_NETWORK.search(described["message"]))


def absent_module(name):
    """What to do about a module that cannot be found."""
    parent, _, last = name.rpartition(".")
    package = sys.modules.get(parent)
    if not parent:
        return "%s is not installed in the image: add it to the requirements." % name
    if package is None:
        return absent_module(parent)
    import difflib  # slow to import, and rarely needed
    import pkgutil

    siblings = [module.name for module in pkgutil.iter_modules(getattr(package, "__path__", ()))]
    similar = difflib.get_close_matches(last, siblings, 1)
    if similar:
        return "Did you mean %s.%s?" % (parent, similar[0])
    return "%s is installed but has no %s. Check the spelling, and that the installed version has it." % (parent, last)
