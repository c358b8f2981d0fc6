"""Starts what the container starts, up to the point where it would wait for requests.

ENTRYPOINT and CMD, and the services of compose files that run this image, are followed to their programs and servers
(shipshape_probe/start_walk.py). The programs must be there. The application that a server names is imported in a
fresh process, as that server does it. Where nothing can be followed, what the settings name and wsgi.py and asgi.py
are imported.
"""

import functools
import os

from shipshape_probe import container_settings, files, start_crash, start_entry_points
from shipshape_probe.start_doubts import doubt
from shipshape_probe.start_exec_form import forms_of
from shipshape_probe.start_folders import Folders
from shipshape_probe.start_fresh import Outcome, load_all
from shipshape_probe.start_image import checked_image
from shipshape_probe.start_judge import Judge
from shipshape_probe.start_programs import is_this_python
from shipshape_probe.start_servers import Application

ARGV = ("check", "--deploy")

NO_SERVER = "The start runs a worker or a command of manage.py, and no server."
ANOTHER_LOADS = "It is not known which one production serves, and %s can be loaded."
NOT_JUDGED = "it is not known whether %s can be loaded: %s."
NOT_NAMED = "The settings do not name it, so it may be out of use."
SETTINGS, CONFIGURATION = "DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION"


def run(context):
    """Yield a finding for each program, application and folder that keeps the container from starting."""
    context.doing("following ENTRYPOINT and CMD")
    image = checked_image({**context.stand_ins, **context.environment})
    start = image.start()
    yield from Judge(image.volumes, image.user, forms_of(image)).findings(start.programs)
    yield from followed(start, image, context)
    yield from entry_points(start, image, context)
    context.doing("looking at the folders that the start writes")
    from django.conf import settings

    commands = {command for command, at in start.managed if not at.user}
    code = [context.root, os.path.dirname(files.module_file(context.settings_module) or "")]
    yield from Folders(image.volumes, image.user, commands, code, context).findings(settings)
    context.count(programs=len(start.programs), applications=len(start.applications))


def followed(start, image, context):
    """The applications that the start names."""
    named = [each for each in start.applications if can_load(each, context)]
    for each, outcome in load(named, context):
        starts = "%s, which %s starts" % (each.server, each.origin)
        yield from judged(outcome, each, image, context, starts)


def can_load(application, context):
    """Is its interpreter the one that runs here? Else its packages are others."""
    other = application.interpreter
    if other is None or is_this_python(other):
        return True
    context.note("%s was not loaded: another Python runs it (%s)." % (application.target, other))
    return False


def entry_points(start, image, context):
    """What no server names: wsgi.py and asgi.py, by the settings or by their place."""
    reported = {each.target.partition(":")[0] for each in start.applications}
    named = [each for each in start_entry_points.named() if each.module not in reported]
    serving = [at for command, at in start.managed if command in start_entry_points.SERVING]
    if serving:
        yield from runserver(named, serving[0], image, context)
    elif any(each.server != "celery" for each in start.applications):
        yield from (start_entry_points.absent(each, False, context) for each in named if not each.is_there)
    else:
        yield from unknown_server(named, start, image, context)


def runserver(named, at, image, context):
    """manage.py runserver imports one of them in its own process, after Django is set up."""
    used = start_entry_points.read_by_runserver()
    for each in named:
        if not each.is_there:
            yield start_entry_points.absent(each, each.setting == used and at.certain, context)
        elif each.setting == used:
            yield from loaded_here(Application("runserver", each.module, at), image, context)
    if not any(each.setting == used for each in named):
        yield from loaded_here(Application("runserver", "", at), image, context)


def loaded_here(application, image, context):
    """Load a module, or the middleware alone if there is none, as runserver does."""
    name = application.target or "the middleware"
    context.doing("loading %s as runserver does" % name)
    try:
        start_entry_points.load_here(application.target)
    except BaseException as error:
        crash = start_crash.explain(error, context.first_party, context.reads, name)
        yield from judged(Outcome(crash=crash), application, image, context)


