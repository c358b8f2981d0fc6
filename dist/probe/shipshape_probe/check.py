"""One check from its first attempt to its result.

An attempt is one child process. There are two reasons for another attempt. When manage.py does not reach Django
(because it waits for a database, for example), the next one goes without manage.py. When the settings cannot do
without a value that we can supply (a stand-in), the next one has it. All attempts share the check's time limit.

The first check sets Django up for the others too (see child.py), and they wait for it. If it forked its process, each
of them takes over one of the forks as its attempt. If the set-up failed, and did not depend on which command runs,
they fail with the same error. In all other cases they make attempts of their own.
"""

import functools
import threading
import time

from shipshape_probe import missing_variables, without_production
from shipshape_probe.attempts import Attempt, Failed
from shipshape_probe.stand_ins import MOST_LOADS, StandIns


class Check:
    """A check and, after run(), its result. `leader`: the check that sets Django up for this one."""

    def __init__(self, name, project, environment, timeout, leader=None):
        self.name = name
        self.project = project
        self.environment = environment
        self.timeout = timeout
        self.notes = []
        self.manage = project.manage
        self.left_out = []  # why manage.py was left out for good: [a sentence]
        self.attempt = None
        self.stand_ins = StandIns(environment)
        self.loads = 0  # of the settings, of which there are MOST_LOADS at most
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
            self.judge_production(deadline)
            if not self.leader and self.attempt.status == "settings":
                self.name_missing_variables(deadline)
        except Exception as error:  # else it would be lost with the thread
            self.attempt = Failed(error)
            self.dismiss()
        self.settle()
        self.seconds = time.monotonic() - started

    def run_attempts(self, deadline):
        if self.leader:
            self.stand_ins = self.leader.stand_ins.copy()  # what it has learnt holds here too
        self.attempt = self.load(self.stand_ins, deadline)

    def load(self, stand_ins, deadline):
        """Load the settings, again and again, until they have the stand-ins that they need. Returns the last attempt."""
        while True:
            attempt = self.run_one(stand_ins, deadline)
            if attempt.status not in ("settings", "empty"):
                return attempt
            if self.loads >= MOST_LOADS - 1 or time.monotonic() > deadline or not stand_ins.learn(attempt):
                break
        if attempt.status == "empty":
            stand_ins.offers.clear()  # then it goes on as it is
            return self.run_one(stand_ins, deadline)
        return stand_ins.crash or attempt

    def judge_production(self, deadline):
        """Find out what depends on our DJANGO_ENV, with another load if need be."""
        other = None
        if self.loads < MOST_LOADS - 1 and without_production.may_decide(self.attempt, not self.leader):
            self.dismiss()  # the other load is this check's alone
            known = self.stand_ins if self.loads else self.leader.stand_ins
            other = self.load(known.without_production(), deadline)
        without_production.settle(self.attempt, other)

    def name_missing_variables(self, deadline):
        """Settings that miss several variables crash on the first one. Find the others."""
        crash, error = self.attempt, self.attempt.error

        def try_values(values):
            enough = self.loads >= MOST_LOADS
            return None if enough else self.start(self.stand_ins, deadline, crash.manage, made_up=values)

        if error.get("variables"):
            ours = {**self.stand_ins.values, **self.stand_ins.offers}
            unfinished = functools.partial(error.update, more=True)
            found = missing_variables.find(crash, try_values, deadline, ours, unfinished)
            error["variables"] = found or error["variables"]

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

    def run_one(self, stand_ins, deadline):
        """One attempt with manage.py, and another without it if that one did not reach Django."""
        attempt = self.start(stand_ins, deadline, self.manage, stand_ins.notes + self.left_out)
        if attempt.status != "manage":
            return attempt
        why = [attempt.why_not_manage()]
        if attempt.ended.timeout:
            self.manage, self.left_out = None, why  # so that no other attempt waits for it
        return self.start(stand_ins, deadline, None, stand_ins.notes + why)

    def start(self, stand_ins, deadline, manage, notes=(), made_up=None):
        self.loads += 1
        attempt = Attempt(self, stand_ins, manage, notes, made_up=made_up)
        attempt.run(deadline)
        return attempt
