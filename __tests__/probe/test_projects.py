"""Projects and images of every shape: the probe finds the project, or says what to do."""

import os
import shutil

import faults
from faults import WSGI
from harness import ALL, RunTest, probe, rows
from projects import Project, replace, temporary_folder, written

COMPLETED = dict.fromkeys(ALL, "completed")
LIVE = {"mysite/live.py": "from .settings import *\n"}


def moved(project, folder):
    """The project's files in a folder below it."""
    names = os.listdir(project.folder)
    os.makedirs(project.path(folder))
    for name in names:
        os.rename(project.path(name), os.path.join(project.path(folder), name))
    return project


class Works(RunTest):
    def passes(self, run):
        self.assertEqual(COMPLETED, run.statuses())
        self.assertEqual([], run.failing())
        return run

    def test_manage_py_one_folder_down(self):
        project = moved(Project(), "backend")
        run = self.passes(probe(project))
        self.assertEqual("backend/manage.py", run.relative(run.report["project"]["manage"]))

    def test_manage_py_where_only_the_input_knows(self):
        project = moved(Project(), "a/b/c")
        self.passes(probe(project, manage="a/b/c/manage.py"))
        self.passes(probe(project, manage=project.path("a/b/c")))

    def test_no_manage_py_because_pip_installed_the_project(self):
        packages = os.path.join(temporary_folder(), "site-packages")
        shutil.copytree(Project({"manage.py": None}, faults.new_field).folder, packages)
        written("Metadata-Version: 2.1\nName: mysite\nVersion: 1.0\n", "mysite-1.0.dist-info/METADATA", packages)
        written("mysite\nshop\n", "mysite-1.0.dist-info/top_level.txt", packages)
        image = {"DJANGO_SETTINGS_MODULE": "mysite.settings", "PYTHONPATH": packages}
        run = probe(Project(base=None), image=image)
        self.assertHas({"manage": "", "settings": "mysite.settings", "source": "image"}, run.report["project"])
        # Its packages count as the project's own, wherever pip has put them: so this is no advice.
        self.assertEqual(["migrations.missing"], run.failing_ids())

    def test_a_path_set_to_nothing_useful(self):
        self.passes(probe(Project(), image={"PATH": "/nowhere"}))

    def test_a_workdir_that_is_somewhere_else(self):
        project = Project()
        image = {"PYTHONPATH": project.folder, "DJANGO_SETTINGS_MODULE": "mysite.settings"}
        self.passes(probe(project, image=image, folder=temporary_folder()))

    @rows(nowhere="/nowhere", unset=None)
    def test_no_home(self, home):
        self.passes(probe(Project(), image={"HOME": home}))

    def test_warnings_as_errors(self):
        # Django 4.2 warns of a settings module without USE_TZ.
        project = Project({"mysite/settings.py": lambda text: text + "\nUSE_TZ = True\n"})
        self.passes(probe(project, image={"PYTHONWARNINGS": "error"}))

    def test_settings_named_by_the_image(self):
        run = self.passes(probe(Project(LIVE), image={"DJANGO_SETTINGS_MODULE": "mysite.live"}))
        self.assertHas({"settings": "mysite.live", "source": "image"}, run.report["project"])

    def test_settings_named_by_the_input(self):
        run = self.passes(probe(Project(LIVE), settings="mysite.live"))
        self.assertHas({"settings": "mysite.live", "source": "input"}, run.report["project"])
        self.assertIn({"settings": "mysite.settings", "source": "wsgi.py"}, run.report["project"]["others"])

    def test_settings_of_wsgi_before_those_of_manage_py(self):
        overlay = {**LIVE, WSGI: replace("mysite.settings", "mysite.live")}
        run = self.passes(probe(Project(overlay)))
        self.assertHas({"settings": "mysite.live", "source": "wsgi.py"}, run.report["project"])

    def test_a_manage_py_that_reads_an_env_file(self):
        overlay = {"manage.py": replace("import os\n", "import os\nos.environ['SHOP'] = 'from the file'\n")}
        check = {"mysite/settings.py": lambda text: "import os\nSHOP = os.environ['SHOP']\n" + text}
        run = self.passes(probe(Project(overlay, check)))
        # The server does not run manage.py, so its variable comes from elsewhere.
        self.assertHas({"level": "INFO", "object": "mysite.wsgi"}, run.finding("start.crashed"))

    @rows(
        exits=("raise SystemExit('no database')", "ended before it reached Django"),
        never_reaches_django=("if False:\n    main()\nmain = print", "does not call Django's command line"),
    )
    def test_a_manage_py_that(self, change, why):
        overlay = {"manage.py": replace("def main():", "%s\ndef main():" % change)}
        if "print" in change:
            overlay = {"manage.py": replace("    main()", "    pass")}
        run = self.passes(probe(Project(overlay)))
        self.assertIn(why, run.check("system")["notes"][0])

    def test_a_manage_py_that_waits_for_ever(self):
        overlay = {"manage.py": replace("def main():", "import time\ntime.sleep(3600)\ndef main():")}
        run = self.passes(probe(Project(overlay), timeout=45))
        self.assertIn("did not reach Django in time: it has 15 seconds", run.check("system")["notes"][0])

    def test_a_manage_py_that_waits_for_ever_is_said_to_be_left_out_after_more_loads_too(self):
        """The settings need a value of ours, which a load without manage.py finds out."""
        overlay = {"manage.py": replace("def main():", "import time\ntime.sleep(3600)\ndef main():")}
        needs = {faults.SETTINGS: replace('os.environ["SECRET_KEY"]', '"-".join([os.environ.get("SECRET_KEY")])')}
        run = probe(Project(overlay, needs), timeout=60, checks=["system"])
        self.assertEqual({"system": "completed"}, run.statuses(), run.text())
        self.assertIn("did not reach Django in time", " ".join(run.check("system")["notes"]))

    def test_settings_that_crash_because_manage_py_took_too_long_say_so(self):
        overlay = {
            "manage.py": replace("def main():", "import time\ntime.sleep(3600)\nos.environ['SHOP'] = 'x'\ndef main():")
        }
        needs = faults.in_settings("import os\nSHOP = os.environ['SHOP']")
        run = probe(Project(overlay, needs), timeout=45, checks=["system"])
        self.assertEqual({"system": "settings"}, run.statuses())
        self.assertIn("did not reach Django in time: it has 15 seconds", run.error()["hint"])
        self.assertIn("such as an .env file", run.error()["hint"])

    def test_an_older_collection_that_is_read_only(self):
        project = Project({"staticfiles/staticfiles.json": "{}"})
        os.chmod(project.path("staticfiles"), 0o555)
        try:
            self.passes(probe(project))
        finally:
            os.chmod(project.path("staticfiles"), 0o755)


