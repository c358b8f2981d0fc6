"""The check `start` where no server can be followed: wsgi.py and asgi.py."""

import faults
from harness import RunTest, has_network, probe, rows
from projects import Project, append, prepend
from starts import ASGI, started


class EntryPoints(RunTest):
    @rows(
        a_typo_in_middleware=(
            faults.middleware_typo,
            {"file": "mysite/settings.py", "line": 22},
            "Did you mean django.contrib.sessions.middleware?",
        ),
        an_import_of_what_is_not_installed=(
            faults.wsgi_imports_nowhere,
            {"file": "mysite/wsgi.py", "line": 2},
            "sentry_sdk is not installed in the image: add it to the requirements.",
        ),
        a_wsgi_that_exits=(faults.wsgi_exits, {"file": "mysite/wsgi.py", "line": 9}, "ignore"),
        an_application_that_the_settings_name_and_that_is_not_there=(
            {"mysite/wsgi.py": None},
            {"file": "mysite/settings.py", "object": "mysite.wsgi"},
            "see that the Dockerfile copies the file",
        ),
    )
    def test_is_refused(self, overlay, place, hint):
        for command in ([], ["python3", "manage.py", "runserver"]):
            with self.subTest(command=command):
                run = probe(Project(overlay), checks=["start"], config={"Cmd": command})
                self.assertEqual(["start.crashed"], run.failing_ids())
                found = run.finding("start.crashed")
                self.assertHas({"level": "ERROR", **place}, found)
                self.assertIn(hint, found["hint"])

    def test_an_asgi_that_crashes_where_there_is_no_wsgi(self):
        run = probe(Project(faults.asgi_alone), checks=["start"])
        self.assertEqual([("start", "start.crashed")], run.failing())
        self.assertHas({"file": "mysite/asgi.py", "line": 1}, run.finding("start.crashed"))
        self.assertIn("channels is not installed", run.finding("start.crashed")["hint"])

    def test_that_wants_a_database_is_no_finding(self):
        run = probe(Project(faults.wsgi_wants_database), checks=["start"])
        self.assertEqual([], run.findings())
        self.assertIn("mysite.wsgi was not loaded to its end: it needs a service", run.check("start")["notes"][0])

    def test_a_module_of_the_server_itself_is_not_missed(self):
        run = probe(Project({"mysite/wsgi.py": prepend("import uwsgi\n")}), checks=["start"])
        self.assertEqual([], run.failing())
        self.assertIn("imports uwsgi", run.check("start")["notes"][0])

    def test_a_service_that_cannot_be_reached_is_no_finding(self):
        if has_network():
            self.skipTest("there is a network here")
        calls = "\nimport urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/', timeout=5)\n"
        run = probe(Project({"mysite/wsgi.py": append(calls)}), checks=["start"])
        self.assertEqual([], run.findings())
        self.assertIn("it needs a service (URLError)", run.check("start")["notes"][0])

    @rows(
        # The settings name wsgi.py alone.
        that_nothing_names={},
        # Nothing names either of the two.
        where_the_settings_name_none=faults.settings_without_wsgi,
        # The settings name both.
        that_the_settings_name=faults.end_of_settings('ASGI_APPLICATION = "mysite.asgi.application"'),
    )
    def test_a_broken_asgi_next_to_a_wsgi_that_loads_is_information(self, overlay):
        run = started(
            ["ddtrace-run-2"], overlay, {"mysite/asgi.py": "import channels_gone\n"}, programs=["ddtrace-run-2"]
        )
        self.assertEqual([], run.failing())
        found = run.finding("start.crashed")
        self.assertHas({"level": "INFO", "object": "mysite.asgi", "file": "mysite/asgi.py", "line": 1}, found)
        self.assertIn("The server may not start", found["message"])

    def test_a_wsgi_that_is_not_there_next_to_an_asgi_that_only_misses_a_variable_is_information(self):
        overlay = faults.end_of_settings('ASGI_APPLICATION = "mysite.asgi.application"')
        run = probe(
            Project(
                overlay, {"mysite/wsgi.py": None, "mysite/asgi.py": "import os\n\nos.environ['SENTRY_KEY']\n" + ASGI}
            ),
            checks=["start"],
        )
        self.assertEqual([], run.failing())
        self.assertEqual({"mysite.wsgi", "mysite.asgi"}, {each["object"] for each in run.findings()})

    @rows(unknown=[], runserver=["python3", "manage.py", "runserver"])
    def test_a_variable_that_production_may_set_is_information(self, command):
        run = started(command, faults.wsgi_reads_variable)
        self.assertEqual([], run.failing())
        self.assertHas({"level": "INFO", "file": "mysite/wsgi.py", "line": 9}, run.finding("start.crashed"))

    def test_a_leftover_name_next_to_a_wsgi_that_loads_is_information(self):
        run = probe(Project(faults.end_of_settings('ASGI_APPLICATION = "mysite.asgi.application"')), checks=["start"])
        self.assertEqual([], run.failing())
        self.assertHas({"level": "INFO", "object": "mysite.asgi"}, run.finding("start.crashed"))

    def test_a_broken_wsgi_that_the_settings_name_is_refused_also_if_an_asgi_that_nothing_names_loads(self):
        run = probe(Project(faults.wsgi_imports_nowhere, {"mysite/asgi.py": ASGI}), checks=["start"])
        self.assertEqual([("start", "start.crashed")], run.failing())
        self.assertHas({"object": "mysite.wsgi"}, run.finding("start.crashed"))

    @rows(
        by_django={},
        by_channels=faults.end_of_settings(
            'ASGI_APPLICATION = "mysite.asgi.application"\nINSTALLED_APPS += ["daphne"]'
        ),
    )
    def test_runserver_reads_one_of_the_names(self, overlay):
        daphne = {"daphne/__init__.py": "", "mysite/asgi.py": "import gone\n", "mysite/wsgi.py": "import gone\n"}
        run = started(["python3", "manage.py", "runserver"], daphne, overlay)
        self.assertEqual([("start", "start.crashed")], run.failing())
        self.assertHas({"object": "mysite.asgi" if overlay else "mysite.wsgi"}, run.finding("start.crashed"))

    @rows(
        a_queue=["python3", "manage.py", "process_tasks"],
        a_queue_that_django_admin_starts=["python3", "-m", "django", "rqworker"],
        a_queue_of_a_script=["sh", "-c", "python3 manage.py migrate && exec python3 manage.py qcluster"],
        a_worker=["celery", "-A", "mysite", "worker"],
    )
    def test_an_image_that_serves_nothing_needs_no_wsgi(self, command):
        for change in (None, "import flaskx\n"):
            with self.subTest(change):
                run = started(command, {"mysite/wsgi.py": change}, programs=["celery"])
                self.assertEqual([], run.failing())
                self.assertHas({"level": "INFO", "object": "mysite.wsgi"}, run.finding("start.crashed"))

    def test_a_script_that_goes_on_with_what_cannot_be_followed_may_serve(self):
        command = ["sh", "-c", "python3 manage.py migrate\nexec $SERVER"]
        run = started(command, {"mysite/wsgi.py": "import flaskx\n"})
        self.assertEqual([("start", "start.crashed")], run.failing())

    def test_a_fault_that_stops_a_system_check_too_is_reported_once(self):
        overlay = {
            "mysite/urls.py": prepend("import nowhere\n"),
            "mysite/wsgi.py": lambda text: text + "import mysite.urls\n",
        }
        self.assertEqual(["shipshape.check-crashed"], probe(Project(overlay), checks=["system", "start"]).failing_ids())
        self.assertEqual(["start.crashed"], probe(Project(overlay), checks=["start"]).failing_ids())
