"""The project's storage of static files: which one it is, and an instance of it that writes below a throwaway folder."""

import os
import pathlib
import shutil


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


class Destination:
    """A throwaway folder in the place of STATIC_ROOT, and of all that remote storages write."""

    def __init__(self, folder, context):
        from django.conf import settings

        from shipshape_probe.static_remote import Buckets

        self.folder = folder
        self.root = os.path.join(folder, "root")  # in the place of STATIC_ROOT
        self.static_root = str(settings.STATIC_ROOT or "")  # the project's
        self.buckets = Buckets(folder, context.first_party.owns)

    def storage(self, kind, options):
        """Return a new instance of the project's storage, in an empty folder, and make it Django's.

        `kind` is a class, or any other callable that Django would call. Raises whatever that raises.
        """
        from django.contrib.staticfiles import storage as staticfiles

        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.root)
        self.set_static_root()
        self.buckets.replace(kind)
        if is_local(kind) and "location" in options:
            options = {**options, "location": self.root}
        storage = kind(**options)
        self.relocate(storage, self.root)
        self.relocate_held(storage)
        staticfiles.staticfiles_storage._wrapped = storage
        handler = getattr(staticfiles, "storages", None)  # Django 4.2+
        if handler is not None:
            handler._storages["staticfiles"] = storage
        return storage

    def set_static_root(self):
        """Change STATIC_ROOT, and the settings that name the same folder (COMPRESS_ROOT and the like), and keep their types."""
        from django.conf import settings

        before = settings.STATIC_ROOT
        for name in dir(settings) if before else ():
            try:
                value = getattr(settings, name) if name.isupper() else None
            except Exception:
                continue  # Django refuses to give out an empty SECRET_KEY
            if isinstance(value, (str, pathlib.Path)) and str(value) and same_folder(value, before):
                setattr(settings, name, like(value, self.root))
        settings.STATIC_ROOT = like(before or "", self.root)

    def relocate(self, storage, root):
        """Move a FileSystemStorage. Some set their location in __init__, and Django caches these three."""
        from django.core.files.storage import FileSystemStorage

        if not isinstance(storage, FileSystemStorage):
            return
        if any(isinstance(vars(kind).get("location"), property) for kind in type(storage).__mro__):
            # A property of the project's wins over an attribute of the object, but not over one of the object's class.
            storage.__class__ = located(type(storage), os.path.abspath(root))
        storage._location = root
        storage.__dict__["base_location"] = root
        storage.__dict__["location"] = os.path.abspath(root)

    def relocate_held(self, storage):
        """Move the storages that this one writes into as well: for its manifest, or for a copy in STATIC_ROOT."""
        from django.core.files.storage import FileSystemStorage

        for name, held in list(getattr(storage, "__dict__", {}).items()):
            if held is storage or not isinstance(held, FileSystemStorage):
                continue
            if name == "manifest_storage":
                folder = os.path.join(self.folder, "manifest")
                os.makedirs(folder, exist_ok=True)
                self.relocate(held, folder)
            elif self.static_root and same_folder(held.location or "", self.static_root):
                self.relocate(held, self.root)


def located(kind, root):
    """A class of one object alone, which is the same but for its folder."""
    same = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__doc__": kind.__doc__}
    return type(kind)(kind.__name__, (kind,), {**same, "location": root})


def same_folder(one, other):
    return os.path.abspath(str(one)) == os.path.abspath(str(other))


def like(value, path):
    """A path of the same type, with a slash at its end if that one has it: the project may add to it."""
    if isinstance(value, pathlib.Path):
        return type(value)(path)
    return path + "/" if str(value).endswith("/") else path
