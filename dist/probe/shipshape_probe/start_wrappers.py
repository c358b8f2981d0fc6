"""Programs that run another one: as another user, with other variables, as the child of an init, after a wait."""

import shlex

from shipshape_probe.shell import ASSIGNMENT
from shipshape_probe.start_situation import join, with_any_variables, with_variables

# Those that run the program after their own options. The options that are named take a value.
OPTIONS = {
    "tini": "-p -e", "docker-init": "-p -e", "catatonit": "-P", "dumb-init": "-r --rewrite", "nohup": "",
    "nice": "-n", "ionice": "-c -n -p", "stdbuf": "-i -o -e", "chrt": "-p", "time": "-f -o", "setsid": "",
    "ddtrace-run": "",
    "setpriv": "--reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label",
    "sudo": "-u --user -g --group -h --host -p --prompt -C -D --chdir -R -T -r -t",
    "timeout": "-k --kill-after -s --signal",
    "dockerize": "-wait -timeout -template -stdout -stderr -delims -wait-http-header -wait-retry-interval -poll",
    "gosu": "", "su-exec": "", "setuidgid": "", "s6-setuidgid": "",
}  # fmt: skip
# The first word after the options is a user or a time.
TAKES_A_WORD = {"gosu", "su-exec", "setuidgid", "s6-setuidgid", "timeout"}
SWITCH_USER = {"gosu", "su-exec", "setuidgid", "s6-setuidgid", "setpriv", "sudo"}
# Programs that wait for a service, or fetch variables, and run what stands behind `--`.
WAITERS = {"wait-for-it", "wait-for", "wait-for-it.sh", "wait-for.sh", "wait-for-port"}
FETCHERS = {"doppler", "chamber", "infisical", "dotenvx", "teller", "vault-env", "berglas", "op"}


def unwrapped(name, arguments, at):
    """(words, situation) of what a wrapper runs. None if no wrapper has this name."""
    if name in OPTIONS:
        words = after_options(arguments, OPTIONS[name].split())
        if name in TAKES_A_WORD:
            words = words[1:]
        if name == "sudo":  # it has a PATH of its own
            at = with_any_variables(at)
        return words, at._replace(user=at.user or name in SWITCH_USER)
    if name == "env":
        return of_env(arguments, at)
    if name == "su":
        text = [arguments[index + 1] for index, word in enumerate(arguments[:-1]) if word in ("-c", "--command")]
        return ["sh", "-c", *text[:1]], with_any_variables(at)._replace(user=True)
    if name == "newrelic-admin" and arguments[:1] == ["run-program"]:
        return arguments[1:], at
    if name in WAITERS | FETCHERS and "--" in arguments:
        return arguments[arguments.index("--") + 1 :], with_any_variables(at) if name in FETCHERS else at
    return None


def of_env(arguments, at):
    """env [-i] [-u NAME] [-C FOLDER] [-S TEXT] [NAME=VALUE]… PROGRAM"""
    arguments = list(arguments)
    while arguments and arguments[0] is not None:
        word = arguments.pop(0)
        if word in ("-i", "-", "--ignore-environment"):
            at = at._replace(environment={}, complete=True)
        elif word in ("-u", "-C", "--chdir") and arguments:
            value = arguments.pop(0)
            if word == "-u":
                at = at._replace(environment={k: v for k, v in at.environment.items() if k != value})
            else:
                at = at._replace(folder=join(at.folder, value))
        elif word in ("-S", "--split-string") and arguments:
            arguments[:1] = split(arguments[0])
        elif ASSIGNMENT.match(word):
            name, _, value = word.partition("=")
            at = with_variables(at, {name: value})
        elif word.startswith("-") and word not in ("--", "-v", "--debug", "-0"):
            return [], at
        elif not word.startswith("-"):
            return [word, *arguments], at
    return [], at


def after_options(words, with_value):
    """The words after a wrapper's own options."""
    words = list(words)
    while words and words[0] and words[0].startswith("-"):
        word = words.pop(0)
        if word == "--":
            break
        if word in with_value and words:
            words.pop(0)
    return words


def split(text):
    """The words of a command line, none if a quote is open."""
    try:
        return shlex.split(text or "")
    except ValueError:
        return []


def without_command(words):
    """(words, is a program) of `command PROGRAM` and `builtin NAME`, which leave functions out. No words if it only asks."""
    is_program = False
    while words and words[0].raw in ("command", "builtin"):
        is_program, words = True, words[1:]
        while words and words[0].raw.startswith("-"):
            if words[0].raw in ("-v", "-V"):
                return [], True
            words = words[1:]
    return words, is_program


def without_options(words):
    """The words of `exec` after its own options."""
    while words and words[0].raw in ("-c", "-l", "-a", "--"):
        words = words[2 if words[0].raw == "-a" else 1 :]
    return words
