"""One check in a process of its own. It starts as a management command would, and then runs the check instead.

manage.py is run as `__main__`, with the argv of the real command. So everything that it does first still happens: it
may load an .env file, extend sys.path or install django-configurations. Where it would call Django's command line,
the check runs in place of the command, and the process ends.

Once Django is set up, the process forks itself for the other checks (forks.py). It does so only if the set-up did not
depend on which command runs, and if the process can be copied safely.
"""

import faulthandler
import gc
import importlib
import json
import os
import sys

from shipshape_probe import forks, missing_variables, pydantic_fields
from shipshape_probe.argv import Argv
from shipshape_probe.context import Context
from shipshape_probe.first_party import FirstParty
from shipshape_probe.journal import Journal
from shipshape_probe.manage_py import run_as_main, when_imported
from shipshape_probe.reads import Reads
from shipshape_probe.stack import Watch

SETTINGS = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"
MOST_FINDINGS = 20000  # in the journal; the report merges equal ones and keeps fewer


class Child:
    def __init__(self, task):
        self.task = task
        self.journal = Journal(os.path.join(task["folder"], "journal"))
        self.first_party = FirstParty(task["packages"])
        self.reads = Reads(self.first_party, task["offers"], missing_variables.made_up if task["only_set_up"] else None)
        self.reads.supplied.update(task["stand_ins"])
        self.context = Context(task, self.journal, self.first_party, self.reads)
        self.forks = {each["folder"]: each for each in task["forks"]}
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
        if not self.forks:
            return command
        others = [self.command(load(each["check"])) for each in self.forks.values()]
        return Argv([command, *others], self.stay_alone)

    def command(self, check):
        return [self.task["program"], *check.ARGV]

    def stay_alone(self, reason):
        """Do not fork. When the parent reads this, it starts a process for each of the other checks."""
        if self.forks and os.getpid() == self.journal.pid:  # else it is a process that the project forked
            self.forks = {}
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
            self.end_if_empty()
            self.journal.write(phase="apps")
            import django

            django.setup()
        except BaseException as error:
            from shipshape_probe import secret_values, without_production

            self.report_reads()
            known = without_production.is_known(self.reads, self.first_party, error)
            self.journal.write(secrets=secret_values.secrets_of_traceback(error), knows_production=known)
            self.journal.write(status="settings", error=self.describe(error, self.reads))
            end()
        self.report_reads()
        if self.task["only_set_up"]:
            self.journal.write(status="completed")
            end()
        self.journal.write(phase="check")
        try:
            from django.utils import translation

            translation.deactivate_all()
            facts = self.facts()
            self.fork_other_checks()
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
            # manage.py has set another one, but the workflow's input wins.
            os.environ[SETTINGS] = wanted
        if not os.environ.get(SETTINGS) and not settings.configured:
            self.journal.write(status="no-settings")
            end()
        if not self.task["manage"] and os.environ.get(CONFIGURATION):
            from configurations import importer

            importer.install()
        _ = settings.INSTALLED_APPS  # this loads the module
        self.context.settings_module = getattr(settings, "SETTINGS_MODULE", None)
        self.journal.write(settings=self.context.settings_module)

    def end_if_empty(self):
        """End here, to be started again with a stand-in, if Django calls a setting empty that one would fill."""
        if self.reads.offers and not self.task["only_set_up"]:
            from shipshape_probe import settings_values

            wanted = settings_values.wanted(self.reads, pydantic_fields.declared(self.first_party))
            if wanted:
                self.journal.write(status="empty", wanted=wanted)
                end()

    def facts(self):
        """What is reported of the project whichever check runs."""
        from shipshape_probe import facts, secret_values, settings_values, suppliers, without_production

        self.first_party.add(facts.project_packages(self.context.settings_module))
        collected = facts.collect()
        return {
            "settings": self.context.settings_module,
            "facts": collected,
            "suppliers": suppliers.of_facts(collected, self.context),
            "knows_production": without_production.is_known(self.reads, self.first_party),
            "names_another": without_production.names_another(self.reads, self.first_party),
            **settings_values.of_variables(self.context.settings_module, self.reads),
            "secrets": secret_values.secrets_of_settings(),
            "public": facts.app_names(),
        }

    def fork_other_checks(self):
        """From here on each check has a process of its own. This one is the first check's."""
        if not self.forks:
            return
        faulthandler.cancel_dump_traceback_later()  # it is a thread, and a process with threads is not forked
        reason = forks.unfit(self.output)
        if reason:
            self.stay_alone(reason)
        else:
            self.fork()
        if isinstance(sys.argv, Argv):
            sys.argv.become(self.command(self.check))
        self.watch.expect_end(self.task["deadline"])

    def fork(self):
        """Fork the other checks. What was printed before the marker belongs to all of them."""
        flush()
        os.write(1, self.task["marker"].encode())
        gc.freeze()  # else the garbage collector would touch, and so copy, all of the memory
        try:
            folder = forks.fork(list(self.forks))
        except Exception as error:
            self.stay_alone("it cannot be copied (%s)" % error)
            return
        if folder:
            self.become(self.forks[folder])
        else:
            self.journal.write(shared=True)

    def become(self, task):
        """In a forked process: become the process of this other check."""
        forks.settle(task["folder"], self.task["folder"])
        self.task.update(task)
        self.check = load(task["check"])
        self.journal = self.context.journal = Journal(os.path.join(task["folder"], "journal"))
        self.context.folder, self.context.deadline = task["folder"], task["deadline"]
        self.watch = Watch(task["folder"])
        self.journal.write(phase="check")

    def report_reads(self):
        """Write down what the project has read of the environment so far."""
        reads, declared = self.reads, pydantic_fields.declared(self.first_party)
        self.journal.write(**reads.report(declared, self.task["user"]))

    def describe(self, error, reads=None):
        from shipshape_probe import errors
        from shipshape_probe.cause_place import cause_place

        described = errors.describe(error, self.first_party, reads)
        if not described.get("file"):
            described.update(cause_place(error, described))
        return described


def load(check):
    return importlib.import_module("shipshape_probe.checks." + check)


def be_quick():
    """Save about a tenth of the time: this process is short, so bytecode caches and garbage collection do not pay."""
    sys.dont_write_bytecode = True
    gc.set_threshold(50000, 20, 50)


def main(folder):
    with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
        task = json.load(file)
    Child(task).run()


def end():
    """End now, without waiting for the threads and exit handlers of the project."""
    flush()
    os._exit(0)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
