"""Runs the system checks of Django and of the project, as `manage.py check --deploy` does.

Each registered check function is called separately, so that one that raises does not hide what the others found. They
are given no databases: there are none here, although Django 6.1 would pass all of them.
"""

import re

from shipshape_probe import errors, files, image_variables, not_collected, suppliers
from shipshape_probe.findings import finding

ARGV = ("check", "--deploy")

LEVELS = ((50, "CRITICAL"), (40, "ERROR"), (30, "WARNING"), (20, "INFO"), (0, "DEBUG"))
# The setting that a message is about, where its text names none, or another one first.
SETTING_OF = {
    "security.W001": "MIDDLEWARE",
    "security.W002": "MIDDLEWARE",
    "security.W003": "MIDDLEWARE",
    "security.W009": "SECRET_KEY",
    "security.W010": "SESSION_COOKIE_SECURE",
    "security.W011": "SESSION_COOKIE_SECURE",
    "security.W012": "SESSION_COOKIE_SECURE",
    "security.W013": "SESSION_COOKIE_HTTPONLY",
    "security.W014": "SESSION_COOKIE_HTTPONLY",
    "security.W015": "SESSION_COOKIE_HTTPONLY",
    "security.W016": "CSRF_COOKIE_SECURE",
    "security.W018": "DEBUG",
    "security.W019": "X_FRAME_OPTIONS",
    "security.W025": "SECRET_KEY_FALLBACKS",
}
# These settings must be True. One that is read from the environment is the string "True".
BOOLEANS = {"security.W005", "security.W006", "security.W008", "security.W021"} | {
    "security.W%03d" % number for number in range(10, 17)
}
# What to write, where Django's message does not say so, and when it may be ignored.
PROXY = "or ignore {id} if the proxy in front does it"
HINTS = {
    "security.W004": "Write SECURE_HSTS_SECONDS = 3600, more once all works over https; " + PROXY + ".",
    "security.W005": "Write SECURE_HSTS_INCLUDE_SUBDOMAINS = True if all subdomains are served over https; else ignore {id}.",
    "security.W006": "Remove SECURE_CONTENT_TYPE_NOSNIFF: its default is True.",
    "security.W008": "Write SECURE_SSL_REDIRECT = True (behind a proxy with SECURE_PROXY_SSL_HEADER, or it redirects for ever); "
    + PROXY
    + ".",
    "security.W009": "Give production a SECRET_KEY of at least 50 random characters that is not in the repository: "
    "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`.",
    "security.W018": "Write DEBUG = False in production's settings, or have it False when the environment says nothing.",
    "security.W019": 'Write X_FRAME_OPTIONS = "DENY", or ignore {id} if pages of the site show others in frames.',
    "security.W020": "Write the host names that production answers to, or read them from a variable.",
    "security.W021": "Write SECURE_HSTS_PRELOAD = True if the domain is to be on the browsers' preload list; else ignore {id}.",
    "security.W022": 'Write SECURE_REFERRER_POLICY = "same-origin".',
    "security.W025": "Remove weak keys from SECRET_KEY_FALLBACKS once nothing signed with them is in use.",
}
HINTS.update((id, "Write SESSION_COOKIE_SECURE = True.") for id in ("security.W010", "security.W011", "security.W012"))
HINTS.update(
    (id, "Remove SESSION_COOKIE_HTTPONLY: its default is True.")
    for id in ("security.W013", "security.W014", "security.W015")
)
HINTS["security.W016"] = "Write CSRF_COOKIE_SECURE = True."
NO_SERVICE = (
    "The checks run without network, so there is no database, cache or broker. Let the check handle that, or "
    "register it with Tags.database, which Django runs only with --database. Ignore "
    "shipshape.check-crashed to accept it."
)
NOT_REACHED = "The checks run without network, so this says nothing about production, where it would be %s."
# Words of a message that the missing network may have caused. They count if a connection failed in the same check.
MAY_BE_NETWORK = re.compile(
    r"connect|reach|refused|resolv|respond|time[d-]? ?out|available|running|offline|down\b", re.I
)


def run(context):
    """Yield a finding for each message; silenced ones are only counted."""
    from django.core.checks import Tags
    from django.core.checks.registry import registry

    silenced = called = 0
    crashes = set()
    functions = registry.get_checks(include_deployment_checks=True)
    for function in sorted(functions, key=name_of):
        if Tags.database in function.tags:
            continue  # there is no database
        context.doing("running the check %s" % name_of(function))
        called += 1
        messages = []
        try:
            with FailedConnections() as failed:
                for message in function(app_configs=None, databases=[]):
                    messages.append(message)
        except BaseException as error:
            crashed, reason = crash(function, error, context)
            if reason not in crashes:  # a URLconf that cannot be imported stops several checks
                crashes.add(reason)
                yield crashed
        for message in messages:
            if message.is_silenced():
                silenced += 1
            else:
                yield without_network(as_finding(message, context), failed.any)
    context.count(checks=called, silenced=silenced)


def name_of(function):
    """The dotted name of a check function; some are callable objects."""
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    return "%s.%s" % (function.__module__, name)


def as_finding(message, context):
    setting = setting_of(message)
    supplied = suppliers.of_settings(settings_of(message), context)
    return finding(
        next(name for number, name in LEVELS if (message.level or 0) >= number),
        message.id or "",
        message.msg,
        hint=hint_of(message, setting, None if supplied else context),
        object=object_of(message),
        place=place_of(message, setting, context),
        supplied=supplied,
    )


