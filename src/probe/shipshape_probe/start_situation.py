"""What is known at one place of the start: folder, environment, arguments. And the value that a shell's word has there."""

import os
from collections import namedtuple

DEFAULT_PATH = (
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # what Docker sets where the image has none
)

# What a program is started with, as far as it is certain. What is not known is None, and nothing is judged by it.
#   folder: the working directory. environment: {name: value}, None = it has a value that is not known.
#   given: the environment of the container, before anything is set. complete: no other variable can be set there.
#   arguments: of the script. user: another user than the image's runs it. certain: this place is reached, whatever the
#   script's arguments say. origin: who starts it, for messages. place: {"file", "line"} of the script. depth: in how many
#   wrappers and scripts it is.
Situation = namedtuple(
    "Situation", "folder environment given complete arguments user certain origin place depth", defaults=(0,)
)


def at_start(environment, folder, origin):
    """The situation of a container's first process.

    environment: of the image, with the workflow's over it. folder: WORKDIR. origin: "CMD", for messages.
    """
    environment = {"PATH": DEFAULT_PATH, **environment}
    return Situation(folder, environment, environment, True, None, False, True, origin, {})


def with_variables(at, changes):
    """The situation after these variables are set: {name: value}, None = to what is not known."""
    return at._replace(environment={**at.environment, **changes})


def join(folder, path):
    """The absolute path, None if it depends on a folder that is unknown."""
    if path is None or (folder is None and not os.path.isabs(path)):
        return None
    return os.path.normpath(os.path.join(folder or "/", path))


def expand(words, at):
    """The words of a command as the program gets them; None in place of each that is unknown."""
    found = []
    for word in words:
        found.extend(expand_word(word, at))
    return found


def expand_word(word, at):
    pieces = word.pieces
    if (
        len(pieces) == 1 + (bool(pieces) and pieces[0].value == "" and pieces[0].quoted)
        and pieces[-1].kind == "arguments"
    ):
        return list(at.arguments) if at.arguments is not None else [None]
    text = text_of(pieces, at)
    splits = any(piece.kind == "name" and not piece.quoted for piece in pieces)
    if text is None:
        return [None]
    return text.split() if splits else [text]


def text_of(pieces, at):
    """The text of a word's pieces, None if a part of it is unknown."""
    found = ""
    for index, piece in enumerate(pieces):
        if piece.kind == "text":
            home = at.environment.get("HOME")
            if index == 0 and not piece.quoted and (piece.value == "~" or piece.value.startswith("~/")) and home:
                found += home + piece.value[1:]
                continue
            found += piece.value
            continue
        if piece.kind != "name":
            return None
        value = at.environment.get(piece.value)
        if not value and piece.default is not None and piece.value not in unknown(at):
            value = text_of(piece.default, at)
        if value is None:
            return None
        found += value
    return found


def unknown(at):
    """The variables that are set to what is not known."""
    return {name for name, value in at.environment.items() if value is None}


NOT_PRODUCTIONS = (
    "A service that is not production's is left out if it has a profile (`profiles: [dev]`), or if its file is named so "
    "(compose.dev.yml)."
)


def with_way_out(hint, origin):
    """The hint on what something starts. Nobody but the project knows whether a service of compose is production's."""
    return "%s\n%s" % (hint, NOT_PRODUCTIONS) if "the service " in origin else hint
