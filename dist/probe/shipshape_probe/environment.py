"""The environment of the checks: the image's variables, those of the workflow's `env`, and stand-ins.

A stand-in is a value that we supply for a variable which many settings modules require. It is the last resort: a
default that the settings have is production's value until somebody sets the variable (stand_ins.py).
"""

import os

ESSENTIAL = ("SECRET_KEY", "DJANGO_SECRET_KEY")
PRODUCTION = "DJANGO_ENV"  # selects production's settings, so it is supplied from the start
HOST = "shipshape.example"
HARMLESS = {
    PRODUCTION: "production",
    "DATABASE_URL": "sqlite://:memory:",  # both django-environ and dj-database-url read this form
    "ALLOWED_HOSTS": HOST,
    "DJANGO_ALLOWED_HOSTS": HOST,
    "CACHE_URL": "locmemcache://",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
# What a child's environment has from us, besides stand-ins.
FOR_CHILDREN = {"TMPDIR", "PWD", "HOME", "DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION"}
# Libraries that read lists as JSON refuse plain text (pydantic-settings, dynaconf).
OTHER_FORMS = dict.fromkeys(("ALLOWED_HOSTS", "DJANGO_ALLOWED_HOSTS"), ('["%s"]' % HOST,))
# A setting that Django calls empty (security.W009, security.W020, a dummy database), and the variables that fill it.
FILLS = {
    "SECRET_KEY": ESSENTIAL,
    "ALLOWED_HOSTS": ("ALLOWED_HOSTS", "DJANGO_ALLOWED_HOSTS"),
    "DATABASES": ("DATABASE_URL",),
}
# These need no quoting in a shell, an .env file or a URL.
KEY_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*-_.~"


class Environment:
    """Who set which variable. `image` and `user` are {name: value}, as they were at the start."""

    def __init__(self, image, user):
        self.image = dict(image)
        self.home = self.image.get("HOME")  # settle_home() may give the checks another one
        self.user = dict(user)
        self.own = {name: random_key() for name in ESSENTIAL}
        self.own.update(HARMLESS)
        for name in list(self.own):
            if name in self.image or name in self.user:
                del self.own[name]

    def given(self):
        """The environment without stand-ins."""
        return {**self.image, **self.user}

    def of_production(self):
        """The same with the image's own HOME, which production has."""
        others = {name: value for name, value in self.image.items() if name != "HOME"}
        return {**others, **({"HOME": self.home} if self.home is not None else {}), **self.user}

    def forms(self, name):
        """The values that we can supply for a variable of ours, the one to begin with first."""
        return (self.own[name], *OTHER_FORMS.get(name, ()))

    def values(self, stand_ins):
        """The environment with these stand-ins, {name: value}."""
        return {**stand_ins, **self.given()}

    def supplier(self, name, stand_ins, present=False):
        """Return who supplied a variable. `present`: it had a value when it was read, perhaps from an .env file."""
        if name in self.user:
            return "user"
        if name in self.image:
            return "image"
        if name in stand_ins:
            return "shipshape"
        return "image" if present else "nobody"


def random_key(length=60):
    """Return a SECRET_KEY that is strong enough for Django's own check (security.W009)."""
    # Not made with the module `secrets`: projects have modules of that name, and importing it takes time.
    return "".join(KEY_CHARACTERS[byte % len(KEY_CHARACTERS)] for byte in os.urandom(length))


def writable(folder):
    return bool(folder) and os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def settle_home(environment, home):
    """Point HOME to a folder that can be written to, if the image's HOME cannot."""
    if writable(environment.get("HOME")):
        return
    if "PYTHONUSERBASE" not in environment:
        import site

        # Django may be installed in the user's site-packages, which Python finds by HOME.
        base = site.getuserbase()
        if base and os.path.isdir(base):
            environment["PYTHONUSERBASE"] = base
    os.makedirs(home, exist_ok=True)
    environment["HOME"] = home