class CannotBeChecked(RunTest):
    def test_no_project(self):
        error = probe(Project({"manage.py": None, "mysite": None, "shop": None})).report["error"]
        self.assertEqual("no-project", error["kind"])
        self.assertIn("Give the input `manage`", error["message"])

    def test_the_wrong_manage_input(self):
        error = probe(Project(), manage="/no/such/manage.py").report["error"]
        self.assertEqual("no-manage", error["kind"])
        self.assertIn("/no/such/manage.py", error["message"])

    def test_the_wrong_settings_input(self):
        run = probe(Project(), settings="mysite.nowhere")
        self.assertEqual(dict.fromkeys(ALL, "settings"), run.statuses())
        self.assertHas({"kind": "missing-module", "module": "mysite.nowhere"}, run.error())

    def test_two_projects(self):
        project = Project(base=None)
        for name in ("one", "two"):
            shutil.copytree(Project().folder, project.path(name))
        error = probe(project).report["error"]
        self.assertIn("manage", error["message"])

    def test_no_settings_module(self):
        overlay = {
            "mysite/wsgi.py": None,
            "manage.py": replace('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")', "pass"),
        }
        run = probe(Project(overlay))
        self.assertEqual("no-settings", run.error()["kind"])


class HostileInputs(RunTest):
    VALUES = (
        "--help",
        '${upper("x")}',
        "$(touch PWNED)",
        "x\n::set-output name=digest::forged",
        "../../../../etc/passwd",
        "'\"; touch PWNED #",
    )

    @rows(**{"value_%d" % number: value for number, value in enumerate(VALUES)})
    def test_of_settings_end_in_one_error(self, value):
        project = Project()
        run = probe(project, settings=value)
        self.assertEqual(dict.fromkeys(ALL, "settings"), run.statuses())
        self.nothing_done(project, run)

    @rows(**{"value_%d" % number: value for number, value in enumerate(VALUES)})
    def test_of_manage_end_in_one_error(self, value):
        project = Project()
        run = probe(project, manage=value)
        if value.endswith("passwd"):  # a file that is there, and that is not Python
            self.assertEqual("no-settings", run.error()["kind"])
        else:
            self.assertEqual("no-manage", run.report["error"]["kind"])
        self.nothing_done(project, run)

    def nothing_done(self, project, run):
        self.assertFalse(os.path.exists(project.path("PWNED")))
        self.assertEqual("", run.output)
