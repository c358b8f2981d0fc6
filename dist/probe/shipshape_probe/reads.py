"""Notices which environment variables the project reads while it loads.

The report lists them, because production has to set them; and when settings crash, they tell which variable is
missing. Reads by Python, Django or the probe do not count. A library's read counts when the project asked for it
(django-environ, decouple …), but not when the library looks for its own options.
"""

import os
import sys

CONFIGURATION_LIBRARIES = {
    "configurations", "confy", "decouple", "dj_cache_url", "dj_database_url", "dj_email_url",
    "django_cache_url", "dynaconf", "environ", "environs", "envparse", "getenv", "goodconf",
    "prettyconf", "starlette",
}  # fmt: skip
STANDARD_LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
# environ.get(), getenv(), `in`, pop(), setdefault(); Python 3.11+ has these two frozen.
THROUGH = {
    "<frozen os>",
    "<frozen _collections_abc>",
    os.environ.get.__code__.co_filename,
    os.getenv.__code__.co_filename,
}
PLAIN = (str, bytes, int, float, list, tuple, dict, set, os.PathLike)
NOT_COUNTED = {"DJANGO_SETTINGS_MODULE"}  # the report has it elsewhere


class Reads:
    """Records `names`: {name: did it ever have a value?}, in the order of the first read."""

    def __init__(self, first_party):
        self.first_party = first_party
        self.names = {}
        self.missed = []  # [(name, file, line)] of reads that found nothing, the latest one last
        self.gave = {}  # {name: (file, line)} of the latest read that gave a value, which may be a default
        self.defaulted = set()  # names that were read with a default, and had no other value
        self.iterating = None
        self.listing = None
        self.busy = False

    def install(self):
        """Patch os._Environ: every kind of read ends in its __getitem__."""
        kind = type(os.environ)
        getitem, iterate, reads = kind.__getitem__, kind.__iter__, self

        def __getitem__(environ, key):
            try:
                value = getitem(environ, key)
            except KeyError:
                reads.note(key, False)
                raise
            reads.note(key, True)
            return value

        def __iter__(environ):
            for key in iterate(environ):
                reads.iterating = key
                yield key

        def keys(environ):
            reads.listing = instruction(sys._getframe(1))
            return list_keys(environ)

        list_keys = kind.keys
        kind.__getitem__, kind.__iter__, kind.keys = __getitem__, __iter__, keys

    def note(self, key, found):
        caller = sys._getframe(2)
        if instruction(caller) != self.listing:
            self.listing = None
        if self.busy or (found and (key == self.iterating or self.listing)):
            return  # a loop over all variables, or dict(os.environ), asks for none of them
        self.busy = True
        try:
            name = os.fsdecode(key) if isinstance(key, (str, bytes)) else None
            if name and name not in NOT_COUNTED:
                frame = self.asker(caller, name)
                if frame is not None:
                    self.names[name] = found or self.names.get(name, False)
                    place = (frame.f_code.co_filename, frame.f_lineno)
                    if not found:
                        self.missed.append((name, *place))
                        if has_default(caller, frame):
                            self.defaulted.add(name)
                    if found or name in self.defaulted:
                        self.gave[name] = place
        finally:
            self.busy = False

    def asker(self, frame, name):
        """Return the frame of the project that asked for this name, or None if the project did not ask."""
        direct = None
        while frame is not None:
            path = frame.f_code.co_filename
            if path in THROUGH:
                if frame.f_code.co_name == "copy":
                    return None
            elif self.first_party.owns(path):
                if direct is None or direct in CONFIGURATION_LIBRARIES or mentions(frame.f_code, name):
                    return frame
                return None
            elif path.startswith((STANDARD_LIBRARY, PROBE)) and "-packages" not in path:
                return None
            elif path.startswith("<frozen"):
                return None  # a library that is being imported looks for its own options
            elif direct is None:
                direct = library(frame)
                if direct == "django":
                    return None
            frame = frame.f_back
        return None


def has_default(frame, asker):
    """Did the project give a default? All libraries call it `default`; without one they pass an object of their own."""
    while frame is not None and frame is not asker:
        if isinstance(frame.f_locals.get("default"), PLAIN):
            return True
        frame = frame.f_back
    return False


def instruction(frame):
    """The bytecode instruction that runs. dict(mapping) calls keys() and reads every value in one instruction."""
    return id(frame), frame.f_lasti


def library(frame):
    return str(frame.f_globals.get("__name__", "")).split(".")[0]


def mentions(code, name):
    """Does the name occur as a string in this code?"""
    return any(isinstance(constant, str) and name in constant for constant in code.co_consts)


def declared_by_pydantic(first_party):
    """The variables that the project's pydantic settings classes declare: {name: is it set?}.

    pydantic reads the whole environment at once, so its reads cannot be noticed.
    """
    there = {name.upper(): name for name in os.environ.copy()}
    found = {}
    for kind in pydantic_settings():
        module = sys.modules.get(kind.__module__)
        if not first_party.owns(getattr(module, "__file__", None)):
            continue
        for field, options in getattr(kind, "model_fields", {}).items():
            alias = getattr(options, "validation_alias", None)
            name = (alias if isinstance(alias, str) else variable_prefix(kind) + field).upper()
            found[there.get(name, name)] = name in there
    return found


def pydantic_settings():
    """Yield every subclass of pydantic's BaseSettings that is loaded."""
    base = getattr(sys.modules.get("pydantic_settings"), "BaseSettings", None)
    waiting = list(base.__subclasses__()) if base else []
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting.extend(kind.__subclasses__())


def variable_prefix(kind):
    return (getattr(kind, "model_config", None) or {}).get("env_prefix", "")
