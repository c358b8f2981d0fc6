"""Settings that depend on variables of the image's ENV. A finding on one of them is to be cured in the Dockerfile."""

import re

from shipshape_probe import paths, suppliers

OF_IMAGE = "The image sets %s (ENV in the Dockerfile), and %s depends on it: change or remove it there."
SHOWN = re.compile(r"\d{0,9}|true|false|yes|no|on|off", re.I)  # all other values may be secret


def with_image(hint, names, context):
    """The hint on these settings, or what to do in the Dockerfile where one depends on a variable of its ENV."""
    found = of_image(names, context)
    if not found:
        return hint
    setting, variables = found
    shown = ["%s=%s" % (name, value) if SHOWN.fullmatch(value) else name for name, value in variables.items()]
    says = OF_IMAGE % (", ".join(shown), setting)
    # "Write DEBUG = False": that is what the settings do when the variable is not there.
    return says if not hint or (hint.startswith("Write ") and "ignore" not in hint) else "%s\n%s" % (says, hint)


def of_image(names, context):
    """(setting, {variable: value} of those of the image that it depends on) of the first of these settings that depends on any, else None.

    They are those of the image's ENV, as far as nobody else has set them.
    """
    from django.conf import global_settings, settings

    given = of_env(context)
    for name in names if given else ():
        try:
            if name in suppliers.STRUCTURE:
                continue
            value = getattr(settings, name)
            statement, variables = suppliers.origin(name, context)
            found = [each for each in given if each in variables]
            if (
                not found
                and not suppliers.is_written(statement, value)
                and value != getattr(global_settings, name, None)
            ):
                found = [each for each in given if suppliers.is_of(name, value, each, given[each], context)]
            if found:
                return name, {each: given[each] for each in found}
        except Exception:
            continue  # an empty SECRET_KEY; and to look at the project's classes may run its code
    return None


def of_env(context):
    """{variable: value} of the image's ENV, without those that the workflow's `env` sets."""
    config = paths.read_json(paths.IMAGE).get("config")
    listed = config.get("Env") if isinstance(config, dict) else None
    found = dict(str(each).partition("=")[::2] for each in listed) if isinstance(listed, list) else {}
    return {
        name: value
        for name, value in found.items()
        if name not in context.user and context.environment.get(name) == value
    }
