"""Collects once more in a process of its own, with the settings and the variables of the call of collectstatic.

`RUN DJANGO_SETTINGS_MODULE=mysite.settings.build python manage.py collectstatic` has other settings than production, and a
variable on such a line may change what the settings are. This process has loaded them already. It takes a second, so it is
done only where collectstatic fails without it.
"""

import json
import os
import tempfile

from shipshape_probe import journal, process
from shipshape_probe.environment import FOR_CHILDREN

SETTINGS = "DJANGO_SETTINGS_MODULE"


class Again:
    """The run with a call's variables. findings, notes: of that run. completed: did it come to its end?"""

    def __init__(self, context, call):
        self.context = context
        self.call = call
        self.findings, self.notes = [], []
        self.completed = False

    def run(self):
        """Start the process and read what it has found."""
        folder = tempfile.mkdtemp(prefix="again-", dir=self.context.folder)
        os.mkdir(os.path.join(folder, "tmp"))
        with open(os.path.join(folder, "task.json"), "w", encoding="utf-8") as file:
            json.dump(self.task(folder), file)
        self.context.doing("collecting the static files again, with the variables of %s" % self.call.where)
        process.run(
            process.probe("--child", folder),
            self.environment(folder),
            os.environ.get("PWD") or os.getcwd(),
            self.context.deadline - 1,
        )
        fallback = None
        for event in journal.read(os.path.join(folder, "journal")):
            self.completed = self.completed or event.get("status") == "completed"
            fallback = event.get("fallback", fallback)
            if "finding" in event:
                self.findings.append(event["finding"])
            if "note" in event:
                self.notes.append(event["note"])
            for name in ("secrets", "public", "counts"):
                if name in event:
                    self.context.journal.write(**{name: event[name]})
        if fallback and not self.completed:
            self.completed = True
            self.findings.append(fallback)

    def task(self, folder):
        task, variables = self.context.task, self.call.variables
        end = self.context.deadline - 1.2
        return {
            **task,
            "check": "static",
            "folder": folder,
            "again": True,
            "settings": variables.get(SETTINGS) or task["settings"],
            "forks": [],
            "offers": {},
            "stand_ins": dict(self.context.stand_ins),
            "given": {**task["given"], **{name: variables[name] for name in FOR_CHILDREN if name in variables}},
            "deadline": end,
            "manage_deadline": end,
        }

    def environment(self, folder):
        kept = {name: os.environ[name] for name in FOR_CHILDREN if name in os.environ}
        temporary = os.path.join(folder, "tmp")
        given = {**self.context.stand_ins, **self.context.environment, **kept, "TMPDIR": temporary}
        return {**given, **self.call.variables}


def differing(call, context):
    """The variables of a call with which the settings may be others than those that are loaded here."""
    if context.task.get("again"):
        return {}
    reads = context.reads

    def may_matter(name, value):
        if name == SETTINGS:
            return value != context.settings_module
        is_used = name in ("DJANGO_CONFIGURATION", "PYTHONPATH") or name in reads.touched or not reads.is_complete
        return is_used and value != os.environ.get(name)

    return {name: value for name, value in call.variables.items() if may_matter(name, value)}


def set_others(call, context):
    """Set the variables that have not been read so far: a command, a finder or a storage may ask for them."""
    differ = differing(call, context)
    os.environ.update({name: value for name, value in call.variables.items() if name not in differ})
