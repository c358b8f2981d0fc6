"""Small changes to the `plain` project: each is one mistake that teams make. Those of the e2e tests are in faults.ts."""

from projects import append, prepend, replace, without_lines

SETTINGS = "mysite/settings.py"
MODELS = "shop/models.py"
WSGI = "mysite/wsgi.py"
CSS = "shop/static/shop/shop.css"
APP = "shop/apps.py"
PRICE = "    price = models.DecimalField(max_digits=8, decimal_places=2)\n"


def in_settings(text):
    """Lines at the beginning of the settings."""
    return {SETTINGS: prepend(text + "\n")}


def end_of_settings(text):
    """Lines at the end of the settings, which win."""
    return {SETTINGS: append("\n%s\n" % text)}


def migration(name, dependency, operations=""):
    return {
        "shop/migrations/%s.py" % name: "from django.db import migrations, models\n\n\n"
        "class Migration(migrations.Migration):\n"
        '    dependencies = [("shop", "%s")]\n'
        "    operations = [%s]\n" % (dependency, operations)
    }


def own_check(body, imports="", tags=""):
    """A system check of the project's own with this body."""
    return {
        APP: "from django.apps import AppConfig\n"
        "from django.core.checks import Error, Info, Tags, Warning, register\n"
        "%s\n\n\ndef own(app_configs, **kwargs):\n%s\n\n\n"
        "class ShopConfig(AppConfig):\n"
        '    name = "shop"\n\n'
        "    def ready(self):\n"
        "        register(own%s)\n" % (imports, "".join("    %s\n" % line for line in body.splitlines()), tags)
    }


# System checks

debug_on = {SETTINGS: replace("DEBUG = False", "DEBUG = True")}
no_allowed_hosts = {SETTINGS: replace('os.environ["ALLOWED_HOSTS"].split(",")', "[]")}
# Settings that say nothing of https and cookies.
bare_security = {SETTINGS: without_lines("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")}
# Two relations to one model without a related_name: fields.E304. Its migration is there.
clashing_relations = {
    MODELS: append(
        "\n\nclass Bundle(models.Model):\n"
        "    first = models.ForeignKey(Product, on_delete=models.CASCADE)\n"
        "    second = models.ForeignKey(Product, on_delete=models.CASCADE)\n"
    ),
    **migration(
        "0002_bundle",
        "0001_initial",
        'migrations.CreateModel("Bundle", [\n'
        '        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),\n'
        '        ("first", models.ForeignKey("shop.product", on_delete=models.CASCADE)),\n'
        '        ("second", models.ForeignKey("shop.product", on_delete=models.CASCADE)),\n'
        "    ])",
    ),
}
# A system check of the project's own that wants a service, and reports something else as well.
check_of_a_service = own_check(
    "try:\n"
    '    socket.create_connection(("127.0.0.1", 6379)).close()\n'
    "except OSError:\n"
    '    return [Error("Could not reach the queue.", id="shop.E001"), Error("Its name is wrong.", id="shop.E002")]\n'
    "return []",
    imports="import socket",
)

# Start

middleware_typo = {SETTINGS: replace("django.contrib.sessions.middleware.", "django.contrib.sessions.middlewares.")}
wsgi_imports_nowhere = {WSGI: replace("import os\n", "import os\nimport sentry_sdk\n")}
wsgi_exits = {WSGI: append('\nraise SystemExit("no licence")\n')}
wsgi_reads_variable = {WSGI: append('\nos.environ["NEW_RELIC_KEY"]\n')}
wsgi_wants_database = {
    WSGI: append("\nfrom shop.models import Product\n\nPRODUCTS = list(Product.objects.all())\n"),
}
settings_without_wsgi = {SETTINGS: without_lines("WSGI_APPLICATION")}
# An asgi.py that cannot be imported, and no wsgi.py.
asgi_alone = {
    WSGI: None,
    "mysite/asgi.py": "import channels\n",
    **settings_without_wsgi,
}

# Migrations

