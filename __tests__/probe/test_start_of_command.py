"""An application that CMD names, and a script of ENTRYPOINT only runs: the fault is CMD's."""

import os

from harness import RunTest, rows
from projects import temporary_folder, written
from starts import ASGI, started

HANDS_OVER = '#!/bin/sh\nset -e\npython3 manage.py check || true\nexec "$@"\n'


def entrypoint(text=HANDS_OVER):
    path = written(text, "entrypoint.sh", temporary_folder())
    os.chmod(path, 0o755)
    return [path]


class Crash(RunTest):
    def crashed(self, command, *overlays, **options):
        run = started(command, *overlays, programs=("gunicorn", "uvicorn", "daphne"), **options)
        self.assertEqual([("start", "start.crashed")], run.failing())
        return run.finding("start.crashed")

    @rows(
        a_list=["gunicorn", "venue.wsgi"],
        a_line_for_a_shell=["/bin/sh", "-c", "gunicorn venue.wsgi --bind :$PORT"],
    )
    def test_is_cmds_behind_a_script_that_hands_over(self, command):
        found = self.crashed(command, entrypoint=entrypoint())
        self.assertIn("gunicorn, which CMD starts", found["message"])
        self.assertHas({"file": "", "line": None}, found)

    def test_is_the_scripts_where_the_script_names_the_module(self):
        script = entrypoint("#!/bin/sh\nexec gunicorn venue.wsgi\n")
        found = self.crashed(["gunicorn", "venue.wsgi"], entrypoint=script)
        self.assertIn("which the script %s starts" % script[0], found["message"])
        self.assertHas({"file": script[0], "line": 2}, found)

    def test_is_the_services_where_its_command_names_the_module(self):
        service = {"name": "web", "file": "compose.yml", "command": "gunicorn venue.wsgi", "entrypoint": None}
        found = self.crashed(["gunicorn", "mysite.wsgi"], entrypoint=entrypoint(), services=[service])
        self.assertIn("gunicorn, which the service web (compose.yml) starts", found["message"])
        self.assertHas({"file": ""}, found)


class Meant(RunTest):
    """A module that is not there, and the one that the project has."""

    def hint(self, command, *overlays, **options):
        run = started(command, *overlays, programs=("gunicorn", "uvicorn", "daphne"), **options)
        return next(each["hint"] for each in run.findings() if "there is no module" in each["message"])

    @rows(
        wsgi=(["gunicorn", "venue.wsgi"], "mysite.wsgi"),
        with_its_attribute=(["gunicorn", "venue.wsgi:application"], "mysite.wsgi:application"),
        asgi=(["daphne", "venue.asgi:application"], "mysite.asgi:application"),
        asgi_in_gunicorn=(["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "venue.asgi"], "mysite.asgi"),
    )
    def test_is_named_if_it_is_the_only_one(self, command, module):
        self.assertIn("Did you mean %s?" % module, self.hint(command, {"mysite/asgi.py": ASGI}))

    @rows(
        of_two=(["gunicorn", "venue.wsgi"], {"shop/wsgi.py": ""}),
        of_the_other_kind=(["uvicorn", "venue.asgi:application"], {}),
    )
    def test_is_not_guessed(self, command, overlay):
        self.assertNotIn("Did you mean", self.hint(command, overlay))
