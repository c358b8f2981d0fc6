"""Follows a shell script to what it runs in the end, as far as that does not depend on anything.

Commands are followed one after another, outside of `if`, `case`, loops and functions. Of what is inside of those only
one thing counts: what it may change for the commands after it.
"""

import os
import re

from shipshape_probe import shell
from shipshape_probe.shell_words import NAME, Unreadable, Word
from shipshape_probe.start_branches import look_inside
from shipshape_probe.start_situation import expand, join, with_variables

TESTS = {"[", "test", "[[", "command", "type", "which", "grep"}
SILENT = {
    ":", "true", "false", "echo", "printf", "umask", "ulimit", "trap", "wait", "alias", "unalias", "read", "shopt",
    "local", "hash", "times", "let", "jobs", "kill", "[", "test", "pwd", "type", "getopts", "sleep", "builtin",
}  # fmt: skip
DECLARING = {"export", "readonly", "declare", "typeset"}
ENDS = {"exit", "return"}
READS_ARGUMENTS = re.compile(r"\$[@*#1-9]|\$\{[@*#1-9]|\bgetopts\b")
CHANGES_ARGUMENTS = re.compile(r"\bshift\b|\bset --(\s|$)")
LEAVES = re.compile(r"\b(exit|return)\b")
HANDS_OVER = re.compile(r"\bexec\b")
MOST_FUNCTIONS = 50
CHANGES_PATH = re.compile(r"\bPATH=|\bsource\b|(^|[\s;])\.\s|\beval\b")
CHANGES_VARIABLES = re.compile(
    r"\bexport\b|\bsource\b|(^|[\s;])\.\s|\beval\b|(^|[\s;])[A-Za-z_]\w*=|\bread\b|\bset -a\b"
)
CHANGES_FOLDER = re.compile(r"\bcd\b|\bpushd\b")


def follow(start, text, at, strict):
    """Follow the commands of a script.

    start: gets the programs. text: of the script. at: the Situation, with the script's arguments. strict: `set -e`.
    """
    try:
        commands = shell.parse(text)
    except Unreadable:
        return
    Script(start, at, strict).run(commands)


