"""The settings that are shown in the summary and the log. None of them is a secret."""

import importlib.util
import os
import sys

NAMES = (
    "DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "USE_X_FORWARDED_HOST", "USE_X_FORWARDED_PORT", "STATIC_URL", "STATIC_ROOT", "MEDIA_URL",
    "MEDIA_ROOT", "MIDDLEWARE", "ROOT_URLCONF", "WSGI_APPLICATION",
)  # fmt: skip

MOST_FOLDERS = 1000


def collect():
    """Return {name: value} of the settings, and `VERSION`, `STORAGES`, `DATABASES` (engines only).

    `HAS_STATIC_FILES`: the image has files in STATIC_ROOT, whoever has put them there.
    """
    import django
    from django.conf import settings

    found = {"VERSION": django.get_version()}
    for name in (*NAMES, *sorted(name for name in dir(settings) if name.startswith("SECURE_"))):
        if hasattr(settings, name):
            found[name] = plain(getattr(settings, name))
    found["HAS_STATIC_FILES"] = has_files(getattr(settings, "STATIC_ROOT", None))
    found["STORAGES"] = storages(settings)
    found["DATABASES"] = {str(alias): str(database.get("ENGINE", "")) for alias, database in settings.DATABASES.items()}
    return found


def has_files(folder):
    """Is there a file in this folder, or below it? One whose name begins with a dot only keeps a folder in Git."""
    if not isinstance(folder, (str, os.PathLike)) or not os.path.isabs(folder):
        return False
    for count, (_, _, files) in enumerate(os.walk(folder)):
        if count > MOST_FOLDERS or any(not name.startswith(".") for name in files):
            return count <= MOST_FOLDERS
    return False


def storages(settings):
    """Return {alias: dotted path}. Before Django 4.2 each alias had a setting of its own."""
    configured = getattr(settings, "STORAGES", None)
    if configured:
        return {str(alias): str(storage.get("BACKEND", "")) for alias, storage in configured.items()}
    return {
        "default": str(getattr(settings, "DEFAULT_FILE_STORAGE", "")),
        "staticfiles": str(getattr(settings, "STATICFILES_STORAGE", "")),
    }


def plain(value, depth=0):
    """Return the value as JSON can hold it, and not too long."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)) and depth < 3:
        return [plain(item, depth + 1) for item in list(value)[:50]]
    if isinstance(value, dict) and depth < 3:
        return {str(key): plain(item, depth + 1) for key, item in list(value.items())[:50]}
    return str(value)[:300]


def project_packages(settings_module):
    """Return the top-level packages of the project itself, which pip may have installed anywhere."""
    from django.conf import settings

    from shipshape_probe.first_party import INSTALLED, distribution_packages

    names = set()
    for dotted in (settings_module, settings.ROOT_URLCONF, getattr(settings, "WSGI_APPLICATION", None)):
        if not dotted or not isinstance(dotted, str):
            continue
        package = dotted.split(".")[0]
        module = sys.modules.get(package)
        spec = getattr(module, "__spec__", None) or importlib.util.find_spec(package)
        names.add(package)
        if spec and spec.origin and any(folder in spec.origin for folder in INSTALLED):
            try:
                names.update(distribution_packages(package))
            except Exception:
                pass  # a broken *.dist-info is not what is checked here
    return sorted(names)


def app_names():
    """The labels and names of all apps, and the parts of those names. None of them is a secret."""
    from django.apps import apps

    names = set()
    for app in apps.get_app_configs():
        names.update([app.label, app.name, *app.name.split(".")])
    return sorted(names)
