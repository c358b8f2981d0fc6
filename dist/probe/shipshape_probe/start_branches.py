"""Looks into what the walk of the start does not follow: branches, loops, pipelines, functions.

It is not known whether what stands there runs. For one question that does not matter: how a command of manage.py is called.
"""

from shipshape_probe import shell
from shipshape_probe.shell_words import Lexer, Unreadable
from shipshape_probe.start_situation import expand, join, with_variables

KEYWORDS = {
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "{", "}", "!", "time", "esac", "command",
}  # fmt: skip
NO_COMMANDS = {"case", "for", "select", "function"}


def look_inside(start, text, at):
    """Have `start` look at each simple command of a text, wherever it stands. at: the Situation before it."""
    for command, line in simple_commands(text):
        variables, words = assignments(command, at)
        there = with_variables(at, variables)
        if at.place:
            there = there._replace(place={**at.place, "line": at.place.get("line", 1) + line - 1})
        name = words[0].raw if words else ""
        if name in ("export", "cd") or (variables and not words):
            at = changed(name, words, variables, at)
        elif name in (".", "source"):
            start.look_aside(["sh", *expand(words[1:], there)], there)
        elif name and name not in NO_COMMANDS:
            start.look_aside(expand(words[name == "exec" :], there), there)


def assignments(words, at):
    """({name: value}, the other words) of `NAME=VALUE … PROGRAM …`."""
    variables = {}
    for index, word in enumerate(words):
        if not shell.ASSIGNMENT.match(word.raw):
            return variables, words[index:]
        text = expand([word], at)
        known = len(text) == 1 and type(text[0]) is str
        variables[word.raw.partition("=")[0]] = text[0].partition("=")[2] if known else None
    return variables, []


def changed(name, words, variables, at):
    """The situation after `cd FOLDER`, `export NAME=VALUE` or `NAME=VALUE`."""
    if name == "cd":
        folder = expand(words[1:], at)
        return at._replace(folder=join(at.folder, folder[0]) if len(folder) == 1 else None)
    return with_variables(at, {**variables, **assignments(words[1:], at)[0]})


def simple_commands(text):
    """Yield (words, line) of each simple command, without the syntax around it. Nothing of a text that no shell would read."""
    try:
        tokens = list(Lexer(text[: shell.LONGEST]).tokens())
    except (Unreadable, RecursionError):
        return
    words, brackets, is_target, line = [], 0, False, 1
    for token in tokens:
        if token.kind == "word":
            line = line if words else token.line
            if is_target:
                is_target = False
            elif words or token.value.raw not in KEYWORDS:
                words.append(token.value)
        elif token.kind == "operator" and token.value not in shell.SEPARATORS and token.value not in "()":
            is_target = True
        else:
            is_pattern = token.value == ")" and not brackets  # of `case`
            is_name = token.value == "("  # of a function, or of an array
            brackets = max(brackets + {"(": 1, ")": -1}.get(token.value, 0), 0)
            if words and not is_pattern and not is_name:
                yield words, line
            words, is_target = [], False