def unknown_server(named, start, image, context):
    """It is not known what imports them, so each is imported in a fresh process.

    The server needs one of those that the settings name; where they name none, one of those that are there. Only if none
    of these loads is it certain that it cannot start.
    """
    by_name = start_entry_points.by_name(context)
    needed = [each.module for each in named] or by_name
    modules = {**dict.fromkeys(by_name, ""), **{each.module: each.attribute for each in named if each.is_there}}
    make = functools.partial(start_entry_points.fresh, complete=not start.programs, image=image, context=context)
    if not needed:
        if not image.serves_nothing:
            yield from loaded_here(make("", ""), image, context)
        return
    outcomes = load([make(module, attribute) for module, attribute in modules.items()], context)
    may_load = [
        each.target
        for each, outcome in outcomes
        if each.target in needed and not is_certain(outcome, each, image, context)
    ]

    def why(module):
        """Why it does not matter if this one does not load."""
        others = [each for each in may_load if each != module]
        if image.serves_nothing:
            return NO_SERVER
        if module not in needed:
            return NOT_NAMED
        return ANOTHER_LOADS % others[0] if others else ""

    for each in named:
        if not each.is_there:
            yield start_entry_points.absent(each, not why(each.module), context)
    for each, outcome in outcomes:
        yield from judged(outcome, each, image, context, because=why(each.target))


def is_certain(outcome, application, image, context):
    """Is an application certain to crash in production?"""
    crash = outcome.crash
    if not crash or outcome.only_with or crash["service"] or crash["of_server"]:
        return False
    return not doubt(crash, application, context, image)


def load(applications, context):
    """[(application, Outcome)]. Those that crash are tried again with the DJANGO_SETTINGS_MODULE of the checks.

    Where the container is known to start with another one, its crash counts.
    """
    if applications:
        context.doing("loading %s" % ", ".join(each.target for each in applications))
    distinct = {}
    for each in applications:
        # Of those that are loaded in the same way, the one that the start is the most certain to reach.
        known = distinct.setdefault(each.key(), each)
        if (each.certain, each.complete) > (known.certain, known.complete):
            distinct[each.key()] = each
    outcomes = load_all(distinct.values(), context)
    outcomes = {each: outcomes[each] for each in distinct.values() if each in outcomes}
    changes = {SETTINGS: context.settings_module, CONFIGURATION: os.environ.get(CONFIGURATION)}
    changes = {name: value for name, value in changes.items() if value}
    again = {
        each.with_environment(changes): each
        for each, outcome in outcomes.items()
        if outcome.crash and changes and each.environment.get(SETTINGS) != context.settings_module
    }
    for retried, outcome in load_all(again, context).items():
        if container_settings.of_application(again[retried]):
            outcomes[again[retried]].instead = context.settings_module if outcome.loaded else None
        elif outcome.loaded:
            outcomes[again[retried]].only_with = context.settings_module
        else:  # another crash, or nothing is known: then the first one may come from what was not set
            outcomes[again[retried]] = outcome
    return list(outcomes.items())


def judged(outcome, application, image, context, starts="", because=""):
    """Yield the finding on an application that was tried, if there is one. because: why its crash may not matter."""
    crash = outcome.crash
    if outcome.unknown:
        say = context.note if because else context.skip
        say(NOT_JUDGED % (application.target or application.server, outcome.unknown))
    if not crash or not is_reported(crash, crash["module"], context, outcome.only_with):
        return
    variables = crash["described"].get("variables")
    why = because or doubt(crash, application, context, image)
    if variables and not application.complete:
        context.note(
            "%s could not be loaded: it needs %s, which may be set when it starts."
            % (crash["module"], ", ".join(variables))
        )
    else:
        if crash["absent"]:
            crash["meant"] = start_entry_points.meant(application, context)
        settings = settings_of(outcome, application, context)
        yield start_crash.judge(crash, starts, outcome.only_with, why, application.place, settings)


def settings_of(outcome, application, context):
    """The ContainerSettings that an application has crashed with, None if they are the checks' or not certain."""
    value = container_settings.of_application(application)
    if value in ("", context.settings_module) or value != outcome.crash["settings"] or outcome.crash["absent"]:
        return None
    named_by = container_settings.named_by(value, context.environment, context.user, application.set_by)
    return start_crash.ContainerSettings(value, named_by, context.settings_module, outcome.instead)


def is_reported(crash, name, context, only_with=None):
    """Is a crash a finding? It is none if it wants what only production has: that server, the network, credentials."""
    if crash["of_server"]:
        context.note(
            "%s was not loaded: it imports %s, which exists only inside that server." % (name, crash["of_server"])
        )
    elif crash["service"] and not only_with:
        error = crash["described"]
        context.note("%s was not loaded to its end: it needs a service (%s)." % (name, error["type"]))
    else:
        return True
    return False
