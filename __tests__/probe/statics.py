"""Projects whose static files have a fault that their own collectstatic may forgive, and storages that do or do not."""

import faults
from harness import RunTest, probe
from projects import Project, replace

# A vendored file whose source map nobody ships: wemake-services/django-modern-rest#927, hypy13/django-daisy#27.
carousel = {
    "shop/static/vendor/carousel.min.js": '/* a carousel */\nconsole.log("slide");\n'
    "//# sourceMappingURL=carousel.min.js.map\n"
}
IMPORTS = (
    "import os\n"
    "from django.conf import settings\n"
    "from django.contrib.staticfiles.storage import (\n"
    "    HashedFilesMixin, ManifestFilesMixin, ManifestStaticFilesStorage, StaticFilesStorage)\n"
    "from django.core.files.storage import FileSystemStorage, Storage\n\n\n"
)


def storage(body, bases="ManifestStaticFilesStorage", before="", imports=IMPORTS):
    """A storage of the project's own with this body. `before` is the text before the class."""
    return {
        "mysite/storages.py": "%s%s\n\nclass StaticStorage(%s):\n%s"
        % (imports, before, bases, "".join("    %s\n" % line for line in body.strip("\n").splitlines())),
        faults.SETTINGS: replace(faults.manifest_storage, "mysite.storages.StaticStorage"),
    }


def command(body, bases="Djangos", name="collectstatic", before=""):
    """A management command of the project's own with this body."""
    return {
        "shop/management/__init__.py": "",
        "shop/management/commands/__init__.py": "",
        "shop/management/commands/%s.py"
        % name: "from django.contrib.staticfiles.management.commands.collectstatic import "
        "Command as Djangos\n"
        "from django.core.management.base import BaseCommand, CommandError\n\n%s\n\n"
        "class Command(%s):\n%s"
        % (before, bases, "".join("    %s\n" % line for line in body.strip("\n").splitlines())),
        # The app that is named first wins.
        faults.SETTINGS: shop_first,
    }


def shop_first(before):
    without = replace('    "shop",\n', "")(before)
    return replace("INSTALLED_APPS = [\n", 'INSTALLED_APPS = [\n    "shop",\n')(without)


def both(*changes):
    """One change of a file after another."""

    def change(before):
        for each in changes:
            before = each(before)
        return before

    return change


# A backend that cannot reach its service, as most of them are: nothing is passed on.
BACKEND = """class Bucket(Storage):
    location = "static"

    def client(self):
        raise ConnectionRefusedError("connection refused: https://bucket.example")

    def _save(self, name, content):
        return self.client().upload(name, content)

    def _open(self, name, mode="rb"):
        return self.client().open(name, mode)

    def exists(self, name):
        return self.client().exists(name)

    def delete(self, name):
        self.client().delete(name)

    def listdir(self, path):
        return self.client().listdir(path)

    def size(self, name):
        return self.client().size(name)

    def get_modified_time(self, name):
        return self.client().time(name)

    def url(self, name):
        return "https://bucket.example/" + name
"""

# post_process of several public storages: a file that cannot be processed is copied as it is.
PLAIN_COPIES = """
def post_process(self, *args, **kwargs):
    for name, hashed_name, processed in super().post_process(*args, **kwargs):
        if isinstance(processed, Exception):
            print("left as it is: %s (%s)" % (name, processed))
            yield name, name, False
        else:
            yield name, hashed_name, processed
"""
HASHED_NAME = """
def hashed_name(self, name, content=None, filename=None):
    try:
        return super().hashed_name(name, content, filename)
    except ValueError:
        return name
"""


png_and_map = {**faults.missing_png, **carousel}

PNG = ("shop/static/shop/shop.css", 10)
MAP = ("shop/static/vendor/carousel.min.js", 3)


def check(*overlays, **options):
    return probe(Project(*overlays), checks=["static"], **options)


def places(run, id="static.missing-reference"):
    return [(each["file"], each.get("line")) for each in run.findings() if each["id"] == id]


class StaticTest(RunTest):
    def assertPasses(self, run):
        self.assertEqual({"static": "completed"}, run.statuses(), run.text())
        self.assertEqual([], [each for each in run.findings() if each["level"] != "INFO"])

    def assertFails(self, run, id="static.missing-reference"):
        self.assertEqual({"static": "completed"}, run.statuses(), run.text())
        self.assertEqual([("static", id)], run.failing(), run.text())
