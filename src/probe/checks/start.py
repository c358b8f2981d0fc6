"""Starts what the container starts, up to the point where it would wait for requests.

ENTRYPOINT and CMD, and the services of compose files that run this image, are followed to their programs and servers
(shipshape_probe/start_walk.py). The programs must be there. The application that a server names is imported in a
fresh process, as that server does it. Where nothing can be followed, wsgi.py and asgi.py are imported.
"""

import os

from shipshape_probe import paths, start_crash, start_entry_points
from shipshape_probe.start_folders import Folders
from shipshape_probe.start_fresh import load_all
from shipshape_probe.start_image import Image
from shipshape_probe.start_judge import Judge
from shipshape_probe.start_programs import is_this_python

ARGV = ("check", "--deploy")

SETTINGS, CONFIGURATION = "DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION"


def run(context):
    """Yield a finding for each program, application and folder that keeps the container from starting."""
    context.doing("following ENTRYPOINT and CMD")
    config = paths.read_json(paths.IMAGE).get("config")
    environment = {**context.stand_ins, **context.environment}
    image = Image(config, paths.read_json(paths.REQUEST).get("services"), environment)
    start = image.start()
    yield from Judge(image.volumes, image.user).findings(start.programs)
    yield from followed(start, context)
    yield from entry_points(start, image, context)
    context.doing("looking at the folders that the start writes")
    from django.conf import settings

    commands = {command for command, _ in start.managed}
    yield from Folders(image.volumes, image.user, commands, context).findings(settings)
    context.count(programs=len(start.programs), applications=len(start.applications))


def followed(start, context):
    """The applications that the start names."""
    named = [each for each in start.applications if can_load(each, context)]
    for each, outcome in load(named, context):
        starts = "%s, which %s starts" % (each.server, each.origin)
        yield from judged(outcome, each, context, starts)


def can_load(application, context):
    """Is its interpreter the one that runs here? Else its packages are others."""
    other = application.interpreter
    if other is None or is_this_python(other):
        return True
    context.note("%s was not loaded: another Python runs it (%s)." % (application.target, other))
    return False


def entry_points(start, image, context):
    """What no server names: wsgi.py and asgi.py, by the settings or by their place."""
    is_known = any(each.server != "celery" for each in start.applications)
    is_served = any(command in start_entry_points.SERVING for command, _ in start.managed)
    reported = {each.target.partition(":")[0] for each in start.applications}
    modules = []
    for module, attribute, absent in start_entry_points.named(context, is_served or not is_known, reported):
        if absent:
            yield absent
        modules.append((module, attribute, absent))
    there = [(module, attribute) for module, attribute, absent in modules if not absent]
    if is_served:
        yield from runserver(there, context)
    elif not is_known:
        yield from unknown_server(there, bool(modules), image, context)


def runserver(modules, context):
    """manage.py runserver imports them in its own process, after Django is set up."""
    for module in [module for module, _ in modules] or [""]:
        context.doing("loading %s as runserver does" % (module or "the middleware"))
        try:
            start_entry_points.load_here(module)
        except BaseException as error:
            crash = start_crash.explain(error, context.first_party, context.reads, module or "the middleware")
            if crash["of_server"]:
                note_of_server(module, crash, context)
            else:
                yield start_crash.judge(crash)


def unknown_server(modules, are_named, image, context):
    """It is not known what imports them, so they are imported in a fresh process each."""
    if not are_named:
        modules = [(module, "") for module in start_entry_points.by_name(context)]
        if not modules:
            yield from runserver([], context)
            return
    tried = [start_entry_points.fresh(module, attribute, image, context) for module, attribute in modules]
    outcomes = load(tried, context)
    one_loads = any(outcome.loaded for _, outcome in outcomes)
    for each, outcome in outcomes:
        each.certain = are_named or not one_loads  # of two that nothing names, only one may be in use
        yield from judged(outcome, each, context)


def load(applications, context):
    """[(application, Outcome)]. Those that crash are tried again with DJANGO_SETTINGS_MODULE, if it is not set."""
    if applications:
        context.doing("loading %s" % ", ".join(each.target for each in applications))
    outcomes = load_all({each.key(): each for each in applications}.values(), context)
    changes = {SETTINGS: context.settings_module, CONFIGURATION: os.environ.get(CONFIGURATION)}
    changes = {name: value for name, value in changes.items() if value}
    again = {
        each.with_environment(changes): each
        for each, outcome in outcomes.items()
        if outcome.crash and changes and each.environment.get(SETTINGS) != context.settings_module
    }
    for retried, outcome in load_all(again, context).items():
        if outcome.loaded:
            outcomes[again[retried]].only_with = context.settings_module
        elif outcome.crash:
            outcomes[again[retried]] = outcome
    return list(outcomes.items())


def judged(outcome, application, context, starts=""):
    """Yield the finding on an application that was tried, if there is one."""
    crash = outcome.crash
    name = crash["module"] if crash else application.target
    if outcome.unknown:
        context.note("%s could not be loaded: %s." % (name, outcome.unknown))
    elif crash and crash["of_server"]:
        note_of_server(name, crash, context)
    elif crash and crash["described"]["kind"] == "missing-variable" and not application.complete:
        variables = ", ".join(crash["described"]["variables"])
        context.note("%s could not be loaded: it needs %s, which may be set when it starts." % (name, variables))
    elif crash:
        certain = application.certain and not is_set_here(crash["described"].get("variables"))
        yield start_crash.judge(crash, starts, outcome.only_with, certain, application.place)


def is_set_here(variables):
    """Are these variables set in this process? Then manage.py has set them, and production sets them in another way."""
    return bool(variables) and all(name in os.environ for name in variables)


def note_of_server(name, crash, context):
    context.note("%s was not loaded: it imports %s, which exists only inside that server." % (name, crash["of_server"]))
