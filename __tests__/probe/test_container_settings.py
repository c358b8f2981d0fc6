"""The settings that the image or its start names, and the container starts with: the input `settings` changes nothing of that."""

import faults
from harness import RunTest, rows
from projects import prepend
from starts import GUNICORN, script, started

LOCAL, PRODUCTION = "mysite.conf.dev", "mysite.conf.production"
# Settings for development whose tool is not in the image, and a wsgi.py that names those for production.
PROJECT = {
    **faults.development_by_default,
    "mysite/conf/dev.py": 'from mysite.settings import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]\n',
    "mysite/wsgi.py": lambda before: before.replace("mysite.settings", PRODUCTION),
    "mysite/asgi.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "%s")\n' % PRODUCTION,
}
ENV = {"DJANGO_SETTINGS_MODULE": LOCAL}
EXPORTS = "#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=%s\nexec gunicorn mysite.wsgi\n"


class CrashOfTheChecks(RunTest):
    """Settings that crash in the checks, and in the container."""

    def hint(self, command=GUNICORN, **options):
        return started(command, PROJECT, **options).error("start")["hint"]

    def test_that_the_image_names_are_changed_in_the_dockerfile(self):
        hint = self.hint(image=ENV)
        self.assertIn("The container starts with %s too" % LOCAL, hint)
        self.assertIn("which the image sets (ENV in the Dockerfile). If it is wrong, change it there.", hint)
        self.assertIn("The project also names %s (wsgi.py, asgi.py, production.py)." % PRODUCTION, hint)
        self.assertNotIn("`settings`", hint)

    def test_that_a_start_script_exports_are_changed_there(self):
        hint = started(["sh", "start.sh"], PROJECT, script(EXPORTS % LOCAL), settings=LOCAL).error("start")["hint"]
        self.assertIn("/start.sh sets. If it is wrong, change it there.", hint)
        self.assertNotIn("`settings`", hint)

    @rows(
        which_a_variable_of_the_workflow_names={"env": ENV},
        which_the_image_names_and_its_start_does_not={"image": ENV, "command": ["env", "DJANGO_SETTINGS_MODULE=" + PRODUCTION, *GUNICORN]},
    )  # fmt: skip
    def test_that_only_the_checks_use_may_get_the_input(self, options):
        self.assertIn("say which with the input `settings`", self.hint(**options))

    def test_that_fail_for_another_reason_get_no_input_either(self):
        crash = {"mysite/conf/dev.py": prepend('raise ValueError("no")\n')}
        hint = started(GUNICORN, PROJECT, crash, image=ENV).error("start")["hint"]
        self.assertIn("change it there", hint)
        self.assertNotIn("`settings`", hint)


class CrashOfTheContainer(RunTest):
    """The input `settings` names settings that load, and the container starts with others."""

    def crashed(self, command=GUNICORN, *overlays, **options):
        run = started(command, PROJECT, *overlays, settings=PRODUCTION, **options)
        self.assertEqual([("start", "start.crashed")], run.failing())
        return run.finding("start.crashed")

    def test_is_an_error_that_names_the_settings_of_the_image(self):
        found = self.crashed(image=ENV)
        self.assertEqual("ERROR", found["level"])
        self.assertIn("with %s, which is the DJANGO_SETTINGS_MODULE that the image sets" % LOCAL, found["message"])
        self.assertIn("ModuleNotFoundError: No module named 'debug_toolbar'", found["message"])
        self.assertIn("With %s the server starts" % PRODUCTION, found["hint"])
        self.assertIn("which the container does not know", found["hint"])

    def test_names_the_script_that_sets_them(self):
        found = self.crashed(["sh", "start.sh"], script(EXPORTS % LOCAL))
        self.assertRegex(found["message"], r"DJANGO_SETTINGS_MODULE that the script \S+/start.sh sets, raises")

    def test_is_none_where_the_start_names_those_that_load(self):
        run = started(["sh", "start.sh"], PROJECT, script(EXPORTS % PRODUCTION), image=ENV, settings=PRODUCTION)
        self.assertEqual([], run.findings())

    def test_is_none_where_wsgi_py_does_not_ask_the_image(self):
        wsgi = {
            "mysite/wsgi.py": lambda before: before.replace(
                '.setdefault("DJANGO_SETTINGS_MODULE", ', '["DJANGO_SETTINGS_MODULE"] = ('
            )
        }
        self.assertEqual([], started(GUNICORN, PROJECT, wsgi, image=ENV, settings=PRODUCTION).findings())

    def test_is_information_where_nobody_is_known_to_set_them(self):
        text = "#!/bin/sh\nset -a\n. /run/secrets/env\nexec gunicorn mysite.wsgi\n"
        run = started(["sh", "start.sh"], PROJECT, script(text), image=ENV, settings=PRODUCTION)
        self.assertEqual([], run.failing())
