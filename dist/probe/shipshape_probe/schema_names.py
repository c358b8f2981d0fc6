"""The names of a project's schema: apps, modules, models, fields, tables, migrations. None of them is secret."""


def of(text, loader, *states):
    """Those that are in a text: of the installed apps, of the migrations, and of the models in these states."""
    return sorted(name for name in every(loader, states) if name in text)


def every(loader, states):
    from django.apps import apps
    from django.db.models.options import DEFAULT_NAMES

    names = set(DEFAULT_NAMES)
    for app in apps.get_app_configs():
        names.update([app.label, *app.name.split(".")])
    for model in apps.get_models(include_auto_created=True):
        names.update([model.__name__, model.__name__.lower(), model._meta.db_table, *model.__module__.split(".")])
        for field in model._meta.get_fields(include_hidden=True):
            names.update(names_of(field))
        for each in [*model._meta.indexes, *model._meta.constraints]:
            names.add(each.name)
    names.update(name for _, name in loader.disk_migrations)
    for state in states:
        for (_, name), model in state.models.items():
            names.update([name, model.name, model.options.get("db_table"), *dict(model.fields)])
    return {name for name in names if isinstance(name, str)}


def names_of(field):
    """The field's own names, and those under which the other model knows it."""
    remote = getattr(field, "remote_field", None)
    return [
        field.name,
        getattr(field, "column", None),
        getattr(remote, "related_name", None),
        getattr(remote, "related_query_name", None),
    ]
