"""Follows the start of a container: from ENTRYPOINT and CMD through wrappers and shell scripts to the server.

What cannot be followed with certainty is left out. Nothing is run.
"""

import os
import re
import shlex
from collections import namedtuple

from shipshape_probe import shell, start_config_files, start_scripts, start_servers
from shipshape_probe.start_programs import find, read_shebang
from shipshape_probe.start_situation import join, with_variables

DEEPEST = 12  # wrappers and scripts inside of each other
MOST = 60  # programs
SHELLS = {"sh", "bash", "dash", "ash", "zsh", "ksh"}
PYTHON = re.compile(r"(python|pypy)(\d(\.\d+)?)?$")
# Wrappers that run the program after their own options; those that are named take a value.
INITS = {
    "tini": "-p -e", "docker-init": "-p -e", "catatonit": "-P", "dumb-init": "-r --rewrite", "nohup": "",
    "nice": "-n", "ionice": "-c -n -p", "stdbuf": "-i -o -e", "chrt": "-p", "time": "-f -o",
}  # fmt: skip
SWITCH_USER = {"gosu": "", "su-exec": "", "setuidgid": ""}  # the first word is the user
SETPRIV = "--reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label"
RUNNERS = {"poetry", "uv", "pdm", "pipenv", "hatch", "pixi", "rye"}
RUNNER_OPTIONS = (
    "-C --directory -P --project --env-file --extra --group --only-group --no-group --no-extra --with --python -p "
    "--package --config-file --color --cache-dir -e --environment --manifest-path --index --env"
)

# A program of the start. name: as it is written, or ("python", a script), or ("module", the Python that runs it with -m,
# the module). runner: the tool that runs it, which may have an environment of its own.
Program = namedtuple("Program", "name at runner")
# How manage.py, or a program like it, is called. leads: the start fails if it fails. branch: it may not run at all.
Mention = namedtuple("Mention", "command options at leads branch")
LIKE_MANAGE = re.compile(r".*manage.*|.*\.py")
MOST_LOOKS = 500  # into branches


