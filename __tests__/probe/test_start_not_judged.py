"""What the check `start` could not judge: it is skipped then, not passed."""

import threading
import time

from harness import RunTest, TableTest, fake
from projects import prepend, temporary_folder
from shipshape_probe import process, start_fresh
from starts import GUNICORN, started


class NotJudged(RunTest):
    def test_a_module_that_waits_is_not_waited_for(self):
        overlay = {"mysite/wsgi.py": prepend("import time\ntime.sleep(300)\n")}
        run = started(GUNICORN, overlay, timeout=10)
        self.assertEqual({"start": "completed"}, run.statuses())
        self.assertRegex(
            run.check("start")["skipped"],
            r"^it is not known whether mysite.wsgi can be loaded: it was not done after [678] seconds \(raise `timeout`",
        )

    def test_no_crash_is_certain_whose_second_try_with_the_settings_is_not_done(self):
        text = "import os\nimport time\n\nif os.environ.get('DJANGO_SETTINGS_MODULE'):\n    time.sleep(300)\nos.environ['DJANGO_SETTINGS_MODULE']\n"
        run = started(GUNICORN, {"mysite/wsgi.py": text}, timeout=10)
        self.assertEqual([], run.failing())
        self.assertIn("it is not known whether mysite.wsgi can be loaded", run.check("start")["skipped"])

    def test_a_process_that_ends_by_itself_is_not_judged(self):
        overlay = {"mysite/wsgi.py": prepend("import os\nos._exit(3)\n")}
        run = started(GUNICORN, overlay)
        self.assertEqual([], run.failing())
        self.assertIn("its process ended by itself (3)", run.check("start")["skipped"])

    def test_what_the_start_may_not_need_is_a_note(self):
        run = started(["true"], {"mysite/asgi.py": "import os\n\nos._exit(3)\n"})
        self.assertEqual("", run.check("start")["skipped"])
        self.assertIn("whether mysite.asgi can be loaded", run.check("start")["notes"][0])

    def test_what_was_judged_is_not_skipped(self):
        self.assertEqual("", started(GUNICORN).check("start")["skipped"])


class FreshProcesses(TableTest):
    def test_no_more_run_at_a_time_than_there_are_processors(self):
        running, most, order, lock = set(), [0], [], threading.Lock()

        def load(application, context, folder, rounds):
            with lock:
                order.append(application)
                running.add(folder)
                most[0] = max(most[0], len(running))
            time.sleep(0.01)
            with lock:
                running.remove(folder)
            return start_fresh.Outcome(loaded=True)

        before = start_fresh.load, start_fresh.processors
        start_fresh.load, start_fresh.processors = load, lambda: 2
        try:
            names = ["app-%d" % number for number in range(12)]
            found = start_fresh.load_all(names, fake(folder=temporary_folder()))
        finally:
            start_fresh.load, start_fresh.processors = before
        self.assertEqual((set(names), 2, "app-0"), (set(found), most[0], order[0]))

    def test_none_is_started_when_no_time_is_left(self):
        outcome = start_fresh.load(None, fake(deadline=0), temporary_folder())
        self.assertIn("no time was left for it", outcome.unknown)

    def test_each_gets_its_share_of_the_time_that_the_check_has_left(self):
        limits = []

        def run(command, environment, folder, deadline):
            limits.append(round(deadline - time.monotonic()))
            return process.Ended(-9, True, b"")

        before = process.run, start_fresh.processors
        process.run, start_fresh.processors = run, lambda: 1
        try:
            party = fake(packages=())
            context = fake(folder=temporary_folder(), first_party=party, deadline=time.monotonic() + 600)
            found = start_fresh.load_all([Application(), Application(), Application()], context)
        finally:
            process.run, start_fresh.processors = before
        self.assertEqual([180, 270, 540], limits)
        self.assertRegex(list(found.values())[2].unknown, "not done after (539|540) seconds")


class Application:
    environment, folder = {}, "/"

    def task(self):
        return {"argv": []}
