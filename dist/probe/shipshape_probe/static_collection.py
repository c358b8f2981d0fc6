"""One run of the project's collectstatic command into a temporary folder, and what it finds."""

import os
import re

from shipshape_probe import files
from shipshape_probe.findings import finding
from shipshape_probe.static_storage import relocate

DUPLICATE = re.compile(r"Found another file with the destination path '(.+?)'")
NOT_FOUND = re.compile(r"The file '(.+?)' could not be found")
COPIES = 6  # at most that many of each file: one collected, one for each pass of post-processing


def throwaway(context, name="static"):
    """A temporary folder, in memory if there is room: creating files takes most of a collection's time."""
    folder = os.path.join(context.memory if fits(context.memory) else context.folder, name)
    os.makedirs(folder, exist_ok=True)
    return folder


def fits(folder):
    """Is there room for the static files, and for what post-processing makes of them?"""
    from django.contrib.staticfiles.finders import get_finders

    try:
        place = os.statvfs(folder)
        room = place.f_bavail * place.f_frsize / COPIES
        for finder in get_finders():
            if not type(finder).__module__.startswith("django."):
                return False  # asking a finder of the project twice may take longer than memory saves
            for path, storage in finder.list([]):
                room -= storage.size(path)
                if room < 0:
                    return False
    except Exception:
        return False  # no such folder; or a finder that fails, which collectstatic will report
    return True


