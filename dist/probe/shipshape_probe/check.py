"""One check from its first attempt to its result.

An attempt is one child process. There are two reasons for another attempt. When manage.py does not reach Django
(because it waits for a database, for example), the next one goes without manage.py. When the settings crash on a
value that we supplied (a stand-in), the next one has fewer stand-ins. All attempts share the check's time limit.

The first check sets Django up for the others too (see child.py), and they wait for it. If it forked its process, each
of them takes over one of the forks as its attempt. If the set-up failed, and did not depend on which command runs,
they fail with the same error. In all other cases they make attempts of their own.
"""

import threading
import time

from shipshape_probe import missing_variables
from shipshape_probe.attempts import Attempt, Failed


class Check:
    """A check and, after run(), its result. `leader`: the check that sets Django up for this one."""

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
        self.following = []  # checks that wait for this one to set Django up
        self.decided = threading.Event()  # set when they need not wait any more
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
        except Exception as error:  # else it would be lost with the thread
            self.attempt = Failed(error)
            self.dismiss()
        self.settle()
        self.seconds = time.monotonic() - started

    def run_attempts(self, deadline):
        first_crash = None
        for names in distinct(self.environment.attempts()):
            if first_crash and not lost(first_crash.stand_ins, names) & set(first_crash.reads):
                continue  # the settings have read none of the variables that would be left out
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
        """The note on an attempt that has fewer stand-ins than the one that crashed."""
        if not crash:
            return []
        return [
            "The settings crashed on a value that shipshape supplied (%s). They were checked without these variables: %s."
            % (crash.error.get("message", ""), ", ".join(sorted(lost(crash.stand_ins, names))))
        ]

    def name_missing_variables(self, deadline):
        """Settings that miss several variables crash on the first one. Find the others."""
        crash = self.attempt

        def try_values(values):
            attempt = Attempt(self, crash.stand_ins, crash.manage, made_up=values)
            attempt.run(deadline)
            return attempt

        names = missing_variables.find(crash, try_values, deadline)
        if names:
            crash.error["variables"] = names

    # One set-up for several checks

    def follow(self, deadline):
        """Use the leader's set-up. Returns False if there is none to use."""
        self.leader.decided.wait(max(deadline - time.monotonic(), 0))
        attempt, self.attempt = self.attempt, None
        if attempt is None:
            return False
        if attempt.ended is None:
            attempt.watch(deadline)
            if attempt.status == "exited" and attempt.ended.code < 0:
                return False  # perhaps a library that does not survive a fork
        self.attempt = attempt
        return True

    def share(self, attempts):
        """Give each waiting check its attempt: a fork of our process."""
        for check, attempt in zip(self.following, attempts):
            check.attempt = attempt
        self.dismiss()

    def dismiss(self):
        """Let the waiting checks go on, with the attempt that they were given or with their own."""
        self.following = []
        self.decided.set()

    def settle(self):
        """The checks that still wait get our attempt: theirs would have ended in the same way."""
        self.share([self.attempt] * len(self.following))

    def run_one(self, stand_ins, deadline, notes):
        """One attempt with manage.py, and another without it if that one did not reach Django."""
        attempt = self.start(stand_ins, deadline, self.manage, notes)
        if attempt.status != "manage":
            return attempt
        if attempt.ended.timeout:
            self.manage = None  # so that no other attempt waits for it
        return self.start(stand_ins, deadline, None, notes + [attempt.why_not_manage()])

    def start(self, stand_ins, deadline, manage, notes):
        attempt = Attempt(self, stand_ins, manage, notes)
        attempt.run(deadline)
        return attempt


def distinct(sequence):
    return list(dict.fromkeys(sequence))


def lost(before, after):
    return set(before) - set(after)
