"""Where the values of settings come from: a variable, and who set it; or from none, so that they are empty."""

from shipshape_probe import files
from shipshape_probe.environment import FILLS, PRODUCTION

HOSTS = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")
SHORTEST = 6  # a shorter value may be part of a setting by chance


def wanted(reads, declared):
    """The stand-ins that would fill a setting which Django calls empty.

    They count if the settings read them and had no value for them; where all of the environment was read at once,
    they may have been read.
    """
    from django.conf import settings

    missed = {name for name, _, _ in reads.missed} | {name for name, is_set in declared.items() if not is_set}
    return [
        name
        for setting, names in FILLS.items()
        for name in names
        if name in reads.offers and (name in missed or not reads.is_complete) and is_empty(setting, settings)
    ]


def is_empty(name, settings):
    try:
        value = getattr(settings, name)
        if name == "ALLOWED_HOSTS":
            return not any(str(host).strip() for host in value)
        if name == "DATABASES":
            return not value.get("default", {}).get("ENGINE")
        return not value
    except Exception as error:
        return name in str(error)  # Django raises ImproperlyConfigured for an empty SECRET_KEY


def origins(settings_module, reads):
    """{setting: the variables that its statement reads}, of those that are compared with the Caddyfile."""
    return {name: variables_of(name, settings_module, reads) for name in HOSTS} if reads.places else {}


def variables_of(setting, settings_module, reads):
    """The variables that are read in the statement that assigns a setting."""
    try:
        place = files.setting_place(settings_module, setting)
        lines = files.statement_lines(place["file"], place.get("line")) if place.get("line") else ()
        return reads.at(place["file"], lines) if lines else []
    except Exception:
        return []  # to look at the project's classes may run its code


def supplier(setting, value, context):
    """Who gave a setting its value: "user" (the workflow's `env`), "shipshape" or None (the project, the image).

    By the variables of its statement; and by the value, which may have come through a class or a function.
    DJANGO_ENV does not count: it selects settings, and is no part of them.
    """
    names = variables_of(setting, context.settings_module, context.reads)
    for who, values in (("user", context.user), ("shipshape", context.stand_ins)):
        counting = {name: each for name, each in values.items() if name != PRODUCTION}
        if any(name in counting for name in names) or any(is_of(value, each) for each in counting.values()):
            return who
    return None


def is_of(value, given):
    return bool(given) and (str(value) == given or (len(given) >= SHORTEST and given in repr(value)))