class Collection:
    """One run of the project's collectstatic command."""

    def __init__(self, storage, context):
        self.storage = storage
        self.context = context
        self.sources = {}  # destination → (finder's storage, path), as post_process gets them
        self.duplicates = set()
        self.failures = []  # [(name, exception)] from post-processing
        self.collected = self.post_processed = 0

    def run(self):
        from django.contrib.staticfiles.storage import staticfiles_storage

        skip_compression()
        staticfiles_storage._wrapped = self.storage
        self.storage.missed = []
        if hasattr(self.storage, "post_process"):
            self.post_process = self.storage.post_process
            self.storage.post_process = self.watched_post_process
        self.context.doing("collecting the static files")
        try:
            self.collect_with(projects_command())
        except Exception as error:
            if projects_command_is_djangos():
                raise
            self.context.note(
                "The project's own collectstatic command failed here (%s: %s): used Django's."
                % (type(error).__name__, error)
            )
            self.start_afresh()
            self.collect_with(djangos_command())
        yield from self.findings()

    def collect_with(self, command):
        parser = command.create_parser("manage.py", "collectstatic")
        options = vars(parser.parse_args(["--noinput", "--verbosity", "0"]))
        command.storage = self.storage
        command.log = self.log
        command.handle(**options)
        for name in ("copied_files", "symlinked_files", "unmodified_files"):
            self.collected += len(getattr(command, name, ()))
        self.post_processed = len(set(getattr(command, "post_processed_files", ())))

    def start_afresh(self):
        relocate(self.storage, throwaway(self.context, "static-again"))
        self.storage.missed.clear()
        self.failures.clear()
        self.duplicates.clear()
        self.collected = 0

    def log(self, message, level=2):
        duplicate = DUPLICATE.match(str(message))
        if duplicate:
            self.duplicates.add(duplicate.group(1))

    def watched_post_process(self, paths, *args, **kwargs):
        """The storage's post_process, which goes on after a failure and notes all of them."""
        self.context.doing("post-processing the static files")
        self.sources = dict(paths)
        readable = {}
        for name, source in paths.items():
            error = self.undecodable(name, source)
            if error:
                self.failures.append((name, error))
            else:
                readable[name] = source
        for name, hashed_name, processed in self.post_process(readable, *args, **kwargs):
            if isinstance(processed, Exception):
                self.failures.append((name, processed))
            else:
                yield name, hashed_name, processed

    def undecodable(self, name, source):
        """The error if a file that will be rewritten is not UTF-8. Django would report it for another file."""
        from django.contrib.staticfiles.utils import matches_patterns

        patterns = getattr(self.storage, "_patterns", None)
        if not patterns or not matches_patterns(name, patterns):
            return None
        storage, path = source
        with storage.open(path) as file:
            try:
                file.read().decode("utf-8")
            except UnicodeDecodeError as error:
                return error
        return None

    def source_of(self, name):
        """The file that was collected as this one."""
        storage, path = self.sources.get(name, (None, None))
        try:
            return storage.path(path)
        except Exception:
            return None

    # Findings

    def findings(self):
        seen = set()
        for name, match, error in self.storage.missed:
            made = self.missing_reference(name, match, error)
            key = (name, made.get("line"), made["message"])
            if key not in seen:  # files are processed in several passes
                seen.add(key)
                yield made
        for name, error in self.failures:
            yield self.failure(name, error)
        for name in sorted(self.duplicates):
            yield from self.duplicate(name)

    def missing_reference(self, name, match, error):
        target = NOT_FOUND.search(str(error))
        line = match.string.count("\n", 0, match.start()) + 1
        reference = match.groupdict().get("url") or match[0]
        return self.unresolved(name, reference, target.group(1) if target else reference, line)

    def unresolved(self, name, reference, target, line):
        source = self.source_of(name)
        hint = "Add the file or remove the reference: collectstatic fails on it."
        if source and not self.context.first_party.owns(source):
            hint = (
                "It comes with an installed package: upgrade that, or put the missing file into a static "
                "folder of your own. collectstatic fails on it."
            )
        return finding(
            "ERROR",
            "static.missing-reference",
            "%s refers to %s, and there is no static file %s." % (name, reference, target),
            hint=hint,
            object=name,
            place=files.place(source, line),
        )

    def failure(self, name, error):
        place = files.place(self.source_of(name.split(", ")[0]))  # max-passes names several
        if isinstance(error, UnicodeDecodeError):
            line = error.object.count(b"\n", 0, error.start) + 1 if isinstance(error.object, bytes) else None
            return finding(
                "ERROR",
                "static.not-utf8",
                "%s is not UTF-8: collectstatic cannot rewrite its references (%s)." % (name, error),
                hint="Save the file as UTF-8.",
                object=name,
                place=files.place(self.source_of(name), line),
            )
        if isinstance(error, RuntimeError) and "passes exceeded" in str(error):
            return finding(
                "ERROR",
                "static.max-passes",
                "The references between these files go round in a circle, so their hashes never settle: %s."
                % (name if name != "All" else "Django does not say which"),
                hint="Break the circle: two files that refer to each other cannot both have a hash in the name.",
                object=name if name != "All" else None,
                place=place,
            )
        if isinstance(error, ValueError) and NOT_FOUND.search(str(error)):
            target = NOT_FOUND.search(str(error)).group(1)
            line = line_of(self.source_of(name), target)
            return self.unresolved(name, os.path.basename(target), target, line)
        return finding(
            "ERROR",
            "static.post-process",
            "Post-processing %s failed: %s: %s" % (name, type(error).__name__, error),
            object=name,
            place=place,
        )

    def duplicate(self, name):
        """Two own files with one destination: only the first is collected."""
        owns = self.context.first_party.owns
        found = [path for path in find_all(name) if owns(path)]
        if len(found) > 1 and len({files.sha256(path) for path in found}) > 1:
            yield finding(
                "INFO",
                "static.duplicate",
                "%s exists %d times with different content; only %s is collected, not %s."
                % (name, len(found), found[0], ", ".join(found[1:])),
                object=name,
                place=files.place(found[0]),
            )


def projects_command():
    """The project's collectstatic, which may be a package's."""
    from django.core.management import get_commands, load_command_class

    app_name = get_commands()["collectstatic"]
    return load_command_class(app_name, "collectstatic") if isinstance(app_name, str) else app_name


def projects_command_is_djangos():
    from django.core.management import get_commands

    return get_commands()["collectstatic"] == "django.contrib.staticfiles"


def djangos_command():
    from django.core.management import load_command_class

    return load_command_class("django.contrib.staticfiles", "collectstatic")


def find_all(name):
    import django
    from django.contrib.staticfiles import finders

    option = "find_all" if django.VERSION >= (5, 2) else "all"
    return finders.find(name, **{option: True}) or []


def line_of(path, reference):
    """The line of a file that has the last part of a reference, None if none has."""
    wanted = os.path.basename(reference).encode()
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if wanted in line:
                    return number
    except (OSError, TypeError):
        pass
    return None


def skip_compression():
    """WhiteNoise also compresses every file: seconds that cannot find a broken reference."""
    try:
        from whitenoise.compress import Compressor
    except Exception:
        return
    Compressor.should_compress = lambda compressor, filename: False