new_field = {MODELS: replace(PRICE, PRICE + "    weight = models.PositiveIntegerField(default=0)\n")}
new_required_field = {MODELS: replace(PRICE, PRICE + "    weight = models.PositiveIntegerField()\n")}
renamed_field = {
    MODELS: replace(PRICE, PRICE.replace("price", "cost")),
}
help_text = {MODELS: replace("models.DecimalField(", 'models.DecimalField(help_text="In euros", ')}
# A makemigrations of the project's own, for which a help_text is no change.
own_makemigrations = {
    "shop/management/__init__.py": "",
    "shop/management/commands/__init__.py": "",
    "shop/management/commands/makemigrations.py": "from django.core.management.commands.makemigrations import "
    "Command as Djangos\n"
    "from django.db import models\n\n\n"
    "class Command(Djangos):\n"
    "    def handle(self, *labels, **options):\n"
    "        deconstruct = models.Field.deconstruct\n\n"
    "        def without_help_text(field):\n"
    "            name, path, arguments, keywords = deconstruct(field)\n"
    '            keywords.pop("help_text", None)\n'
    "            return name, path, arguments, keywords\n\n"
    "        models.Field.deconstruct = without_help_text\n"
    "        return super().handle(*labels, **options)\n",
}
no_migrations_package = {"shop/migrations": None}
two_leaves = {**migration("0002_left", "0001_initial"), **migration("0002_right", "0001_initial")}
broken_migration_import = {"shop/migrations/0002_broken.py": "from nowhere_at_all import migrations\n"}
missing_parent = migration("0003_orphan", "0002_never_committed")
circle = {**migration("0002_left", "0003_right"), **migration("0003_right", "0002_left")}
not_a_migration = {"shop/migrations/0002_notes.py": "NOTES = 'to do'\n"}

# Static files

missing_png = {CSS: append('\n.rope {\n  background: url("rope.png");\n}\n')}
css_not_utf8 = {"shop/static/shop/old.css": '.caf\xe9 {\n  content: "d\xe9j\xe0 vu";\n}\n'.encode("latin1")}
css_circle = {
    "shop/static/shop/one.css": '@import url("two.css");\n',
    "shop/static/shop/two.css": '@import url("one.css");\n',
}
manifest_storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
# Django 5.1 and later ignore this setting.
dead_storage_setting = {
    SETTINGS: lambda before: (
        before[: before.index("STORAGES = {")]
        + 'STATICFILES_STORAGE = "%s"' % manifest_storage
        + before[before.index("\n}\n", before.index("STORAGES = {")) + 2 :]
    )
}
storage_not_installed = {SETTINGS: replace(manifest_storage, "whitenoise.storage.CompressedManifestStaticFilesStorage")}
no_static_root = {SETTINGS: without_lines("STATIC_ROOT")}
# A storage that needs a bucket.
remote_storage = {
    "mysite/bucket.py": "from django.contrib.staticfiles.storage import ManifestFilesMixin\n"
    "from django.core.files.storage import Storage\n\n\n"
    "class Bucket(Storage):\n"
    "    def unreachable(self, *arguments, **options):\n"
    '        raise OSError("no route to the bucket")\n\n'
    "    _open = _save = exists = listdir = delete = unreachable\n\n"
    "    def url(self, name):\n"
    '        return f"https://bucket.example/{name}"\n\n\n'
    "class StaticBucket(ManifestFilesMixin, Bucket):\n"
    "    pass\n",
    SETTINGS: replace(manifest_storage, "mysite.bucket.StaticBucket"),
}
# Two files for one destination.
duplicate_css = {
    "mysite/static/shop/shop.css": "body {}\n",
    **end_of_settings('STATICFILES_DIRS = [BASE_DIR / "mysite" / "static"]'),
}

# Settings

