"""Operations of migrations: what they change, and where that is written in the models."""

from shipshape_probe import files


def describe(operation):
    formatted = getattr(operation, "formatted_description", None)  # Django 5.1+
    return str(formatted() if formatted else operation.describe())


def model_of(operation):
    return (getattr(operation, "model_name", None) or getattr(operation, "name", None) or "").lower()


def name_of(operation):
    """The field's name if the operation is on a field. Packages have operations of their own."""
    name = getattr(operation, "name", None) if getattr(operation, "model_name", None) else None
    return (name or "").lower()


def fields_of(operation):
    """Yield (name, field) of every field that the operation makes or alters."""
    field = getattr(operation, "field", None)
    if field is not None:
        yield operation.name, field
    elif type(operation).__name__ == "CreateModel":
        yield from operation.fields


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


def first_place(app, operations):
    for operation in operations:
        place = place_of(app, operation)
        if place.get("line"):
            return place
    models = getattr(app, "models_module", None)
    return files.place(files.module_file(models.__name__)) if models else {}


def object_of(app, operation):
    """What an operation is about, as Django's messages name it: app.Model.field."""
    try:
        label = app.get_model(model_of(operation))._meta.label
    except LookupError:
        return app.label
    name = name_of(operation)
    return "%s.%s" % (label, name) if name else label
