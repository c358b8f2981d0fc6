"""One check, in a process of its own: becomes the management command, then runs the check instead.

manage.py is run as `__main__`, with the argv of the real command, so that whatever it does first
(load an .env file, extend sys.path, install django-configurations) happens. Where it would hand
over to Django's command line, the check takes the command's place and the process ends.

Once Django is set up, the process may leave twins of itself for the other checks (forks.py): if
nothing of the set-up asked for the command, and if it can be copied safely.
"""

import faulthandler
import gc
import importlib
import json
import os
import sys

from shipshape_probe import forks
from shipshape_probe.argv import Argv
from shipshape_probe.first_party import FirstParty
from shipshape_probe.journal import Journal
from shipshape_probe.manage_py import run_as_main, when_imported
from shipshape_probe.reads import Reads, declared_by_pydantic
from shipshape_probe.stack import Watch

SETTINGS = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"
MOST_FINDINGS = 20000  # written down; the report merges equal ones and keeps fewer


class Context:
    """What a check gets to work with."""

    def __init__(self, task, journal, first_party, reads):
        self.folder = task["folder"]  # its own, throwaway
        self.memory = task["memory"]  # one in memory, of all checks, or ""
        self.journal = journal
        self.first_party = first_party
        self.stand_ins = task["stand_ins"]  # {variable: value} that we supplied
        self.settings_module = None
        self.reads = reads

    def note(self, sentence):
        """Say something in the log that is no finding."""
        self.journal.write(note=sentence)

    def count(self, **numbers):
        self.journal.write(counts=numbers)

    def doing(self, what):
        """Say what it is at, for the case that it never comes back."""
        self.journal.write(doing=what)


