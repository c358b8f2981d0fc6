"""Child processes, and the journal in which they write what they found."""

import os
import time

from harness import TableTest
from projects import temporary_folder, written
from shipshape_probe import journal, process


def is_running(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class ProcessTest(TableTest):
    def run_shell(self, text, seconds=10, **options):
        return process.run(["/bin/sh", "-c", text], {"PATH": os.defpath}, None, time.monotonic() + seconds, **options)

    def test_gives_code_and_output(self):
        ended = self.run_shell("echo out; echo err >&2; exit 3")
        self.assertEqual((3, False, b"out\nerr\n"), (ended.code, ended.timeout, ended.output))

    def test_keeps_the_end_of_a_long_output(self):
        ended = self.run_shell("head -c 1000000 /dev/zero | tr '\\0' x; echo end")
        self.assertLessEqual(len(ended.output), process.TAIL_BYTES)
        self.assertTrue(ended.output.endswith(b"xend\n"))

    def test_ends_at_its_deadline(self):
        ended = self.run_shell("sleep 60", 0.3)
        self.assertTrue(ended.timeout)
        self.assertLess(ended.code, 0)

    def test_ends_when_it_is_overdue(self):
        self.assertTrue(self.run_shell("sleep 60", overdue=lambda: True).timeout)

    def test_ends_what_it_left_running(self):
        path = os.path.join(temporary_folder(), "pid")
        started = time.monotonic()
        self.run_shell("sleep 60 & echo $! >%s" % path)
        self.assertLess(time.monotonic() - started, 30)
        with open(path, encoding="ascii") as file:
            pid = int(file.read())
        end = time.monotonic() + 10
        while is_running(pid) and time.monotonic() < end:
            time.sleep(0.01)
        self.assertFalse(is_running(pid))


class JournalTest(TableTest):
    def setUp(self):
        self.path = os.path.join(temporary_folder(), "journal")

    def test_gives_what_was_written(self):
        writer = journal.Journal(self.path)
        writer.write(phase="settings")
        writer.write(note="déjà\nvu", odd=object)
        self.assertEqual(["settings", None], [event.get("phase") for event in journal.read(self.path)])
        self.assertEqual("déjà\nvu", journal.read(self.path)[1]["note"])

    def test_leaves_out_what_is_no_event(self):
        written('{"phase": "apps"}\n[1]\nnot json\n{"phase": "che', "journal", os.path.dirname(self.path))
        self.assertEqual([{"phase": "apps"}], journal.read(self.path))

    def test_is_empty_before_the_first_event(self):
        self.assertEqual([], journal.read(self.path))

    def test_a_copy_of_the_process_does_not_go_on(self):
        writer = journal.Journal(self.path)
        child = os.fork()
        if not child:
            writer.write(phase="check")
            os._exit(9)
        self.assertEqual(0, os.waitpid(child, 0)[1])
        self.assertEqual([], journal.read(self.path))
