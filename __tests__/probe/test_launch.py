"""launch.sh: which interpreter it finds, and what it reports when there is none."""

import os
import sys

from harness import ALL, RunTest, probe, rows
from projects import Project, temporary_folder

COMPLETED = dict.fromkeys(ALL, "completed")
HERE = sys.prefix  # the virtual environment with Django
OTHER = os.path.realpath(sys.executable)  # its base interpreter, which has no Django


def linked(place):
    """The virtual environment at another place. Returns its interpreter there."""
    os.makedirs(os.path.dirname(place), exist_ok=True)
    os.symlink(HERE, place)
    return os.path.join(place, "bin", "python")


def stubbed(text):
    """An interpreter that does not work."""
    path = os.path.join(temporary_folder(), "python")
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
    return path


class Launch(RunTest):
    def found(self, run, interpreter):
        self.assertEqual(COMPLETED, run.statuses())
        self.assertEqual(interpreter, run.report["python"]["executable"])

    def test_the_one_on_path(self):
        run = probe(Project(), launch=[], image={"PATH": os.path.join(HERE, "bin") + ":" + os.defpath})
        self.assertEqual(COMPLETED, run.statuses())

    def test_the_active_virtual_environment(self):
        place = os.path.join(temporary_folder(), "some", "where", "env")
        run = probe(Project(), launch=[], image={"PATH": "/nowhere", "VIRTUAL_ENV": place, "X": linked(place)})
        self.found(run, place + "/bin/python")

    @rows(usual=".venv", of_any_name="environment of ours")
    def test_a_virtual_environment_next_to_the_project(self, name):
        project = Project()
        interpreter = linked(project.path(name))
        run = probe(project, launch=[], image={"PATH": "/nowhere"})
        self.found(run, interpreter)

    def test_the_one_that_the_input_names(self):
        place = os.path.join(temporary_folder(), "far", "away")
        self.found(probe(Project(), launch=[linked(place)], image={"PATH": "/nowhere"}), place + "/bin/python")

    @rows(plain="#!%s\n", long="#!/bin/sh\n'''exec' %s \"$0\" \"$@\"\n' '''\n")
    def test_the_one_of_an_installed_command(self, shebang):
        folder = temporary_folder()
        place = os.path.join(temporary_folder(), "far", "away")
        interpreter = linked(place)
        with open(os.path.join(folder, "gunicorn"), "w", encoding="utf-8") as file:
            file.write(shebang % interpreter)
        os.chmod(os.path.join(folder, "gunicorn"), 0o755)
        self.found(probe(Project(), launch=[], image={"PATH": folder}), interpreter)

    @rows(
        not_there=("/no/such/python", "there is no such program"),
        a_folder=(HERE, "it is a folder"),
        not_on_path=("no-such-python", "it is not on PATH"),
        broken=(
            stubbed("echo 'ImportError: no libpython' >&2\nexit 127\n"),
            "it does not start (exit code 127): ImportError: no libpython",
        ),
    )
    def test_says_why_the_one_that_the_input_names_cannot_be_used(self, path, reason):
        error = probe(Project(), launch=[path]).report["error"]
        self.assertHas({"kind": "no-python", "tried": [{"path": path, "reason": reason}]}, error)

    def test_says_that_one_has_no_django(self):
        error = probe(Project(), launch=[OTHER]).report["error"]
        self.assertEqual("no-django", error["kind"])
        self.assertEqual("Django is not installed there", error["tried"][0]["reason"])

    def test_the_report_is_json_whatever_the_name_of_the_interpreter(self):
        path = '/no/"such"\\python\t🐍'
        error = probe(Project(), launch=[path]).report["error"]
        self.assertEqual("no-python", error["kind"])
        self.assertTrue(error["tried"][0]["path"].startswith('/no/"such"\\python'))

    def test_an_interpreter_without_launch_that_has_no_django_is_reported(self):
        error = probe(Project(), python=OTHER).report["error"]
        self.assertEqual("no-django", error["kind"])
        self.assertIn("Give the path of the right interpreter", error["message"])
