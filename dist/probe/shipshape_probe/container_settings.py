"""Which settings module the container starts with, and who names it: the image, or what starts the server.

The input `settings` is for the checks alone. Nothing in the container knows it.
"""

from shipshape_probe.source_text import SETTINGS

BY_IMAGE = "the image sets (ENV in the Dockerfile)"
BY_ENV = "the workflow's `env` sets"


def of_application(application):
    """The DJANGO_SETTINGS_MODULE that an application is started with, "" if nobody sets it or that is not certain."""
    sets = [str(each).partition("=")[::2] for each in application.files.get("sets", ())]
    values = [value for name, value in sets if name == SETTINGS]
    value = values[-1] if values else application.environment.get(SETTINGS)
    return value if value and application.complete else ""


def named_by(value, given, user, origin):
    """Who sets it to this value: the beginning of a sentence or the end of a clause.

    given: the container's environment. user: the variables of the workflow's `env`. origin: what starts the server.
    """
    if given.get(SETTINGS) != value:
        return "%s sets" % origin
    return BY_ENV if SETTINGS in user else BY_IMAGE


def who_names(settings, environment):
    """Who makes the container start with these settings, "" if nobody is known to. environment: the Environment."""
    if not settings or SETTINGS in environment.user:
        return ""
    given = environment.of_production()
    values = {}
    for each in applications(given):
        values.setdefault(of_application(each), each.set_by)
    if settings in values:
        return named_by(settings, given, environment.user, values[settings])
    others = set(values) - {""}
    return BY_IMAGE if given.get(SETTINGS) == settings and not others else ""


def applications(given):
    """What the servers of the start load, as far as it can be followed."""
    from shipshape_probe.start_image import checked_image  # slow to import, and only a crash needs it

    try:
        return checked_image(given).start().applications
    except Exception:
        return []  # the image and its scripts can be anything, and the crash matters more
