"""What the settings alone say about static files, before anything is collected."""

import json

from shipshape_probe import files
from shipshape_probe.findings import finding
from shipshape_probe.static_serving import does_without
from shipshape_probe.static_storage import is_local

REMOVED = {"STATICFILES_STORAGE": "staticfiles", "DEFAULT_FILE_STORAGE": "default"}  # in Django 5.1


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


def root_unset(kind, options, context, image, calls):
    """Whether there is no folder to collect into.

    image: what starts there may do without one. calls: those of collectstatic that production makes.
    """
    from django.conf import settings

    if is_local(kind) and not settings.STATIC_ROOT and not location_of(kind, options):
        is_needed = any(call.at_start and call.leads and not call.variables for call in calls)
        excuse = "" if is_needed else does_without(image)
        says = "That is right as long as %s." % excuse if excuse else "The image has no static files to serve."
        yield finding(
            "INFO" if excuse else "ERROR",
            "static.root-unset",
            "STATIC_ROOT is not set: collectstatic cannot run. %s" % says,
            hint='Set STATIC_ROOT, for example STATIC_ROOT = BASE_DIR / "staticfiles".',
            object="STATIC_ROOT",
            place=files.setting_place(context.settings_module, "STATIC_ROOT"),
        )


def not_collected(kind, options, context, calls):
    """Whether the image lacks the manifest in which the storage looks files up, and no start makes it.

    calls: those of collectstatic that production makes.
    """
    from django.conf import settings
    from django.contrib.staticfiles.storage import ManifestFilesMixin

    if settings.DEBUG or not is_local(kind) or not issubclass(kind, ManifestFilesMixin):
        return
    if any(call.at_start for call in calls):
        return
    if kind.stored_name is not ManifestFilesMixin.stored_name or kind.url is not ManifestFilesMixin.url:
        return  # it may do without an entry in the manifest
    try:
        storage = kind(**options)
        if not storage.manifest_strict or storage.read_manifest() is not None:
            return
        manifest = getattr(storage, "manifest_storage", storage).path(storage.manifest_name)
    except BaseException:
        return  # there is no STATIC_ROOT, or the manifest is elsewhere, or USER may not read it: that is not checked here
    hint = (
        "Collect in the Dockerfile, after the COPY of the project, with values for the variables that the settings need: "
        "RUN python manage.py collectstatic --noinput"
    )
    if calls:
        hint = (
            "The Dockerfile runs collectstatic: with these settings, in this folder, and in a stage from which the folder is "
            "copied into the one that is shipped?"
        )
    yield finding(
        "INFO",
        "static.not-collected",
        "The image has no %s, in which %s looks up every static file. That is right if the container collects when "
        "it starts; if not, each page with {%% static %%} raises ValueError." % (manifest, kind.__name__),
        hint=hint,
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
    except BaseException:
        return True  # an old manifest is broken, for example: that is not checked here
