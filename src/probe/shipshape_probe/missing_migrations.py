"""Changes of the models that no migration makes: what `makemigrations` would write."""

import os
import sys

from shipshape_probe import files, schema_names
from shipshape_probe.findings import finding
from shipshape_probe.migration_apps import is_own, level_of, migrations_folder

LONGEST_TEXT = 100 * 1000  # of a file that is shown as it is to be committed


def find(loader, conflicts, context):
    """One finding for each migration file that makemigrations would write."""
    from django.apps import apps

    questioner = silent_questioner()
    before, changes = compared(loader, questioner, context)
    for label, migrations in sorted(changes.items()):
        if label in conflicts:
            continue
        for migration in migrations:
            missing = missing_migration(apps.get_app_config(label), migration, before, questioner, context)
            details = missing["details"]
            details["names"] = schema_names.of(missing["message"] + details.get("text", ""), loader, before)
            yield missing


def compared(loader, questioner, context):
    """The state that the migrations make, and the migrations that are missing: {label: [migration]}.

    A makemigrations command of the project may change what counts as a difference: it may leave out help_text, for
    example. So that command is run up to where it calls Django's, and the comparison is made there.
    """
    from django.apps import apps
    from django.core.management.commands import makemigrations
    from django.db.migrations.state import ProjectState

    command = projects_command(context)
    results = []

    def compare(*arguments, **options):
        before = loader.project_state()
        autodetector = autodetector_class(command)(before, ProjectState.from_apps(apps), questioner)
        results.append((before, autodetector.changes(graph=loader.graph)))

    djangos = makemigrations.Command.handle
    if type(command).handle is not djangos:
        makemigrations.Command.handle = compare
        try:
            options = vars(
                command.create_parser("manage.py", "makemigrations").parse_args(["--check", "--dry-run", "--noinput"])
            )
            command.handle(*options.pop("args", ()), **options)
        except (Exception, SystemExit) as error:
            if not results:
                context.note("The project's makemigrations command failed here (%s): used Django's." % error)
        finally:
            makemigrations.Command.handle = djangos
    if not results:
        compare()
    return results[0]


def silent_questioner():
    """A questioner that always answers no, and remembers what makemigrations would have asked."""
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.models import NOT_PROVIDED

    class SilentQuestioner(MigrationQuestioner):
        def __init__(self):
            super().__init__(dry_run=True)
            self.defaults_wanted = set()
            self.renames = []

        def want_default(self, field_name, model_name):
            self.defaults_wanted.add((model_name.lower(), field_name.lower()))
            return NOT_PROVIDED

        ask_not_null_addition = want_default
        ask_not_null_alteration = want_default
        ask_auto_now_add_addition = want_default

        def ask_rename(self, model_name, old_name, new_name, field_instance):
            self.renames.append((model_name, "field %s to %s" % (old_name, new_name)))
            return False

        def ask_rename_model(self, old_model_state, new_model_state):
            self.renames.append((new_model_state.name, "model %s to %s" % (old_model_state.name, new_model_state.name)))
            return False

    return SilentQuestioner()


def projects_command(context):
    """The makemigrations command that the project uses; a package may provide it."""
    from django.core.management import get_commands, load_command_class
    from django.core.management.commands import makemigrations

    try:
        app_name = get_commands()["makemigrations"]
        return load_command_class(app_name, "makemigrations") if isinstance(app_name, str) else app_name
    except Exception as error:
        context.note("The project's makemigrations command cannot be loaded (%s): used Django's." % error)
        return makemigrations.Command()


def autodetector_class(command):
    """The autodetector that the project uses: Command.autodetector (Django 5.2+), or one that a package patched in."""
    from django.core.management.commands import makemigrations

    own = getattr(command, "autodetector", None)
    module = sys.modules.get(type(command).__module__)
    return own or getattr(module, "MigrationAutodetector", None) or makemigrations.MigrationAutodetector


def missing_migration(app, migration, before, questioner, context):
    operations = [describe(operation) for operation in migration.operations]
    own = is_own(app, context) or any(
        context.first_party.owns(place.get("file"))
        for place in (place_of(app, operation) for operation in migration.operations)
        if place
    )
    text, reason = text_of(migration)
    path = os.path.join(migrations_folder(app), migration.name + ".py")
    return finding(
        level_of(own),
        "migrations.missing",
        "The models of %s have changes that no migration makes: %s." % (app.label, "; ".join(operations)),
        hint=" ".join(hints(app, migration, before, questioner, own, reason)),
        object=object_of(app, migration),
        place=first_place(app, migration),
        details={
            "app": app.label,
            "name": migration.name,
            "path": path,
            "operations": operations,
            **({"text": text} if text else {}),
        },
    )


