"""The project's storage of static files, and a replacement that writes to a temporary folder and notes bad references."""

import os


def configured_storage():
    """Return the class and the options of the staticfiles storage, as this version of Django reads them."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    storages = getattr(settings, "STORAGES", None)  # Django 4.2+
    if storages and not uses_old_setting(settings):
        configured = storages["staticfiles"]
        return import_string(configured["BACKEND"]), dict(configured.get("OPTIONS") or {})
    return import_string(settings.STATICFILES_STORAGE), {}


def uses_old_setting(settings):
    """Django 4.2 and 5.0 have both settings. The old one counts if the project sets it."""
    import django

    return django.VERSION < (5, 1) and settings.is_overridden("STATICFILES_STORAGE")


def is_local(kind):
    from django.core.files.storage import FileSystemStorage

    return isinstance(kind, type) and issubclass(kind, FileSystemStorage)


def replacement(kind, options, root):
    """An instance of the project's storage that writes below root and notes every bad reference."""
    from django.contrib.staticfiles.storage import HashedFilesMixin

    if is_local(kind):
        kept = {name: value for name, value in options.items() if name != "location"}
        storage = noting(kind)(**kept)
    else:
        storage = noting(local_equivalent(kind))()
    relocate(storage, root)
    if isinstance(storage, HashedFilesMixin):
        storage.hashed_files = {}
        manifests = getattr(storage, "manifest_storage", storage)
        if manifests is not storage:  # Django 4.0+: the manifest may be kept elsewhere
            storage.manifest_storage = storage
    return storage


def relocate(storage, root):
    """Move a FileSystemStorage. Some set their location in __init__, and Django caches these three."""
    storage._location = root
    storage.__dict__["base_location"] = root
    storage.__dict__["location"] = os.path.abspath(root)


def local_equivalent(kind):
    """A local storage that handles references as the remote one does: only hashing storages look at them."""
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
    """Subclass a storage so that a reference which cannot be resolved is noted and left as it is."""

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
