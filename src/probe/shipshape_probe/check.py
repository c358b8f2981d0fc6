"""One check from its first attempt to its result.

An attempt is one child process. There is a second one when manage.py does not come to Django (it
waits for a database, say): then without manage.py; and when the settings crash on a stand-in of
ours: then with fewer stand-ins. All attempts share the time limit of the check.

The first check sets Django up for the others too (see child.py). They follow it: where it left twins
of its process, each of those is the attempt of one of them; where it failed before any question of
which command runs, they fail with it; else they make their own attempts, from the start.
"""

import threading
import time

from shipshape_probe import missing_variables
from shipshape_probe.attempts import Attempt, Failed


class Check:
    """A check and, after run(), what came of it. `leader`: the check that sets up for this one."""

    def __init__(self, name, project, environment, timeout, leader=None):
        self.name = name
        self.project = project
        self.environment = environment
        self.timeout = timeout
        self.notes = []
        self.manage = project.manage
        self.attempt = None
        self.seconds = 0.0
        self.leader = leader
        self.following = []  # checks that wait for this one's set-up
        self.decided = threading.Event()  # and whether they still do
        if leader:
            leader.following.append(self)

    def run(self):
        started = time.monotonic()
        deadline = started + self.timeout
        try:
            if not (self.leader and self.follow(deadline)):
                self.run_attempts(deadline)
            if not self.leader and self.attempt.status == "settings":
                self.name_missing_variables(deadline)
        except Exception as error:  # a thread's exception would be lost
            self.attempt = Failed(error)
            self.dismiss()
        self.settle()
        self.seconds = time.monotonic() - started

    def run_attempts(self, deadline):
        first_crash = None
        for names in distinct(self.environment.attempts()):
            if first_crash and not lost(first_crash.stand_ins, names) & set(first_crash.reads):
                continue  # nothing that it read would change
            attempt = self.run_one(names, deadline, self.note_on(first_crash, names))
            if attempt.status == "settings" and time.monotonic() < deadline:
                first_crash = first_crash or attempt
                continue
            if attempt.status == "settings" and first_crash:
                break
            self.attempt = attempt
            return
        self.attempt = first_crash

    def note_on(self, crash, names):
        """What to say of an attempt with fewer stand-ins than the one that crashed."""
        if not crash:
            return []
        return [
            "The settings crashed on a value that shipshape supplied (%s); checked without: %s."
            % (crash.error.get("message", ""), ", ".join(sorted(lost(crash.stand_ins, names))))
        ]

    def name_missing_variables(self, deadline):
        """Settings that miss several tell of one only: find the others."""
        crash = self.attempt

        def rehearse(values):
            attempt = Attempt(self, crash.stand_ins, crash.manage, made_up=values)
            attempt.run(deadline)
            return attempt

        names = missing_variables.find(crash, rehearse, deadline)
        if names:
            crash.error["variables"] = names

    # One set-up for several checks

    def follow(self, deadline):
        """Take part in the leader's set-up. False if there is nothing to take part in."""
        self.leader.decided.wait(max(deadline - time.monotonic(), 0))
        attempt, self.attempt = self.attempt, None
        if attempt is None:
            return False
        if attempt.ended is None:
            attempt.watch(deadline)
            if attempt.status == "exited" and attempt.ended.code < 0:
                return False  # a library that cannot bear to be copied, perhaps
        self.attempt = attempt
        return True

    def share(self, attempts):
        """Give each following check the attempt that is its twin of ours."""
        for check, attempt in zip(self.following, attempts):
            check.attempt = attempt
        self.dismiss()

    def dismiss(self):
        """Let them go on: with what they have been given, or else on their own."""
        self.following = []
        self.decided.set()

    def settle(self):
        """Those that still wait would have failed as we did."""
        self.share([self.attempt] * len(self.following))

    def run_one(self, stand_ins, deadline, notes):
        """One attempt with manage.py, and another without if that does not come to Django."""
        attempt = self.start(stand_ins, deadline, self.manage, notes)
        if attempt.status != "manage":
            return attempt
        if attempt.ended.timeout:
            self.manage = None  # do not wait for it again
        return self.start(stand_ins, deadline, None, notes + [attempt.why_not_manage()])

    def start(self, stand_ins, deadline, manage, notes):
        attempt = Attempt(self, stand_ins, manage, notes)
        attempt.run(deadline)
        return attempt


def distinct(sequence):
    return list(dict.fromkeys(sequence))


def lost(before, after):
    return set(before) - set(after)
