"""Which variables the values of settings come from, and which values Django calls empty."""

from shipshape_probe import files
from shipshape_probe.environment import FILLS

HOSTS = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")


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


def of_variables(settings_module, reads):
    """What the journal says of variables, when all settings have their values.

    "in_vain": the stand-ins that were to fill a setting, which is empty nevertheless.
    """
    from django.conf import settings

    in_vain = [name for setting, names in FILLS.items() if is_empty(setting, settings) for name in names]
    return {"origins": origins(settings_module, reads), "in_vain": in_vain}


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
