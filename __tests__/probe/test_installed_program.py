"""A project without manage.py whose package installs a program that does the same."""

import os
import sys

from harness import RunTest, TableTest, probe, rows
from projects import Project, temporary_folder, written
from shipshape_probe import installed_program, project

# As in the packages that are named: the module that the console script calls.
MODULES = {
    # WeblateOrg/weblate, weblate/runner.py
    "utility": (
        "import os, sys\nfrom django.core.management import ManagementUtility\n\n"
        "def main(argv=None):\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "    utility = ManagementUtility(argv or sys.argv)\n    utility.execute()\n"
    ),
    # ansible/awx, awx/__init__.py: settings in one function, Django in another
    "two_functions": (
        "import os, sys\n\ndef prepare():\n    os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n\n"
        "def main():\n    prepare()\n    from django.core.management import execute_from_command_line\n"
        "    execute_from_command_line(sys.argv)\n"
    ),
    # allegro/ralph, ralph/__main__.py: the name is an argument
    "computed": (
        "import os, sys\n\ndef main(settings='shop.settings'):\n"
        "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', settings)\n"
        "    from django.core import management\n    management.execute_from_command_line(sys.argv)\n"
    ),
    # ansible/ansible#45536: a __main__.py
    "main": (
        "import os, sys\n\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "    try:\n        from django.core.management import execute_from_command_line\n"
        "    except ImportError as error:\n        raise ImportError('no Django') from error\n"
        "    execute_from_command_line(sys.argv)\n\nif __name__ == '__main__':\n    main()\n"
    ),
    # pulp/pulpcore, pulpcore/app/manage.py: it looks at the argv first
    "argv": (
        "import os, sys\nfrom django.core.management import execute_from_command_line\n\ndef main():\n"
        "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "    if len(sys.argv) < 2:\n        sys.exit(1)\n    execute_from_command_line(sys.argv)\n"
    ),
}
SETTINGS = (
    "SECRET_KEY = 'x' * 50 + 'abcdefgh'\nALLOWED_HOSTS = ['shop.example']\nROOT_URLCONF = 'shop.urls'\nINSTALLED_APPS = []\n"
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\nMIDDLEWARE = []\n"
    "STATIC_URL = '/static/'\nSTATIC_ROOT = '/tmp/shop-static'\n"
)
NAMES = "x.setdefault('DJANGO_SETTINGS_MODULE', '%s')\n"


class Package:
    """A package that is installed into a folder on PYTHONPATH, with scripts in a folder on PATH."""

    def __init__(self, scripts, files, name="shop"):
        self.folder = temporary_folder()
        self.bin = os.path.join(self.folder, "bin")
        lines = ["[console_scripts]", *("%s = %s" % each for each in scripts.items()), "", "[other]", "x = y.z:main"]
        written("\n".join(lines), "entry_points.txt", os.path.join(self.folder, name + "-1.0.dist-info"))
        for path, text in files.items():
            written(text, path, self.folder)
        for script, target in scripts.items():
            module, function = target.split(":")
            text = "#!%s\nimport sys\nfrom %s import %s\nsys.exit(%s())\n" % (
                sys.executable,
                module,
                function,
                function,
            )
            os.chmod(written(text, script, self.bin), 0o755)


def shop(module, text, **more):
    path = module.replace(".", "/") + ".py"
    return {
        "shop/__init__.py": "", "shop/urls.py": "urlpatterns = []\n", "shop/settings.py": SETTINGS, path: text, **more,
    }  # fmt: skip


