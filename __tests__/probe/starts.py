"""Runs of the check `start` on the plain project, with the start that a test gives the image."""

import os
import sys

from harness import probe
from projects import Project, temporary_folder, written

GUNICORN = ["gunicorn", "mysite.wsgi", "-b", ":8000"]
DAPHNE = ["daphne", "-b", "0.0.0.0", "mysite.asgi:application"]


def started(command, *overlays, entrypoint=(), programs=("gunicorn", "daphne"), image=None, **options):
    """A run on the plain project, whose image has these programs and this CMD and ENTRYPOINT."""
    project = Project(*overlays)
    bin = folder_of_programs(*programs)
    config = {"Cmd": list(command), "Entrypoint": list(entrypoint), **options.pop("config", {})}
    image = {"PATH": "%s:%s" % (bin, os.defpath), **(image or {})}
    return probe(project, checks=["start"], config=config, image=image, **options)


def folder_of_programs(*names):
    folder = temporary_folder()
    for name in names:
        os.chmod(written("#!%s\n" % sys.executable, name, folder), 0o755)
    return folder


def script(text):
    """An overlay with an executable script: start.sh."""
    return {"start.sh": text}


ASGI = (
    "import os\n\nfrom django.core.asgi import get_asgi_application\n\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\napplication = get_asgi_application()\n'
)
