"""Reads shell text as far as it is certain: simple commands, the words that they are made of, and what joins them.

What has branches or loops (`if`, `case`, `while`, functions) is kept as text, for whoever wants to know whether it
touches a variable or the arguments. Nothing is run.
"""

import re
from collections import namedtuple

from shipshape_probe.shell_words import Lexer, Piece, Unreadable, Word

LONGEST = 256 * 1024  # characters; a longer text is not read
OPENERS = {
    "if": "fi", "case": "esac", "for": "done", "while": "done", "until": "done", "select": "done", "{": "}", "[[": "]]",
}  # fmt: skip
GOES_ON = {"then", "else", "elif", "do", "!"}  # after these words there is another command
ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
SEPARATORS = {";", "&", "\n", "&&", "||", "|", "|&", ";;", ";&", ";;&"}

# A command: `before` and `after` are the operators around it. A simple one has words, a compound one only its text. `name`
# is that of a function that it defines, `body` what body() reads. `inverted`: it begins with `!`.
Command = namedtuple("Command", "words text line before after name body inverted")


def parse(text):
    """The commands of a text, in order.

    Raises Unreadable for a text that is too long, or that no shell would read (an open quote, for example).
    """
    if len(text) > LONGEST:
        raise Unreadable("it is too long")
    try:
        return Parser(text, list(Lexer(text).tokens())).commands()
    except RecursionError:
        raise Unreadable("it is nested too deep") from None


def body(function):
    """The commands of a function's body. None if it is not in braces."""
    text, tokens = function.body
    if len(tokens) < 2 or [raw_value(tokens[0]), raw_value(tokens[-1])] != ["{", "}"]:
        return None
    end = tokens[-1]
    try:
        return Parser(text, [*tokens[1:-1], end._replace(kind="end", value="")]).commands()
    except RecursionError:
        raise Unreadable("it is nested too deep") from None


class Parser:
    def __init__(self, text, tokens):
        self.text = text
        self.tokens = tokens
        self.at = 0

    def commands(self):
        found, before = [], ";"
        while self.tokens[self.at].kind != "end":
            token = self.tokens[self.at]
            if token.kind == "operator" and token.value in SEPARATORS:
                self.at += 1
                if token.value != "\n" or before not in ("&&", "||", "|", "|&"):
                    before = token.value  # a line may end after `&&`
                continue
            command = self.command(before)
            found.append(command)
            before = command.after
        return found

    def command(self, before):
        first = self.tokens[self.at]
        inverted = self.skip_prefixes()
        words, name = [], self.skip_name_of_function()
        begin = self.at
        token = self.tokens[begin]
        if name is not None or token.value == "(" or (token.kind == "word" and token.value.raw in OPENERS):
            self.skip_compound()
        else:
            words = self.simple()
        end = self.tokens[self.at]
        after = end.value if end.kind == "operator" else ";"
        text = self.text[first.start : end.start]
        body = (self.text, self.tokens[begin : self.at]) if name is not None else None
        return Command(words, text, first.line, before, after, name, body, inverted)

    def skip_prefixes(self):
        """Skip the keywords `!` and `time` before a command. Returns whether its result is inverted."""
        inverted = False
        while raw_value(self.tokens[self.at]) in ("!", "time") and self.tokens[self.at + 1].kind == "word":
            inverted = inverted or raw_value(self.tokens[self.at]) == "!"
            self.at += 1
            if raw_value(self.tokens[self.at]) == "-p" and self.tokens[self.at + 1].kind == "word":
                self.at += 1
        return inverted

    def skip_name_of_function(self):
        """Skip `name()` or `function name` up to the body. Returns the name, None if no function begins here."""
        values = [raw_value(token) for token in self.tokens[self.at : self.at + 4]]
        if values[1:3] == ["(", ")"]:
            name, length = values[0], 3
        elif values[:1] == ["function"] and len(values) > 2:
            name, length = values[1], 4 if values[2:4] == ["(", ")"] else 2
        else:
            return None
        self.at = min(self.at + length, len(self.tokens) - 1)
        while self.tokens[self.at].value == "\n":
            self.at += 1
        return name

    def simple(self):
        """The words up to the operator that ends the command. Redirections are left out."""
        words = []
        while True:
            token = self.tokens[self.at]
            if token.kind == "end" or (token.kind == "operator" and token.value in SEPARATORS):
                return words
            self.at += 1
            if token.kind == "word":
                words.append(token.value)
            elif token.value in "()":
                self.skip_array(token)
                words.append(Word([Piece("unknown", token.value, False, None)], token.value))
            elif self.tokens[self.at].kind == "word":
                self.at += 1  # what is redirected to

    def skip_array(self, bracket):
        """Skip what stands in the brackets of `NAME=(…)`, over several lines too."""
        depth = 1 if bracket.value == "(" else 0
        while depth and self.tokens[self.at].kind != "end":
            depth += {"(": 1, ")": -1}.get(raw_value(self.tokens[self.at]), 0)
            self.at += 1

    def skip_compound(self):
        """Skip to the operator after a compound command."""
        waiting, starts = [], True
        while self.tokens[self.at].kind != "end":
            token = self.tokens[self.at]
            if token.kind == "operator":
                if not waiting and token.value in SEPARATORS:
                    return
                if token.value == "(":
                    waiting.append(")")
                elif token.value == ")" and waiting and waiting[-1] == ")":
                    waiting.pop()
                starts = True
            else:
                raw = token.value.raw
                if waiting and raw == waiting[-1] and (starts or raw in ("}", "]]")):
                    waiting.pop()
                    starts = False
                elif starts and raw in OPENERS:
                    waiting.append(OPENERS[raw])
                    starts = raw not in ("case", "for", "select", "[[")
                else:
                    starts = raw in GOES_ON
            self.at += 1


def raw_value(token):
    return token.value.raw if token.kind == "word" else token.value
