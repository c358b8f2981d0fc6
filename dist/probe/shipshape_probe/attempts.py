"""One attempt of a check: a child process, what it is asked, and what it left."""

import json
import os
import re
import signal
import tempfile
import time

from shipshape_probe import journal, paths, process
from shipshape_probe.environment import FOR_CHILDREN
from shipshape_probe.project import current_directory

MANAGE_SECONDS = 20  # in which manage.py reaches Django, with the usual time limit
OUTPUT_LINES, OUTPUT_BYTES = 40, 8000
# What the journal says of these is final each time.
FIELDS = (
    "facts", "suppliers", "origins", "settings", "doing", "phase", "status", "error", "is_complete", "unset", "unread",
    "wanted", "in_vain", "fallback", "knows_production", "names_another",
)  # fmt: skip
NOT_TEXT = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")  # colours and the like


class Outcome:
    """What an attempt can leave behind. All of it may be missing."""

    is_complete = True  # is it known which variables were read?
    knows_production = True  # do the settings know the value of our DJANGO_ENV? (without_production.py)
    names_another = False  # do they have another name for production?
    status = error = settings = doing = phase = ended = None
    fallback = None  # the finding that counts if the check ends while it looks for better ones

    def __init__(self):
        self.findings, self.notes, self.skipped, self.secrets, self.public = [], [], [], [], []
        self.counts, self.reads, self.facts, self.suppliers, self.origins = {}, {}, {}, {}, {}
        self.without = {}  # {setting: its value without DJANGO_ENV} where that differs; see without_production.py
        self.stand_ins = {}  # {name: value} of those that were supplied
        self.unset, self.unread, self.wanted, self.in_vain = [], [], [], []  # names of variables; see child.py

    def output(self):
        return ""


