"""The entry points where no server can be followed: what the settings name, and wsgi.py and asgi.py next to them."""

import importlib
import importlib.util
import os
from collections import namedtuple

from shipshape_probe import files
from shipshape_probe.findings import finding
from shipshape_probe.project import entry_points
from shipshape_probe.start_servers import Application
from shipshape_probe.start_situation import at_start

NAMING = ("WSGI_APPLICATION", "ASGI_APPLICATION")  # the first is Django's, the second is read by Channels
SERVING = {"runserver", "runserver_plus"}
WITH_ASGI = {"channels", "daphne"}  # apps whose runserver reads the second
ASGI_SERVERS, WSGI_SERVERS = ("uvicorn", "daphne", "hypercorn"), ("gunicorn", "waitress")
ONLY_RUNSERVER = "Only manage.py runserver reads this setting. Correct it or remove it."
NOT_THERE = (
    "Correct the name, or see that the Dockerfile copies the file and that .dockerignore does not exclude it. Without "
    "such a module the server cannot start."
)

# What a setting names. is_there: the image has the module.
Named = namedtuple("Named", "setting module attribute is_there")


def named():
    """What the settings name, for each setting that names a module."""
    from django.conf import settings

    found = []
    for setting in NAMING:
        module, _, attribute = str(getattr(settings, setting, None) or "").rpartition(".")
        if module:
            found.append(Named(setting, module, attribute, is_there(module)))
    return found


def read_by_runserver():
    """The setting that manage.py runserver reads."""
    from django.apps import apps

    return NAMING[any(map(apps.is_installed, WITH_ASGI))]


def absent(entry, is_used, context):
    """The finding on what a setting names and is not there. is_used: the start needs it for certain."""
    return finding(
        "ERROR" if is_used else "INFO",
        "start.crashed",
        "%s names %s, and there is no such module in the image." % (entry.setting, entry.module),
        hint=NOT_THERE if is_used else ONLY_RUNSERVER,
        object=entry.module,
        place=files.setting_place(context.settings_module, entry.setting),
    )


def by_name(context):
    """The modules wsgi and asgi of the project, as far as they are there: of each the nearest."""
    from django.conf import settings

    found = []
    for name in ("wsgi", "asgi"):
        module = next(filter(is_there, next_to(name, context.settings_module, settings.ROOT_URLCONF)), None)
        if module:
            found.append(module)
    return found


def next_to(name, *modules):
    """Yield the dotted names that a module of this name may have in the packages of these modules."""
    for module in modules:
        package = str(module or "").rpartition(".")[0]
        while package:
            yield "%s.%s" % (package, name)
            package = package.rpartition(".")[0]


def meant(application, context):
    """The project's only wsgi.py, or asgi.py for a server that wants one, in place of a module that is not there. Else ""."""
    module, colon, attribute = application.target.partition(":")
    words = [word or "" for word in application.argv]
    is_asgi = application.server in ASGI_SERVERS or any("uvicorn" in word for word in words) or module.endswith(".asgi")
    folders = {os.path.realpath(os.path.join(application.folder, path)) for path in application.paths}
    root = os.path.realpath(context.root)
    if application.server not in (*ASGI_SERVERS, *WSGI_SERVERS) or root not in folders:
        return ""
    found = list(entry_points(root, "asgi.py" if is_asgi else "wsgi.py"))
    if len(found) != 1:
        return ""
    return os.path.relpath(found[0], root)[: -len(".py")].replace(os.sep, ".") + colon + attribute


def is_there(module):
    """Is there such a module? Yes if its package cannot be imported: the exception then becomes the finding."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError as error:
        return not (module + ".").startswith("%s." % error.name)
    except BaseException:
        return True


def fresh(module, attribute, complete, image, context):
    """The Application of an entry point that an unknown server loads: from WORKDIR, and with manage.py's folder on sys.path.

    complete: nothing that could not be followed sets variables before.
    """
    at = at_start(image.environment, image.folder, "")._replace(complete=complete)
    # Settings that look at sys.argv[1] find something there, as with every server.
    return Application("", module, at, attribute, paths=[image.folder, context.root], argv=["server", module])


def load_here(module):
    """What manage.py runserver does in its own process, after Django is set up."""
    if module:
        importlib.import_module(module)
        return
    from django.core.wsgi import get_wsgi_application

    get_wsgi_application()
