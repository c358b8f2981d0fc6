"""What an application that cannot be imported means: explained in the process that tried it, judged in the check's."""

import os
import re
import traceback
from collections import namedtuple

from shipshape_probe import errors, files, start_doubts
from shipshape_probe.findings import finding
from shipshape_probe.services import needs_service
from shipshape_probe.start_situation import with_way_out

OF_SERVERS = {"mod_wsgi", "uwsgi", "uwsgidecorators"}  # modules that exist only inside the running server
TOO_EARLY = (
    "Models are imported before Django is set up. Write `application = get_asgi_application()` (or "
    "get_wsgi_application()) above the imports that need models: below `os.environ.setdefault(…)`."
)
NOT_THERE = (
    "Correct the name, or see that the Dockerfile copies the module into the folder that the server starts in, and that "
    ".dockerignore does not exclude it."
)
WITH_SETTINGS = "With DJANGO_SETTINGS_MODULE=%s it starts. Set that in the Dockerfile (ENV), or see that it is set where the container runs."
OTHERS = (
    "The checks use %s, which the container does not know. If production sets another DJANGO_SETTINGS_MODULE when the "
    "container runs, give it to the checks with `env`."
)
STARTS_WITH = "With %s the server starts: set DJANGO_SETTINGS_MODULE to that where it is set now. "
OTHERWISE = "If production has what is missing here (a mounted file, for example), ignore start.crashed."
GIVE = "To have the rest looked at too, give the checks a value (it is not put into the image):\nenv: |%s"
# value: the DJANGO_SETTINGS_MODULE that the server starts with. named_by: who sets it. of_checks: the one of the checks.
# instead: the same, if the server does start with it.
ContainerSettings = namedtuple("ContainerSettings", "value named_by of_checks instead")
NOT_CONFIGURED = re.compile(r"settings are not configured")


def explain(error, first_party, reads, module, reading=""):
    """What is known of an exception that the import of this module raised, for judge() and as JSON.

    `module`: its name. `settings`: DJANGO_SETTINGS_MODULE at the end. `reading`: a file of the server's that was being read instead. `described`: of errors.describe.
    `absent`: it is the module itself that is not there. `of_server`: a module that only the running server has.
    `service`: it wants the network or credentials. `early`: Django was not set up yet. `of_code`: no variable cures it.
    `unset`: variables that were read, and that nobody has set.
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
        "settings": os.environ.get("DJANGO_SETTINGS_MODULE"),
        "reading": reading,
        "described": described,
        "place": place,
        "middleware": middleware,
        "absent": bool(missing) and (module + ".").startswith(missing + ".") and not place and not reading,
        "of_server": missing if missing in OF_SERVERS else None,
        "service": is_of_service(error, described),
        "early": early,
        "of_code": start_doubts.is_of_code(error, described, first_party),
        "unset": reads.unset()[:5],
        "hint": TOO_EARLY if early else hint_of(described),
    }


def judge(explained, starts="", only_with=None, doubt="", place=None, settings=None):
    """The finding on an application that cannot be imported.

    explained: by explain(). starts: who starts it, as a part of a sentence. only_with: the settings module with which it
    does load, if it loads with that one only. doubt: why production may not crash (start_doubts.py). place: of the
    line that starts it. settings: the ContainerSettings, if the checks use others.
    """
    described, name = explained["described"], explained["module"]
    what = "loading %s" % ("%s of MIDDLEWARE" % explained["middleware"] if explained["middleware"] else name)
    if explained["reading"]:
        what = "reading %s" % explained["reading"]
    if settings:
        what += " with %s, which is the DJANGO_SETTINGS_MODULE that %s," % settings[:2]
    says = "%s raises %s: %s" % (what, described["type"], described["message"])
    level, begin, hint = "ERROR", "The server cannot start", explained["hint"]
    if described["type"] == "NotThere":
        says, hint = described["message"], NOT_THERE
    elif explained["absent"]:
        meant = explained.get("meant")
        hint = "Did you mean %s? %s" % (meant, NOT_THERE) if meant else NOT_THERE
        says = "there is no module %s in the image" % name
    if only_with:
        level, begin = "INFO", "The server needs DJANGO_SETTINGS_MODULE when it starts"
        hint = WITH_SETTINGS % only_with
    elif doubt:
        level, begin, hint = "INFO", "The server may not start", "%s %s" % (doubt, hint)
    if settings:
        change = STARTS_WITH % settings.instead if settings.instead else ""
        hint = "%s%s\n%s" % (change, OTHERS % settings.of_checks, hint)
    made = finding(
        level,
        "start.crashed",
        "%s%s: %s" % (begin, " (%s)" % starts if starts else "", says),
        hint=with_way_out(hint, starts) if level == "ERROR" else hint,
        object=explained["middleware"] or explained["reading"] or name,
        place=explained["place"] or place,
    )
    return {**made, "error": "%s: %s" % (described["type"], described["message"])}


def is_of_service(error, described):
    """Did it fail because of a service that only production has? Settings that miss a variable may say that alike."""
    if errors.wants_service(described) or errors.is_of_database(error):
        return True
    is_of_settings = described["kind"] == "missing-variable" or described["type"] == "ImproperlyConfigured"
    return not is_of_settings and needs_service(error)


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

    if described["kind"] == "missing-variable":
        return GIVE % "".join("\n  %s=…" % name for name in described["variables"])
    return advice(described) or OTHERWISE