needs_stripe_key = in_settings('import os\nSTRIPE_KEY = os.environ["STRIPE_KEY"]')
needs_stripe_key_politely = in_settings(
    "import os\nfrom django.core.exceptions import ImproperlyConfigured\n"
    'if "STRIPE_KEY" not in os.environ:\n'
    '    raise ImproperlyConfigured("Set the STRIPE_KEY environment variable")'
)
# Three more that it would ask for next: a number, an address, and one of an app.
needs_four_variables = {
    **in_settings(
        'import os\nSTRIPE_KEY = os.environ["STRIPE_KEY"]\nSMTP = int(os.environ["SMTP"])\n'
        'SENTRY_DSN = os.environ["SENTRY_DSN"]\n'
        'if not SENTRY_DSN.startswith("https://"):\n    raise ValueError("bad DSN")\n'
    ),
    APP: "import os\nfrom django.apps import AppConfig\n\n\n"
    'class ShopConfig(AppConfig):\n    name = "shop"\n\n'
    '    def ready(self):\n        self.queue = os.environ["SHOP_QUEUE"]\n',
}
app_not_installed = {SETTINGS: replace('    "shop",\n', '    "shop",\n    "corsheaders",\n')}
settings_with_typo = in_settings("import djano")
settings_bad_value = {
    SETTINGS: replace("DEBUG = False", 'DEBUG = os.environ.get("DEBUG", "") == "1"\nPORT = int(os.environ["PORT"])')
}
settings_exit = in_settings('import sys\nsys.exit("no, thank you")')
settings_print_and_exit = in_settings('import sys\nprint("SHOP_KEY must be set in production")\nsys.exit(1)')
settings_exit_hard = in_settings("import os\nos._exit(0)")
settings_hang = in_settings("import time\ntime.sleep(3600)")
# Settings that do what settings in the wild do: write, fork, read argv, start threads.
settings_busy = in_settings(
    "import os, pickle, sys, tempfile, threading, time\n"
    "if type(pickle.loads(pickle.dumps(sys.argv))) is not list:\n"
    '    raise RuntimeError("argv cannot be given to another process")\n'
    'with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "written.log"), "a") as log:\n'
    '    log.write("imported\\n")\n'
    "if os.fork() == 0:\n    os._exit(0)\n"
    "os.wait()\n"
    "threading.Thread(target=time.sleep, args=(3600,)).start()\n"
    'if "collectstatic" not in sys.argv and "check" not in sys.argv and "makemigrations" not in sys.argv:\n'
    '    raise RuntimeError(f"argv is {sys.argv}")\n'
)
# Settings of which each command gets its own: two of the three answers are wrong for the others.
settings_sniff = end_of_settings(
    "import sys\n"
    'DEBUG = sys.argv[1] == "check"\n'
    'if sys.argv[1] == "makemigrations":\n    INSTALLED_APPS.remove("shop")\n'
    'if sys.argv[1:] == ["collectstatic", "--noinput"]:\n    STATIC_ROOT = None\n'
)
# Settings for development that wsgi.py names, and those for production next to them.
development_by_default = {
    "mysite/conf/__init__.py": "",
    "mysite/conf/dev.py": "from mysite.settings import *\n",
    "mysite/conf/production.py": "from mysite.settings import *\n",
    WSGI: replace("mysite.settings", "mysite.conf.dev"),
    "manage.py": replace("mysite.settings", "mysite.conf.dev"),
}


def counts_its_settings(times, more="pass"):
    """A system check that reports how often the settings were imported, once they may have been imported so often."""
    return {
        **in_settings(
            "%s\nimport os\n"
            'IMPORTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "imports.log")\n'
            'with open(IMPORTS, "a") as imports:\n    imports.write("once\\n")' % more
        ),
        **own_check(
            "time.sleep(2)\n"
            "end = time.monotonic() + 40\n"
            "while len(open(settings.IMPORTS).readlines()) < %d and time.monotonic() < end:\n"
            "    time.sleep(0.1)\n"
            'return [Warning(f"imported {len(open(settings.IMPORTS).readlines())} times", id="shop.W001")]' % times,
            imports="import time\nfrom django.conf import settings",
        ),
    }


def finder_that(body):
    """What the static check calls, and no other."""
    return {
        **end_of_settings('STATICFILES_FINDERS = ["shop.finder.Finder"]'),
        "shop/finder.py": "from django.contrib.staticfiles.finders import AppDirectoriesFinder\n\n\n"
        "class Finder(AppDirectoriesFinder):\n"
        "    def list(self, ignore_patterns):\n"
        "        %s\n"
        "        return super().list(ignore_patterns)\n" % body,
    }
