"""Runs collectstatic with the project's storage into a temporary folder.

`collectstatic --dry-run` is not enough: it leaves out the post-processing that hashes files and resolves `url()`, so
a missing image is found only in production. Here everything runs. A reference that fails is noted and left as it is,
so that all bad references are found and not only the first.
"""

import json

from shipshape_probe import errors, files
from shipshape_probe.findings import finding
from shipshape_probe.static_collection import Collection, throwaway
from shipshape_probe.static_storage import configured_storage, is_local, replacement

ARGV = ("collectstatic", "--noinput")

REMOVED = {"STATICFILES_STORAGE": "staticfiles", "DEFAULT_FILE_STORAGE": "default"}  # in Django 5.1
SAME_IN_PRODUCTION = "Django says the same in production, at collectstatic or at the first {% static %} in a template."


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


def dead_settings(context):
    """Settings that Django 5.1 and later ignore without a warning."""
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
    """Whether the image lacks the manifest in which the storage looks files up. The container may make it at start."""
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
        return  # there is no STATIC_ROOT, or the manifest is elsewhere, or USER may not read it: that is not checked here
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
    """The storage's own folder, if it does not depend on STATIC_ROOT."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        return kind(**options).location
    except ImproperlyConfigured:
        # A manifest storage reads its manifest in __init__, and Django says that there is no STATIC_ROOT.
        return None
    except Exception:
        return True  # an old manifest is broken, for example: that is not checked here
