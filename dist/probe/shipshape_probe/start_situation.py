"""What is known at one place of the start: folder, environment, arguments. And the value that a shell's word has there."""

import os
import re
from collections import namedtuple

from shipshape_probe import shell
from shipshape_probe.shell_words import Unreadable

DEFAULT_PATH = (
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # what Docker sets where the image has none
)
# Lists of folders that nobody sets from outside of the image: where one is not set, `$NAME` is empty.
LISTS = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "MANPATH")
LONGEST_SUBSTITUTION = 200  # characters
OWN_NAME = re.compile(r"\$\{(0|BASH_SOURCE(\[0\])?)(?P<folder>%/\*)?\}$")

# What a program is started with, as far as it is certain. What is not known is None, and nothing is judged by it.
#   folder: the working directory. environment: {name: value}, None = it has a value that is not known.
#   given: the environment of the container, before anything is set. complete: no other variable can be set there.
#   private: variables of the shell, which the programs that it starts do not get.
#   arguments: of the script. asked: the script has looked at them, so it may not run what they name.
#   user: another user than the image's runs it. runner: the tool in whose own environment it runs (`poetry run`), so
#   that PATH is not known. certain: this place is reached, whatever the script's arguments say.
#   origin: who starts it, for messages. place: {"file", "line"} of the script. script: its name, as `$0` has it.
#   depth: in how many wrappers and scripts it is.
Situation = namedtuple(
    "Situation",
    "folder environment given complete private arguments asked user runner certain origin place script depth",
)


class Unknown(str):
    """An option whose value is not known, as far as it is: `--bind=0.0.0.0:` of `--bind=0.0.0.0:$PORT`."""


def at_start(environment, folder, origin):
    """The situation of a container's first process.

    environment: of the image, with the workflow's over it. folder: WORKDIR. origin: "CMD", for messages.
    """
    environment = {"PATH": DEFAULT_PATH, **environment}
    return Situation(
        folder, environment, environment, True, frozenset(), None, False, False, None, True, origin, {}, None, 0
    )


def with_variables(at, changes):
    """The situation after these variables are set: {name: value}, None = to what is not known."""
    return at._replace(environment={**at.environment, **changes})


def with_any_variables(at):
    """The situation after something that may set every variable: a file that is sourced and not known, for example."""
    return with_variables(at._replace(complete=False), dict.fromkeys(LISTS))


def of_process(at):
    """The situation of a program that a shell starts there: it gets the variables that are exported."""
    kept = {name: value for name, value in at.environment.items() if name not in at.private}
    return at._replace(environment=kept, private=frozenset())


def join(folder, path):
    """The absolute path, None if it depends on a folder that is unknown."""
    if path is None or (folder is None and not os.path.isabs(path)):
        return None
    return os.path.normpath(os.path.join(folder or "/", path))


def expand(words, at):
    """The words of a command as the program gets them; None or Unknown in place of each that is unknown."""
    found = []
    for word in words:
        found.extend(expand_word(word, at))
    return found


def is_arguments(word):
    """Is it `"$@"`?"""
    pieces = [piece for piece in word.pieces if piece.kind != "text" or piece.value]
    return len(pieces) == 1 and pieces[0].kind == "arguments"


def expand_word(word, at):
    if is_arguments(word):
        return list(at.arguments) if at.arguments is not None else [None]
    text, is_known = known_text(word.pieces, at)
    splits = any(piece.kind == "name" and not piece.quoted for piece in word.pieces)
    if not is_known:
        return [Unknown(text)] if len(text) > 1 and text[0] == "-" else [None]
    return text.split() if splits else [text]


def text_of(pieces, at):
    """The text of a word's pieces, None if a part of it is unknown."""
    text, is_known = known_text(pieces, at)
    return text if is_known else None


def known_text(pieces, at):
    """(text, True) of a word's pieces; (the text before what is unknown, False) if a part of it is."""
    found = []
    for index, piece in enumerate(pieces):
        if piece.kind == "text":
            home = at.environment.get("HOME")
            if index == 0 and not piece.quoted and (piece.value == "~" or piece.value.startswith("~/")) and home:
                found.append(home + piece.value[1:])
                continue
            found.append(piece.value)
            continue
        value = variable(piece, at) if piece.kind == "name" else substituted(piece.value, at)
        if value is None:
            return "".join(found), False
        found.append(value)
    return "".join(found), True


def variable(piece, at):
    """The value of `$NAME` or `${NAME:-default}`."""
    name = piece.value
    if name == "PWD":
        return at.folder
    if name == "BASH_SOURCE":
        return at.place.get("file") if at.script else None
    value = at.environment.get(name)
    if value is None and name in at.environment:
        return None
    if not value and piece.default is not None:
        return text_of(piece.default, at)
    return "" if value is None and name in LISTS else value


def substituted(text, at):
    """The value of `$0` and `$(command)`, as far as scripts find their own folder with it."""
    own = OWN_NAME.match(text)
    if own and at.script:
        name = at.script if own.group(1) == "0" else at.place.get("file")
        return os.path.dirname(name) or name if name and own.group("folder") else name
    if text.startswith("$(") and not text.startswith("$(("):
        return printed(text[2:-1], at)
    return printed(text[1:-1], at) if text.startswith("`") else None


def printed(text, at):
    """What a command prints that names a folder: `dirname`, `readlink -f`, `cd … && pwd`. None for every other one."""
    if len(text) > LONGEST_SUBSTITUTION:
        return None
    try:
        commands = shell.parse(text)
    except Unreadable:
        return None
    for command in commands:
        words = [word for word in expand(command.words, at) if word is None or word[:1] != "-"]
        name, value = words[0] if words else None, words[1] if len(words) == 2 else None
        is_last = command is commands[-1]
        if command.before not in (";", "\n", "&&") or (is_last and command.after not in (";", "\n")):
            return None
        if name == "cd" and not is_last:
            at = at._replace(folder=join(at.folder, value))
        elif name == "pwd" and len(words) == 1 and is_last:
            return at.folder
        elif name == "dirname" and value and is_last:
            return os.path.dirname(value) or "."
        elif name in ("readlink", "realpath") and value and is_last:
            path = join(at.folder, value)
            return path and os.path.realpath(path)
        else:
            return None
    return None


NOT_PRODUCTIONS = (
    "A service that is not production's is left out if it has a profile (`profiles: [dev]`), or if its file is named so "
    "(compose.dev.yml)."
)


def with_way_out(hint, origin):
    """The hint on what something starts. Nobody but the project knows whether a service of compose is production's."""
    return "%s\n%s" % (hint, NOT_PRODUCTIONS) if "the service " in origin else hint
