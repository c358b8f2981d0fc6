/** Settings that ask for more, cannot be imported, or misbehave. */
import { type Overlay, replace } from "../project.ts";
import { endOfSettings, inSettings } from "./places.ts";

const SETTINGS = "mysite/settings.py";

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

/** Line 9 has the bad value; line 8 has a default that need not be replaced. */
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

/** A system check that reports, after the others have run, how often the settings were imported. */
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

/** A system check of the project that needs a service, and one that reports something else. */
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

/** Settings for development, which wsgi.py names, and next to them those for production. */
export const developmentByDefault: Overlay = {
  "mysite/conf/__init__.py": "",
  "mysite/conf/dev.py": "from mysite.settings import *\n",
  "mysite/conf/production.py": "from mysite.settings import *\n",
  "mysite/wsgi.py": replace("mysite.settings", "mysite.conf.dev"),
  "manage.py": replace("mysite.settings", "mysite.conf.dev"),
};
