"""Projects whose image lacks something: what the whole probe says about it."""

import ctypes.util
import os

import faults
from faults import APP, MODELS, SETTINGS, end_of_settings, in_settings
from harness import RunTest, has_network, probe, rows
from projects import Project, append, prepend, replace, temporary_folder, written

VIEWS = "shop/views.py"
URLS = "mysite/urls.py"
GEOGRAPHY = {
    SETTINGS: replace('    "shop",\n', '    "django.contrib.gis",\n    "shop",\n'),
    MODELS: replace("from django.db import models", "from django.contrib.gis.db import models"),
}
SECRET_FILE = {
    SETTINGS: replace(
        'os.environ["SECRET_KEY"]',
        'Path(os.environ.get("SECRET_KEY_FILE", "/run/secrets/django_secret_key")).read_text().strip()',
    )
}


def logging_to(path):
    return end_of_settings(
        'LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": %r}},'
        ' "root": {"handlers": ["file"]}}' % path
    )


class CrashedSettings(RunTest):
    def hint(self, *overlays, **arguments):
        self.run_of = probe(Project(*overlays), checks=["system"], **arguments)
        self.assertEqual({"system": "settings"}, self.run_of.statuses())
        return self.run_of.error()["hint"]

    def test_a_library_of_the_system(self):
        if ctypes.util.find_library("gdal"):
            self.skipTest("GDAL is installed here")
        hint = self.hint(GEOGRAPHY)
        self.assertIn("The library GDAL of the system is not in the image", hint)
        self.assertIn("Debian: gdal-bin; Alpine: gdal", hint)
        self.assertNotIn("`env`", hint)

    def test_a_module_of_the_projects_own(self):
        secret = {SETTINGS: replace('SECRET_KEY = os.environ["SECRET_KEY"]', "from .secret_key import SECRET_KEY")}
        hint = self.hint(secret, {".gitignore": "mysite/secret_key.py\n"})
        self.assertIn("mysite.secret_key is a module of the project's own that is not in the image", hint)
        self.assertNotIn("requirements", hint)

    @rows(
        the_module=("mysite.setings", "Did you mean mysite.settings?"),
        the_package=("mysit.settings", "Did you mean mysite.settings?"),
        a_folder_that_is_a_file=("mysite.settings.production", "Did you mean mysite.settings?"),
        nothing_like_it=("banana.conf", "The project names mysite.settings."),
    )
    def test_the_input_settings_misspelt(self, settings, words):
        hint = self.hint(settings=settings)
        said = "The input `settings` names %s, and the image has no such module. %s" % (settings, words)
        self.assertEqual(said, hint.splitlines()[0])

    def test_a_package_that_the_settings_of_the_input_miss_is_no_misspelt_input(self):
        hint = self.hint({"mysite/dev.py": "from .settings import *\nimport banana_split\n"}, settings="mysite.dev")
        self.assertNotIn("The input `settings` names", hint)
        self.assertIn("banana_split", hint)

    def test_a_secrets_file_and_another_one_that_env_names(self):
        hint = self.hint(SECRET_FILE)
        self.assertIn("/run/secrets/django_secret_key is a secret's file", hint)
        self.assertIn("env: SECRET_KEY_FILE=/etc/os-release", hint)
        readable = written("x" * 60, "key")
        run = probe(Project(SECRET_FILE), checks=["system"], env={"SECRET_KEY_FILE": readable})
        self.assertEqual({"system": "completed"}, run.statuses())

    def test_a_file_that_only_env_names_says_nothing_of_production(self):
        hint = self.hint(SECRET_FILE, env={"SECRET_KEY_FILE": "/app/no-such-key"})
        self.assertEqual(
            "`env` sets SECRET_KEY_FILE, and the file that it leads to is not in the image. Name one that the image has "
            "and that the settings accept, such as /etc/os-release:\nenv: SECRET_KEY_FILE=/etc/os-release",
            hint,
        )
        of_image = self.hint(SECRET_FILE, image={"SECRET_KEY_FILE": "/app/no-such-key"})
        self.assertIn("is a secret's file: production has it when the container runs", of_image)

    @rows(
        that_is_written_there=(logging_to("/no/such/shop.log"), "LOGGING ="),
        that_is_made_there=(end_of_settings(
            'LOG = "/no/such" + "/shop.log"\nLOGGING = {"version": 1, "handlers": {"file": {"class": '
            '"logging.FileHandler", "filename": LOG}}, "root": {"handlers": ["file"]}}'
        ), "LOGGING ="),
    )  # fmt: skip
    def test_a_log_file_has_its_line_in_the_settings(self, overlay, line):
        self.assertIn("/no/such/shop.log cannot be written", self.hint(overlay))
        error = self.run_of.error()
        self.assertEqual(SETTINGS, self.run_of.relative(error["file"]))
        self.assertIn(line, self.run_of.project.read(SETTINGS).splitlines()[error["line"] - 1])

    def test_a_secrets_file_of_a_value_that_is_none_is_told_by_its_variable(self):
        hint = self.hint(SECRET_FILE, env={"SECRET_KEY_FILE": "any-value"})
        self.assertNotIn("any-value", self.run_of.text())
        self.assertIn("env: SECRET_KEY_FILE=/etc/os-release", hint)
        self.assertNotIn("Put it there", hint)

    def test_a_folder_for_the_log(self):
        path = os.path.join(temporary_folder(), "shop", "django.log")
        hint = self.hint(logging_to(path))
        self.assertIn("%s cannot be written: the image has no folder %s" % (path, os.path.dirname(path)), hint)
        self.assertIn("RUN mkdir -p " + os.path.dirname(path), hint)

    def test_a_program(self):
        hint = self.hint(in_settings("import subprocess\nV = subprocess.check_output(['git-nowhere', 'describe'])"))
        self.assertIn("The program git-nowhere, which is started there, is not in the image", hint)

    def test_a_tool_for_development(self):
        hint = self.hint(faults.development_by_default, end_of_settings('INSTALLED_APPS.append("debug_toolbar")'))
        self.assertIn("debug_toolbar (django-debug-toolbar) is a tool for development", hint)
        self.assertIn("mysite.conf.production (production.py)", hint)

    def test_a_package_by_its_name_in_the_requirements(self):
        self.assertIn("add django-cors-headers to the requirements", self.hint(faults.app_not_installed))

    @rows(
        of_a_model={MODELS: append("\n\nCATEGORIES = [(c.pk, c.name) for c in Category.objects.all()]\n")},
        when_the_app_is_ready={
            APP: 'from django.apps import AppConfig\n\n\nclass ShopConfig(AppConfig):\n    name = "shop"\n\n'
            '    def ready(self):\n        self.names = list(self.get_model("Product").objects.all())\n'
        },
    )
    def test_a_query_while_the_apps_load(self, overlay):
        hint = self.hint(overlay)
        self.assertIn("queries the database while Django loads the project", hint)

    def test_models_before_the_apps(self):
        hint = self.hint({"shop/__init__.py": "from django.contrib.auth.models import User\n"})
        self.assertIn("before Django has loaded the apps", hint)


