"""How production collects its static files: the calls of collectstatic in the Dockerfile and in what the image starts.

The Dockerfile's lines come with the request. The image's ENTRYPOINT and CMD come with its config, and the services of
compose files that run it with the request. All of them are followed by the walk of the start (start_walk.py).
"""

import json
import re

from shipshape_probe import paths
from shipshape_probe.start_config_files import read
from shipshape_probe.start_image import compose_words
from shipshape_probe.start_situation import DEFAULT_PATH, at_start
from shipshape_probe.start_walk import Start
from shipshape_probe.static_collection import djangos_command, projects_command

LARGEST = 256 * 1024
MOST_LINES = 200
COMMAND = re.compile(r"collectstatic\w*")
INSTRUCTION = re.compile(r"\s*(?:(RUN)|CMD|ENTRYPOINT|HEALTHCHECK|ONBUILD)\s+((?:--\S+\s+)*)", re.I)
# What makes static files when the container starts, before it collects them.
BUILDS = re.compile(
    r"\b(npm|npx|pnpm|yarn|bun|webpack|vite|gulp|grunt|make|sass|tailwind\w*|compile\w+|curl|wget|tar|unzip)\b"
)
DOCKERFILE = "the Dockerfile"
# Options that every command of manage.py has, and the variables that say the same.
SETS = {
    "--settings": "DJANGO_SETTINGS_MODULE",
    "--configuration": "DJANGO_CONFIGURATION",
    "--pythonpath": "PYTHONPATH",
}


class Call:
    """A collectstatic call.

    name, options: of the command. where: it is written. variables: {name: value} that are set for it alone. leads: what
    is around it fails if it fails. builds: files are built before it. branch: it may not be made at all.
    """

    def __init__(self, name, options, where, variables=None, leads=True, builds=False, branch=False):
        self.name = name
        self.where = where
        self.variables = dict(variables or {})
        self.leads = leads
        self.builds = builds
        self.branch = branch
        self.options = self.without_settings([word for word in options if word])

    def without_settings(self, options):
        """The options of the command's own. The others become variables."""
        kept = []
        words = iter(options)
        for word in words:
            name, equals, value = word.partition("=")
            if name in SETS:
                self.variables[SETS[name]] = value if equals else next(words, "")
            else:
                kept.append(word)
        return kept

    @property
    def at_start(self):
        """Does the container make this call when it starts? Then the files of the image are all that it has."""
        return bool(self.where) and self.where != DOCKERFILE

    @property
    def must_pass(self):
        """Would there be no image if this call had failed?"""
        return self.where == DOCKERFILE and self.leads

    def __str__(self):
        said = " ".join([self.name, *self.options])
        return "%s (with %s)" % (said, ", ".join(sorted(self.variables))) if self.variables else said


USUAL = Call("collectstatic", [], "")


def production_calls(image):
    """Yield the calls that production makes, in the order in which they are found."""
    lines, environment = paths.read_json(paths.REQUEST).get("collects"), image.environment
    for line in lines[:MOST_LINES] if isinstance(lines, list) else ():
        words, is_run = words_of(str(line)[:LARGEST])
        start = Start()
        start.follow(words, at_start(image.variables, image.folder, DOCKERFILE))
        for each in calls(start, image.variables, " ".join(words)):
            each.where, each.leads = DOCKERFILE, each.leads and is_run
            yield each
    yield from calls(image.own_start(), environment, " ".join([*image.entrypoint, *image.command]))
    for service in image.services:
        start = Start()
        image.follow_service(service, start)
        words = [*strings_of(service.get("entrypoint")), *strings_of(service.get("command"))]
        yield from calls(start, environment, " ".join(words))


def collecting_calls(image):
    """Those of production's calls that write files: of collectstatic, or of a command that extends Django's."""
    return [call for call in production_calls(image) if does_collect(call)]


def does_collect(call):
    return not {"-n", "--dry-run"} & set(call.options) and (call.name == "collectstatic" or extends_djangos(call))


def extends_djangos(call):
    try:
        return isinstance(projects_command(call), type(djangos_command()))
    except BaseException:
        return False


def strings_of(value):
    return [word or "" for word in compose_words(value)]


def words_of(line):
    """(words, is it a RUN) of a line of the Dockerfile. No words where the image's config has them, as of CMD.

    A line without an instruction stands in a heredoc.
    """
    instruction = INSTRUCTION.match(line)
    if instruction and not instruction.group(1):
        return [], False
    text = line[instruction.end() :] if instruction else line
    if instruction and text.lstrip().startswith("["):
        try:
            return [str(word) for word in json.loads(text)], True
        except ValueError:
            pass  # a shell gets it
    return ["sh", "-c", text], bool(instruction)


def calls(start, environment, text):
    """Yield the calls that a start makes. text: its words, where what is before a call is no script."""
    environment = {"PATH": DEFAULT_PATH, **environment}
    for mention in start.mentions:
        if COMMAND.fullmatch(mention.command):
            at = mention.at
            changed = {name: value for name, value in at.environment.items() if value != environment.get(name)}
            variables = {name: value for name, value in changed.items() if type(value) is str}
            builds = bool(BUILDS.search(before(mention, text)))
            yield Call(mention.command, mention.options, at.origin, variables, mention.leads, builds, mention.branch)


def before(mention, text):
    """What runs before a call, as text without comments."""
    place = mention.at.place
    if place:
        text = "\n".join((read(place["file"]) or "").splitlines()[: place.get("line")])
    return re.sub(r"(?m)^\s*#.*$", "", text[: text.rfind(mention.command)])
