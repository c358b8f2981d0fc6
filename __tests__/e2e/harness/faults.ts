/** Small changes to the `plain` project: each is one mistake that teams make, or one shape that images have. */
import { append, both, type Overlay, replace } from "./project.ts";

const SETTINGS = "mysite/settings.py";
const MODELS = "shop/models.py";
const WSGI = "mysite/wsgi.py";
const CSS = "shop/static/shop/shop.css";

/** Lines at the beginning of the settings, run whenever they are imported. */
export function inSettings(text: string): Overlay {
  return { [SETTINGS]: (before) => `${text}\n${before}` };
}

/** Lines at the end of the settings, which win. */
export function endOfSettings(text: string): Overlay {
  return { [SETTINGS]: append(`\n${text}\n`) };
}

/** Lines of the Dockerfile after its COPY. */
export function inDockerfile(...lines: string[]): Overlay {
  return { Dockerfile: replace("COPY . .\n", `COPY . .\n${lines.join("\n")}\n`) };
}

/** Another image each time that it is built, and a check of the project that tells which one it runs in. */
export const stamped: Overlay = {
  ...inDockerfile("RUN head -c 16 /dev/urandom | od -An -tx1 > /stamp"),
  "shop/models.py": append(`

from django.core import checks


@checks.register()
def stamp(app_configs, **kwargs):
    return [checks.Info(open("/stamp").read().strip(), id="shop.I001")]
`),
};

const MIGRATION = (name: string, dependency: string, operations = "") => ({
  [`shop/migrations/${name}.py`]: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "${dependency}")]
    operations = [${operations}]
`,
});

// System checks

export const debugOn: Overlay = { [SETTINGS]: replace("DEBUG = False", "DEBUG = True") };

export const noAllowedHosts: Overlay = { [SETTINGS]: replace(/^ALLOWED_HOSTS = .*$/m, "ALLOWED_HOSTS = []") };

/** Settings that say nothing of https and cookies. */
export const bareSecurity: Overlay = {
  [SETTINGS]: replace(/^(SECURE_|SESSION_COOKIE_|CSRF_COOKIE_).*\n/gm, ""),
};

/** Two relations to one model without a related_name: fields.E304. Its migration is there. */
export const clashingRelations: Overlay = {
  [MODELS]: append(`

class Bundle(models.Model):
    first = models.ForeignKey(Product, on_delete=models.CASCADE)
    second = models.ForeignKey(Product, on_delete=models.CASCADE)
`),
  ...MIGRATION(
    "0002_bundle",
    "0001_initial",
    `migrations.CreateModel("Bundle", [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("first", models.ForeignKey("shop.product", on_delete=models.CASCADE)),
        ("second", models.ForeignKey("shop.product", on_delete=models.CASCADE)),
    ])`,
  ),
};

// Start

/** Line 22 of the settings. */
export const middlewareTypo: Overlay = {
  [SETTINGS]: replace("django.contrib.sessions.middleware.", "django.contrib.sessions.middlewares."),
};

/** Line 2 of wsgi.py imports what no requirement installs. */
export const wsgiImportsNowhere: Overlay = {
  [WSGI]: replace("import os\n", "import os\nimport sentry_sdk\n"),
};

export const wsgiExits: Overlay = { [WSGI]: append('\nraise SystemExit("no licence")\n') };

export const wsgiReadsVariable: Overlay = { [WSGI]: append('\nos.environ["NEW_RELIC_KEY"]\n') };

export const wsgiWantsDatabase: Overlay = {
  [WSGI]: append("\nfrom shop.models import Product\n\nPRODUCTS = list(Product.objects.all())\n"),
};

/** An asgi.py that cannot be imported, and no wsgi.py. */
export const asgiAlone: Overlay = {
  [WSGI]: null,
  "mysite/asgi.py": "import channels\n",
  [SETTINGS]: replace(/^WSGI_APPLICATION = .*$/m, ""),
};

// Migrations

/** A new field, line 15 of shop/models.py, without a migration. */
export const newField: Overlay = {
  [MODELS]: replace(
    /( {4}price = .*\n)/,
    "    price = models.DecimalField(max_digits=8, decimal_places=2)\n    weight = models.PositiveIntegerField(default=0)\n",
  ),
};

/** What `makemigrations` makes of `newField`. */
export const newFieldMigrated: Overlay = MIGRATION(
  "0002_product_weight",
  "0001_initial",
  'migrations.AddField("product", "weight", models.PositiveIntegerField(default=0))',
);

/** A field that may not be null and has no default: makemigrations would ask. */
export const newRequiredField: Overlay = {
  [MODELS]: replace(
    /( {4}price = .*\n)/,
    "    price = models.DecimalField(max_digits=8, decimal_places=2)\n    weight = models.PositiveIntegerField()\n",
  ),
};

/** A help_text that no migration has, and a makemigrations that says that this is no change. */
export const ownMakemigrations: Overlay = {
  [MODELS]: replace("models.DecimalField(", 'models.DecimalField(help_text="In euros", '),
  "shop/management/__init__.py": "",
  "shop/management/commands/__init__.py": "",
  "shop/management/commands/makemigrations.py": `from django.core.management.commands.makemigrations import Command as Djangos