class BadImports(RunTest):
    """A module that the URLconf loads, and that cannot be imported."""

    def crash(self, *overlays, **options):
        run = probe(Project(*overlays), checks=["system"], **options)
        return run.finding("shipshape.check-crashed")

    def test_of_the_views_name_the_module(self):
        found = self.crash({VIEWS: prepend("import django_filters\n")})
        self.assertHas({"level": "ERROR", "file": VIEWS, "line": 1}, found)
        self.assertIn("The URLconf mysite.urls cannot be loaded, because shop.views fails.", found["hint"])
        self.assertIn("add django-filter to the requirements", found["hint"])

    def test_of_the_urls_name_what_the_views_do_not_have(self):
        found = self.crash({URLS: append("\nfrom shop import views as v\n\nurlpatterns += [v.no_such_view_at_all]\n")})
        self.assertHas({"level": "ERROR", "file": URLS}, found)
        self.assertIn("The URLconf mysite.urls cannot be loaded.", found["hint"])
        self.assertIn("shop.views in the image has no no_such_view_at_all", found["hint"])

    def test_for_want_of_a_manifest_that_the_start_makes_are_information(self):
        """umap-project/umap: a view asks for the address of a static file while the URLconf loads."""
        manifest = append(
            '\nDEBUG = False\nSTORAGES = {**globals().get("STORAGES", {}), "staticfiles": {"BACKEND": '
            '"django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}\n'
        )
        asks = append('\nfrom django.templatetags.static import static\n\nICON = static("shop/icon.svg")\n')
        found = self.crash({SETTINGS: manifest, VIEWS: asks})
        self.assertHas({"level": "INFO", "file": VIEWS}, found)
        self.assertIn("if the container collects when it starts", found["hint"])
        perhaps = {
            "Cmd": ["sh", "-c", 'if [ "$COLLECT" ]; then python manage.py collectstatic --noinput; fi; exec serve']
        }
        found = self.crash({SETTINGS: manifest, VIEWS: asks}, config=perhaps)
        self.assertIn("if the container collects when it starts", found["hint"])
        script = {
            "start.sh": "#!/bin/sh\nset -e\npython manage.py collectstatic --noinput\nexec gunicorn mysite.wsgi\n"
        }
        found = self.crash({SETTINGS: manifest, VIEWS: asks}, script, config={"Entrypoint": ["sh", "./start.sh"]})
        self.assertHas({"level": "INFO", "file": VIEWS}, found)
        self.assertIn("start.sh makes it when the container starts (collectstatic --noinput)", found["hint"])
        self.assertNotIn("if the container collects", found["hint"])
        with_manifest = {
            "staticfiles/staticfiles.json": '{"paths": {"a.css": "a.1.css"}, "version": "1.1", "hash": ""}'
        }
        self.assertHas({"level": "ERROR", "file": VIEWS}, self.crash({SETTINGS: manifest, VIEWS: asks}, with_manifest))

    def test_with_a_query_say_so(self):
        if has_network():
            self.skipTest("there is a network here")
        text = "\nfrom shop.models import Category\n\nNAMES = list(Category.objects.values_list('name'))\n"
        found = self.crash({VIEWS: append(text)})
        self.assertHas({"level": "INFO", "file": VIEWS}, found)
        self.assertIn("queries the database while Django loads the project", found["hint"])