class FailedConnections:
    """Notices whether a check function tries to connect to something and cannot."""

    def __enter__(self):
        import socket

        self.any = False
        self.changed = [
            (socket.socket, "connect", socket.socket.connect),
            (socket, "getaddrinfo", socket.getaddrinfo),
        ]
        for owner, name, original in self.changed:
            setattr(owner, name, self.noting(original))
        return self

    def noting(self, original):
        def call(*arguments, **options):
            try:
                return original(*arguments, **options)
            except OSError:
                self.any = True
                raise

        return call

    def __exit__(self, *error):
        for owner, name, original in self.changed:
            setattr(owner, name, original)


def without_network(found, failed):
    """The finding, as INFO if it only says that there is no network here. `failed`: a connection failed in its check."""
    text = "%s %s" % (found["message"], found.get("hint", ""))
    if not (errors.IS_NETWORK.search(text) or (failed and MAY_BE_NETWORK.search(text))) or has_network():
        return found
    hint = "%s\n%s" % (found.get("hint", ""), NOT_REACHED % found["level"])
    return {**found, "level": "INFO", "hint": hint.strip()}


def has_network():
    import socket

    return any(name != "lo" for _, name in socket.if_nameindex())


def object_of(message):
    """Print the object as CheckMessage.__str__ does."""
    from django.db.models.base import ModelBase

    if message.obj is None:
        return None
    if isinstance(message.obj, ModelBase):
        return message.obj._meta.label
    try:
        return str(message.obj)
    except Exception:
        return type(message.obj).__name__


def setting_of(message):
    """The name of the setting that a message without an object is about, or None."""
    if message.id in SETTING_OF:
        return SETTING_OF[message.id]
    if message.obj is not None:
        return None
    return next(named_settings(message), None)


def settings_of(message):
    """All settings that a message is about. Django's own on security name others, which matter less."""
    return [SETTING_OF[message.id]] if message.id in SETTING_OF else list(dict.fromkeys(named_settings(message)))


def named_settings(message):
    from django.conf import settings

    for word in re.findall(r"\b[A-Z][A-Z0-9_]{3,}\b", str(message.msg)):
        if hasattr(settings, word):
            yield word


def hint_of(message, setting, context):
    """What to do about a message. context: None if its setting has a value that is not the image's."""
    hint = str(message.hint) if message.hint else HINTS.get(message.id, "").format(id=message.id)
    if message.id in BOOLEANS and setting:
        from django.conf import settings

        value = getattr(settings, setting, None)
        if isinstance(value, str) and value.strip().lower() in ("true", "1", "yes", "on"):
            says = '%s is the string "%s", but Django requires the boolean True.' % (setting, value.strip())
            return (hint + "\n" + says).strip()
    return image_variables.with_image(hint, settings_of(message), context) if context else hint


def place_of(message, setting, context):
    try:
        if setting or (message.obj is None and str(message.id).startswith("security.")):
            return files.setting_place(context.settings_module, setting)
        if message.obj is None:
            return urlconf(message) or unwritten(message, context)
        attribute = re.match(r"The value of '(\w+)", str(message.msg))
        if isinstance(message.obj, type) and attribute:
            return files.attribute_place(message.obj, attribute.group(1))
        return files.object_place(message.obj)
    except Exception:
        return {}  # looking at an object may run any code of the project; the finding matters more than its place


def urlconf(message):
    if not str(message.id).startswith("urls."):
        return {}
    from django.conf import settings

    return files.place(files.module_file(settings.ROOT_URLCONF))


def unwritten(message, context):
    """The settings module, for a message on a setting that is not in it."""
    says = "%s %s" % (message.msg, message.hint)
    if re.search(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b", str(message.msg)) and "setting" in says.lower():
        return files.setting_place(context.settings_module)
    return {}


def crash(function, error, context):
    """A check function that raises is a finding of its own. Return it, and the reason."""
    described = errors.describe(error, context.first_party)
    reason = (described["type"], described["message"], described.get("file"), described.get("line"))
    needs_service = errors.wants_service(described)
    crashed = finding(
        # There is no network where the check runs, and nothing has collected static files: no fault of the project.
        "INFO" if needs_service or not_collected.is_reason(described) else "ERROR",
        "shipshape.check-crashed",
        "The check %s raised %s: %s" % (name_of(function), described["type"], described["message"]),
        hint=crash_hint(function, described, needs_service, context),
        object=name_of(function),
        place=errors.place_of(described) or files.function_place(function),
    )
    return {**crashed, "error": "%s: %s" % reason[:2]}, reason


def crash_hint(function, described, needs_service, context):
    """What to do about it; of a URLconf that cannot be imported, which of its modules fails."""
    from django.conf import settings
    from shipshape_probe.advice import advice

    said = not_collected.hint(context) if not_collected.is_reason(described) else advice(described)
    if function.__module__ != "django.core.checks.urls":
        return NO_SERVICE if needs_service else said
    module = described.get("in_module") or described.get("file")
    why = ", because %s fails" % module if module and module != settings.ROOT_URLCONF else ""
    return ("The URLconf %s cannot be loaded%s. %s" % (settings.ROOT_URLCONF, why, said)).strip()
