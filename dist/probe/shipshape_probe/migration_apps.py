"""The apps whose migrations are checked: which are the project's own, and where their migrations lie."""

import importlib.util
import os
import sys


def own_apps(context):
    from django.apps import apps

    return (app for app in apps.get_app_configs() if is_own(app, context))


def is_own(app, context):
    """Is it the project's own app, or one whose migrations it keeps (MIGRATION_MODULES)?"""
    folders = (app.path, migrations_folder(app))
    return any(context.first_party.owns(os.path.join(folder, "__init__.py")) for folder in folders)


def migrations_folder(app):
    """The folder of an app's migrations. MigrationWriter.path is not used, because it creates a missing package."""
    from django.db.migrations.loader import MigrationLoader

    module = sys.modules.get(MigrationLoader.migrations_module(app.label)[0])
    return next(iter(getattr(module, "__path__", ())), os.path.join(app.path, "migrations"))


def level_of(own):
    return "ERROR" if own else "INFO"


def is_package(name):
    """Is it a package as MigrationLoader requires it, with an __init__.py?"""
    try:
        spec = importlib.util.find_spec(name)
    except Exception:
        return True  # something in it is broken, and the loader reports it
    return bool(spec and spec.submodule_search_locations is not None and spec.origin)
