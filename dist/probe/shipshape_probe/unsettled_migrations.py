"""Findings on changes of the models that no migration can settle. changing_models.py tells which these are."""

from shipshape_probe import changing_models
from shipshape_probe.findings import finding
from shipshape_probe.operations import describe, fields_of, model_of, name_as_written, object_of, place_of

COMPUTED = (
    "Something in it is computed when the models are imported: from the clock, a random number, or a set, whose order is "
    "another one in each process. Give it a fixed value or order, or pass a callable: no migration can settle it before."
)


def unsettled(app, migration, others):
    """Yield (finding, operation) for each operation that the next process would not make, or would make otherwise.

    others: changing_models.OtherProcesses; they are started only for changes that the sources do not explain.
    """
    found = [(operation, changing_of(app, operation)) for operation in migration.operations]
    for operation, changing in found:
        if changing:
            yield unsettled_finding(app, changing.message, changing.hint, operation, changing.place), operation
    if any(changing for _, changing in found) or not any(map(is_alteration, migration.operations)):
        return
    for operation, text in zip(migration.operations, changing_models.texts([migration])):
        if any(text not in other.get(app.label, ()) for other in others.found()):
            message = "Each process finds another change of the models of %s: %s." % (app.label, describe(operation))
            yield unsettled_finding(app, message, COMPUTED, operation, place_of(app, operation)), operation


def changing_of(app, operation):
    try:
        model = app.get_model(model_of(operation))
        found = [
            changing_models.from_source(model, name_as_written(model, name.lower()), field)
            for name, field in fields_of(operation)
        ]
    except Exception:
        return None  # the model is gone, or looking at its module runs code of the project
    return next(filter(None, found), None)


def is_alteration(operation):
    """May it be made again and again? What adds or removes a model or field is made once."""
    return type(operation).__name__ not in ("AddField", "RemoveField", "CreateModel", "DeleteModel")


def unsettled_finding(app, message, hint, operation, place):
    again = " Then run `makemigrations %s` and commit its file." % app.label
    label = object_of(app, operation)
    return finding("ERROR", "migrations.missing", message, hint=hint + again, object=label, place=place)
