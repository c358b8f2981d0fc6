"""One set-up of Django for all checks, and checks that come to no answer."""

import faults
from harness import ALL, RunTest, probe, rows
from projects import Project

HANGS = 12  # seconds, in which the other checks are done on a busy machine too
COMPLETED = dict.fromkeys(ALL, "completed")


class OneSetUp(RunTest):
    def test_imports_the_settings_once(self):
        run = probe(Project(faults.counts_its_settings(1)))
        self.assertEqual("imported 1 times", run.finding("shop.W001")["message"])

    def test_is_shared_with_checks_whose_processes_begin_when_it_has_ended(self):
        slow = "import os, time\nos.register_at_fork(after_in_child=lambda: time.sleep(3))"
        run = probe(Project(faults.in_settings(slow)))
        self.assertEqual(COMPLETED, run.statuses())
        self.assertEqual([], run.failing())

    def test_is_not_shared_where_settings_ask_which_command_runs(self):
        run = probe(Project(faults.settings_sniff))
        self.assertEqual(["security.W018", "static.root-unset"], sorted(run.failing_ids()))

    @rows(
        has_started_a_thread="import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        has_opened_a_connection="import socket\nPAIR = socket.socketpair()",
        has_started_a_process="import subprocess\nPROCESS = subprocess.Popen(['sleep', '20'])",
    )
    def test_is_not_shared_where_it(self, more):
        run = probe(Project(faults.counts_its_settings(3, more)))
        self.assertEqual("imported 3 times", run.finding("shop.W001")["message"])

    @rows(
        crashes=("raise RuntimeError('the finder is broken')", "completed"),
        is_killed=("import os; os.kill(os.getpid(), 9)", "exited"),
        hangs=("import time; time.sleep(3600)", "timeout"),
        exits=("import os; os._exit(0)", "exited"),
    )
    def test_leaves_the_others_alone_when_one_check(self, body, status):
        run = probe(Project(faults.finder_that(body)), timeout=HANGS if status == "timeout" else 60)
        self.assertEqual({**COMPLETED, "static": status}, run.statuses())
        found = run.finding("static.failed") if status == "completed" else run.error("static")
        self.assertEqual("shop/finder.py", run.relative(found.get("file", "shop/finder.py")))


class OneCheckWithoutAnswer(RunTest):
    @rows(
        crashes=("raise RuntimeError('the check is broken')", "completed"),
        hangs=("import time; time.sleep(3600)", "timeout"),
        exits=("import os; os._exit(3)", "exited"),
    )
    def test_takes_no_other_with_it_when_it(self, body, status):
        project = Project(faults.own_check(body, tags=", Tags.models"), faults.missing_png)
        run = probe(project, timeout=HANGS if status == "timeout" else 60)
        self.assertEqual({**COMPLETED, "system": status}, run.statuses())
        self.assertIn("static.missing-reference", run.failing_ids())
        if status == "completed":
            found = run.finding("shipshape.check-crashed")
            self.assertHas({"object": "shop.apps.own", "file": "shop/apps.py"}, found)
        else:
            self.assertIn("running the check shop.apps.own", run.error()["message"])

    def test_keeps_what_it_found_before_it_died(self):
        body = 'yield Error("first", id="shop.E001")\nimport os; os._exit(3)'
        run = probe(Project(faults.own_check(body), faults.debug_on), checks=["system"])
        self.assertEqual({"system": "exited"}, run.statuses())
        self.assertEqual(3, run.error()["code"])
