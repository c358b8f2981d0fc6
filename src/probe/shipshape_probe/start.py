"""Imports the server's entry point, and with it the middleware, as production does when it starts.

No system check looks at wsgi.py or at the classes in MIDDLEWARE, but every request needs both.
"""

import importlib
import importlib.util

from shipshape_probe import errors, files
from shipshape_probe.advice import advice
from shipshape_probe.findings import finding

NAMING = ("WSGI_APPLICATION", "ASGI_APPLICATION")  # the first is Django's, the second is read by Channels
OF_SERVERS = {"mod_wsgi", "uwsgi", "uwsgidecorators"}  # modules that exist only inside the running server
WANTS_SERVICE = (
    "The checks run without network, so there is no database, cache or broker. In production the service has to be "
    "there before the server starts."
)
OTHERWISE = "If production has what is missing here (a mounted file, for example), ignore shipshape.start-crashed."


def run(context):
    """Yield (finding, reason) for each entry point that cannot be imported. Equal reasons are the same fault."""
    for name, load in entry_points(context):
        context.doing("loading %s as the server does" % name)
        try:
            load()
        except BaseException as error:
            if isinstance(error, ModuleNotFoundError) and error.name in OF_SERVERS:
                context.note(
                    "%s was not loaded: it imports %s, which exists only inside that server." % (name, error.name)
                )
            else:
                yield crash(name, error, context)


def entry_points(context):
    """Yield (name, function that loads it): what the settings name, else the module next to them, else Django's own."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    found = False
    for setting in NAMING:
        module = str(getattr(settings, setting, None) or "").rpartition(".")[0]
        if module and is_there(module):
            found = True
            yield module, importer(module)
        elif module:
            context.note("%s names %s, but there is no such module in the image." % (setting, module))
    if found:
        return
    module = next(filter(is_there, next_to(context.settings_module, settings.ROOT_URLCONF)), None)
    yield (module, importer(module)) if module else ("the middleware", get_wsgi_application)


def importer(module):
    return lambda: importlib.import_module(module)


def next_to(*modules):
    """Yield the names that wsgi.py, and then asgi.py, may have in the packages of these modules."""
    for name in ("wsgi", "asgi"):
        for module in modules:
            package = str(module or "").rpartition(".")[0]
            while package:
                yield "%s.%s" % (package, name)
                package = package.rpartition(".")[0]


def is_there(module):
    """Is there such a module? Yes if its package cannot be imported: the exception then becomes the finding."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError as error:
        return not (module + ".").startswith("%s." % error.name)
    except BaseException:
        return True


def crash(name, error, context):
    """The finding, and its reason in the form that the `system` check uses for its own crashes."""
    described = errors.describe(error, context.first_party, context.reads)
    place = {each: described[each] for each in ("file", "line") if described.get(each)}
    middleware = middleware_of(error, context.first_party)
    if middleware:
        place = files.mention_place(context.settings_module, middleware)
        place = place or files.setting_place(context.settings_module, "MIDDLEWARE")
    wants_service = errors.wants_service(described) or is_of_database(error)
    crashed = finding(
        # It fails because there is no network where the check runs, not because of the project.
        "INFO" if wants_service else "ERROR",
        "shipshape.start-crashed",
        "The server %s: loading %s raises %s: %s"
        % (
            "needs a service when it starts" if wants_service else "cannot start",
            "%s of MIDDLEWARE" % middleware if middleware else name,
            described["type"],
            described["message"],
        ),
        hint=WANTS_SERVICE if wants_service else hint_of(described),
        object=middleware or name,
        place=place,
    )
    return crashed, (described["type"], described["message"], place.get("file"), place.get("line"))


def middleware_of(error, first_party):
    """The entry of MIDDLEWARE that Django was loading. None if there was none, or if the project's own code raised."""
    from django.core.handlers.base import BaseHandler

    found, trace = None, error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code is BaseHandler.load_middleware.__code__:
            found = trace.tb_frame.f_locals.get("middleware_path")
        elif first_party.owns(code.co_filename):
            found = None
        trace = trace.tb_next
    return found


def is_of_database(error):
    """Is it an error of the database? Also when SQLite misses a table or a file, which may exist only at run time."""
    from django.db import Error

    return any(isinstance(each, Error) for each in errors.chain(error))


def hint_of(described):
    return advice(described) or OTHERWISE
