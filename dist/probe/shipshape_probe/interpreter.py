"""What the report says of the interpreter, where the image has more than one that could be meant."""

import glob
import os
import re
import sys


def notes(why="", passed_over=""):
    """Return sentences, mostly none.

    `why`: the word of ENTRYPOINT, CMD or a start script that uses this interpreter, "" if it was found otherwise.
    `passed_over`: the interpreter that they use, if it cannot be used.
    """
    ours = os.path.abspath(sys.executable or "")
    if passed_over:
        return ["The image's start uses %s, which does not run Django. The checks ran with %s." % (passed_over, ours)]
    others = [path for path in usual() if folder(path) != folder(ours) and django_of(path) is not None]
    if not why or not others:
        return []
    return [
        "The image has Django in several environments. The checks ran with %s, as the image's start does (%s), and not "
        "with %s." % (ours, why, " or ".join("%s (Django %s)" % (path, django_of(path)) for path in others))
    ]


def usual():
    """The interpreters that a command without a path would run: VIRTUAL_ENV's, and PATH's first."""
    active = os.environ.get("VIRTUAL_ENV")
    candidates = [os.path.join(active, "bin", "python")] if active else []
    names = ("python3", "python")
    places = (os.path.join(each, name) for each in os.get_exec_path() for name in names)
    candidates.extend(next(([path] for path in places if os.access(path, os.X_OK)), []))
    return list(dict.fromkeys(os.path.abspath(path) for path in candidates if os.access(path, os.X_OK)))


def folder(path):
    """The folder of the environment, so that python3 and python3.13 of one environment are equal."""
    return os.path.realpath(os.path.dirname(os.path.dirname(path)))


def django_of(path):
    """The version of the Django next to this interpreter, read without running it. None if there is none."""
    prefix = glob.escape(os.path.dirname(os.path.dirname(path)))
    for kind in ("site-packages", "dist-packages"):
        for found in glob.glob(os.path.join(prefix, "lib", "python3*", kind, "[Dd]jango-*.dist-info")):
            match = re.search(r"jango-(.+)\.dist-info$", found)
            return match.group(1) if match else ""
    return None
