"""Runs the project's own collectstatic into a temporary folder, with the options that production gives it.

`collectstatic --dry-run` is not enough: it leaves out the post-processing that hashes files and resolves `url()`, so
a missing image is found only in production. Here everything runs: the project's command, and its storage with all its
methods. What passes there passes here. If the command fails, it runs once more to find all that is at fault.

This process is thrown away afterwards. It changes these things of the project's:
- STATIC_ROOT and the settings of the same folder, and the storage's own folder (static_storage.Destination);
- where the bytes of remote storages go (static_remote.Buckets);
- how well WhiteNoise compresses (static_collection.compress_quickly);
- variables that the call of collectstatic sets and that nothing has read (static_again.set_others);
- in the second run, what happens after a failure (static_failures.Search).
"""

import functools
import time

from shipshape_probe import errors, files, static_again, static_command
from shipshape_probe.findings import finding
from shipshape_probe.services import needs_service
from shipshape_probe.start_image import checked_image
from shipshape_probe.static_collection import (
    Collection,
    compress_quickly,
    djangos_command,
    projects_command,
    throwaway,
)
from shipshape_probe.static_remote import calls_super
from shipshape_probe.static_settings import dead_settings, not_collected, root_unset
from shipshape_probe.static_storage import Destination, configured_storage, is_local

ARGV = ("collectstatic", "--noinput")

IN_ANOTHER_STAGE = (
    " is right if another stage of the Dockerfile collected them, with files that the image lacks. A collectstatic in the "
    "container would fail."
)
SAME_IN_PRODUCTION = "Django says the same in production, at collectstatic or at the first {% static %} in a template."


def run(context):
    from django.apps import apps

    yield from dead_settings(context)
    if not apps.is_installed("django.contrib.staticfiles"):
        context.note("django.contrib.staticfiles is not installed: there is nothing to collect.")
        return
    image = checked_image({**context.stand_ins, **context.environment})
    calls = static_command.collecting_calls(image)
    found, destination = [], None
    try:
        kind, options = configured_storage()
        found.extend(root_unset(kind, options, context, image, calls))
        found.extend(not_collected(kind, options, context, calls))
        destination = Destination(throwaway(context), context)
        storage = destination.storage(kind, options)
        found.extend(remote_storage(storage))
    except BaseException as error:
        yield from found
        yield unusable_storage(error, context, destination)
        return
    if not context.task.get("again"):  # else the first process has reported them
        yield from found
    compress_quickly()
    trial = Trial(context, destination, lambda: destination.storage(kind, options), calls)
    yield from trial.findings(storage)


class Trial:
    """Runs the command, and says why it failed if it does."""

    def __init__(self, context, destination, new_storage, calls):
        """calls: those of collectstatic that production makes. The first one counts."""
        self.context = context
        self.destination = destination
        self.new_storage = new_storage
        self.call = calls[0] if calls else static_command.USUAL
        # Does the start fail if it cannot collect, whatever the image has?
        self.starts = any(call.at_start and call.leads for call in calls)
        self.load = functools.partial(projects_command, self.call)

    def findings(self, storage):
        """The findings of the command that production runs."""
        if self.call.where:
            self.context.note("Collected as %s does: %s" % (self.call.where, self.call))
        static_again.set_others(self.call, self.context)
        yield from self.run(storage)

    def run(self, storage):
        error = command = None
        try:
            first = Collection(storage, self.context)
            command = self.load()
            first.run(command, self.call)
        except BaseException as raised:
            error = raised
        if error is None:
            yield from first.duplicate_findings()
            self.context.count(collected=first.collected, post_processed=first.post_processed)
            self.context.count(examples=first.one_of_each_suffix())
            return
        # Only a failure needs this, and compiling it takes time.
        from shipshape_probe.static_excuses import excuse, is_about_this_machine

        if is_about_this_machine(error):
            raise error
        if static_again.differing(self.call, self.context):
            yield from self.again(error)
            return
        is_collected = self.is_collected(storage)
        reason = excuse(error, self.context, self.destination, self.call)
        # A command that is Django's with something more: what fails in Django's fails in it too.
        instead = needs_service(error) and does_more_than_djangos(command)
        if reason:
            first = not_checked(reason, error, "Django's own collectstatic was run instead." if instead else "")
        else:
            first = failed(error, self.context, self.call)
        first = in_an_image(first, is_collected)
        found = []
        if not needs_service(error):
            self.context.journal.write(fallback=first)
            found = self.faults()
        for each in found or [first]:
            yield in_an_image(each, is_collected)
        self.context.journal.write(fallback=None)
        if instead:
            self.load = djangos_command
            yield from self.run(self.new_storage())

    def again(self, error):
        """The findings with the settings that the call's variables make."""
        again = static_again.Again(self.context, self.call)
        again.run()
        if again.completed:
            for note in again.notes:
                self.context.note(note)
            yield from again.findings
        else:
            names = ", ".join(sorted(self.call.variables))
            reason = "it runs with other variables (%s), and could not be run with them here" % names
            yield not_checked(reason, error)

    def is_collected(self, storage):
        """Has the image all of its static files, which the start does not collect again?"""
        return not self.starts and self.collected(storage).is_whole(self.call)

    def collected(self, storage):
        from shipshape_probe.static_image import Collected

        return Collected(self.destination.static_root, storage)

    def faults(self):
        """What a second run finds, within the check's time. Nothing where it cannot run."""
        from shipshape_probe.static_failures import Search, at_most

        search = error = None
        try:
            with at_most(self.context.deadline - time.monotonic() - 2):
                storage = self.new_storage()
                search = Search(storage, self.context, self.collected(storage), self.call)
                search.run(self.load(), self.call)
        except BaseException as raised:
            error = raised
        if search is None:
            self.context.note("The second run, which looks for all faults, failed: %s." % type(error).__name__)
            return []
        if error is not None:
            search.stopped_by(error)
        return list(search.findings())


