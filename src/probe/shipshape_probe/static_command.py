"""How production collects its static files: the first collectstatic call in the Dockerfile or in what the image starts.

The Dockerfile's lines come with the request. The image's ENTRYPOINT and CMD come with its config, and the scripts that they
name are read here. All of it is text that others wrote, so sizes and numbers are limited, and what cannot be read is left out.
"""

import json
import os
import re
import shlex

from shipshape_probe import paths

LARGEST = 256 * 1024
MOST_SCRIPTS = 10
MOST_LINES = 200
COMMAND = re.compile(r"collectstatic\w*")
# What the word before it looks like: manage.py, django-admin, `python -m django`, a variable that holds one of them.
PROGRAM = re.compile(r"(.*/)?(\w*manage\w*|django-admin|django)(\.py)?|.*\.py|\$.*")
INSTRUCTION = re.compile(r"(?:RUN|CMD|ENTRYPOINT)\s+(?:--\S+\s+)*(\[.*\])\s*$", re.I | re.S)
OPERATOR = re.compile(r"[();<>|&]+")
# What makes static files when the container starts, before it collects them.
BUILDS = re.compile(
    r"\b(npm|npx|pnpm|yarn|bun|webpack|vite|gulp|grunt|make|sass|tailwind\w*|compile\w+|curl|wget|tar|unzip)\b"
)
DOCKERFILE = "the Dockerfile"


class Call:
    """A collectstatic call: the command's name, its options, where it is written, and whether files are built before it."""

    def __init__(self, name, options, where, builds=False):
        self.name = name
        self.options = options
        self.where = where
        self.builds = builds

    @property
    def at_start(self):
        """Does the container make this call when it starts? Then the files of the image are all that it has."""
        return bool(self.where) and self.where != DOCKERFILE

    @property
    def must_pass(self):
        """Would there be no image if this call had failed?"""
        return self.where == DOCKERFILE


USUAL = Call("collectstatic", [], "")


def production_calls():
    """Yield the calls that production makes, in the order in which they are found."""
    lines = paths.read_json(paths.REQUEST).get("collects")
    for line in lines[:MOST_LINES] if isinstance(lines, list) else ():
        yield from calls(str(line)[:LARGEST], DOCKERFILE)
    config = paths.read_json(paths.IMAGE).get("config")
    for text, where in started(config if isinstance(config, dict) else {}):
        yield from calls(text, where)


def started(config):
    """Yield (text, where it is) of the image's ENTRYPOINT and CMD, and of the shell scripts that they start."""
    words = []
    for name in ("Entrypoint", "Cmd"):
        value = config.get(name)
        words.extend(str(word)[:LARGEST] for word in value or () if isinstance(value, list))
    yield shlex_join(words), "CMD"
    texts = [word for word in words if re.search(r"\s", word)]  # of `sh -c`
    for text in texts:
        yield text, "CMD"
    waiting, seen = named_scripts(" ".join(words), on_path=True), set()
    while waiting and len(seen) < MOST_SCRIPTS:
        script = waiting.pop(0)
        text = "" if script in seen else read_script(script)
        seen.add(script)
        if text:
            yield text, script
            waiting.extend(named_scripts(text))


def named_scripts(text, on_path=False):
    """The files that a text names: by a path, or as a program on PATH."""
    words = dict.fromkeys(re.findall(r"[\w./-]+", text)[:5000])
    found = [word for word in words if "/" in word or word.endswith(".sh")]
    if on_path:
        found.extend(os.path.join(folder, word) for word in list(words)[:50] for folder in program_folders())
    return [os.path.abspath(path) for path in found[:1000] if len(path) < 500 and os.path.isfile(path)]


def program_folders():
    return [folder for folder in os.environ.get("PATH", "").split(":")[:20] if folder]


def read_script(path):
    """The text of a shell script, "" if the file is none."""
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST)
    except OSError:
        return ""
    first = content.split(b"\n", 1)[0]
    is_shell = re.match(rb"#!.*sh\b", first) or (path.endswith(".sh") and b"\0" not in content)
    return content.decode("utf-8", "replace") if is_shell else ""


def calls(text, where):
    """Yield the collectstatic calls of a shell text, or of a line of a Dockerfile."""
    before = ""
    for line in re.sub(r"\\\r?\n", " ", text).split("\n"):
        if COMMAND.search(line) and not line.lstrip().startswith("#"):
            for words in simple_commands(line):
                found = call(words, where, bool(BUILDS.search(before)))
                if found:
                    yield found
        if not line.lstrip().startswith("#"):
            before += line + "\n"


def simple_commands(line):
    """Split a line of shell into commands, each a list of words."""
    listed = INSTRUCTION.match(line.strip())
    if listed:
        words = json_list(listed.group(1))
        yield words
        for word in words:
            if re.search(r"\s", word):
                yield from simple_commands(word)
        return
    words, skip = [], False
    for word in shell_words(line):
        if skip:
            skip = False  # where a redirection goes
        elif OPERATOR.fullmatch(word):
            skip = bool(set(word) & set("<>"))
            if skip and words and words[-1].isdigit():
                words.pop()
            elif not skip:
                yield words
                words = []
        else:
            words.append(word)
    yield words


def shell_words(line):
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:  # a quote that another line closes
        return line.split()


def call(words, where, builds):
    """The collectstatic call in the words of one command, or None."""
    for index in range(1, len(words)):
        if COMMAND.fullmatch(words[index]) and PROGRAM.fullmatch(words[index - 1]):
            if {"echo", "printf"} & set(words[:index]):
                return None
            options = [word for word in words[index + 1 :] if "$" not in word and "`" not in word]
            return Call(words[index], options, where, builds)
    return None


def json_list(text):
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []


def shlex_join(words):
    return " ".join(shlex.quote(word) for word in words)
