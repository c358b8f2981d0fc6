"""One run of a collectstatic command into a throwaway folder, and what can be seen of it."""

import os
import re

from shipshape_probe import files
from shipshape_probe.findings import finding

DUPLICATE = re.compile(r"Found another file with the destination path '(.+?)'")
MOST_NAMES = 20
PLAIN_NAME = re.compile(r"[\w.@+/-]+$", re.ASCII)  # as in a URL
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


class UnknownArguments(Exception):
    """The project's command wants arguments, and no call of it was found."""


class Collection:
    """One run of a collectstatic command with this storage. Nothing is changed but what is written down here."""

    def __init__(self, storage, context):
        self.storage = storage
        self.context = context
        self.sources = {}  # destination → (finder's storage, path), as post_process gets them
        self.duplicates = set()
        self.ignores = False
        self.names = []  # of what was collected, as a browser asks for them below STATIC_URL
        self.collected = self.post_processed = 0
        if hasattr(storage, "post_process"):
            self.post_process = storage.post_process
            storage.post_process = self.watched_post_process

    def run(self, command, call):
        """Run the command with a call's options. Raises whatever it raises, SystemExit too, but not when that means 0."""
        options = options_of(command, call)
        self.ignores = bool(options.get("ignore_patterns"))
        log = getattr(command, "log", None)
        if log:
            command.log = self.noting(log)
        self.context.doing("collecting the static files")
        try:
            command.execute(*options.pop("args", ()), **options)
        except SystemExit as ended:
            if ended.code not in (None, 0):
                raise
        for name in ("copied_files", "symlinked_files", "unmodified_files"):
            self.collected += len(getattr(command, name, ()))
            self.names.extend(getattr(command, name, ()))
        self.post_processed = len(set(getattr(command, "post_processed_files", ())))

    def one_of_each_suffix(self):
        """The names of some files: `hosts` asks Caddy's routes for them."""
        found = {}
        for name in sorted(str(each) for each in self.names):
            if PLAIN_NAME.match(name):
                found.setdefault(os.path.splitext(name)[1].lower(), name)
        return sorted(found.values())[:MOST_NAMES]

    def noting(self, log):
        def note_and_log(message, *args, **kwargs):
            duplicate = DUPLICATE.match(str(message))
            if duplicate:
                self.duplicates.add(duplicate.group(1))
            return log(message, *args, **kwargs)

        return note_and_log

    def watched_post_process(self, paths, *args, **kwargs):
        """The storage's own post_process."""
        self.context.doing("post-processing the static files")
        self.sources = dict(paths)
        return self.post_process(paths, *args, **kwargs)

    def source_of(self, name):
        """The file that was collected as this one."""
        try:
            if name in self.sources:
                storage, path = self.sources[name]
                return storage.path(path)
            return (find_all(name) or [None])[0]
        except Exception:
            return None

    def duplicate_findings(self):
        """Two own files with one destination: only the first is collected. With --ignore it may be any of them."""
        owns = self.context.first_party.owns
        for name in sorted(self.duplicates) if not self.ignores else ():
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


def options_of(command, call):
    """The options of a call as the command's parser reads them; those of a usual call if it refuses them."""
    parser = command.create_parser("manage.py", call.name)
    options = None
    for arguments in ([*call.options, "--noinput"], call.options, ["--noinput"], []):
        try:
            options = options or vars(parser.parse_args(arguments))
        except (Exception, SystemExit):
            continue
    if options is None:
        raise UnknownArguments("The command %s wants arguments." % call.name)
    options.update(verbosity=0, skip_checks=True)  # the check `system` runs the checks
    if "dry_run" in options:
        options["dry_run"] = False
    return options


def projects_command(call):
    """The project's command, which may be a package's. Raises whatever its module raises, CommandError if it has none."""
    from django.core.management import CommandError, get_commands, load_command_class

    commands = get_commands()
    if call.name not in commands:
        raise CommandError("There is no command %s." % call.name)
    found = commands[call.name]
    return load_command_class(found, call.name) if isinstance(found, str) else type(found)()


def djangos_command():
    from django.core.management import load_command_class

    return load_command_class("django.contrib.staticfiles", "collectstatic")


def find_all(name):
    import django
    from django.contrib.staticfiles import finders

    option = "find_all" if django.VERSION >= (5, 2) else "all"
    return finders.find(name, **{option: True}) or []


def compress_quickly():
    """Have WhiteNoise compress at the fastest level. Its own is the best one, which takes seconds and only makes files smaller.

    It reads and writes the same files, so what fails in production fails here. A project's own compressor stays as it is.
    """
    try:
        from whitenoise.compress import Compressor
    except Exception:
        return
    for name, function in (("compress_gzip", quick_gzip), ("compress_brotli", quick_brotli)):
        if isinstance(vars(Compressor).get(name), staticmethod):
            setattr(Compressor, name, staticmethod(function))


def quick_gzip(data):
    import gzip

    return gzip.compress(data, compresslevel=1)


def quick_brotli(data):
    import brotli

    return brotli.compress(data, quality=1)
