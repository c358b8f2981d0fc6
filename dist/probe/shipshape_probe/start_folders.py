"""Folders that the start writes to, and that the image's USER cannot write."""

import os

from shipshape_probe import files
from shipshape_probe.findings import finding
from shipshape_probe.static_storage import configured_storage, is_local

WRITES = "Create the folder in the Dockerfile and give it to that user: RUN mkdir -p {0} && chown {1} {0}."
OWN_FOLDER = (
    "Give it a folder of its own, outside of the code: RUN mkdir -p /data && chown {1} /data, and a volume for it."
)
PLAIN = "django.core.files.storage.FileSystemStorage"
MOUNTED = " A named volume over it gets the owner that the folder has in the image."


class Folders:
    """Finds folders that cannot be written to. What is mounted there when the container runs is not known, so this is advice.

    volumes: what VOLUME or a compose file mounts, whose owner is known only when the container runs. user: the image's USER.
    managed: the commands of manage.py that the start runs as that user. code: folders that hold code of the project.
    """

    def __init__(self, volumes, user, managed, code, context):
        self.volumes = volumes
        self.user = user or "root"
        self.managed = managed
        self.code = [os.path.abspath(folder) for folder in code if folder]
        self.context = context

    def findings(self, settings):
        """Yield a finding for each folder of these settings that cannot be written to."""
        yield from self.static_root(settings)
        yield from self.media_root(settings)
        yield from self.databases(settings)
        yield from self.logs(settings)

    def closed(self, path):
        """The folder in which the path cannot be made or written; None if it can, or if that is not known."""
        path = os.path.abspath(os.fsdecode(path))
        if files.is_below(path, *self.volumes):
            return None
        while not os.path.lexists(path) and path != "/":
            path = os.path.dirname(path)
        if path == "/" and os.getuid():
            return path
        return None if not os.path.isdir(path) or os.access(path, os.W_OK | os.X_OK) else path

    def made(self, what, path, closed, setting, folder=None):
        """The finding on a path. `folder`: the one around it, where the path is a file."""
        folder = folder or path
        hint = OWN_FOLDER if self.has_code(folder) else WRITES + MOUNTED
        return finding(
            "INFO",
            "start.not-writable",
            "%s %s. If nothing is mounted there, USER %s cannot write to %s." % (what, path, self.user, closed),
            hint=hint.format(folder, self.user),
            object=str(path),
            place=files.setting_place(self.context.settings_module, setting),
        )

    def has_code(self, folder):
        """Is there code of the project in it? That belongs to root, so that the server cannot change it."""
        return any(files.is_below(code, os.path.abspath(folder)) for code in self.code)

    def static_root(self, settings):
        if "collectstatic" not in self.managed or not settings.STATIC_ROOT:
            return
        try:
            if not is_local(configured_storage()[0]):
                return
        except Exception:
            return  # the storage is `static`'s to judge
        closed = self.closed(settings.STATIC_ROOT)
        if closed:
            what = "The start runs collectstatic, which writes to STATIC_ROOT"
            yield self.made(what, settings.STATIC_ROOT, closed, "STATIC_ROOT")

    def media_root(self, settings):
        closed = self.closed(settings.MEDIA_ROOT) if settings.MEDIA_ROOT and keeps_uploads(settings) else None
        if closed:
            yield self.made("Uploads are written to MEDIA_ROOT", settings.MEDIA_ROOT, closed, "MEDIA_ROOT")

    def databases(self, settings):
        for database in settings.DATABASES.values():
            name = database.get("NAME")
            if "sqlite" not in str(database.get("ENGINE", "")) or not name or ":memory:" in str(name):
                continue
            folder = os.path.dirname(os.path.abspath(str(name)))
            closed = self.closed(folder)
            if not closed:
                continue
            what = (
                "The start runs migrate, which writes to the database"
                if "migrate" in self.managed
                else "SQLite writes to the database"
            )
            yield self.made(what, name, closed, "DATABASES", folder)

    def logs(self, settings):
        handlers = settings.LOGGING.get("handlers", {}) if isinstance(settings.LOGGING, dict) else {}
        for handler in handlers.values():
            path = handler.get("filename") if isinstance(handler, dict) else None
            if not isinstance(path, (str, os.PathLike)):
                continue
            folder = os.path.dirname(os.path.abspath(os.fsdecode(path)))
            closed = self.closed(folder)
            if closed:
                yield self.made("LOGGING writes to", path, closed, "LOGGING", folder)


def keeps_uploads(settings):
    """Does the default storage keep uploads in a folder? If that is not known, yes."""
    from django.utils.module_loading import import_string

    try:
        name = getattr(settings, "DEFAULT_FILE_STORAGE", None)  # before Django 5.1
        if not name or name == PLAIN:
            name = getattr(settings, "STORAGES", {"default": {"BACKEND": PLAIN}})["default"]["BACKEND"]
        return is_local(import_string(name))
    except Exception:
        return True
