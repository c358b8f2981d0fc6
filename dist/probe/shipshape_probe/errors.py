"""Turns an exception into one clear error: what it was, where in the project, and what is missing."""

import os
import re
import sys
import traceback

from shipshape_probe.first_party import INSTALLED, FirstParty
from shipshape_probe.variable_errors import missing_variables, read_at, refused_variables

PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
FRAMES = 12
# What is raised when a package was made for another version of Django or Python.
MISFITS = (AttributeError, ImportError, NameError, SyntaxError, TypeError)
MAY_NOT_FIT = ("exception", "missing-name", "missing-module")
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
    """Return the error as the report has it, with the facts that advice.py turns into advice.

    `reads` allows to name a missing variable.
    """
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
    module = raising_module(error, first_party)
    if module:
        described["in_module"] = module
    described.update(cause(error, described, reads, first_party))
    package = package_of(frames[-1].filename) if frames else ""
    if package and isinstance(error, MISFITS) and described["kind"] in MAY_NOT_FIT and not described.get("own"):
        described.update(package=package, versions=versions())
    return described


def raising_module(error, first_party):
    """The module of the project in which it was raised, "" if there is none."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = [frame.f_globals for frame in frames if first_party.owns(frame.f_code.co_filename)]
    name = ours[-1].get("__name__") if ours else ""
    return name if isinstance(name, str) else ""


def versions():
    """`Django 5.2 and Python 3.13`."""
    django = sys.modules.get("django")
    found = ["Django %s" % django.get_version()] if hasattr(django, "get_version") else []
    return " and ".join([*found, "Python %d.%d" % sys.version_info[:2]])


def package_of(path):
    """The installed package that a file belongs to. Empty if there is none, or if it is Django."""
    parts = path.split(os.sep)
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in INSTALLED:
            name = parts[index + 1].split(".")[0]
            return "" if name == "django" else name
    return ""


def one_line(error):
    from shipshape_probe import missing  # slow to import, and only an error needs it

    text = missing.text_of(error).strip()
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


def cause(error, described, reads, first_party):
    """Return what is known beyond the exception itself: its kind, and the name of what is missing."""
    from shipshape_probe import missing

    raised = list(chain(error))
    # A library comes before all else: of a package whose library is missing, others say that it is not installed.
    found = next(filter(None, map(missing.library, raised)), {})
    for each in raised:
        found = found or missing.file(each, first_party)
        if not found and reads is not None:
            names = missing_variables(each, described, reads)
            found = {"kind": "missing-variable", "variables": names} if names else {}
        found = found or missing.module(each, first_party)
        if not found and is_service_error(each):
            found = {"kind": "needs-service"}
    if any(map(missing.is_query, raised)):
        found["query"] = True
    if type(error).__name__ == "AppRegistryNotReady":
        found["kind"] = "apps-not-ready"
    if found.get("kind") == "missing-file" and reads is not None:
        found["variable"] = found["variable"] or variable_with_default(found["path"], described, reads)
    if not found.get("kind") and reads is not None:
        on_line = refused_variables(error, reads) or read_at(described, reads)
        missed = dict.fromkeys(name for name, _, _ in reversed(reads.missed))
        unset = [name for name in missed if name not in reads.defaulted]
        if on_line:
            found["read"] = on_line[:5]
        elif unset:
            found["unset"] = unset[:5]
        if not on_line and not reads.is_complete:
            found["read_all"] = True
    return found


def is_service_error(error):
    """Did it fail because there is no network here, and so no database, cache or broker?"""
    from shipshape_probe import missing

    if "unable to open database file" in missing.text_of(error):
        return False  # SQLite says this when the folder is missing
    return any(kind.__name__ in SERVICE_ERRORS for kind in type(error).__mro__)


def is_of_database(error):
    """Is it an error of the database? Also when SQLite misses a table or a file, which may exist only at run time."""
    try:
        from django.db import Error
    except Exception:
        return False  # the project's settings or its Django do not let it be imported
    return any(isinstance(each, Error) for each in chain(error))


def place_of(described):
    """Where in the project a described error is, as a finding has it: {"file", "line"}, {} if that is not known."""
    return {name: described[name] for name in ("file", "line") if described.get(name)}


def wants_service(described):
    """Was a described error caused by the missing network?"""
    return described["kind"] == "needs-service" or bool(IS_NETWORK.search(described["message"]))


def absent_module(name):
    """What to do about a module that cannot be found."""
    from shipshape_probe import missing
    from shipshape_probe.advice import advice

    return advice(missing.module_facts(name, FirstParty()))


def variable_with_default(path, described, reads):
    """The variable whose default this path is: it was read where the file is used, or it is named like the file."""
    on_line = [name for name in read_at(described, reads) if name in reads.defaulted]
    named = [
        name
        for name in sorted(reads.defaulted)
        if name.endswith(("_FILE", "_PATH")) and name.rpartition("_")[0] in os.path.basename(path).upper()
    ]
    return (on_line or named or [""])[0]
