"""Notices which environment variables the project reads while it loads, and supplies what it cannot do without.

The report lists them, because production has to set them; and when settings crash, they tell which variable is
missing. Reads by Python, Django or the probe do not count. A library's read counts when the project asked for it
(django-environ, decouple …), but not when the library looks for its own options.

To read all of the environment is no read of each name. What somebody does with a copy cannot be noticed, so the list
is not complete then. pydantic-settings is an exception: its classes name their variables (pydantic_fields.py).
"""

import os
import sys

from shipshape_probe import demands

CONFIGURATION_LIBRARIES = {
    "configurations", "confy", "decouple", "dj_cache_url", "dj_database_url", "dj_email_url",
    "django_cache_url", "environ", "environs", "envparse", "getenv", "goodconf",
    "prettyconf", "starlette",
}  # fmt: skip
NAME_THEIR_VARIABLES = {"pydantic_settings", "pydantic"}
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
NOT_COUNTED = {"DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION"}  # the report has them elsewhere
MOST_NAMES = 5000


class Reads:
    """Records `names`: {name: did it ever have a value?}, in the order of the first read."""

    def __init__(self, first_party, offers=None, make_up=None):
        """`offers`: {name: value} of the stand-ins that may be supplied while the project loads.

        `make_up(name)`: a value for any other variable, in a load that is to find all that are missing.
        """
        self.first_party = first_party
        self.offers = dict(offers or {})
        self.make_up = make_up
        self.supplied = {}  # what was supplied
        self.names = {}
        self.touched = set()  # every name that anybody has read, libraries and Python included
        self.missed = []  # [(name, file, line)] of reads that found nothing, the latest one last
        self.gave = {}  # {name: (file, line)} of the latest read that gave a value, which may be a default
        self.places = {}  # {name: {(file, line), …}} of all reads
        self.defaulted = set()  # names that were read with a default, and had no other value
        self.readers_of_all = set()  # the libraries that read all of the environment, "" for the project itself
        self.iterating = None
        self.listing = None
        self.busy = False

    def install(self):
        """Patch os._Environ: every kind of read ends in its __getitem__, or begins with its __iter__ or keys."""
        kind = type(os.environ)
        getitem, iterate, list_keys, reads = kind.__getitem__, kind.__iter__, kind.keys, self

        def __getitem__(environ, key):
            try:
                value = getitem(environ, key)
            except KeyError:
                ours = reads.note(key, False)
                if ours is None:
                    raise
                os.environ[os.fsdecode(key)] = ours
                return getitem(environ, key)
            reads.note(key, True)
            return value

        def __iter__(environ):
            reads.note_all(sys._getframe(1))
            return reads.each(iterate(environ))

        def keys(environ):
            reads.listing = instruction(sys._getframe(1))
            reads.note_all(sys._getframe(1))
            return list_keys(environ)

        kind.__getitem__, kind.__iter__, kind.keys = __getitem__, __iter__, keys

    def each(self, keys):
        for key in keys:
            self.iterating = key
            yield key

    @property
    def is_complete(self):
        return self.readers_of_all <= NAME_THEIR_VARIABLES

    def may_have_read(self, name):
        """Has the project read it, or is that not known? Those that a class of pydantic's names were read by it."""
        return name in self.names or bool(self.readers_of_all)

    def unset(self):
        """The names that were read without a default and without finding a value, the latest first."""
        names = dict.fromkeys(name for name, _, _ in reversed(self.missed))
        return [name for name in names if name not in self.defaulted and name not in self.supplied]

    def at(self, path, lines):
        """The names that were read in these lines of a file."""
        return [
            name
            for name, places in self.places.items()
            if any(line in lines and os.path.abspath(file) == path for file, line in places)
        ]

    def report(self, declared, user):
        """What the journal says of the reads. `declared`: {name: is it set?} of pydantic's, `user`: names of `env`."""
        return {
            "reads": {**self.names, **declared},
            "supplied": self.supplied,
            "unset": [*self.unset(), *(name for name, is_set in declared.items() if not is_set)],
            "unread": [name for name in user if name not in self.touched and name not in declared],
            "is_complete": self.is_complete,
        }

    def note(self, key, found):
        """Note a read. Returns a stand-in for a variable that the settings cannot do without, else None."""
        caller = sys._getframe(2)
        if instruction(caller) != self.listing:
            self.listing = None
        if self.busy or (found and (key == self.iterating or self.listing)):
            return None  # a loop over all variables, or dict(os.environ), asks for none of them
        self.busy = True
        try:
            name = os.fsdecode(key) if isinstance(key, (str, bytes)) else None
            if name and name not in NOT_COUNTED:
                if not caller.f_code.co_filename.startswith(PROBE) and len(self.touched) < MOST_NAMES:
                    self.touched.add(name)
                asker, _ = self.asker(caller, name)
                if asker is not None:
                    return self.note_of_project(name, found, caller, asker)
        finally:
            self.busy = False
        return None

    def note_of_project(self, name, found, caller, asker):
        place = (asker.f_code.co_filename, asker.f_lineno)
        self.places.setdefault(name, set()).add(place)
        if not found and (name in self.offers or self.make_up):
            if demands.is_certain(name, caller, asker, self.first_party):
                self.supplied[name] = self.offers.get(name) or self.make_up(name)
                found = True
        self.names[name] = found or self.names.get(name, False)
        if not found:
            self.missed.append((name, *place))
            if has_default(caller, asker):
                self.defaulted.add(name)
        if found or name in self.defaulted:
            self.gave[name] = place
        return self.supplied.get(name)

    def note_all(self, caller):
        """Note that somebody reads all of the environment, as os.environ.copy(), items() and loops do."""
        if self.busy:
            return
        self.busy = True
        try:
            asker, library = self.asker(caller)
            if asker is not None:
                self.readers_of_all.add(library or "")
        finally:
            self.busy = False

    def asker(self, frame, name=None):
        """Return who asked for this name, or for all: a frame, and the library that read it or None.

        The frame is the project's. It is the library's where settings are its own business and no project frame has
        called it (django-configurations fills its classes after their import). (None, None) if the project did not ask.
        """
        direct = reader = None
        while frame is not None:
            path = frame.f_code.co_filename
            if path in THROUGH:
                pass
            elif self.first_party.owns(path):
                counts = direct is None or direct in CONFIGURATION_LIBRARIES or name is None
                # dynaconf reads all variables, and asks for its own options one by one.
                if counts or name in self.offers or name in self.supplied or mentions(frame.f_code, name):
                    return frame, direct
                return None, None
            elif path.startswith("<frozen") or (path.startswith((STANDARD_LIBRARY, PROBE)) and "-packages" not in path):
                break
            else:
                if direct is None:
                    direct, reader = library(frame), frame
                if direct == "django" or (library(frame) == direct and frame.f_code.co_name == "<module>"):
                    return None, None  # a library that is being imported looks for its own options
            frame = frame.f_back
        return (reader, direct) if direct in CONFIGURATION_LIBRARIES else (None, None)


def has_default(frame, asker):
    """Did the project give a default? All libraries call it `default`; without one they pass an object of their own.

    An empty one counts as none: settings give it to test for it afterwards.
    """
    while frame is not None and frame is not asker:
        default = frame.f_locals.get("default")
        if isinstance(default, PLAIN):
            return not (type(default) in (str, bytes, list, tuple, dict, set) and not default)
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
