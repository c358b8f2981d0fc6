"""A server that cannot start: what the `system` check finds by loading its entry point."""

import faults
from harness import RunTest, has_network, probe, rows
from projects import Project


class Start(RunTest):
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
        a_wsgi_that_misses_a_variable=(
            faults.wsgi_reads_variable,
            {"file": "mysite/wsgi.py", "line": 9},
            "env: |\n  NEW_RELIC_KEY=…",
        ),
        an_asgi_where_there_is_no_wsgi=(
            faults.asgi_alone,
            {"file": "mysite/asgi.py", "line": 1},
            "channels is not installed",
        ),
    )
    def test_is_refused(self, overlay, place, hint):
        run = probe(Project(overlay), checks=["system"])
        self.assertIn("shipshape.start-crashed", run.failing_ids())
        found = run.finding("shipshape.start-crashed")
        self.assertHas({"level": "ERROR", **place}, found)
        self.assertIn(hint, found["hint"])

    def test_that_wants_a_database_is_information(self):
        run = probe(Project(faults.wsgi_wants_database), checks=["system"])
        self.assertEqual([], run.failing())
        self.assertHas({"level": "INFO", "file": "mysite/wsgi.py"}, run.finding("shipshape.start-crashed"))

    def test_a_module_of_the_server_itself_is_not_missed(self):
        run = probe(Project({"mysite/wsgi.py": lambda text: "import uwsgi\n" + text}), checks=["system"])
        self.assertEqual([], run.failing())
        self.assertIn("imports uwsgi", run.check("system")["notes"][0])

    def test_an_application_that_is_not_there_is_a_note(self):
        run = probe(Project({"mysite/wsgi.py": None}), checks=["system"])
        self.assertEqual([], run.failing())
        self.assertIn("there is no such module", run.check("system")["notes"][0])

    def test_a_service_that_cannot_be_reached_is_information(self):
        if has_network():
            self.skipTest("there is a network here")
        calls = "\nimport urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/', timeout=5)\n"
        run = probe(Project({"mysite/wsgi.py": lambda text: text + calls}), checks=["system"])
        self.assertEqual([], run.failing())
        self.assertEqual("INFO", run.finding("shipshape.start-crashed")["level"])
