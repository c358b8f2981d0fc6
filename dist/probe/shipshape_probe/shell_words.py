"""Cuts shell text into words and operators. A word is kept in its pieces: text, variables, and what is not known here.

Syntax: POSIX, "Shell Command Language", and what bash adds.
"""

import re
from collections import namedtuple

MOST_WORDS = 20000
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OPERATOR = re.compile(r"&&|\|\||;;&?|;&|\|&|<<<|<<-?|&>>?|[<>]&|>>|>\||<>|[;&|<>()\n]")

# A piece of a word: `kind` is "text", "name" (a variable; `default` is a word's pieces or None), "arguments" ("$@") or
# "unknown". `quoted`: no spaces of it end the word.
Piece = namedtuple("Piece", "kind value quoted default")
Word = namedtuple("Word", "pieces raw")
# `kind` is "word", "operator" or "end". The value of a word is a Word.
Token = namedtuple("Token", "kind value start line")


class Unreadable(Exception):
    """The text is no shell text, or too long."""


class Lexer:
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.line = 1
        self.here_documents = []
        self.count = 0

    def tokens(self):
        before = ""
        while True:
            self.skip_blanks()
            if self.at >= len(self.text):
                yield Token("end", "", self.at, self.line)
                return
            start, line = self.at, self.line
            operator = OPERATOR.match(self.text, self.at)
            if operator:
                self.at = operator.end()
                before = operator.group()
                yield Token("operator", before, start, line)
                if before == "\n":
                    self.line += 1
                    self.skip_here_documents()
                continue
            self.count += 1
            if self.count > MOST_WORDS:
                raise Unreadable("it has too many words")
            pieces = list(self.pieces())
            raw = self.text[start : self.at]
            word = Token("word", Word(pieces, raw), start, line)
            if raw.isdigit() and self.text[self.at : self.at + 1] in ("<", ">"):
                continue  # the number of a descriptor
            if before in ("<<", "<<-"):
                self.here_documents.append(("".join(piece.value for piece in pieces), before == "<<-"))
            before = ""
            yield word

    def skip_blanks(self):
        while self.at < len(self.text):
            character = self.text[self.at]
            if character in " \t\r":
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
                self.line += 1
            elif character == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def skip_here_documents(self):
        for delimiter, tabs in self.here_documents:
            while self.at < len(self.text):
                end = self.text.find("\n", self.at)
                end = len(self.text) if end < 0 else end
                line = self.text[self.at : end]
                self.at = min(end + 1, len(self.text))
                self.line += 1
                if (line.lstrip("\t") if tabs else line) == delimiter:
                    break
        self.here_documents = []

    def pieces(self):
        """The pieces of the word at this place."""
        while self.at < len(self.text):
            character = self.text[self.at]
            if character in " \t\r" or OPERATOR.match(self.text, self.at):
                return
            if character == "\\":
                if self.text.startswith("\\\n", self.at):
                    self.line += 1
                else:
                    yield text_piece(self.text[self.at + 1 : self.at + 2])
                self.at += 2
            elif character == "'":
                end = self.until("'", self.at + 1)
                yield text_piece(self.text[self.at + 1 : end])
                self.at = end + 1
            elif character == '"':
                self.at += 1
                yield from self.inside_quotes()
            elif character in "$`":
                yield self.expansion(quoted=False)
            else:
                end = self.at
                while end < len(self.text) and self.text[end] not in " \t\r\n;&|<>()\\'\"$`":
                    end += 1
                piece = self.text[self.at : end]
                self.at = end
                # A pattern or a list in braces becomes other words than it looks like.
                makes_words = re.search(r"[*?\[]|\{.*,.*\}", piece) and piece not in ("[", "[[")
                yield Piece("unknown", piece, False, None) if makes_words else text_piece(piece, quoted=False)

    def inside_quotes(self):
        yield text_piece("")
        while True:
            if self.at >= len(self.text):
                raise Unreadable("a quote is not closed")
            character = self.text[self.at]
            if character == '"':
                self.at += 1
                return
            if character == "\\":
                following = self.text[self.at + 1 : self.at + 2]
                if following == "\n":
                    self.line += 1
                else:
                    yield text_piece(following if following in '$`"\\' else "\\" + following)
                self.at += 2
            elif character in "$`":
                yield self.expansion(quoted=True)
            else:
                end = self.at
                while end < len(self.text) and self.text[end] not in '"\\$`':
                    end += 1
                piece = self.text[self.at : end]
                self.line += piece.count("\n")
                self.at = end
                yield text_piece(piece)

    def expansion(self, quoted):
        """The piece that begins with `$` or a backquote here."""
        text, start = self.text, self.at
        if text[start] == "`":
            self.at = self.until("`", start + 1) + 1
            return Piece("unknown", text[start : self.at], quoted, None)
        following = text[start + 1 : start + 2]
        if following == "(":
            self.at = self.closing(start + 1, "(", ")")
            return Piece("unknown", text[start : self.at], quoted, None)
        if following == "{":
            self.at = self.closing(start + 1, "{", "}")
            return parameter(text[start + 2 : self.at - 1], quoted)
        if following == "'" and not quoted:
            end = self.until("'", start + 2)
            self.at = end + 1
            return Piece("unknown", text[start : self.at], True, None)
        name = NAME.match(text, start + 1)
        if name:
            self.at = name.end()
            return Piece("name", name.group(), quoted, None)
        if following and following in "@*#?-$!0123456789":
            self.at = start + 2
            return parameter(following, quoted)
        self.at = start + 1
        return text_piece("$", quoted)

    def until(self, character, start):
        end = self.text.find(character, start)
        if end < 0:
            raise Unreadable("a quote is not closed")
        self.line += self.text.count("\n", start, end)
        return end

    def closing(self, start, opener, closer):
        """The place after the bracket that closes the one at `start`. Quotes and escapes inside do not count."""
        depth, at = 0, start
        while at < len(self.text):
            character = self.text[at]
            if character == "\\":
                at += 1
            elif character == "'" and opener == "(":
                at = self.until("'", at + 1)
            elif character == opener:
                depth += 1
            elif character == closer:
                depth -= 1
                if depth == 0:
                    self.line += self.text.count("\n", start, at)
                    return at + 1
            at += 1
        raise Unreadable("a bracket is not closed")


def text_piece(text, quoted=True):
    return Piece("text", text, quoted, None)


def parameter(inside, quoted):
    """The piece for `${inside}`."""
    if inside == "@":
        return Piece("arguments", inside, quoted, None)
    name = NAME.match(inside)
    rest = inside[name.end() :] if name else ""
    if name and not rest:
        return Piece("name", inside, quoted, None)
    default = re.match(r":?[-=](.*)$", rest, re.S) if name else None
    if default:
        try:
            tokens = list(Lexer('"%s"' % default.group(1).replace('"', "")).tokens())
        except (Unreadable, RecursionError):
            tokens = []
        if len(tokens) == 2:
            return Piece("name", name.group(), quoted, tokens[0].value.pieces)
    return Piece("unknown", "${%s}" % inside, quoted, None)
