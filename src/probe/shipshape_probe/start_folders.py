"""Folders that the start writes to, and that the image's USER cannot write."""

import os

from shipshape_probe import files
from shipshape_probe.findings import finding
from shipshape_probe.static_storage import configured_storage, is_local

WRITES = "Create the folder in the Dockerfile and give it to that user: RUN mkdir -p {0} && chown {1} {0}"
MOUNTED = " A named volume over it gets the owner that the folder has in the image."


class Folders:
    """Finds folders that cannot be written to.

    volumes: what VOLUME or a compose file mounts, whose owner is known only when the container runs. user: the image's USER.
    managed: the commands of manage.py that the start runs.
    """

    def __init__(self, volumes, user, managed, context):
        self.volumes = volumes
        self.user = user or "root"
        self.managed = managed
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

    def made(self, level, what, path, closed, setting, folder=None):
        """The finding on a path. `folder`: the one around it, where the path is a file."""
        return finding(
            level,
            "start.not-writable",
            "%s %s, and USER %s cannot write to %s." % (what, path, self.user, closed),
            hint=WRITES.format(folder or path, self.user) + "." + MOUNTED,
            object=str(path),
            place=files.setting_place(self.context.settings_module, setting),
        )

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
            yield self.made("WARNING", what, settings.STATIC_ROOT, closed, "STATIC_ROOT")

    def media_root(self, settings):
        closed = self.closed(settings.MEDIA_ROOT) if settings.MEDIA_ROOT else None
        if closed:
            yield self.made("INFO", "Uploads are written to MEDIA_ROOT", settings.MEDIA_ROOT, closed, "MEDIA_ROOT")

    def databases(self, settings):
        for database in settings.DATABASES.values():
            name = database.get("NAME")
            if "sqlite" not in str(database.get("ENGINE", "")) or not name or ":memory:" in str(name):
                continue
            folder = os.path.dirname(os.path.abspath(str(name)))
            closed = self.closed(folder)
            if not closed:
                continue
            migrates = "migrate" in self.managed
            what = (
                "The start runs migrate, which writes to the database" if migrates else "SQLite writes to the database"
            )
            yield self.made("WARNING" if migrates else "INFO", what, name, closed, "DATABASES", folder)

    def logs(self, settings):
        handlers = settings.LOGGING.get("handlers", {}) if isinstance(settings.LOGGING, dict) else {}
        for handler in handlers.values():
            path = handler.get("filename") if isinstance(handler, dict) else None
            if not isinstance(path, (str, os.PathLike)):
                continue
            folder = os.path.dirname(os.path.abspath(os.fsdecode(path)))
            closed = self.closed(folder)
            if closed:
                yield self.made("INFO", "LOGGING writes to", path, closed, "LOGGING", folder)
