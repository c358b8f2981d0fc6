"""Checks, without a database, that the migrations in the image match the models.

It uses the autodetector of `manage.py makemigrations --check --dry-run`, but it never asks questions, reports all
problems and needs no database. It also finds apps without a migrations package, which makemigrations leaves out.
Findings on apps that are not the project's own are INFO.
"""

import os

from shipshape_probe import broken_migrations, files, missing_migrations
from shipshape_probe.findings import finding
from shipshape_probe.migration_apps import is_own, is_package, level_of, own_apps

ARGV = ("makemigrations", "--check", "--dry-run")
OWN = "Run `makemigrations %s` and commit the folder; check that .dockerignore and .gitignore do not exclude it."
INSTALLED = (
    "%s is an installed package and not the project's own app, so its migrations are its own to ship: see whether "
    "another version has them."
)


def run(context):
    from django.db.migrations.loader import MigrationLoader

    context.doing("loading the migrations")
    if context.task.get("only_changes"):
        yield from missing_migrations.texts_of_changes(MigrationLoader(None, ignore_no_migrations=True), context)
        return
    yield from without_package(context)
    try:
        loader = MigrationLoader(None, ignore_no_migrations=True)
    except Exception as error:
        yield from broken_migrations.find(error, context)
        return
    conflicts = loader.detect_conflicts()
    for label, names in sorted(conflicts.items()):
        yield broken_migrations.conflict(label, sorted(names), loader, context)
    context.doing("comparing models and migrations")
    try:
        yield from missing_migrations.find(loader, conflicts, context)
    except Exception as error:
        if not conflicts:
            raise
        context.note("The models could not be compared because of these conflicts: %s" % error)
    context.count(apps=len(list(own_apps(context))), migrations=len(loader.disk_migrations))


def needs_migrations(app):
    from django.conf import settings
    from django.db import router

    def is_kept(model):
        options = model._meta
        if not options.managed or options.proxy or options.swapped:
            return False
        if not settings.DATABASE_ROUTERS:
            return True
        return any(router.allow_migrate_model(alias, model) for alias in settings.DATABASES)

    return [model for model in app.get_models() if is_kept(model)]


def without_package(context):
    """Yield a finding for each app with models that Django leaves out, because it has no migrations package."""
    from django.apps import apps
    from django.conf import settings
    from django.db.migrations.loader import MigrationLoader

    for app in apps.get_app_configs():
        module_name, _ = MigrationLoader.migrations_module(app.label)
        if module_name is None:
            continue  # MIGRATION_MODULES has None: it has no migrations on purpose
        models = needs_migrations(app)
        if not models or is_package(module_name):
            continue
        folder = os.path.join(app.path, "migrations")
        numbered = sorted(name for name in listdir(folder) if name[:1].isdigit() and name.endswith(".py"))
        if app.label in settings.MIGRATION_MODULES:
            says = "MIGRATION_MODULES names %s, which is not in the image." % module_name
        elif numbered:
            says = "%s holds %d migrations but no __init__.py, so Django does not see them." % (
                folder,
                len(numbered),
            )
        else:
            says = "There is no %s in the image." % os.path.join(folder, "__init__.py")
        own = is_own(app, context)
        yield finding(
            level_of(own),
            "migrations.no-package",
            "The app %s has models (%s) but no migrations package: `migrate` will not create its tables."
            % (app.label, ", ".join(model.__name__ for model in models[:5])),
            hint="%s %s If the app is to have none, set MIGRATION_MODULES = {%r: None}."
            % (says, (OWN if own else INSTALLED) % app.label, app.label),
            object=app.label,
            place=files.class_place(models[0]),
        )


def listdir(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []
