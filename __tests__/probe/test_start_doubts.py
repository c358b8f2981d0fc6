"""A crash at the start is an error only if production is certain to crash as well."""

import os

import faults
from harness import RunTest, TableTest, probe, rows
from projects import Project, append, prepend, replace, temporary_folder, written
from starts import GUNICORN, started

WSGI = "mysite/wsgi.py"
CONFIG = {"gunicorn.conf.py": 'import os\nbind = "0.0.0.0:" + os.environ["PORT"]\n'}


def at_end_of_wsgi(text):
    return {WSGI: append("\n" + text + "\n")}


def service(command, **more):
    return {"name": "worker", "file": "compose.yml", "command": command, "entrypoint": None, **more}


class WhatProductionHas(RunTest):
    """Variables, files and services that are there when the container runs."""

    @rows(
        a_variable=(faults.wsgi_reads_variable, {"file": WSGI, "line": 9}, "env: |\n  NEW_RELIC_KEY=…"),
        a_variable_that_is_asked_for_in_other_words=(
            at_end_of_wsgi('if not os.environ.get("LICENCE"):\n    raise RuntimeError("no licence")'),
            {"file": WSGI, "line": 10},
            "It may depend on LICENCE",
        ),
        a_value_that_is_ours=(
            at_end_of_wsgi('import sys\nif os.environ["ALLOWED_HOSTS"].startswith("ship"): sys.exit(1)'),
            {"file": WSGI},
            "The value of ALLOWED_HOSTS is shipshape's own",
        ),
        a_mounted_file=(
            at_end_of_wsgi('open("/etc/newrelic/newrelic.ini")'), {"file": WSGI, "line": 9}, "If it is mounted when the container runs",
        ),
        a_secret_next_to_the_code=(at_end_of_wsgi('open("service-account.json")'), {"file": WSGI}, "If it is mounted when the container runs"),
        a_folder_for_a_log=(
            at_end_of_wsgi('open("/var/log/no-such/app.log", "a")'), {"file": WSGI}, "mkdir -p /var/log/no-such",
        ),
    )  # fmt: skip
    def test_its_absence_is_information(self, overlay, place, hint):
        run = started(GUNICORN, overlay)
        self.assertEqual([], run.failing())
        found = run.finding("start.crashed")
        self.assertHas({"level": "INFO", **place}, found)
        self.assertIn(hint, found["hint"])
        self.assertIn("The server may not start (gunicorn, which CMD starts)", found["message"])

    def test_a_variable_of_gunicorns_own_file_is_not_said_to_be_the_applications(self):
        run = started(GUNICORN, CONFIG)
        found = run.finding("start.crashed")
        self.assertHas({"level": "INFO", "file": "gunicorn.conf.py", "line": 2, "object": "gunicorn.conf.py"}, found)
        self.assertIn("reading gunicorn.conf.py raises KeyError: PORT", found["message"])
        self.assertNotIn("settings", found["hint"])

    def test_credentials_are_no_finding(self):
        text = "class NoCredentialsError(Exception): pass\nraise NoCredentialsError('Unable to locate credentials')"
        run = started(GUNICORN, at_end_of_wsgi(text))
        self.assertEqual([], run.findings())
        self.assertIn("it needs a service (NoCredentialsError)", run.check("start")["notes"][0])

    @rows(
        a_file_of_the_project=("open('words.txt')", "mysite.wsgi raises FileNotFoundError"),
        settings_without_a_key=("from django.conf import settings\nsettings.NO_SUCH_THING", "AttributeError"),
        a_name=("undefined_name", "NameError"),
    )
    def test_what_it_does_not_have_either_is_an_error(self, text, message):
        run = started(GUNICORN, at_end_of_wsgi(text))
        self.assertEqual([("start", "start.crashed")], run.failing())
        self.assertIn(message, run.finding("start.crashed")["message"])

    def test_a_value_that_only_the_start_script_knows_does_not_take_that_of_the_image_away(self):
        overlay = {
            "start.sh": '#!/bin/sh\nset -e\nexport SECRET_KEY="$(cat /run/secrets/key)"\nexec gunicorn mysite.wsgi\n',
            "mysite/settings.py": replace(
                'SECRET_KEY = os.environ["SECRET_KEY"]',
                'SECRET_KEY = os.environ.get("SECRET_KEY")\nif not SECRET_KEY:\n    raise RuntimeError("no key")',
            ),
        }
        run = started(["sh", "start.sh"], overlay)
        self.assertEqual([], run.findings())
        self.assertEqual([], run.check("start")["notes"])

    @rows(
        a_value=('if os.environ.get("MODE") != "web":\n    raise RuntimeError("no mode")', []),
        a_package_that_a_condition_wants=('if "MODE" not in os.environ:\n    import debug_toolbar_x', []),
        a_package_that_a_function_wants=(
            'def setup():\n    if "MODE" in os.environ:\n        return\n    import debug_toolbar_x\n\nsetup()', [],
        ),
        a_package=("import debug_toolbar_x", [("start", "start.crashed")]),
        a_package_of_a_function=("def setup():\n    import debug_toolbar_x\n\nsetup()", [("start", "start.crashed")]),
    )  # fmt: skip
    def test_where_compose_may_set_more_variables_only_a_fault_of_the_code_is_an_error(self, text, failing):
        run = started(["true"], at_end_of_wsgi(text), services=[service(GUNICORN)])
        self.assertEqual(failing, run.failing())

    def test_a_module_that_another_pythonpath_would_find_is_information(self):
        overlay = {"src/libx.py": "", WSGI: prepend("import libx\n")}
        run = started(["true"], overlay, services=[service(GUNICORN)])
        self.assertEqual([], run.failing())
        self.assertIn("src/libx: PYTHONPATH", run.finding("start.crashed")["hint"])

    def test_of_a_pythonpath_that_is_not_known_no_absence_is_certain(self):
        start = {"start.sh": "#!/bin/sh\nset -e\nexport PYTHONPATH=$(cat /paths)\nexec gunicorn mysite.wsgi\n"}
        run = started(["sh", "start.sh"], start, {WSGI: prepend("import libx\n")})
        self.assertEqual([], run.failing())


