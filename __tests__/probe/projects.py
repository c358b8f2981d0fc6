"""Projects to test with: a fixture with changes, in a folder of its own that goes with the process."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile

FIXTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e", "fixtures")


def temporary_folder():
    folder = os.path.realpath(tempfile.mkdtemp(prefix="probe-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def written(text, name="module.py", folder=None):
    """A file of this content, in a new folder if none is given. Returns its path."""
    path = os.path.join(folder or temporary_folder(), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Project:
    """A copy of a fixture with changes. An overlay is {path: change}.

    A change is the file's new content (str or bytes), None to remove the file or folder, or a function of the
    content before.
    """

    def __init__(self, *overlays, base="plain"):
        self.folder = os.path.join(temporary_folder(), "app")
        if base:
            shutil.copytree(os.path.join(FIXTURES, base), self.folder)
        else:
            os.mkdir(self.folder)
        for overlay in overlays:
            for name, change in overlay.items():
                self.change(name, change)

    def path(self, name):
        return os.path.join(self.folder, *name.split("/"))

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def collect(self):
        """Collect its static files into its STATIC_ROOT, as a Dockerfile does."""
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput"],
            cwd=self.folder,
            env={"PATH": os.defpath, "SECRET_KEY": "build", "ALLOWED_HOSTS": "build"},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def change(self, name, change):
        path = self.path(name)
        if change is None:
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
            return
        content = change(self.read(name)) if callable(change) else change
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


def replace(piece, by):
    """A change that replaces a piece of a file, which must be there."""

    def change(before):
        if piece not in before:
            raise AssertionError("%r is not in:\n%s" % (piece, before))
        return before.replace(piece, by)

    return change


def without_lines(*beginnings):
    """A change that removes the lines that begin so, of which there must be one at least."""

    def change(before):
        after = "".join(line for line in before.splitlines(True) if not line.startswith(beginnings))
        if after == before:
            raise AssertionError("no line begins with %r in:\n%s" % (beginnings, before))
        return after

    return change


def append(text):
    return lambda before: before + text


def prepend(text):
    return lambda before: text + before