from django.db import models


class Command(Djangos):
    def handle(self, *labels, **options):
        deconstruct = models.Field.deconstruct

        def without_help_text(field):
            name, path, arguments, keywords = deconstruct(field)
            keywords.pop("help_text", None)
            return name, path, arguments, keywords

        models.Field.deconstruct = without_help_text
        return super().handle(*labels, **options)
`,
};

export const noMigrationsPackage: Overlay = { "shop/migrations": null };

export const twoLeaves: Overlay = {
  ...MIGRATION("0002_left", "0001_initial"),
  ...MIGRATION("0002_right", "0001_initial"),
};

export const brokenMigrationImport: Overlay = {
  "shop/migrations/0002_broken.py": "from nowhere_at_all import migrations\n",
};

export const missingParent: Overlay = MIGRATION("0003_orphan", "0002_never_committed");

/** A migration file without a Migration class. */
export const notAMigration: Overlay = { "shop/migrations/0002_notes.py": "NOTES = 'to do'\n" };

// Static files

/** Line 10 of shop.css asks for what is not there. */
export const missingPng: Overlay = { [CSS]: append('\n.rope {\n  background: url("rope.png");\n}\n') };

export const cssNotUtf8: Overlay = {
  "shop/static/shop/old.css": Buffer.from('.caf\xe9 {\n  content: "d\xe9j\xe0 vu";\n}\n', "latin1"),
};

/** Django 5.1 ignores it without a word, so nothing is hashed any more. */
export const deadStorageSetting: Overlay = {
  [SETTINGS]: replace(
    /^STORAGES = \{[\s\S]*?^\}$/m,
    'STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"',
  ),
};

/** A storage of a package that no requirement installs. */
export const storageNotInstalled: Overlay = {
  [SETTINGS]: replace("django.contrib.staticfiles.storage.Manifest", "whitenoise.storage.CompressedManifest"),
};

/** The image has the files, and the manifest of them. */
export const collected: Overlay = inDockerfile(
  "RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput",
);

export const noStaticRoot: Overlay = { [SETTINGS]: replace(/^STATIC_ROOT = .*$/m, "") };

/** A storage that needs a bucket: replaced for the check, references still verified. */
export const remoteStorage: Overlay = {
  "mysite/bucket.py": `from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import Storage


class Bucket(ManifestFilesMixin, Storage):
    def _open(self, name, mode="rb"):
        raise OSError("no route to the bucket")

    def _save(self, name, content):
        raise OSError("no route to the bucket")

    def exists(self, name):
        raise OSError("no route to the bucket")

    def listdir(self, path):
        raise OSError("no route to the bucket")

    def delete(self, name):
        raise OSError("no route to the bucket")

    def url(self, name):
        return f"https://bucket.example/{name}"
`,
  [SETTINGS]: replace(
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "mysite.bucket.Bucket",
  ),
};

// Settings

export const needsStripeKey: Overlay = inSettings('import os\nSTRIPE_KEY = os.environ["STRIPE_KEY"]');

export const needsStripeKeyPolitely: Overlay = inSettings(
  'import os\nfrom django.core.exceptions import ImproperlyConfigured\nif "STRIPE_KEY" not in os.environ:\n    raise ImproperlyConfigured("Set the STRIPE_KEY environment variable")',
);

/** Three more that it would ask for next: a number, an address, and one of an app. */
export const needsFourVariables: Overlay = {
  ...inSettings(`import os
STRIPE_KEY = os.environ["STRIPE_KEY"]
SMTP = int(os.environ["SMTP"])
SENTRY_DSN = os.environ["SENTRY_DSN"]
if not SENTRY_DSN.startswith("https://"):
    raise ValueError("bad DSN")
`),
  "shop/apps.py": `import os
