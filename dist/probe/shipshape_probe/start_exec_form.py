"""A whole command in one item of the exec form: CMD ["gunicorn shop.wsgi -b :8000"] names one program with spaces in it."""

import json
import re
import shlex

from shipshape_probe.start_programs import find

NEEDS_SHELL = re.compile(r"[$`;&|<>*?~]|\A\s*(?:cd|exec|export|set|source|\.)\s")
LONGEST = 1000  # characters of a command that is shown


def hint(name, at, forms, known):
    """How to write it: each word as an item of its own. "" if the name is no such command.

    forms: {"CMD": its items, "ENTRYPOINT": …}, and those of services by their names in messages. known: names of usual
    programs.
    """
    origin = next((each for each, items in forms.items() if name in items), None)
    if origin is None or len(name.split()) < 2 or len(name) > LONGEST:
        return ""
    if NEEDS_SHELL.search(name):
        return "Only a shell reads such a command: %s" % written(origin, ["sh", "-c", name])
    try:
        words = shlex.split(name)
    except ValueError:
        return ""
    if words[0] not in known and find(words[0], at).state not in ("there", "forbidden"):
        return ""
    place = forms[origin].index(name)
    items = [*forms[origin][:place], *words, *forms[origin][place + 1 :]]
    return "The exec form takes each word as an item of its own: %s" % written(origin, items)


def written(origin, items):
    """The instruction of the Dockerfile, or the line of the compose file, ready to be copied."""
    key = origin if origin in ("CMD", "ENTRYPOINT") else "command:" if origin.startswith("command") else "entrypoint:"
    return "%s %s" % (key, json.dumps(items, ensure_ascii=False))


def forms_of(image):
    """The items of every exec form that the image starts with."""
    forms = {"CMD": image.command, "ENTRYPOINT": image.entrypoint}
    for service in image.services:
        for key in ("command", "entrypoint"):
            if isinstance(service.get(key), list):
                forms["%s of %s" % (key, service.get("name"))] = [str(each) for each in service[key]]
    return forms
