"""What an application that cannot be imported means: explained in the process that tried it, judged in the check's."""

import os
import re
import traceback

from shipshape_probe import errors, files
from shipshape_probe.findings import finding

OF_SERVERS = {"mod_wsgi", "uwsgi", "uwsgidecorators"}  # modules that exist only inside the running server
WANTS_SERVICE = (
    "The checks run without network, so there is no database, cache or broker. In production the service has to be "
    "there before the server starts."
)
TOO_EARLY = (
    "Models are imported before Django is set up. Write `application = get_asgi_application()` (or "
    "get_wsgi_application()) above the imports that need models: below `os.environ.setdefault(…)`."
)
NOT_THERE = (
    "Correct the name, or see that the Dockerfile copies the module into the folder that the server starts in, and that "
    ".dockerignore does not exclude it."
)
WITH_SETTINGS = "With DJANGO_SETTINGS_MODULE=%s it starts. Set that in the Dockerfile (ENV), or see that it is set where the container runs."
OTHERWISE = "If production has what is missing here (a mounted file, for example), ignore start.crashed."
NOT_CONFIGURED = re.compile(r"settings are not configured")


def explain(error, first_party, reads, module):
    """What is known of an exception that the import of this module raised, for judge() and as JSON.

    `module`: its name. `described`: of errors.describe. `absent`: it is the module itself that is not there. `of_server`: a module that
    only the running server has. `service`: it wants the network. `early`: Django was not set up yet.
    """
    described = errors.describe(error, first_party, reads)
    missing = getattr(error, "name", None) if isinstance(error, ModuleNotFoundError) else None
    middleware = middleware_of(error, first_party)
    early = is_early(error)
    place = errors.place_of(described)
    if middleware:
        settings = os.environ.get("DJANGO_SETTINGS_MODULE")
        place = files.mention_place(settings, middleware) or files.setting_place(settings, "MIDDLEWARE") or place
    elif early:
        place = outermost_place(error, first_party) or place
    return {
        "module": module,
        "described": described,
        "place": place,
        "middleware": middleware,
        "absent": bool(missing) and (module + ".").startswith(missing + ".") and not place,
        "of_server": missing if missing in OF_SERVERS else None,
        "service": errors.wants_service(described) or errors.is_of_database(error),
        "early": early,
        "hint": TOO_EARLY if early else hint_of(described),
    }


def judge(explained, starts="", only_with=None, certain=True, place=None):
    """The finding on an application that cannot be imported.

    explained: by explain(). starts: who starts it, as a part of a sentence. only_with: the settings module with which it
    does load, if it loads with that one only. certain: the start does reach it. place: of the line that starts it.
    """
    described, name = explained["described"], explained["module"]
    what = "%s of MIDDLEWARE" % explained["middleware"] if explained["middleware"] else name
    says = "loading %s raises %s: %s" % (what, described["type"], described["message"])
    level, begin, hint = "ERROR" if certain else "INFO", "The server cannot start", explained["hint"]
    if described["type"] == "NotThere":
        says, hint = described["message"], NOT_THERE
    elif explained["absent"]:
        says, hint = "there is no module %s in the image" % name, NOT_THERE
    if only_with:
        level, begin = "INFO", "The server needs DJANGO_SETTINGS_MODULE when it starts"
        hint = WITH_SETTINGS % only_with
    elif explained["service"]:
        # It fails because there is no network where the check runs, not because of the project.
        level, begin, hint = "INFO", "The server needs a service when it starts", WANTS_SERVICE
    made = finding(
        level,
        "start.crashed",
        "%s%s: %s" % (begin, " (%s)" % starts if starts else "", says),
        hint=hint,
        object=explained["middleware"] or name,
        place=explained["place"] or place,
    )
    return {**made, "error": "%s: %s" % (described["type"], described["message"])}


def middleware_of(error, first_party):
    """The entry of MIDDLEWARE that Django was loading. None if there was none, or if the project's own code raised."""
    try:
        from django.core.handlers.base import BaseHandler
    except Exception:
        return None

    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code is BaseHandler.load_middleware.__code__:
            found = frame.f_locals.get("middleware_path")
        elif first_party.owns(frame.f_code.co_filename):
            found = None
    return found


def is_early(error):
    """Did code use Django before it was set up?"""
    names = {kind.__name__ for kind in type(error).__mro__}
    return "AppRegistryNotReady" in names or (
        "ImproperlyConfigured" in names and bool(NOT_CONFIGURED.search(str(error)))
    )


def outermost_place(error, first_party):
    """Where the first file of the project was when it imported too early: that file has to be changed."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if first_party.owns(frame.f_code.co_filename):
            return {"file": os.path.abspath(frame.f_code.co_filename), "line": line}
    return {}


def hint_of(described):
    from shipshape_probe.advice import advice  # slow to import, and only a crash needs it

    return advice(described) or OTHERWISE