from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        self.queue = os.environ["SHOP_QUEUE"]
`,
};

/** An app that no requirement installs. */
export const appNotInstalled: Overlay = {
  [SETTINGS]: replace('    "shop",\n', '    "shop",\n    "corsheaders",\n'),
};

export const settingsWithTypo: Overlay = inSettings("import djano");

/** Line 9 has the bad value; line 8 has a default that nobody need replace. */
export const settingsBadValue: Overlay = {
  [SETTINGS]: replace(
    /^DEBUG = .*$/m,
    'DEBUG = os.environ.get("DEBUG", "") == "1"\nPORT = int(os.environ["PORT"])',
  ),
};

export const settingsExit: Overlay = inSettings('import sys\nsys.exit("no, thank you")');

export const settingsPrintAndExit: Overlay = inSettings(
  'import sys\nprint("SHOP_KEY must be set in production")\nsys.exit(1)',
);

export const settingsExitHard: Overlay = inSettings("import os\nos._exit(0)");

export const settingsHang: Overlay = inSettings("import time\ntime.sleep(3600)");

/** Commands that a runner would obey, in both syntaxes, on both streams, with and without leading blanks. */
export const settingsForge: Overlay = inSettings(`import sys
for stream in (sys.stdout, sys.stderr):
    print("::set-output name=digest::forged", file=stream)
    print("  ::set-output name=ref::forged", file=stream)
    print("\\r::set-output name=pinned::forged", file=stream)
    print("harmless ##[set-output name=tag]forged", file=stream)
    print("::error file=shop/models.py,line=1::forged", file=stream)
    print("::add-mask::sha256", file=stream)
    print("::add-path::/forged", file=stream)
    print("::save-state name=forged::forged", file=stream)
    print("::stop-commands::forged", file=stream)
    print("\\x1b[31m::warning::forged\\x1b[0m", file=stream)
    stream.flush()
`);

/** Settings that do what settings in the wild do: write, fork, sniff argv, start threads. */
export const settingsBusy: Overlay = inSettings(`import os, pickle, sys, tempfile, threading, time
if type(pickle.loads(pickle.dumps(sys.argv))) is not list:
    raise RuntimeError("argv cannot be given to another process")
with open("/app/written-by-settings.log", "a") as log:
    log.write("imported\\n")
if os.fork() == 0:
    os._exit(0)
os.wait()
threading.Thread(target=time.sleep, args=(3600,)).start()
if "collectstatic" not in sys.argv and "check" not in sys.argv and "makemigrations" not in sys.argv:
    raise RuntimeError(f"argv is {sys.argv}")
`);

/** Settings of which each command gets its own: two of the three answers are wrong for the others. */
export const settingsSniff: Overlay = endOfSettings(`import sys
DEBUG = sys.argv[1] == "check"
if sys.argv[1] == "makemigrations":
    INSTALLED_APPS.remove("shop")
if sys.argv[1:] == ["collectstatic", "--noinput"]:
    STATIC_ROOT = None
`);

/** A system check that tells, once the others had their time, how often the settings were imported. */
export const countsItsSettings = (more = ""): Overlay => ({
  ...inSettings(`${more}\nwith open("/tmp/imports", "a") as imports:\n    imports.write("once\\n")`),
  "shop/apps.py": `import time
from django.apps import AppConfig
from django.core.checks import Warning, register


def count(app_configs, **kwargs):
    time.sleep(3)
    with open("/tmp/imports") as imports:
        return [Warning(f"imported {len(imports.readlines())} times", id="shop.W001")]


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(count)
`,
});

/** What the static check calls, and no other. */
export const finderThat = (body: string): Overlay => ({
  ...endOfSettings('STATICFILES_FINDERS = ["shop.finder.Finder"]'),
  "shop/finder.py": `from django.contrib.staticfiles.finders import AppDirectoriesFinder


class Finder(AppDirectoriesFinder):
    def list(self, ignore_patterns):
        ${body}
        return super().list(ignore_patterns)
`,
});

/** A system check of the project's own that wants a service, and says something else besides. */
export const checkOfAService: Overlay = {
  "shop/apps.py": `import socket

from django.apps import AppConfig
from django.core.checks import Error, register


