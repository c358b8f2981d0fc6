"""Starts the fresh processes (fresh.py), several at a time, and reads what they found."""

import json
import os
import threading
import time

from shipshape_probe import journal, process

MOST = 0.9  # of the time that the check has left: what comes after the imports needs the rest


class Outcome:
    """How the import of an application ended: `loaded`, or a `crash` (start_crash.explain), or why that is not known."""

    def __init__(self, loaded=False, crash=None, unknown=""):
        self.loaded = loaded
        self.crash = crash
        self.unknown = unknown
        self.only_with = None  # the settings module with which it does load
        self.instead = None  # the same, where the container is known to start with another one


def load_all(applications, context):
    """{application: Outcome}. Each one is loaded in a process of its own, as many at a time as there are processors."""
    found = {}
    before = len(os.listdir(context.folder))  # so that no folder of an earlier call is used again
    waiting = list(enumerate(applications))
    waiting.reverse()
    at_a_time = min(len(waiting), processors())

    def load_waiting():
        while True:
            try:
                number, application = waiting.pop()  # the image's own comes first
            except IndexError:
                return
            rounds = 1 + -(-len(waiting) // at_a_time)  # this one, and those that wait for it
            try:
                folder = os.path.join(context.folder, "fresh-%d-%d" % (number, before))
                found[application] = load(application, context, folder, rounds)
            except Exception as error:
                found[application] = Outcome(unknown="%s: %s" % (type(error).__name__, error))

    threads = [threading.Thread(target=load_waiting) for _ in range(at_a_time)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def processors():
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count() or 1


def load(application, context, folder, rounds=1):
    """Load one in a process, whose files are in this folder. It gets its share of the time that is left for `rounds`."""
    left = context.deadline - time.monotonic()
    if left < 1:
        return Outcome(unknown="no time was left for it (raise `timeout`)")
    os.makedirs(os.path.join(folder, "tmp"))
    task = {**application.task(), "packages": sorted(context.first_party.packages)}
    with open(os.path.join(folder, "task.json"), "w", encoding="utf-8") as file:
        json.dump(task, file)
    seconds = left * MOST / rounds
    environment = {"TMPDIR": os.path.join(folder, "tmp"), **application.environment}
    ended = process.run(process.probe("--fresh", folder), environment, application.folder, time.monotonic() + seconds)
    for event in journal.read(os.path.join(folder, "journal")):
        if event.get("loaded") is True:
            return Outcome(loaded=True)
        if isinstance(event.get("crash"), dict):
            return Outcome(crash=event["crash"])
    if ended.timeout:
        return Outcome(
            unknown="it was not done after %d seconds (raise `timeout`, or see what the import waits for)" % seconds
        )
    return Outcome(unknown="its process ended by itself (%s)" % ended.code)