class Start:
    """What the start of an image or a service consists of, after follow()."""

    def __init__(self):
        self.programs = []
        self.applications = []
        self.managed = []  # (command of manage.py, its situation)
        self.mentions = []  # every Mention, those in branches too
        self.looks = [MOST_LOOKS]  # that are left

    def follow(self, words, at, runner=None):
        """Follow a command. words: None in place of an unknown one."""
        if len(words) > 1 and not words[0] and (words[1] or "").endswith(".py"):
            self.mention(words[2:], at)
        if at.depth > DEEPEST or len(self.programs) >= MOST or not words or not words[0]:
            return
        at = at._replace(depth=at.depth + 1)
        self.programs.append(Program(words[0], at, runner))
        name, arguments = os.path.basename(words[0]), list(words[1:])
        if name in INITS:
            self.follow(after_options(arguments, INITS[name].split()), at, runner)
        elif name in SWITCH_USER:
            self.follow(arguments[1:], at._replace(user=True), runner)
        elif name == "setpriv":
            self.follow(after_options(arguments, SETPRIV.split()), at._replace(user=True), runner)
        elif name == "env":
            self.follow_env(arguments, at, runner)
        elif name in RUNNERS:
            self.follow_runner(name, arguments, at)
        elif name in SHELLS:
            self.follow_shell(arguments, at)
        elif PYTHON.match(name):
            self.follow_python(words[0], arguments, at)
        elif name == "uwsgi":
            self.add(start_config_files.uwsgi(arguments, at), words[0], at)
        elif name == "supervisord":
            self.follow_supervisor(arguments, at)
        elif name in ("manage.py", "django-admin"):
            self.manage(arguments, at)
        elif start_servers.server_of(name):
            self.add(start_servers.application(start_servers.server_of(name), arguments, at), words[0], at)
        else:
            self.follow_file(words, at)

    def look(self, words, at):
        """Note what a command does that need not succeed for the start."""
        aside = Start()
        aside.looks = self.looks
        aside.follow(words, at)
        self.managed.extend(aside.managed)
        self.mentions.extend(each._replace(leads=False) for each in aside.mentions)

    def look_aside(self, words, at):
        """Note how a command calls manage.py that may not run at all."""
        if self.looks[0] > 0:
            self.looks[0] -= 1
            aside = Start()
            aside.looks = self.looks
            aside.follow(words, at)
            self.mentions.extend(each._replace(leads=False, branch=True) for each in aside.mentions)

    def add(self, application, program, at):
        """Add an Application, which this program loads; None adds nothing."""
        if application is not None:
            application.interpreter = interpreter_of(program, at)
            self.applications.append(application)

    def follow_env(self, arguments, at, runner):
        """env [-i] [-u NAME] [-C FOLDER] [-S TEXT] [NAME=VALUE]… PROGRAM"""
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
            elif shell.ASSIGNMENT.match(word):
                name, _, value = word.partition("=")
                at = with_variables(at, {name: value})
            elif word == "--" or word in ("-v", "--debug", "-0"):
                continue
            elif word.startswith("-"):
                return
            else:
                self.follow([word, *arguments], at, runner)
                return

    def follow_runner(self, name, arguments, at):
        """poetry run PROGRAM: it may be one of the tool's own scripts or of its environment."""
        options = RUNNER_OPTIONS.split()
        command = after_options(arguments, options)
        if not command or command[0] not in ("run", "exec"):
            return
        command = after_options(command[1:], options)
        if name == "hatch" and command and ":" in (command[0] or ""):
            command = [command[0].rpartition(":")[2], *command[1:]]
        self.follow(command, at, name)

    def follow_shell(self, arguments, at):
        strict, is_text = False, False
        while arguments and arguments[0] and arguments[0][:1] in "-+" and len(arguments[0]) > 1:
            word = arguments.pop(0)
            if word == "--":
                break
            if not word.startswith("--"):
                strict = strict or "e" in word
                is_text = is_text or "c" in word
                if "o" in word and arguments:
                    strict = strict or arguments.pop(0) == "errexit"
        if not arguments or arguments[0] is None:
            return
        if is_text:
            start_scripts.follow(self, arguments[0], at._replace(arguments=arguments[2:]), strict)
        else:
            self.follow_script(arguments[0], arguments[1:], at, strict)

    def follow_script(self, name, arguments, at, strict=False):
        path = join(at.folder, name)
        text = start_config_files.read(path) if path else None
        if text is not None:
            inside = at._replace(arguments=arguments, origin="the script %s" % path, place={"file": path})
            start_scripts.follow(self, text, inside, strict)

    def follow_python(self, python, arguments, at):
        while arguments and arguments[0] and arguments[0].startswith("-") and arguments[0] not in ("-m", "-c", "-"):
            word = arguments.pop(0)
            if word in ("-X", "-W") and arguments:
                arguments.pop(0)
            elif word.startswith("-m"):
                arguments.insert(0, word[2:])
                arguments.insert(0, "-m")
        if not arguments or arguments[0] in (None, "-c", "-"):
            return
        if arguments[0] != "-m":
            if os.path.basename(arguments[0]) == "manage.py":
                self.manage(arguments[1:], at)
            elif LIKE_MANAGE.fullmatch(arguments[0]):
                self.mention(arguments[1:], at)
            if not arguments[0].startswith("/dev/"):
                self.programs.append(Program(("python", arguments[0]), at, None))
            return
        module = arguments[1] if len(arguments) > 1 else None
        if module == "django":
            self.manage(arguments[2:], at)
        elif module and start_servers.server_of(module):
            self.programs.append(Program(("module", python, module), at, None))
            self.add(start_servers.application(start_servers.server_of(module), arguments[2:], at, True), python, at)

    def manage(self, arguments, at):
        if arguments and arguments[0]:
            self.managed.append((arguments[0], at))
            self.mention(arguments, at)

    def mention(self, arguments, at):
        """Note a call of manage.py, or of a program like it, with its options."""
        if arguments and arguments[0]:
            self.mentions.append(Mention(arguments[0], arguments[1:], at, True, False))

    def follow_supervisor(self, arguments, at):
        for command, inside in start_config_files.supervisor(arguments, at):
            self.follow(split(command), inside)

    def follow_file(self, words, at):
        """A program of no known name: it is followed if it is a shell script."""
        path = find(words[0], at).path
        shebang = read_shebang(path) if path else None
        if LIKE_MANAGE.fullmatch(words[0]) or (shebang and PYTHON.match(os.path.basename(shebang.program))):
            self.mention(words[1:], at)
        if shebang and os.path.basename(shebang.program) in SHELLS:
            self.follow_script(path, list(words[1:]), at, any("e" in each for each in shebang.options))


def interpreter_of(program, at):
    """The Python that runs this program: itself, or the one that its first line names. None if that is not known."""
    path = find(program, at).path
    if path is None or PYTHON.match(os.path.basename(path)):
        return path
    shebang = read_shebang(path)
    if shebang is None or not PYTHON.match(os.path.basename(shebang.program)):
        return None
    return find(shebang.program, at).path


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
    try:
        return shlex.split(text or "")
    except ValueError:
        return []