class Services(RunTest):
    def started(self, services, *overlays, command=GUNICORN):
        return started(command, *overlays, services=services, programs=("gunicorn", "celery"))

    def test_one_that_starts_the_same_does_not_make_cmds_fault_uncertain(self):
        broken = {WSGI: append('\nopen("words.txt")\n')}
        for services in ([], [service(GUNICORN)]):
            with self.subTest(services=services):
                run = self.started(services, broken)
                self.assertEqual([("start", "start.crashed")], run.failing())
                self.assertIn("which CMD starts", run.finding("start.crashed")["message"])

    @rows(an_error_without_a_user=("", ["start.not-executable"]), nothing_with_another_user=("root", []))
    def test_a_program_that_user_may_not_execute_is(self, user, failing):
        project = Project({"work.sh": "#!/bin/sh\nexec true\n"})
        os.chmod(project.path("work.sh"), 0o644)
        config = {"Cmd": ["true"], "User": "shop"}
        run = probe(project, checks=["start"], config=config, services=[service(["./work.sh"], user=user)])
        self.assertEqual(failing, run.failing_ids())

    def test_a_file_that_another_user_may_read_is_information(self):
        command = ["gunicorn", "mysite.other"]
        overlay = {"mysite/other.py": "open('words.txt')\n"}
        run = self.started([service(command, user="root")], overlay)
        self.assertEqual([], run.failing())
        self.assertIn("another user", run.finding("start.crashed")["hint"])


class Factories(RunTest):
    def test_one_with_a_named_argument_is_called_with_it(self):
        overlay = {WSGI: append("\ndef create(first, *, env):\n    return application\n")}
        self.assertEqual([], started(["gunicorn", "mysite.wsgi:create(1, env='prod')"], overlay).findings())


class Homes(RunTest):
    def test_the_start_has_the_images_home(self):
        home = os.path.join(temporary_folder(), "home")
        overlay = at_end_of_wsgi('if os.environ.get("HOME") != %r:\n    raise OSError(os.environ.get("HOME"))' % home)
        self.assertEqual([], started(GUNICORN, overlay, image={"HOME": home}).findings())

    def test_none_stays_none(self):
        overlay = at_end_of_wsgi('if "HOME" in os.environ:\n    raise OSError(os.environ["HOME"])')
        self.assertEqual([], started(GUNICORN, overlay, image={"HOME": None}).findings())


class Lines(TableTest):
    """Is a line reached in any case?"""

    @rows(
        of_a_module=("import a\nimport b\n", 2, 0, False),
        after_a_condition=("if a:\n    b\nimport c\n", 3, 0, False),
        in_a_condition=("if a:\n    import b\n", 2, 0, True),
        in_an_else=("if a:\n    b\nelse:\n    import c\n", 4, 0, True),
        in_a_try=("try:\n    import a\nexcept ImportError:\n    raise\n", 2, 0, True),
        of_a_function=("def a():\n    import b\n", 2, 1, False),
        of_a_function_in_a_condition=("if a:\n    def b():\n        import c\n", 3, 2, False),
        of_a_function_after_a_return=("def a():\n    if b:\n        return\n    import c\n", 4, 1, True),
    )
    def test_line(self, text, line, function, conditional):
        from shipshape_probe.start_doubts import is_conditional

        path = written(text, "module.py", temporary_folder())
        self.assertEqual(conditional, is_conditional(path, line, function))
