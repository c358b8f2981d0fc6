"""The start of the image and of its services: what the image's config and the compose files say, followed."""

import os
import re

from shipshape_probe import paths
from shipshape_probe.start_config_files import read
from shipshape_probe.start_entry_points import SERVING
from shipshape_probe.start_situation import at_start, with_variables
from shipshape_probe.start_walk import Start
from shipshape_probe.start_wrappers import split

# Commands of manage.py that prepare the start of something else.
PREPARING = {
    "check", "collectstatic", "compilemessages", "compress", "createcachetable", "createsuperuser", "flush", "loaddata",
    "makemigrations", "migrate", "showmigrations", "wait_for_database", "wait_for_db",
}  # fmt: skip
COMPOSE_VARIABLE = re.compile(r"(?<!\$)(?:\$\$)*\$[{A-Za-z_]")
MOST_SERVICES = 20


def checked_image(environment):
    """The Image that this request is about. environment: of production, as far as it is known."""
    return Image(
        paths.read_json(paths.IMAGE).get("config"), paths.read_json(paths.REQUEST).get("services"), environment
    )


class Image:
    """config: of the image, as the image specification spells it; {} if it is not known. services: of the request
    (src/checks/django/services.ts). environment: of production, as far as it is known.
    """

    def __init__(self, config, services, environment):
        config = config if isinstance(config, dict) else {}
        self.services = [each for each in list_of(services) if isinstance(each, dict)][:MOST_SERVICES]
        self.entrypoint = strings(config.get("Entrypoint"))
        self.command = strings(config.get("Cmd"))
        self.user = str(config.get("User") or "")
        self.folder = str(config.get("WorkingDir") or "/") if config else os.getcwd()
        volumes = config.get("Volumes")
        self.volumes = [str(folder) for folder in volumes] if isinstance(volumes, dict) else []
        for service in self.services:
            self.volumes.extend(strings(service.get("mounts")))
        self.variables = dict(each.partition("=")[::2] for each in strings(config.get("Env")))
        self.environment = environment
        self.serves_nothing = False  # after start(): its own start is known to be a worker or another command

    def start(self):
        """The Start of the image and all of its services."""
        found = self.own_start()
        for service in self.services:
            self.follow_service(service, found)
        return found

    def own_start(self):
        """The Start of ENTRYPOINT and CMD."""
        found = Start()
        origin = "ENTRYPOINT" if self.entrypoint else "CMD"
        found.follow([*self.entrypoint, *self.command], at_start(self.environment, self.folder, origin))
        self.serves_nothing = serves_nothing(found)
        found.programs = [self.named_by_cmd(program) for program in found.programs]
        trace_to_command(found.applications, self.entrypoint, self.command, "CMD")
        return found

    def named_by_cmd(self, program):
        """A program that ENTRYPOINT, or its script, runs because CMD names it."""
        if program.name not in self.command or program.name in self.entrypoint:
            return program
        return program._replace(at=program.at._replace(origin="CMD", place={}))

    def follow_service(self, service, found):
        entrypoint, command = service.get("entrypoint"), service.get("command")
        if entrypoint is None and command is None:
            return  # it starts as the image does
        words = self.entrypoint if entrypoint is None else compose_words(entrypoint)
        if command is not None:
            words = [*words, *compose_words(command)]
        elif entrypoint is None:
            words = [*words, *self.command]
        origin = "the service %s (%s)" % (service.get("name"), service.get("file"))
        folder = service.get("workingDir") or self.folder
        # The rest of its environment may be written elsewhere.
        at = at_start(self.environment, compose_words([folder])[0], origin)._replace(complete=False)
        user = service.get("user")
        if isinstance(user, str) and user not in ("", self.user):
            at = at._replace(user=True)
        environment = service.get("environment")
        if isinstance(environment, dict):
            at = with_variables(at, {str(name): compose_words([value])[0] for name, value in environment.items()})
        before = len(found.applications)
        found.follow(words, at)
        if command is not None:
            own = compose_words(command)
            trace_to_command(found.applications[before:], words[: len(words) - len(own)], own, origin)


def trace_to_command(applications, entrypoint, command, origin):
    """Of what the command names, and ENTRYPOINT or its script only runs (`exec "$@"`), the command is the origin."""
    for each in applications:
        script = each.place.get("file")
        others = [*entrypoint, (script and read(script)) or ""]
        if each.target and is_in(each.target, command) and not is_in(each.target, others):
            each.origin, each.place = origin, {}


def is_in(name, words):
    return any(name in word for word in words if word)


def serves_nothing(start):
    """Does a start end in a worker of Celery, or in a command of manage.py that serves no requests?"""
    last = start.programs[-1] if start.programs else None
    if last is None or not last.at.certain:
        return False
    name = last.name if isinstance(last.name, str) else last.name[-1]
    if os.path.basename(name) == "celery":
        return any(each.server == "celery" for each in start.applications)
    command, at = start.managed[-1] if start.managed else ("", None)
    prepares = bool(last.at.place) and command in PREPARING  # a script may go on with what cannot be followed
    return at == last.at and command not in SERVING and not prepares


def compose_words(value):
    """The words of `command` or `entrypoint` in a compose file; None in place of one that has a variable of compose."""
    words = split(value) if isinstance(value, str) else strings(value)
    return [None if COMPOSE_VARIABLE.search(word) else word.replace("$$", "$") for word in words]


def list_of(value):
    return value if isinstance(value, list) else []


def strings(value):
    return [str(each) for each in list_of(value)]