class Child:
    def __init__(self, task):
        self.task = task
        self.journal = Journal(os.path.join(task["folder"], "journal"))
        self.first_party = FirstParty(task["packages"])
        self.reads = Reads(self.first_party)
        self.context = Context(task, self.journal, self.first_party, self.reads)
        self.twins = {each["folder"]: each for each in task["twins"]}
        self.output = forks.output_identity()

    def run(self):
        be_quick()
        self.check = load(self.task["check"])
        sys.argv = self.argv()
        sys.path.insert(0, self.task["path"])
        self.watch = Watch(self.task["folder"])
        self.watch.expect_end(self.task["manage_deadline" if self.task["manage"] else "deadline"])
        self.reads.install()
        if self.task["manage"]:
            self.run_manage()
        else:
            self.take_the_commands_place()

    def argv(self):
        command = self.command(self.check)
        if not self.twins:
            return command
        others = [self.command(load(each["check"])) for each in self.twins.values()]
        return Argv([command, *others], self.stay_alone)

    def command(self, check):
        return [self.task["program"], *check.ARGV]

    def stay_alone(self, reason):
        """Leave no twins; the parent starts the other checks' own processes when it reads this."""
        if self.twins and os.getpid() == self.journal.pid:  # not a process that the project forked
            self.twins = {}
            self.journal.write(alone=reason)

    def run_manage(self):
        """Run manage.py up to the point where it calls Django's command line."""
        self.journal.write(phase="manage")
        when_imported("django.core.management", self.replace_command_line)
        try:
            run_as_main(self.task["manage"])
            self.journal.write(status="manage")
        except BaseException as error:
            self.journal.write(status="manage", error=self.describe(error))
        end()

    def replace_command_line(self, management):
        take = self.take_the_commands_place
        management.execute_from_command_line = lambda argv=None: take()
        management.ManagementUtility.execute = lambda utility: take()

    def take_the_commands_place(self):
        self.watch.expect_end(self.task["deadline"])
        try:
            self.load_settings()
            self.report_reads()
            self.journal.write(phase="apps")
            import django

            django.setup()
        except BaseException as error:
            from shipshape_probe import secret_values

            self.report_reads()
            self.journal.write(secrets=secret_values.secrets_of_traceback(error))
            self.journal.write(status="settings", error=self.describe(error, self.reads))
            end()
        if self.task["rehearsal"]:
            self.journal.write(status="completed")
            end()
        self.report_reads()
        self.journal.write(phase="check")
        try:
            from django.utils import translation

            translation.deactivate_all()
            facts = self.facts()
            self.leave_twins()
            self.journal.write(**facts)
            self.report_reads()
            for number, finding in enumerate(self.check.run(self.context)):
                if number < MOST_FINDINGS:
                    self.journal.write(finding=finding)
        except BaseException as error:
            self.report_reads()
            self.journal.write(status="crashed", error=self.describe(error))
            end()
        self.report_reads()
        self.journal.write(status="completed")
        end()

    def load_settings(self):
        self.journal.write(phase="settings")
        wanted, runs = self.task["settings"], os.environ.get(SETTINGS)
        from django.conf import settings

        if wanted and runs != wanted and not settings.configured:
            # manage.py insists on another one; what was asked for wins.
            os.environ[SETTINGS] = wanted
        if not os.environ.get(SETTINGS) and not settings.configured:
            self.journal.write(status="no-settings")
            end()
        if not self.task["manage"] and os.environ.get(CONFIGURATION):
            from configurations import importer

            importer.install()
        _ = settings.INSTALLED_APPS  # loads the module
        self.context.settings_module = getattr(settings, "SETTINGS_MODULE", None)
        self.journal.write(settings=self.context.settings_module)

    def facts(self):
        """What there is to tell of the project, whichever check runs."""
        from shipshape_probe import facts, secret_values

        self.first_party.add(facts.project_packages(self.context.settings_module))
        return {
            "settings": self.context.settings_module,
            "facts": facts.collect(),
            "secrets": secret_values.secrets_of_settings(),
            "public": facts.app_names(),
        }

    def leave_twins(self):
        """From here on, each check has a process of its own, of which this is one."""
        if not self.twins:
            return
        faulthandler.cancel_dump_traceback_later()  # it is a thread
        reason = forks.unfit(self.output)
        if reason:
            self.stay_alone(reason)
        else:
            self.fork()
        if isinstance(sys.argv, Argv):
            sys.argv.become(self.command(self.check))
        self.watch.expect_end(self.task["deadline"])

    def fork(self):
        """Leave the twins. What was printed before the marker counts for all of them."""
        flush()
        os.write(1, self.task["marker"].encode())
        gc.freeze()  # the collector would touch, and so copy, all of the memory
        try:
            folder = forks.fork(list(self.twins))
        except Exception as error:
            self.stay_alone("it cannot be copied (%s)" % error)
            return
        if folder:
            self.become(self.twins[folder])
        else:
            self.journal.write(shared=True)

    def become(self, task):
        """In a twin: be the process of this other check."""
        forks.settle(task["folder"], self.task["folder"])
        self.task.update(task)
        self.check = load(task["check"])
        self.journal = self.context.journal = Journal(os.path.join(task["folder"], "journal"))
        self.context.folder = task["folder"]
        self.watch = Watch(task["folder"])
        self.journal.write(phase="check")

    def report_reads(self):
        declared = declared_by_pydantic(self.first_party)
        self.journal.write(reads={**self.reads.names, **declared})

    def describe(self, error, reads=None):
        from shipshape_probe import errors

        described = errors.describe(error, self.first_party, reads)
        if described.get("module") and not described.get("file"):
            described.update(self.place_of_app(described["module"]))
        return described

    def place_of_app(self, module):
        """Where the settings name an app that is not installed: Django's traceback does not say."""
        from django.conf import settings

        from shipshape_probe import files

        try:
            return files.mention_place(settings.SETTINGS_MODULE, module)
        except Exception:
            return {}  # no settings yet


def load(check):
    return importlib.import_module("shipshape_probe.checks." + check)


def be_quick():
    """What is imported here is used once: caching its bytecode and looking for garbage cost a tenth."""
    sys.dont_write_bytecode = True
    gc.set_threshold(50000, 20, 50)


def main(folder):
    with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
        task = json.load(file)
    Child(task).run()


def end():
    """End at once, whatever threads and exit handlers the project has."""
    flush()
    os._exit(0)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