class Script:
    def __init__(self, start, at, strict):
        self.start = start
        self.at = at
        self.strict = strict
        self.functions = {}
        self.ended = False
        self.depends = False  # whether the command before depends on something

    def run(self, commands):
        for index, command in enumerate(commands):
            if self.ended:
                return
            self.depends = self.does_depend(command, commands[index - 1] if index else None)
            is_last = all(self.is_after_the_end(each) for each in commands[index + 1 :])
            if command.name is not None:
                if len(self.functions) < MOST_FUNCTIONS:
                    self.functions[command.name] = command.text
            elif not command.words or self.depends:
                self.note_effects(command.text)
            else:
                self.simple(command, is_last)

    def does_depend(self, command, before):
        """Does it run only in some cases, or in a process of its own that others feed?"""
        if "|" in (command.before, command.after) or command.before == "||":
            return True
        if command.before == "&&" and before is not None:
            return self.depends or not before.words
        return command.after in ("&&", "||") and bool(command.words) and command.words[0].raw in TESTS

    def is_after_the_end(self, command):
        """Does it only wait for what runs in the background, or end the script?"""
        return bool(command.words) and command.words[0].raw in ("wait", "exit", "trap", "tail")

    def note_effects(self, text, own_arguments=False):
        """What a command that is not followed may change. own_arguments: it is a function, whose `$1` is its own."""
        look_inside(self.start, text, self.at)
        asks = not own_arguments and READS_ARGUMENTS.search(text)
        changes = not own_arguments and CHANGES_ARGUMENTS.search(text)
        if changes:
            self.at = self.at._replace(arguments=None)
        if changes or HANDS_OVER.search(text) or (asks and LEAVES.search(text)):
            self.at = self.at._replace(certain=False)
        if CHANGES_PATH.search(text):
            self.at = with_variables(self.at, {"PATH": None})
        if CHANGES_VARIABLES.search(text):
            self.at = self.at._replace(complete=False)
            self.at = with_variables(self.at, dict.fromkeys(re.findall(r"\b([A-Za-z_]\w*)=", text)))
        if CHANGES_FOLDER.search(text):
            self.at = self.at._replace(folder=None)
        for name, body in self.functions.items():
            if not own_arguments and re.search(r"(^|[\s;&|(])%s($|[\s;&|)])" % re.escape(name), text):
                self.note_effects(body, own_arguments=True)

    def simple(self, command, is_last):
        at = self.at
        words = list(command.words)
        variables = {}
        while words and shell.ASSIGNMENT.match(words[0].raw) and words[0].pieces:
            name, value = self.assigned(words.pop(0), with_variables(at, variables))
            variables[name] = value
        if not words:
            self.at = with_variables(at, variables)
            return
        at = with_variables(at, variables)
        if at.place:
            at = at._replace(place={**at.place, "line": command.line})
        name = words[0].raw
        if name in SILENT:
            return
        if name in ENDS:
            self.ended = True
        elif name in DECLARING:
            self.declare(words[1:])
        elif name == "cd":
            self.change_folder(expand(words[1:], at))
        elif name in (".", "source"):
            self.source(expand(words[1:], at))
            self.start.look_aside(["sh", *expand(words[1:], at)], at)
        elif name == "set":
            self.set(expand(words[1:], at))
        elif name == "unset":
            gone = {word.raw for word in words[1:]}
            kept = {name: value for name, value in self.at.environment.items() if name not in gone}
            self.at = self.at._replace(environment=kept)
        elif name in self.functions:
            self.note_effects(self.functions[name], own_arguments=True)
        elif name in ("eval", "shift"):
            self.note_effects(command.text)
        elif name == "exec":
            if len(words) > 1 and words[1].raw != "(":  # else it redirects the output
                self.ended = True
                self.start.follow(expand(without_options(words[1:]), at), at)
        else:
            self.program(expand(words, at), at, command, is_last)

    def program(self, words, at, command, is_last):
        leads = is_last or command.after == "&" or ((self.strict or command.after == "&&") and command.after != "||")
        if leads:
            self.start.follow(words, at)
        elif command.after != "||":
            self.start.look(words, at)
        else:
            self.start.look_aside(words, at)

    def assigned(self, word, at):
        """(name, value) of NAME=VALUE."""
        name, _, first = word.pieces[0].value.partition("=")
        rest = Word([word.pieces[0]._replace(value=first, quoted=True), *word.pieces[1:]], word.raw)
        values = expand([rest], at)
        value = values[0] if len(values) == 1 else (None if None in values else " ".join(values))
        if name.endswith("+"):
            name, value = name[:-1], None
        return name, value

    def declare(self, words):
        for word in words:
            if shell.ASSIGNMENT.match(word.raw):
                name, value = self.assigned(word, self.at)
                self.at = with_variables(self.at, {name: value})
            elif word.raw not in self.at.environment and NAME.match(word.raw):
                self.at = self.at._replace(complete=False)

    def change_folder(self, words):
        folder = join(self.at.folder, words[0]) if len(words) == 1 else None
        self.at = self.at._replace(folder=folder)

    def source(self, words):
        """`. FILE`: of a virtual environment's script it is known what it changes."""
        path = join(self.at.folder, words[0]) if words else None
        before = self.at.environment.get("PATH")
        if path and path.endswith("/bin/activate") and before:
            bin = os.path.dirname(path)
            self.at = with_variables(self.at, {"PATH": "%s:%s" % (bin, before), "VIRTUAL_ENV": os.path.dirname(bin)})
        else:
            self.at = with_variables(self.at._replace(complete=False), {"PATH": None})

    def set(self, words):
        words = list(words)
        while words:
            word = words.pop(0)
            if word in (None, "--") or word[:1] not in ("-", "+"):
                self.at = self.at._replace(arguments=None, certain=False)
                return
            option = words.pop(0) if word.endswith("o") and words else None
            self.strict = self.strict or (word.startswith("-") and ("e" in word or option == "errexit"))


def without_options(words):
    """The words of `exec` after its own options."""
    while words and words[0].raw in ("-c", "-l", "-a", "--"):
        words = words[2 if words[0].raw == "-a" else 1 :]
    return words
