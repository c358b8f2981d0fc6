"""Changes of the models that no migration makes: what `makemigrations` would write."""

import os
import sys

from shipshape_probe.findings import finding
from shipshape_probe.migration_apps import is_own, level_of, migrations_folder
from shipshape_probe.operations import (
    describe,
    first_place,
    model_of,
    name_of,
    object_of,
    place_of,
)

NOT_COMPARED = (
    "It is not known whether every process makes the same change: others that compared the models came to no answer here. Run "
    "makemigrations twice: the second run must find nothing."
)
LONGEST_TEXT = 100 * 1000  # of a file that is shown as it is to be committed


def find(loader, conflicts, context):
    """Findings for each migration file that makemigrations would write: one, or one for each cause of its changes."""
    from django.apps import apps

    questioner = silent_questioner()
    before, changes = compared(loader, questioner, context)
    if not changes:
        return
    from shipshape_probe import changing_models, computed_choices  # slow to import, and rarely needed
    from shipshape_probe.unsettled_migrations import unsettled

    others = changing_models.OtherProcesses(context)
    for label, migrations in sorted(changes.items()):
        if label in conflicts:
            continue
        app = apps.get_app_config(label)
        for migration in migrations:
            if not is_own_change(app, migration, context):
                yield of_installed_app(app, migration)
                continue
            operations = list(migration.operations)
            for changing, operation in unsettled(app, migration, others):
                operations.remove(operation)
                yield changing
            if operations == migration.operations:
                changes = changes_of_choices(app, migration, before)
                yield from computed_choices.findings(app, changes, context) or [
                    with_names(missing_migration(app, migration, before, questioner, others), loader, before)
                ]
            elif operations:
                yield rest_of(app, migration, operations)


def with_names(missing, loader, before):
    """The finding, with the names of the schema that are in its texts: they are no values, and stay in the texts."""
    from shipshape_probe import schema_names

    details = missing["details"]
    details["names"] = schema_names.of(missing["message"] + details.get("text", ""), loader, before)
    return missing


def texts_of_changes(loader, context):
    """For another process that compares: the text of every operation that no migration makes, for each app."""
    from shipshape_probe import changing_models

    _, changes = compared(loader, silent_questioner(), context)
    for label, migrations in sorted(changes.items()):
        yield {"app": label, "texts": changing_models.texts(migrations)}


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


def is_own_change(app, migration, context):
    return is_own(app, context) or any(
        context.first_party.owns(place_of(app, operation).get("file")) for operation in migration.operations
    )


def of_installed_app(app, migration):
    """The finding on an installed package. It has no text: the file would have to be committed there."""
    return finding(
        level_of(False),
        "migrations.missing",
        message_of(app, migration.operations),
        hint="%s is an installed package and not the project's own app: upgrade it, or ignore this. A setting that it "
        "builds on, such as DEFAULT_AUTO_FIELD, may be the reason." % app.name,
        object=object_of(app, migration.operations[0]),
    )


def rest_of(app, migration, operations):
    """The finding on the operations of a migration that are no reason to withhold its text."""
    return finding(
        "ERROR",
        "migrations.missing",
        message_of(app, operations),
        hint="Run `makemigrations %s` and commit the file, once the other changes of this app are settled." % app.label,
        object=object_of(app, operations[0]),
        place=first_place(app, operations),
    )


def message_of(app, operations):
    return "The models of %s have changes that no migration makes: %s." % (
        app.label,
        "; ".join(describe(operation) for operation in operations),
    )


def missing_migration(app, migration, before, questioner, others):
    """The finding on the project's own app, with the whole text of the file."""
    text, reason = text_of(migration)
    return finding(
        level_of(True),
        "migrations.missing",
        message_of(app, migration.operations),
        hint=" ".join(hints(app, migration, before, questioner, reason, others)),
        object=object_of(app, migration.operations[0]),
        place=first_place(app, migration.operations),
        details={
            "app": app.label,
            "name": migration.name,
            "path": os.path.join(migrations_folder(app), migration.name + ".py"),
            "operations": [describe(operation) for operation in migration.operations],
            **({"text": text} if text else {}),
        },
    )


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


def hints(app, migration, before, questioner, reason, others):
    """Yield the sentences of advice."""
    yield "Run `makemigrations %s` and commit the file." % app.label
    if alterations(migration) and others.are_unknown():
        yield NOT_COMPARED
    if reason:
        yield reason
    touched = {(model_of(operation), name_of(operation)) for operation in migration.operations}
    wanted = sorted(touched & questioner.defaults_wanted)
    if wanted:
        yield (
            "The text here is not complete: makemigrations will ask for a one-off default for %s, which may not be null, "
            "and rows that exist need one. Run it, or write default=… and preserve_default=False into that operation."
            % ", ".join(".".join(pair) for pair in wanted)
        )
    for model, what in questioner.renames:
        if model.lower() in {pair[0] for pair in touched}:
            yield "If you renamed the %s, makemigrations will ask, and write a rename instead." % what
    if changes_of_choices(app, migration, before):
        yield "Only `choices` differ: they may come from the tzdata or the locales of the image."
    elif only_auto_fields(migration):
        yield "Only the type of `id` differs: it follows DEFAULT_AUTO_FIELD and AppConfig.default_auto_field."


def alterations(migration):
    """The operations if all are AlterField, else none."""
    from django.db.migrations.operations import AlterField

    if all(type(operation) is AlterField for operation in migration.operations):
        return migration.operations
    return []


def changes_of_choices(app, migration, before):
    """[(operation, the field before)] if all operations alter nothing but choices, else []."""
    changes = [
        (operation, dict(before.models[app.label, model_of(operation)].fields)[operation.name])
        for operation in alterations(migration)
    ]
    if all(without_choices(operation.field) == without_choices(old) for operation, old in changes):
        return changes
    return []


def without_choices(field):
    _, path, arguments, options = field.deconstruct()
    options.pop("choices", None)
    return path, repr(arguments), repr(sorted(options.items()))


def only_auto_fields(migration):
    from django.db.models import AutoField
    from django.db.models.fields import AutoFieldMixin

    changed = alterations(migration)
    return bool(changed) and all(isinstance(each.field, (AutoField, AutoFieldMixin)) for each in changed)
