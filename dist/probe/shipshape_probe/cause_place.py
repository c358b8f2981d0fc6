"""Where the project has written what an exception is about, if none of the project's own lines raised it.

Django reads INSTALLED_APPS and LOGGING itself, and django-configurations the values of a class. Their tracebacks do not
have the line that has to be changed.
"""

import inspect
import os
import traceback

from shipshape_probe import errors, files

OF_LOGGING = os.path.join("logging", "config.py")


def cause_place(error, described):
    """The place of what a described error is about, {} if that is not known."""
    try:
        return of_app(described) or of_log_file(error, described) or of_configurations(error)
    except Exception:
        return {}  # the settings are not loaded, for example


def settings_module():
    from django.conf import settings

    return settings.SETTINGS_MODULE


def of_app(described):
    """An app of INSTALLED_APPS that is not installed."""
    return files.mention_place(settings_module(), described["module"]) if described.get("module") else {}


def of_log_file(error, described):
    """The file of a handler of LOGGING: its line if the path is written there, else that of LOGGING."""
    if described["kind"] != "missing-file":
        return {}
    if not any(frame.f_code.co_filename.endswith(OF_LOGGING) for frame in frames_of(error)):
        return {}
    module = settings_module()
    return files.mention_place(module, described["path"]) or files.setting_place(module, "LOGGING")


def of_configurations(error):
    """The value of a class that django-configurations was setting up."""
    for frame in frames_of(error):
        names = frame.f_locals
        if frame.f_code.co_name != "setup_value" or frame.f_globals.get("__name__") != "configurations.values":
            continue
        target, name = names["target"], names["name"]
        return files.setting_place(target.__module__ if inspect.isclass(target) else target.__name__, name)
    return {}


def frames_of(error):
    return [frame for each in errors.chain(error) for frame, _ in traceback.walk_tb(each.__traceback__)]