class Runs(RunTest):
    def ship(self, package, image=None, **more):
        path = package.bin + ":" + os.defpath
        image = {"PYTHONPATH": package.folder, "PATH": path, "SECRET": "", **(image or {})}
        return probe(Project(base=None), image=image, **more)

    @rows(**{name: (text,) for name, text in MODULES.items()})
    def test_the_program_is_run_as_manage_py_is(self, text):
        module = "shop.__main__" if "__main__" in text else "shop.cli.runner"
        package = Package({"shop-manage": module + ":main"}, shop(module, text))
        run = self.ship(package)
        self.assertEqual({"completed"}, set(run.statuses().values()), run.text())
        self.assertEqual(os.path.join(package.bin, "shop-manage"), run.report["project"]["manage"])
        self.assertEqual("shop.settings", run.report["project"]["settings"])
        self.assertEqual([], [note for note in run.check("system")["notes"] if "left out" in note])

    def test_what_the_program_does_first_is_done(self):
        text = MODULES["utility"].replace("    utility =", "    os.environ['SHOP_READY'] = os.getcwd()\n    utility =")
        settings = SETTINGS + "import os\nassert os.environ['SHOP_READY'] == os.getcwd()\n"
        package = Package({"shop": "shop.run:main"}, shop("shop.run", text, **{"shop/settings.py": settings}))
        project = Project(base=None)
        run = probe(project, image={"PYTHONPATH": package.folder, "PATH": package.bin})
        self.assertEqual("completed", run.check("system")["status"], run.text())

    def test_the_settings_of_production_win(self):
        files = {"shop/wsgi.py": NAMES % "shop.production", "shop/production.py": "from shop.settings import *\n"}
        package = Package({"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **files))
        found = self.ship(package).report["project"]
        self.assertEqual(("shop.production", "wsgi.py"), (found["settings"], found["source"]))
        self.assertEqual([{"settings": "shop.settings", "source": "shop"}], found["others"])

    def test_the_path_of_the_script_in_the_input_means_the_same(self):
        package = Package({"shop": "shop.run:main"}, shop("shop.run", MODULES["argv"]))
        run = self.ship(package, manage=os.path.join(package.bin, "shop"))
        self.assertEqual("shop.settings", run.report["project"]["settings"])
        self.assertEqual("completed", run.check("system")["status"])

    def test_the_image_s_settings_of_that_package(self):
        files = {"shop/live.py": "from shop.settings import *\n"}
        package = Package({"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **files))
        found = self.ship(package, {"DJANGO_SETTINGS_MODULE": "shop.live"}).report["project"]
        self.assertEqual("shop.live", found["settings"])
        self.assertTrue(found["manage"])

    def test_a_program_of_another_package_than_the_settings_is_left_alone(self):
        package = Package(
            {"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **{"mine/settings.py": SETTINGS})
        )
        found = self.ship(package, {"DJANGO_SETTINGS_MODULE": "mine.settings"}).report["project"]
        self.assertEqual(("mine.settings", ""), (found["settings"], found["manage"]))

    # allegro/ralph installs ralph, dev_ralph and test_ralph
    def test_of_several_the_one_that_the_start_names(self):
        text = MODULES["main"] + "\ndef test():\n    main()\n"
        package = Package({"shop": "shop.run:main", "test-shop": "shop.run:test"}, shop("shop.run", text))
        run = self.ship(package, start="tini -- %s/shop runserver" % package.bin)
        self.assertEqual(os.path.join(package.bin, "shop"), run.report["project"]["manage"])
        error = self.ship(package).report["error"]
        self.assertEqual("ambiguous-manage", error["kind"])
        self.assertRegex(error["message"], r"several management programs: shop, test-shop\. .*`manage`")

    @rows(
        no_settings="import sys\nfrom django.core.management import execute_from_command_line\n\ndef main():\n    execute_from_command_line(sys.argv)\n",
        no_command_line="import os\n\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        only_words="# DJANGO_SETTINGS_MODULE execute_from_command_line\n\ndef main():\n    pass\n",
        only_read="import os\nfrom django.core.management import execute_from_command_line\n\ndef main():\n    if os.environ['DJANGO_SETTINGS_MODULE']:\n        execute_from_command_line()\n",
        no_python="DJANGO_SETTINGS_MODULE execute_from_command_line\n",
    )
    def test_what_is_no_management_program(self, text):
        package = Package({"shop": "shop.run:main"}, shop("shop.run", text))
        self.assertEqual("no-project", self.ship(package).report["error"]["kind"])

    def test_a_manage_py_wins(self):
        package = Package({"shop": "shop.run:main"}, shop("shop.run", MODULES["main"]))
        run = probe(Project(), image={"PYTHONPATH": package.folder, "PATH": package.bin + ":" + os.defpath})
        self.assertTrue(run.report["project"]["manage"].endswith("/manage.py"))

    @rows(
        the_start=({"config": {"Cmd": ["sh", "-c", "shop collectstatic --noinput -v 0 && gunicorn shop.wsgi"]}}, "CMD"),
        the_environment_of_a_tool=(
            {"config": {"Cmd": ["uv", "run", "shop", "collectstatic", "--noinput", "-v", "0"]}},
            "CMD",
        ),
        the_dockerfile=({"collects": ["RUN shop collectstatic --noinput -v 0"]}, "the Dockerfile"),
    )
    def test_the_program_collects_as_manage_py_does(self, request, where):
        settings = SETTINGS + (
            "INSTALLED_APPS = ['django.contrib.staticfiles']\nSTORAGES = {'staticfiles': {'BACKEND': "
            "'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'}}\n"
        )
        package = Package(
            {"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **{"shop/settings.py": settings})
        )
        check = self.ship(package, checks=["static"], **request).check("static")
        self.assertEqual(["Collected as %s does: collectstatic --noinput -v 0" % where], check["notes"])
        not_collected = [] if where == "CMD" else ["static.not-collected"]
        self.assertEqual(not_collected, [each["id"] for each in check["findings"]])

    @rows(
        program=(["shop", "qcluster"],),
        whole_path=(["tini", "--", "BIN/shop", "qcluster"],),
        a_link_to_manage_py=(["manage", "qcluster"],),
    )
    def test_a_start_that_serves_nothing_needs_no_wsgi_py(self, command):
        """Some images link /usr/local/bin/manage to manage.py."""
        files = {"shop/wsgi.py": "import no_such_module\n"}
        settings = SETTINGS + "WSGI_APPLICATION = 'shop.wsgi.application'\n"
        package = Package(
            {"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **{**files, "shop/settings.py": settings})
        )
        os.chmod(written("#!%s\n" % sys.executable, "manage.py", package.folder), 0o755)
        os.symlink(os.path.join(package.folder, "manage.py"), os.path.join(package.bin, "manage"))
        command = [word.replace("BIN", package.bin) for word in command]
        image = {"DJANGO_SETTINGS_MODULE": "shop.settings"}
        run = self.ship(package, image, checks=["start"], config={"Cmd": command})
        self.assertEqual("INFO", run.finding("start.crashed")["level"], run.text())
        serves = [*command[:-1], "runserver"]
        run = self.ship(package, image, checks=["start"], config={"Cmd": serves})
        self.assertEqual("ERROR", run.finding("start.crashed")["level"], run.text())


class Reads(TableTest):
    def test_nothing_is_imported_to_look(self):
        package = Package(
            {"shop": "shop.run:main"}, shop("shop.run", MODULES["main"], **{"shop/__init__.py": "1 / 0\n"})
        )
        sys.path.insert(0, package.folder)
        before, os.environ["PATH"] = os.environ["PATH"], package.bin
        try:
            found, names = installed_program.find("")
        finally:
            sys.path.remove(package.folder)
            os.environ["PATH"] = before
        self.assertEqual(["shop"], names)
        self.assertEqual(os.path.join(package.folder, "shop", "run.py"), found.module)

    @rows(
        nothing="", no_section="a = b:c", garbage="[console_scripts]\n=\n==:\n\x00\n[", no_module="[console_scripts]\na = no_such_module_x.y:z",
        no_name="[console_scripts]\na = .:b\nb = ..x:y",
    )  # fmt: skip
    def test_a_list_of_scripts_that_says_nothing(self, text):
        folder = temporary_folder()
        written(text, "entry_points.txt", os.path.join(folder, "x-1.dist-info"))
        sys.path.insert(0, folder)
        try:
            self.assertEqual((None, []), installed_program.find("x"))
        finally:
            sys.path.remove(folder)

    def test_an_installed_program_runs_in_workdir(self):
        made = project.Project("/usr/bin", "/usr/bin/shop", None, None, "shop", [], installed=True)
        from shipshape_probe import attempts

        self.assertEqual(os.getcwd(), attempts.working_directory(made))