def queue(app_configs, **kwargs):
    try:
        socket.create_connection(("127.0.0.1", 6379)).close()
    except OSError:
        return [Error("Could not reach the queue.", id="shop.E001"), Error("Its name is wrong.", id="shop.E002")]
    return []


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        register(queue)
`,
};

/** Settings for development that wsgi.py names, and those for production beside them. */
export const developmentByDefault: Overlay = {
  "mysite/conf/__init__.py": "",
  "mysite/conf/dev.py": "from mysite.settings import *\n",
  "mysite/conf/production.py": "from mysite.settings import *\n",
  "mysite/wsgi.py": replace("mysite.settings", "mysite.conf.dev"),
  "manage.py": replace("mysite.settings", "mysite.conf.dev"),
};

// Images

export const hangingEntrypoint: Overlay = inDockerfile(
  'ENTRYPOINT ["sh", "-c", "until false; do sleep 1; done"]',
);

export const namedUser: Overlay = inDockerfile("RUN useradd --system shop", "USER shop");

export const numericUser: Overlay = inDockerfile("USER 12345");

export const unknownUser: Overlay = inDockerfile("USER nobody-knows-me");

/** The project one folder down, with the Dockerfile above it. */
export const inBackendFolder: Overlay = {
  Dockerfile: replace("COPY . .\n", "COPY . .\nRUN mkdir backend && mv manage.py mysite shop backend/\n"),
};

export const failingOnbuild: Overlay = inDockerfile("ONBUILD RUN exit 3");

/** A stage before the last, so that Django never reaches the image. */
export const noDjango: Overlay = {
  Dockerfile: replace(/^RUN pip install.*$/m, "RUN true"),
};

export const noShell: Overlay = inDockerfile(
  "RUN rm -f /bin/bash /bin/dash /usr/bin/bash /usr/bin/dash /bin/sh /usr/bin/sh",
);

/** An image in which no Python is to be found, wherever one looks. */
export const noPython: Overlay = inDockerfile("RUN rm -rf /usr/bin/python* /usr/local/bin/python*");

/** An image of the project's files alone. */
export const nothingAtAll: Overlay = {
  Dockerfile: () => 'FROM scratch\nWORKDIR /app\nCOPY . .\nCMD ["/app/serve"]\n',
};

/** Django in a virtual environment that no PATH names. */
export const venvOffPath: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** The same, in a folder of any name. */
export const venvOfAnyName: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /srv/shop-env && /srv/shop-env/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** The shape of a distroless image: no shell, and Django where PATH does not lead. */
export const noShellAndTwoPythons: Overlay = {
  Dockerfile: (before) => changed(noShell, changed(venvOffPath, before)),
};

function changed(overlay: Overlay, before: string): string {
  const change = overlay.Dockerfile;
  return typeof change === "function" ? change(before) : before;
}

/** The same in a place that only an input can name. */
export const venvFarAway: Overlay = {
  Dockerfile: replace(
    /^RUN pip install .*$/m,
    'RUN python3 -m venv /far/away/from/here && /far/away/from/here/bin/pip install --no-cache-dir "django==${DJANGO}"',
  ),
};

/** A project that is a package: built as a wheel, installed by pip, no manage.py anywhere. */
export const installedProject: Overlay = {
  "manage.py": null,
  "pyproject.toml": `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "mysite"
version = "1.0"

[tool.setuptools]
packages = ["mysite", "shop", "shop.migrations"]

[tool.setuptools.package-data]
shop = ["static/**", "templates/**"]
`,
  Dockerfile: both(
    replace(
      "COPY . .\n",
      "COPY . /source\nRUN pip install --no-cache-dir --no-deps --root-user-action=ignore /source && rm -r /source\nENV DJANGO_SETTINGS_MODULE=mysite.settings\n",
    ),
    replace(/^CMD .*$/m, 'CMD ["gunicorn", "mysite.wsgi"]'),
  ),
};

// Builds

/** Line 3 of the Dockerfile. */
export const dockerfileTypo: Overlay = {
  Dockerfile: () => "FROM python:3.13-slim\nWORKDIR /app\nCOPPY . .\n",
};

/** Line 4 of the Dockerfile. */
export const failingRun: Overlay = {
  Dockerfile: () => 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN echo "about to fail" && exit 42\n',
};

/** Line 3 of the Dockerfile. */
export const missingCopySource: Overlay = {
  Dockerfile: () => "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.lock .\n",
};

/** Line 1 of the Dockerfile. */
export const missingBase: Overlay = {
  Dockerfile: replace("FROM python:${PYTHON}-slim", "FROM python:0.1-never-was"),
};

/** A build that needs the secret `token` and leaves only its SHA-256 behind. */
export const usesSecret: Overlay = inDockerfile(
  "RUN --mount=type=secret,id=token,required=true sha256sum < /run/secrets/token > /token-sum",
);
