"""Collects the static files for real, with the project's storage, into a throwaway folder.

`collectstatic --dry-run` proves nothing: it skips the post-processing that hashes files and
resolves `url()`, so a missing image shows first in production. Here it runs whole. A reference
that fails is noted and left as it is, so that all are found, and not only the first.
"""

import json
import os
import re

from shipshape_probe import errors, files
from shipshape_probe.findings import finding

ARGV = ("collectstatic", "--noinput")

REMOVED = {"STATICFILES_STORAGE": "staticfiles", "DEFAULT_FILE_STORAGE": "default"}  # in Django 5.1
DUPLICATE = re.compile(r"Found another file with the destination path '(.+?)'")
COPIES = 6  # at most that many of each file: one collected, one for each pass of post-processing
SAME_IN_PRODUCTION = "Django says the same in production, at collectstatic or at the first {% static %} in a template."
NOT_FOUND = re.compile(r"The file '(.+?)' could not be found")


def run(context):
    from django.apps import apps
    from django.conf import settings

    yield from dead_settings(context)
    if not apps.is_installed("django.contrib.staticfiles"):
        context.note("django.contrib.staticfiles is not installed: there is nothing to collect.")
        return
    try:
        kind, options = configured_storage()
        yield from judge_storage(kind, options, context)
        yield from not_collected(kind, options, context)
        settings.STATIC_ROOT = root = throwaway(context)
        storage = replacement(kind, options, root)
    except Exception as error:
        yield unusable_storage(error, context)
        return
    collection = Collection(storage, context)
    yield from collection.run()
    context.count(collected=collection.collected, post_processed=collection.post_processed)


def throwaway(context, name="static"):
    """A new folder; in memory if there is room, because making files is most of a collection's work."""
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
                return False  # asking it twice may cost more than it gains
            for path, storage in finder.list([]):
                room -= storage.size(path)
                if room < 0:
                    return False
    except Exception:
        return False  # no such folder; or a finder that collectstatic will stumble over as well
    return True


def dead_settings(context):
    """Settings that Django 5.1 and later ignore without a word."""
    import django
    from django.conf import settings

    if django.VERSION < (5, 1):
        return
    for name, alias in REMOVED.items():
        value = getattr(settings, name, None)
        backends = {key: storage.get("BACKEND") for key, storage in settings.STORAGES.items()}
        if not value or backends.get(alias) == value:
            continue
        backends[alias] = value
        wanted = {key: {"BACKEND": backend} for key, backend in sorted(backends.items())}
        yield finding(
            "WARNING",
            "static.dead-setting",
            "Django %s ignores the setting %s (removed in 5.1): %r is not used." % (django.get_version(), name, value),
            hint="Write STORAGES = %s" % json.dumps(wanted),
            object=name,
            place=files.setting_place(context.settings_module, name),
        )


# The storage


