"""Migrations that Django cannot load, and migrations that conflict."""

import importlib
import importlib.util
import pkgutil
import re
import sys

from shipshape_probe import errors, files
from shipshape_probe.findings import finding
from shipshape_probe.migration_apps import is_own, is_package, level_of


def find(error, context):
    """Yield every migration that cannot be imported or has no Migration class. If there is none, the loader's error."""
    from django.db.migrations.exceptions import BadMigrationError

    found = False
    for app, name in migration_modules():
        reason = None
        try:
            module = importlib.import_module(name)
            if not hasattr(module, "Migration") and not hasattr(module, "__path__"):
                reason = BadMigrationError("%s has no Migration class" % name)
        except BaseException as raised:
            reason = raised
        if reason is not None:
            found = True
            yield unloadable(app, name, reason, context)
    if not found:
        yield unloadable(*origin(error), error, context)


def migration_modules():
    """Yield (app, dotted name) of every migrations package and of the migrations in it."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    for app in apps.get_app_configs():
        package, _ = MigrationLoader.migrations_module(app.label)
        if package is None or not is_package(package):
            continue
        yield app, package
        module = sys.modules.get(package)
        for _, name, is_pkg in pkgutil.iter_modules(getattr(module, "__path__", ())):
            if not is_pkg and name[0] not in "_~":
                yield app, "%s.%s" % (package, name)


def origin(error):
    """The app and module of an error in the graph. NodeNotFoundError has an origin; other errors have only a text."""
    migration = getattr(error, "origin", None)
    named = [(migration.app_label, migration.name)] if hasattr(migration, "app_label") else []
    named += sorted(re.findall(r"\b(\w+)\.(\w+)\b", str(error)))
    modules = {(app.label, name.rpartition(".")[2]): (app, name) for app, name in migration_modules()}
    return next((modules[key] for key in named if key in modules), (None, None))


def unloadable(app, module, error, context):
    from shipshape_probe.advice import advice

    described = errors.describe(error, context.first_party)
    message = described["message"]
    if type(error).__name__ == "CircularDependencyError":
        message = ", ".join(sorted(message.split(", ")))  # Django's order changes from run to run
    path = source_of(module) if module else None
    place = errors.place_of(described)
    hint = advice(described)
    if type(error).__name__ == "NodeNotFoundError":
        place = files.place(path)
        hint = absent_parent(getattr(error, "node", ("", ""))[0], context)
    return finding(
        level_of(app is None or is_own(app, context)),
        "migrations.broken",
        "The migrations cannot be loaded: %s: %s" % (described["type"], message),
        hint=hint,
        object=module,
        place=place or files.place(path),
    )


def absent_parent(label, context):
    """What to do about a migration that another one depends on and that is not there. `label` is its app's."""
    from django.apps import apps

    from shipshape_probe.missing import version_of

    try:
        app = apps.get_app_config(label)
    except LookupError:
        return (
            "There is no app %s in INSTALLED_APPS of these settings: add it, or take the dependency out of the "
            "migration." % label
        )
    if is_own(app, context):
        return "Is that migration's file missing in the image? See .dockerignore and .gitignore."
    version = version_of(app.name)
    return (
        "%s is an installed package%s, and the image's version does not have that migration. Require the version for "
        "which the migration was written (the one that developers have), or, if the package has dropped or renamed "
        "it, let the dependency name one that it has. A migration that somebody's `makemigrations` wrote into the "
        "installed package is in no image." % (app.name, " (%s)" % version if version else "")
    )


def source_of(name):
    """The file of a module, even if it cannot be imported."""
    try:
        return importlib.util.find_spec(name).origin
    except Exception:
        return None


def conflict(label, names, loader, context):
    from django.apps import apps

    app = apps.get_app_config(label)
    last = loader.disk_migrations.get((label, names[-1]))
    return finding(
        level_of(is_own(app, context)),
        "migrations.conflict",
        "The app %s has %d last migrations: %s. `migrate` refuses to run." % (label, len(names), ", ".join(names)),
        hint="Run `makemigrations --merge %s`, or renumber the newer one after the other." % label,
        object=label,
        place=files.place(files.module_file(type(last).__module__)) if last else None,
    )
