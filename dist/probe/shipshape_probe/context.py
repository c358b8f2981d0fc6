"""What a check is given to work with, and where it says what is no finding."""

import os

from shipshape_probe.environment import FOR_CHILDREN


class Context:
    """What a check is given to work with."""

    def __init__(self, task, journal, first_party, reads):
        self.task = task  # what the process was started with, for one that starts others like it
        self.folder = task["folder"]  # its own, throwaway
        self.memory = task["memory"]  # a folder in memory that all checks share, or ""
        self.journal = journal
        self.first_party = first_party
        self.stand_ins = reads.supplied  # {variable: value} of those that we supplied
        self.user = {name: os.environ[name] for name in task["user"] if name in os.environ}  # of the workflow's `env`
        self.environment = production_environment(task)
        self.root = task["path"]  # of the project
        self.settings_module = None
        self.reads = reads
        self.deadline = task["deadline"]  # by time.monotonic()

    def note(self, sentence):
        """Write a sentence to the log that is not a finding."""
        self.journal.write(note=sentence)

    def skip(self, sentence):
        """Say what could not be judged, and why. The check has not passed then: it is skipped."""
        self.journal.write(skipped=sentence)

    def count(self, **numbers):
        self.journal.write(counts=numbers)

    def doing(self, what):
        """Write down what the check is doing, in case it hangs or its process ends."""
        self.journal.write(doing=what)


def production_environment(task):
    """The variables of the image and the workflow, and stand-ins, before the project or Django changes any."""
    return {**{name: value for name, value in os.environ.items() if name not in FOR_CHILDREN}, **task["given"]}