def configured_storage():
    """Return the class and the options of the staticfiles storage, by Django's version."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    storages = getattr(settings, "STORAGES", None)  # Django 4.2+
    if storages and not uses_old_setting(settings):
        configured = storages["staticfiles"]
        return import_string(configured["BACKEND"]), dict(configured.get("OPTIONS") or {})
    return import_string(settings.STATICFILES_STORAGE), {}


def uses_old_setting(settings):
    """Django 4.2 and 5.0 have both; the old one counts when the project has set it."""
    import django

    return django.VERSION < (5, 1) and settings.is_overridden("STATICFILES_STORAGE")


def is_local(kind):
    from django.core.files.storage import FileSystemStorage

    return isinstance(kind, type) and issubclass(kind, FileSystemStorage)


def unusable_storage(error, context):
    reason = "%s: %s" % (type(error).__name__, error)
    if isinstance(error, KeyError) and error.args == ("staticfiles",):
        reason = 'STORAGES has no "staticfiles": setting STORAGES replaces all of Django\'s defaults'
    absent = [each.name for each in errors.chain(error) if isinstance(each, ModuleNotFoundError) and each.name]
    return finding(
        "ERROR",
        "static.storage",
        "The storage of the static files cannot be used: %s." % reason,
        hint=errors.absent_module(absent[-1]) if absent else SAME_IN_PRODUCTION,
        object="STORAGES",
        place=files.setting_place(context.settings_module, "STORAGES"),
    )


def judge_storage(kind, options, context):
    from django.conf import settings

    dotted = "%s.%s" % (kind.__module__, kind.__qualname__)
    if not is_local(kind):
        yield finding(
            "INFO",
            "static.remote-storage",
            "The static files' storage %s is not a local folder; they were collected into one here, and "
            "nothing was uploaded." % dotted,
            object=dotted,
        )
    elif not settings.STATIC_ROOT and not location_of(kind, options):
        yield finding(
            "ERROR",
            "static.root-unset",
            "STATIC_ROOT is not set: collectstatic cannot run, and the image has no static files to serve.",
            hint='Set STATIC_ROOT, for example STATIC_ROOT = BASE_DIR / "staticfiles".',
            object="STATIC_ROOT",
            place=files.setting_place(context.settings_module, "STATIC_ROOT"),
        )


def not_collected(kind, options, context):
    """Whether the image lacks the manifest that the storage looks every file up in. It may be made at start."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import ManifestFilesMixin

    if settings.DEBUG or not is_local(kind) or not issubclass(kind, ManifestFilesMixin):
        return
    try:
        storage = kind(**options)
        if not storage.manifest_strict or storage.read_manifest() is not None:
            return
        manifest = getattr(storage, "manifest_storage", storage).path(storage.manifest_name)
    except Exception:
        return  # no STATIC_ROOT, a manifest elsewhere, one that USER may not read: not what is asked here
    yield finding(
        "INFO",
        "static.not-collected",
        "The image has no %s, in which %s looks up every static file. That is right if the container collects when "
        "it starts; if not, each page with {%% static %%} raises ValueError." % (manifest, kind.__name__),
        hint="Collect in the Dockerfile, after the COPY of the project, with values for the variables that the "
        "settings need: RUN python manage.py collectstatic --noinput",
        object=manifest,
        place=files.setting_place(context.settings_module, "STATIC_ROOT"),
    )


def location_of(kind, options):
    """The storage's own folder, if it does not come from STATIC_ROOT."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        return kind(**options).location
    except ImproperlyConfigured:
        # A manifest storage reads its manifest at once, and Django says that there is no STATIC_ROOT.
        return None
    except Exception:
        return True  # an old manifest in it is broken, say; not what is asked here


def replacement(kind, options, root):
    """An instance of the project's storage that writes below root and reports every reference."""
    from django.contrib.staticfiles.storage import HashedFilesMixin

    if is_local(kind):
        kept = {name: value for name, value in options.items() if name != "location"}
        storage = noting(kind)(**kept)
    else:
        storage = noting(local_twin(kind))()
    relocate(storage, root)
    if isinstance(storage, HashedFilesMixin):
        storage.hashed_files = {}
        manifests = getattr(storage, "manifest_storage", storage)
        if manifests is not storage:  # Django 4.0+: the manifest may be kept elsewhere
            storage.manifest_storage = storage
    return storage


def relocate(storage, root):
    """Move a FileSystemStorage. Some fix their location in __init__; Django caches these three."""
    storage._location = root
    storage.__dict__["base_location"] = root
    storage.__dict__["location"] = os.path.abspath(root)


def local_twin(kind):
    """A local storage that treats references as a remote one would: only hashed ones look at them."""
    from django.contrib.staticfiles.storage import (
        HashedFilesMixin,
        ManifestStaticFilesStorage,
        StaticFilesStorage,
    )

    if not isinstance(kind, type) or not issubclass(kind, HashedFilesMixin):
        return StaticFilesStorage
    kept = ("patterns", "max_post_process_passes", "support_js_module_import_aggregation", "manifest_strict")
    members = {name: getattr(kind, name) for name in kept if hasattr(kind, name)}
    return type("ManifestStaticFilesStorage", (ManifestStaticFilesStorage,), members)


def noting(kind):
    """Subclass a storage so that a reference that cannot be resolved is noted and left alone."""

    class Noting(kind):
        missed = ()

        def url_converter(self, name, hashed_files, *args, **kwargs):
            convert = super().url_converter(name, hashed_files, *args, **kwargs)

            def note_or_convert(match):
                try:
                    return convert(match)
                except ValueError as error:
                    self.missed.append((name, match, error))
                    return match[0]

            return note_or_convert

    Noting.__name__, Noting.__qualname__ = kind.__name__, kind.__qualname__
    return Noting


# The collection


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
        """The storage's post_process, which goes on after a failure and gives every one to us."""
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
        """The error that a file which will be rewritten is not UTF-8. Django stumbles on after it."""
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

    # What it found

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
