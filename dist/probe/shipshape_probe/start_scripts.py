"""Follows a shell script to what it runs in the end, as far as that does not depend on anything.

Commands are followed one after another, outside of `if`, `case` and loops, and into the functions and files that they
call. Of what is inside of a branch or loop only one thing counts: what it may change for the commands after it.
"""

import os
import re

from shipshape_probe import shell, shell_effects
from shipshape_probe.shell_effects import AFTER_THE_END, DECLARING, ENDS, SET_VARIABLES, SILENT, TESTS
from shipshape_probe.shell_words import NAME, Unreadable, Word
from shipshape_probe.start_branches import look_inside
from shipshape_probe.start_config_files import read
from shipshape_probe.start_servers import FLAGS
from shipshape_probe.start_situation import expand, is_arguments, join, with_any_variables, with_variables
from shipshape_probe.start_wrappers import without_command, without_options

MOST_FUNCTIONS = 50
DEEPEST = 8  # functions and sourced files inside of each other


def follow(start, text, at, strict):
    """Follow the commands of a script.

    start: gets the programs. text: of the script. at: the Situation, with the script's arguments. strict: `set -e`.
    """
    try:
        commands = shell.parse(text)
    except Unreadable:
        return
    Script(start, at, strict, {}).run(commands)


class Script:
    """A script, or a function or sourced file of it.

    functions: {name: (its Command, the file that it is in)}. calls: of functions and files that are being followed. is_last: nothing comes after it.
    """

    def __init__(self, start, at, strict, functions, calls=(), is_last=True):
        self.start = start
        self.at = at
        self.strict = strict
        self.functions = functions
        self.calls = calls
        self.is_last = is_last
        self.exports_all = False  # `set -a`
        self.ended = False
        self.exited = False  # it ended, and with it the script that called it
        self.may_exit = False
        self.depends = False  # whether the command before depends on something

    def run(self, commands):
        """Follow these commands."""
        for index, command in enumerate(commands):
            if self.ended or not self.start.may_go_on():
                return
            self.depends = self.does_depend(command, commands[index - 1] if index else None)
            is_last = self.is_last and all(is_after_the_end(each) for each in commands[index + 1 :])
            if command.name is not None:
                if len(self.functions) < MOST_FUNCTIONS:
                    self.functions[command.name] = command, self.at.place.get("file")
            elif not command.words or self.depends:
                self.note_effects("| " + command.text if "|" in command.before else command.text)
            else:
                self.simple(command, is_last)

    def does_depend(self, command, before):
        """Does it run only in some cases, or in a process of its own that others feed?"""
        if "|" in (command.before, command.after) or command.before == "||":
            return True
        if command.before == "&&" and before is not None:
            return self.depends or not before.words
        return command.after in ("&&", "||") and bool(command.words) and command.words[0].raw in TESTS

    def note_effects(self, text, of_function=False):
        """What a command that is not followed may change. of_function: the text is a function, whose `$1` is its own."""
        look_inside(self.start, text, self.at)
        found = shell_effects.effects(text)
        asks, changes = (found.asks, found.arguments) if not of_function else (False, False)
        if asks and shell_effects.asks_for(text, self.at.arguments, self.runs()):
            self.at = self.at._replace(asked=True)
        if changes:
            self.at = self.at._replace(arguments=None)
        if found.hands_over or changes or (asks and found.leaves):
            self.at = self.at._replace(certain=False)
            self.may_exit = True
        if self.calls and found.returns:
            self.at = self.at._replace(certain=False)  # until the function ends
        if found.anything:
            self.at = with_any_variables(self.at)
        elif found.exports:
            self.at = self.at._replace(complete=False)
        self.set_unknown(found.variables)
        if found.folder:
            self.at = self.at._replace(folder=None)
        self.start.note_changes(text, self.at)
        for name, (function, _) in self.functions.items():
            if not of_function and re.search(r"(^|[\s;&|(])%s($|[\s;&|)])" % re.escape(name), text):
                self.note_effects(function.text, of_function=True)

    def runs(self):
        """Names of servers, and of the functions that may run one."""
        return {
            *FLAGS,
            *(name for name, (each, _) in self.functions.items() if shell_effects.may_serve(each.text, FLAGS)),
        }

    def set_unknown(self, names):
        """These variables get values that are not known."""
        for name in names:
            self.assign(name, None)

    def assign(self, name, value, exported=False):
        """Set a variable, as the shell does: programs get it if it is exported."""
        private = self.at.private
        if exported or self.exports_all:
            private = private - {name}
        elif name not in self.at.environment:
            private = private | {name}
        self.at = with_variables(self.at._replace(private=private), {name: value})

    def simple(self, command, is_last):
        """Follow a simple command."""
        words, variables = list(command.words), {}
        while words and shell.ASSIGNMENT.match(words[0].raw) and words[0].pieces:
            name, value = self.assigned(words.pop(0), with_variables(self.at, variables))
            if words and words[0].raw == "(":
                words, value = words[1:], None  # an array
            variables[name] = value
        if not words:
            for name, value in variables.items():
                self.assign(name, value)
            return
        at = with_variables(self.at._replace(private=self.at.private.difference(variables)), variables)
        if at.place:
            at = at._replace(place={**at.place, "line": command.line})
        words, is_program = without_command(words)
        name = words[0].raw if words else ":"
        if name in SILENT:
            return
        if name in ENDS:
            self.ended = True
            self.exited = name == "exit"
        elif name in DECLARING:
            self.declare(words[1:], exported=name == "export")
        elif name in SET_VARIABLES:
            self.set_unknown(word.raw.partition("=")[0] for word in words[1:] if NAME.match(word.raw))
        elif name in ("cd", "pushd"):
            self.change_folder([word for word in expand(words[1:], at) if word not in ("--", "-P", "-L")])
        elif name == "popd":
            self.at = self.at._replace(folder=None)
        elif name in (".", "source"):
            self.source(expand(words[1:], at), at, command)
        elif name == "set":
            self.set(expand(words[1:], at))
        elif name == "unset":
            gone = {word.raw for word in words[1:]}
            kept = {name: value for name, value in self.at.environment.items() if name not in gone}
            self.at = self.at._replace(environment=kept)
        elif name == "shift" and len(words) == 1:
            self.at = self.at._replace(arguments=self.at.arguments and self.at.arguments[1:])
        elif name in ("eval", "shift", "coproc"):
            self.note_effects(command.text)
        elif name == "exec":
            if len(words) > 1 and words[1].raw != "(":  # else it redirects the output
                self.ended = self.exited = True
                self.start.follow(*self.expanded(without_options(words[1:]), at))
        else:
            words, at = self.expanded(words, at)
            if words and words[0] in self.functions and not is_program:
                self.call(*self.functions[words[0]], words[1:], at, command, is_last)
            else:
                self.program(words, at, command, is_last)

    def expanded(self, words, at):
        """(words, situation) of a program. What the arguments name is not certain in a script that has asked for them."""
        if at.asked and words and is_arguments(words[0]):
            at = at._replace(certain=False)
        elif at.asked:
            return expand(words, at._replace(arguments=None)), at
        return expand(words, at), at

    def program(self, words, at, command, is_last):
        """Follow a program. It counts if the start fails without it."""
        leads = is_last or command.after == "&" or ((self.strict or command.after == "&&") and command.after != "||")
        if leads and not command.inverted:
            self.start.follow(words, at)
        elif command.after != "||":
            self.start.look(words, at)
        else:
            self.start.look_aside(words, at)
        self.start.note_changes(command.text, at, words)

    def call(self, function, file, arguments, at, command, is_last):
        """Follow a function as if its body stood there."""
        commands = shell.body(function)
        if commands is None or function.name in self.calls or len(self.calls) >= DEEPEST:
            self.note_effects(function.text, of_function=True)
            return
        at = at._replace(arguments=arguments, asked=False, place={"file": file} if file else {})
        self.inside(commands, at, function.name, command, is_last)

    def inside(self, commands, at, name, command, is_last):
        """Follow the commands of a function or sourced file, and go on with what they have changed."""
        strict = self.strict and command.after not in ("&&", "||")
        counts = is_last or command.after == "&&"
        inner = Script(self.start, at, strict, self.functions, (*self.calls, name), counts)
        inner.exports_all = self.exports_all
        inner.run(commands)
        if command.after == "&":
            return
        before = self.at
        certain = before.certain and not (inner.may_exit and not inner.at.certain)
        self.at = inner.at._replace(
            arguments=before.arguments, asked=before.asked, place=before.place, certain=certain, depth=before.depth
        )
        self.ended = self.exited = inner.exited
        self.may_exit = self.may_exit or inner.may_exit
        self.exports_all = inner.exports_all
        if strict == self.strict:
            self.strict = inner.strict

    def assigned(self, word, at):
        """(name, value) of NAME=VALUE."""
        name, _, first = word.pieces[0].value.partition("=")
        rest = Word([word.pieces[0]._replace(value=first, quoted=True), *word.pieces[1:]], word.raw)
        values = expand([rest], at)
        is_known = all(type(value) is str for value in values)
        value = " ".join(values) if is_known else None
        if name.endswith("+"):
            name, value = name[:-1], None
        return name, value

    def declare(self, words, exported):
        """`export` and its like."""
        for word in words:
            if shell.ASSIGNMENT.match(word.raw):
                name, value = self.assigned(word, self.at)
                self.assign(name, value, exported)
            elif word.raw.startswith("-"):
                exported = exported or "x" in word.raw
            elif word.raw in self.at.environment:
                self.assign(word.raw, self.at.environment[word.raw], exported)
            else:  # `export $(cat .env)`, or a name that has its value from elsewhere
                self.at = self.at._replace(complete=False)

    def change_folder(self, words):
        folder = join(self.at.folder, words[0]) if len(words) == 1 else None
        self.at = self.at._replace(folder=folder)

    def source(self, words, at, command):
        """`. FILE`: it is followed if it is in the image. Of a virtual environment's script it is known what it changes."""
        path = join(self.at.folder, words[0]) if words and words[0] else None
        before = self.at.environment.get("PATH")
        if path and path.endswith("/bin/activate") and before:
            bin = os.path.dirname(path)
            self.at = with_variables(self.at, {"PATH": "%s:%s" % (bin, before), "VIRTUAL_ENV": os.path.dirname(bin)})
            return
        text = read(path) if path and len(words) == 1 and len(self.calls) < DEEPEST else None
        try:
            commands = shell.parse(text) if text is not None and path not in self.calls else None
        except Unreadable:
            commands = None
        if commands is None:
            self.at = with_any_variables(self.at)
            return
        place = {"file": path} if at.place else {}
        self.inside(commands, at._replace(place=place), path, command, False)

    def set(self, words):
        """`set -e`, `set -a`, and `set -- WORDS`."""
        words = list(words)
        while words:
            word = words.pop(0)
            if word == "--" or (word and word[:1] not in ("-", "+")):
                self.at = self.at._replace(arguments=words if word == "--" else [word, *words])
                return
            if word is None:
                self.at = self.at._replace(arguments=None, certain=False)
                return
            option = words.pop(0) if word.endswith("o") and words else None
            if "e" in word[1:] or option == "errexit":
                self.strict = word.startswith("-")
            if "a" in word[1:] or option == "allexport":
                self.exports_all = word.startswith("-")


def is_after_the_end(command):
    """Does it only wait for what runs in the background, or end the script?"""
    return bool(command.words) and command.words[0].raw in AFTER_THE_END
