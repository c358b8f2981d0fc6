"""Starts the fresh processes (fresh.py), several at a time, and reads what they found."""

import json
import os
import threading
import time

from shipshape_probe import journal, process

SECONDS = 30  # for one import; what takes longer waits for something that is not here


class Outcome:
    """How the import of an application ended: `loaded`, or a `crash` (start_crash.explain), or why that is not known."""

    def __init__(self, loaded=False, crash=None, unknown=""):
        self.loaded = loaded
        self.crash = crash
        self.unknown = unknown
        self.only_with = None  # the settings module with which it does load


def load_all(applications, context):
    """{application: Outcome}. Each one is loaded in a process of its own, as many at a time as there are processors."""
    found = {}
    before = len(os.listdir(context.folder))  # so that no folder of an earlier call is used again
    waiting = list(enumerate(applications))
    waiting.reverse()

    def load_waiting():
        while True:
            try:
                number, application = waiting.pop()  # the image's own comes first
            except IndexError:
                return
            try:
                folder = os.path.join(context.folder, "fresh-%d-%d" % (number, before))
                found[application] = load(application, context, folder)
            except Exception as error:
                found[application] = Outcome(unknown="%s: %s" % (type(error).__name__, error))

    threads = [threading.Thread(target=load_waiting) for _ in range(min(len(waiting), processors()))]
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


def load(application, context, folder):
    """Load one in a process, whose files are in this folder."""
    if time.monotonic() > context.deadline - 1:
        return Outcome(unknown="no time was left for it")
    os.makedirs(os.path.join(folder, "tmp"))
    task = {**application.task(), "packages": sorted(context.first_party.packages)}
    with open(os.path.join(folder, "task.json"), "w", encoding="utf-8") as file:
        json.dump(task, file)
    deadline = min(time.monotonic() + SECONDS, context.deadline - 1)
    environment = {"TMPDIR": os.path.join(folder, "tmp"), **application.environment}
    ended = process.run(process.probe("--fresh", folder), environment, application.folder, deadline)
    for event in journal.read(os.path.join(folder, "journal")):
        if event.get("loaded") is True:
            return Outcome(loaded=True)
        if isinstance(event.get("crash"), dict):
            return Outcome(crash=event["crash"])
    if ended.timeout:
        return Outcome(unknown="it was not done after %d seconds" % SECONDS)
    return Outcome(unknown="its process ended by itself (%s)" % ended.code)
