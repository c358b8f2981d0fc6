"""System checks that end because the image has no manifest of static files: whether the start makes it."""

COLLECTS_LATER = (
    "The image has no manifest of static files: %s makes it when the container starts (%s). Without it the check could not "
    "run to its end here."
)
MAY_COLLECT = (
    "The image has no manifest of static files. That is right if the container collects when it starts, before it serves; "
    "if not, collect in the Dockerfile: RUN python manage.py collectstatic --noinput"
)


def is_reason(described):
    """Does a static file lack its entry in the manifest because the image has no manifest at all?

    A start that collects makes it before Django serves; where nothing does, static.not-collected says so.
    """
    if described["type"] != "ValueError" or not described["message"].startswith("Missing staticfiles manifest entry"):
        return False
    from django.contrib.staticfiles.storage import staticfiles_storage

    return not getattr(staticfiles_storage, "hashed_files", None)


def hint(context):
    """What to say of it: which call makes the manifest, if the start is known to make one."""
    from shipshape_probe import start_image, static_command  # slow to import, and rarely needed

    image = start_image.checked_image({**context.stand_ins, **context.environment})
    calls = static_command.collecting_calls(image)
    known = next((call for call in calls if call.at_start and not call.branch), None)
    return COLLECTS_LATER % (known.where, known) if known else MAY_COLLECT
