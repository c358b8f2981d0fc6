"""Whether production can do without a folder of collected static files: because Django or WhiteNoise serves them from
where they are, or because nothing is served.
"""

from shipshape_probe.start_entry_points import SERVING

# The views that serve files from where they are. Both refuse if DEBUG is off.
VIEWS = {"django.contrib.staticfiles.views", "django.views.static"}


def does_without(image):
    """As long as what? A text for a message, "" if it cannot, as far as that is certain."""
    from django.conf import settings

    start = image.start()
    if whitenoise_finds():
        return "WhiteNoise serves the files from where they are"
    if any(each.server != "celery" for each in start.applications):
        return "DEBUG is on, and a view serves the files from where they are" if settings.DEBUG and has_view() else ""
    runserver = [each for each in start.mentions if each.command in SERVING and not each.branch]
    if any("--insecure" in each.options for each in runserver):
        return "runserver serves the files from where they are (--insecure)"
    if runserver and settings.DEBUG:
        if all("--nostatic" in each.options for each in runserver) and not has_view():
            return ""
        return "runserver serves the files from where they are, which it does while DEBUG is on"
    if image.serves_nothing:
        return "this image serves no requests"
    return "DEBUG is on, and what starts serves the files from where they are" if settings.DEBUG else ""


def whitenoise_finds():
    """Does WhiteNoise serve the files where the finders find them? By default it does so while DEBUG is on."""
    from django.conf import settings

    is_used = any("whitenoise" in str(each).lower() for each in settings.MIDDLEWARE or ())
    return getattr(settings, "WHITENOISE_USE_FINDERS", settings.DEBUG and is_used)


def has_view():
    """Does the URLconf name a view that serves static files? Yes if that cannot be found out."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(settings.STATIC_URL).path + "x.css").func.__module__ in VIEWS
    except Resolver404:
        return False
    except BaseException:
        return True