def describe(operation):
    formatted = getattr(operation, "formatted_description", None)  # Django 5.1+
    return str(formatted() if formatted else operation.describe())


def text_of(migration):
    """Return (the file's text, None), or ("", why it cannot be written)."""
    from django.db.migrations.writer import MigrationWriter

    try:
        # Without the header, which has the time in it: the report must not change from run to run.
        text = MigrationWriter(migration, include_header=False).as_string()
    except Exception as error:
        return "", "makemigrations cannot write it: %s" % error
    if len(text.encode("utf-8", "replace")) > LONGEST_TEXT:
        return "", "The text of the file is too long to be shown here."
    return text, None


def hints(app, migration, before, questioner, own, reason):
    """Yield the sentences of advice."""
    if own:
        yield "Run `makemigrations %s` and commit the file." % app.label
    else:
        yield "It is not the project's own app: upgrade the package, or ignore this."
    if reason:
        yield reason
    touched = {(model_of(operation), name_of(operation)) for operation in migration.operations}
    wanted = sorted(touched & questioner.defaults_wanted)
    if wanted:
        yield (
            "makemigrations will ask for a one-off default for %s, which may not be null; the text here has none."
            % ", ".join(".".join(pair) for pair in wanted)
        )
    for model, what in questioner.renames:
        if model.lower() in {pair[0] for pair in touched}:
            yield "If you renamed the %s, makemigrations will ask, and write a rename instead." % what
    if only_choices(app, migration, before):
        yield "Only `choices` differ: they may come from the tzdata or the locales of the image."
    elif only_auto_fields(migration):
        yield "Only the type of `id` differs: it follows DEFAULT_AUTO_FIELD and AppConfig.default_auto_field."


def model_of(operation):
    return (getattr(operation, "model_name", None) or getattr(operation, "name", None) or "").lower()


def name_of(operation):
    """The field's name if the operation is on a field. Packages have operations of their own."""
    name = getattr(operation, "name", None) if getattr(operation, "model_name", None) else None
    return (name or "").lower()


def alterations(migration):
    """The operations if all are AlterField, else none."""
    from django.db.migrations.operations import AlterField

    if all(type(operation) is AlterField for operation in migration.operations):
        return migration.operations
    return []


def only_choices(app, migration, before):
    changed = alterations(migration)
    return bool(changed) and all(
        without_choices(operation.field) == without_choices(old_field(app, operation, before)) for operation in changed
    )


def old_field(app, operation, before):
    fields = before.models[app.label, model_of(operation)].fields
    return dict(fields)[operation.name]


def without_choices(field):
    _, path, arguments, options = field.deconstruct()
    options.pop("choices", None)
    return path, repr(arguments), repr(sorted(options.items()))


def only_auto_fields(migration):
    from django.db.models import AutoField
    from django.db.models.fields import AutoFieldMixin

    changed = alterations(migration)
    return bool(changed) and all(isinstance(each.field, (AutoField, AutoFieldMixin)) for each in changed)


# Where in the models


def place_of(app, operation):
    """The line of the field or of the model. {} when neither exists any more."""
    try:
        model = app.get_model(model_of(operation))
    except LookupError:
        return {}
    name = name_of(operation)
    return files.attribute_place(model, name_as_written(model, name)) if name else files.class_place(model)


def name_as_written(model, name):
    for field in model._meta.get_fields():
        if field.name.lower() == name:
            return field.name
    return name


def first_place(app, migration):
    for operation in migration.operations:
        place = place_of(app, operation)
        if place.get("line"):
            return place
    models = getattr(app, "models_module", None)
    return files.place(files.module_file(models.__name__)) if models else {}


def object_of(app, migration):
    """The object of the first operation, as Django's messages name it: app.Model.field."""
    operation = migration.operations[0]
    try:
        label = app.get_model(model_of(operation))._meta.label
    except LookupError:
        return app.label
    name = name_of(operation)
    return "%s.%s" % (label, name) if name else label
