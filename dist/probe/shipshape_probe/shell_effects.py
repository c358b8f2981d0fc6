"""What a shell command that is not followed may change for the commands after it: found in its words or its text."""

import os
import re
from collections import namedtuple

# Commands of the shell itself without an effect on what is followed. POSIX and bash.
SILENT = {
    ":", "true", "false", "echo", "printf", "umask", "ulimit", "trap", "wait", "alias", "unalias", "shopt", "hash",
    "times", "jobs", "kill", "[", "test", "pwd", "type", "sleep", "fg", "bg", "disown", "enable", "suspend", "break",
    "continue", "bind", "caller", "compgen", "complete", "compopt", "dirs", "fc", "help", "history", "logout",
}  # fmt: skip
SET_VARIABLES = {"read", "mapfile", "readarray", "getopts", "let", "local"}
DECLARING = {"export", "readonly", "declare", "typeset"}
# In a condition these only ask.
TESTS = {"[", "test", "[[", "command", "type", "which", "grep"}
ENDS = {"exit", "return"}
# After these the script only waits for what runs in the background.
AFTER_THE_END = {"wait", "fg", "exit", "trap", "tail"}

READS_ARGUMENTS = re.compile(r"(?<!\\)\$(\{?[@*#1-9])|\bgetopts\b")
# Ways to ask for an argument other than by one whole word.
NOT_LITERAL = re.compile(
    r"-[nz]\s|\$\{?[#@*]|=~|!=|\$\{[1-9][^}]|[=]\s*[^\s;'\"]*[*?]|^\s*\(?[^\s'\"]*[*?][^\s'\"]*\)", re.M
)
CHANGES_ARGUMENTS = re.compile(r"\bshift\b|\bset --(\s|$)")
LEAVES = re.compile(r"\b(exit|return)\b")
RETURNS = re.compile(r"\breturn\b")
HANDS_OVER = re.compile(r"(?<![-\w])exec\s+(?!\{\w+\}|\d*[<>])\S")  # a program, no redirection
SETS_ANYTHING = re.compile(r"\bsource\b|(^|[\s;])\.\s|\beval\b")
EXPORTS = re.compile(r"\bexport\b|\bset -a\b|\bdeclare -\w*x")
ASSIGNED = re.compile(r"\b([A-Za-z_]\w*)\+?=")
READ = re.compile(r"\b(?:read|mapfile|readarray)\b((?:\s+-\w+|\s+[A-Za-z_]\w*)+)")
CHANGES_FOLDER = re.compile(r"\bcd\b|\b(push|pop)d\b")
# What makes other programs and modules: what was missing in the image may be there after it.
INSTALLS = re.compile(
    r"(^|[\s;&|(/])(pip[23]?|pipx|apt-get|apt|dnf|yum|microdnf|apk|npm|pnpm|yarn|bun|poetry|uv|pdm|pipenv|rye|hatch"
    r"|(micro)?(conda|mamba))\s[^\n;&|]*?\b(install|sync|add|ci|update|upgrade|create|pip)\b"
    r"|\bgit\s[^\n;&|]*?\b(clone|pull|checkout)\b|\bcurl(?=\s)[^\n;&|]*?\s(-\w*[oO]|--output|--remote-name)\s(?!\s*/dev/)"
    r"|\bwget\s(?![^\n;&|]*(--spider|-\w*O\s*(-|/dev/)))|\|\s*(sudo\s+)?(ba|da)?(sh|tar)\b"
    r"|\btar\s+-?-?\w*x|\b(unzip|rsync|easy_install)\s|\b(dpkg|rpm)\s+-i|\b(aws\s+s3|gsutil)\s[^\n;&|]*?\b(cp|sync)\b"
)
# Programs that make or change the files that they name.
TOUCHES = {"chmod", "cp", "mv", "ln", "install", "sed", "dos2unix", "tee", "dd"}
TOUCHING = re.compile(r"(?:^|[\s;&|(/])(%s)\s([^\n;&|)]*)" % "|".join(sorted(TOUCHES)))
NOT_EXECUTABLE = re.compile(r"0?[0246]{3}$")  # modes
WRITES = re.compile(r"(?<![>&\d])(?:1?>)(?![>&])\|?\s*([^\s;&|<>()]+)")
MOST_TEXT = 20000  # characters that are searched; in a longer command everything counts as changed

# asks: for the script's arguments. arguments: it changes them. hands_over: it may be the end of the script, by `exec`.
# leaves: by `exit` or `return`. returns: by `return`. anything: it may set any variable. exports: it exports variables that may not be known.
# variables: that it sets. folder: it changes the folder.
Effects = namedtuple("Effects", "asks arguments hands_over leaves returns anything exports variables folder")


def effects(text):
    """The Effects that a text may have."""
    read = [name for words in READ.findall(text) for name in words.split() if name[0] != "-"]
    return Effects(
        bool(READS_ARGUMENTS.search(text)),
        bool(CHANGES_ARGUMENTS.search(text)),
        bool(HANDS_OVER.search(text)),
        bool(LEAVES.search(text)),
        bool(RETURNS.search(text)),
        bool(SETS_ANYTHING.search(text)),
        bool(EXPORTS.search(text)),
        {*ASSIGNED.findall(text), *read},
        bool(CHANGES_FOLDER.search(text)),
    )


def asks_for(text, arguments, names):
    """May a text do something for a script's first argument? names: of servers, and of functions that may run one."""
    if not READS_ARGUMENTS.search(text) or not arguments or not arguments[0]:
        return bool(READS_ARGUMENTS.search(text))
    words = re.findall(r"[^\s\"'();&|=!$\[\]{}]+", text)
    if NOT_LITERAL.search(text):
        return True
    runs = any(word in names for word in words if word != arguments[0])
    return arguments[0] in words and (runs or words.count(arguments[0]) > 1 or arguments[0] not in names)


def may_serve(text, servers):
    """May the body of a function run a server?"""
    return bool(HANDS_OVER.search(text)) or any(word in text for word in (*servers, "uwsgi", "runserver"))


def installs(text):
    """May the commands of a text make programs or modules?"""
    return bool(INSTALLS.search(text + " "))


def touched(text, words=None):
    """The paths that a command makes or changes. None in place of one that is not known. words: of a simple one, expanded."""
    found = []
    if len(text) > MOST_TEXT:
        return [None]
    if words is not None:
        names = [os.path.basename(word or "") for word in words[:6]]
        for name in TOUCHES.intersection(names):
            found.extend(paths_of(name, words[names.index(name) + 1 :]))
    else:
        for name, rest in TOUCHING.findall(text):
            plain = [word.strip("\"'") for word in rest.split()]
            found.extend(paths_of(name, [None if re.search(r"[$`]", word) else word for word in plain]))
    for target in (each.strip("\"'") for each in WRITES.findall(text)):
        if not target.startswith("/dev/") and not target.endswith(".log"):
            found.append(None if re.search(r"[$`]", target) else target)
    return found


def paths_of(name, words):
    """The words of a command that makes or changes files which are paths."""
    words = [word for word in words if word is None or not word.startswith("-")]
    if name == "chmod" and words and NOT_EXECUTABLE.match(words[0] or ""):
        return []
    if name == "sed":
        words = words[-1:]
    # All files that a pattern may mean are below the folder before it.
    return [word and os.path.join(re.split(r"[^/]*[*?\[]", word)[0] or ".", "") for word in words]