class Attempt(Outcome):
    """One child process and what it left behind."""

    def __init__(self, check, stand_ins, manage, notes=(), first=None, made_up=None):
        """`stand_ins`: the StandIns for this load. `made_up`: variables to try out; it ends when Django is set up."""
        super().__init__()
        self.check = check
        self.stand_ins = dict(stand_ins.values)
        self.offers = dict(stand_ins.offers)
        self.manage = manage
        self.notes.extend(notes)
        os.makedirs(paths.WORK, exist_ok=True)
        self.folder = tempfile.mkdtemp(prefix=check.name + "-", dir=paths.WORK)
        os.mkdir(os.path.join(self.folder, "tmp"))
        self.marker = ""
        self.first = first  # the attempt whose process this one is forked from
        self.made_up = made_up
        following = check.following if made_up is None else []
        self.forks = [Attempt(each, stand_ins, manage, notes, first=self) for each in following]

    def run(self, deadline):
        """Start the process and wait until it ends."""
        check = self.check
        manage_deadline = time.monotonic() + seconds_for_manage(check.timeout)
        environment = self.environment()
        if self.forks:
            self.marker = "\x00%s\x00" % os.urandom(16).hex()
            for fork in self.forks:
                os.mkfifo(os.path.join(fork.folder, "output"))
        with open(os.path.join(self.folder, "task.json"), "w", encoding="utf-8") as file:
            json.dump(self.task(deadline, manage_deadline), file)

        def is_overdue():
            if check.following:
                self.look_for_forks()
            return bool(self.manage) and time.monotonic() > manage_deadline and self.is_in_manage()

        self.ended = process.run(
            process.probe("--child", self.folder),
            environment,
            changed_directory(check.project),
            deadline,
            is_overdue,
        )
        self.read_journal()
        self.look_for_forks()

    def look_for_forks(self):
        """Let the waiting checks go on as soon as it is decided whether they share this process."""
        events = self.events()
        # Before the settings are loaded, what they need is not known yet, and each check would have to find out.
        goes_on = self.status != "empty" if self.ended else any(event.get("phase") == "apps" for event in events)
        for event in events:
            if "shared" in event:
                self.check.share(self.forks)
            elif "alone" in event and goes_on:
                self.check.dismiss()

    def watch(self, deadline):
        """Wait for the end of a forked process. It may not have started yet, or have ended already."""
        pipe = os.open(os.path.join(self.folder, "output"), os.O_RDONLY | os.O_NONBLOCK)
        try:
            fork = process.Fork(self.folder, deadline)
            self.ended = process.watch(fork, pipe, deadline)
        finally:
            os.close(pipe)
        self.read_journal()

    def environment(self):
        project = self.check.project
        environment = self.check.environment.values(self.stand_ins)
        environment.update(self.made_up or {})
        environment["TMPDIR"] = os.path.join(self.folder, "tmp")
        environment["PWD"] = working_directory(project)
        if project.settings:
            environment["DJANGO_SETTINGS_MODULE"] = project.settings
        if project.configuration:
            environment["DJANGO_CONFIGURATION"] = project.configuration
        return environment

    def task(self, deadline, manage_deadline):
        check, project = self.check, self.check.project
        return {
            "check": check.name,
            "folder": self.folder,
            "memory": paths.memory(),
            "manage": self.manage,
            "program": os.path.relpath(project.manage, working_directory(project)) if project.manage else "manage.py",
            "path": project.root,
            "settings": project.settings,
            "forks": [
                {"check": each.check.name, "folder": each.folder, "deadline": deadline - 0.2} for each in self.forks
            ],
            "marker": self.marker,
            "only_set_up": self.made_up is not None,
            "stand_ins": self.stand_ins,
            "offers": self.offers,
            "user": list(check.environment.user),
            "given": {name: value for name, value in check.environment.of_production().items() if name in FOR_CHILDREN},
            "packages": [project.settings.split(".")[0]] if project.settings else [],
            # A little before we end it, so that Python can write the stack down.
            "deadline": deadline - 0.2,
            "manage_deadline": min(deadline, manage_deadline) - 0.2,
        }

    def is_in_manage(self):
        phases = [event["phase"] for event in self.events() if "phase" in event]
        return not phases or phases[-1] == "manage"

    def events(self):
        return journal.read(os.path.join(self.folder, "journal"))

    def read_journal(self):
        for event in self.events():
            if "finding" in event:
                self.findings.append(event["finding"])
            if "note" in event:
                self.notes.append(str(event["note"]))
            if "skipped" in event:
                self.skipped.append(str(event["skipped"]))
            self.counts.update(event.get("counts", {}))
            self.reads.update(event.get("reads", {}))
            self.secrets.extend(event.get("secrets", []))
            self.public.extend(event.get("public", []))
            self.stand_ins.update(event.get("supplied", {}))
            for name in FIELDS:
                if name in event:
                    setattr(self, name, event[name])
        if self.status is None and self.fallback:
            self.status = "completed"
            self.findings.append(self.fallback)
            self.notes.append("There may be more to find: the check ended while it was %s." % self.doing)
        if self.status is None:
            self.status = "timeout" if self.ended.timeout else "exited"
            if self.phase in (None, "manage") and self.manage:
                self.status = "manage"
            self.error = self.unfinished()

    def unfinished(self):
        """The error of a child that ended before it was done."""
        doing = {"settings": "loading the settings", "apps": "loading the apps", "manage": "in manage.py"}
        where = self.doing if self.phase == "check" and self.doing else doing.get(self.phase, "starting")
        file, line = self.stack_place()
        if self.ended.timeout:
            found = {"kind": "timeout", "type": "Timeout", "message": "Not finished in time. It was %s." % where}
        else:
            found = {"kind": "exited", "type": "Exit", "message": "%s. It was %s." % (self.how_it_ended(), where)}
            found["code"] = self.ended.code
        if file:
            found.update(file=file, line=line)
        return found

    def how_it_ended(self):
        code = self.ended.code
        if code >= 0:
            return "The process ended itself with exit code %d" % code
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = "signal %d" % -code
        hint = " (out of memory?)" if -code == signal.SIGKILL else ""
        return "The process was ended by %s%s" % (name, hint)

    def stack_place(self):
        """Where in the project it was, from what Python's faulthandler wrote down."""
        from shipshape_probe.first_party import FirstParty

        project = self.check.project
        owner = FirstParty([project.settings.split(".")[0]] if project.settings else [])
        try:
            with open(os.path.join(self.folder, "stack"), encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            return None, None
        # After a signal the thread that got it comes first. Else the main thread comes last. The innermost call comes first.
        start = text.rfind("Current thread 0x")
        if start < 0:
            start = max(text.rfind("Thread 0x"), 0)
        for path, line in re.findall(r'File "(.+?)", line (\d+)', text[start:].split("\n\n")[0]):
            if owner.owns(path):
                return path, int(line)
        return None, None

    def why_not_manage(self):
        error = self.error or {}
        where = " (%s, line %s)" % (error["file"], error.get("line")) if error.get("file") else ""
        if error.get("kind") == "timeout":
            seconds = seconds_for_manage(self.check.timeout)
            reason = "did not reach Django in time: it has %d seconds, more with a longer `timeout`" % seconds
        elif error:
            reason = "ended before it reached Django: %s: %s" % (error.get("type"), error.get("message"))
        else:
            reason = "does not call Django's command line"
        return "%s %s%s. It was left out: the settings module was loaded alone." % (self.manage, reason, where)

    def printed(self):
        """What it printed before the other checks were forked off, and after."""
        text = self.ended.output.decode("utf-8", "replace")
        if self.marker and self.marker in text:
            before, _, after = text.partition(self.marker)
            return before, after
        return "", text

    def output(self):
        before, after = self.printed()
        if self.first and self.first.ended:
            before, _ = self.first.printed()
        text = NOT_TEXT.sub("", before + after)
        lines = text.splitlines()[-OUTPUT_LINES:]
        return "\n".join(lines).encode()[-OUTPUT_BYTES:].decode("utf-8", "ignore")


def seconds_for_manage(timeout):
    """How long manage.py may take until it calls Django's command line. timeout: of the check."""
    return max(min(MANAGE_SECONDS, timeout / 3), timeout / 15)


class Failed(Outcome):
    """Takes the place of an attempt when the probe itself failed."""

    def __init__(self, error):
        super().__init__()
        self.status = "crashed"
        self.error = {"kind": "probe", "type": type(error).__name__, "message": str(error)}


def changed_directory(project):
    """The folder to change to, None to stay. We may not be allowed to enter the image's WORKDIR again."""
    folder = working_directory(project)
    return None if folder == current_directory() else folder


def working_directory(project):
    """The image's WORKDIR if the project is in it or is an installed program, else the project's own folder."""
    current = current_directory()
    if project.installed:
        return current
    place = os.path.dirname(project.manage) if project.manage else project.root
    if current != "/" and (place + "/").startswith(current + "/"):
        return current
    return place