def does_more_than_djangos(command):
    """Is the project's command Django's with something more?"""
    djangos = type(djangos_command())
    if type(command) is djangos or not isinstance(command, djangos):
        return False
    for kind in type(command).__mro__[: type(command).__mro__.index(djangos)]:
        for name in ("execute", "handle", "collect"):
            if name in vars(kind) and not calls_super(vars(kind)[name], kind, (name,)):
                return False
    return True


def failed(error, context, call):
    """The failure itself, where no reference explains it."""
    described = errors.describe(error, context.first_party)
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        says = "ends itself with exit code %d" % error.code
    elif type(error).__name__ == "CommandError":
        says = "fails: %s" % error
    else:
        says = "fails: %s: %s" % (described["type"], described["message"])
    hint = "For the whole traceback run it in the image: python manage.py %s --noinput" % call.name
    return finding(
        "ERROR",
        "static.failed",
        "%s %s" % (call.name, says),
        hint=errors.absent_module(described["module"]) if described["kind"] == "missing-module" else hint,
        object=call.name,
        place=errors.place_of(described),
    )


def in_an_image(found, is_collected):
    """The finding on a failure in an image that has all of its static files, and serves these."""
    if not is_collected or found["level"] == "INFO":
        return found
    hint = "The image has its static files in STATIC_ROOT: this" + IN_ANOTHER_STAGE
    return {**found, "level": "INFO", "hint": hint}


def not_checked(reason, error, more=""):
    says = "The project's collectstatic was not checked: %s (%s: %s). %s"
    return finding(
        "INFO",
        "static.not-checked",
        (says % (reason, type(error).__name__, errors.one_line(error), more)).rstrip(),
        object="collectstatic",
    )


def unusable_storage(error, context, destination):
    from shipshape_probe.static_excuses import excuse, is_about_this_machine

    if is_about_this_machine(error):
        raise error
    excused = excuse(error, context, destination, static_command.USUAL)
    if excused:
        return not_checked(excused, error)
    reason = "%s: %s" % (type(error).__name__, error)
    if isinstance(error, KeyError) and error.args == ("staticfiles",):
        reason = 'STORAGES has no "staticfiles": setting STORAGES replaces all of Django\'s defaults'
    absent = [each.name for each in errors.chain(error) if isinstance(each, ModuleNotFoundError) and each.name]
    return finding(
        "ERROR",
        "static.storage",
        "The storage of the static files cannot be used: %s." % reason,
        hint=errors.absent_module(absent[-1]) if absent else SAME_IN_PRODUCTION,
        object="STORAGES",
        place=files.setting_place(context.settings_module, "STORAGES"),
    )


def remote_storage(storage):
    kind = type(storage)
    if not is_local(kind):
        dotted = "%s.%s" % (kind.__module__, kind.__qualname__)
        yield finding(
            "INFO",
            "static.remote-storage",
            "The static files' storage %s is not a local folder; they were collected into one here, and "
            "nothing was uploaded." % dotted,
            object=dotted,
        )
