"""Follows the start of a container: from ENTRYPOINT and CMD through wrappers and shell scripts to the server.

What cannot be followed with certainty is left out. Nothing is run.
"""

import os
import re
from collections import namedtuple

from shipshape_probe import files, installed_program, shell_effects, start_config_files, start_scripts, start_servers
from shipshape_probe.start_programs import find, read_shebang
from shipshape_probe.start_situation import Unknown, join, of_process, with_any_variables
from shipshape_probe.start_wrappers import after_options, unwrapped

DEEPEST = 12  # wrappers and scripts inside of each other
MOST = 60  # programs
MOST_COMMANDS = 20000  # of all scripts
SHELLS = {"sh", "bash", "dash", "ash", "zsh", "ksh"}
PYTHON = re.compile(r"(python|pypy)(\d(\.\d+)?)?$")
RUNNERS = {"poetry", "uv", "pdm", "pipenv", "hatch", "pixi", "rye", "conda", "mamba", "micromamba"}
RUNNER_OPTIONS = (
    "-C --directory -P --project --env-file --extra --group --only-group --no-group --no-extra --with --python -p "
    "--package --config-file --color --cache-dir -e --environment --manifest-path --index --env -n --name --prefix --cwd"
)
CHANGES_FOLDER = {"-C", "--directory", "--cwd"}

# A program of the start. name: as it is written, or ("python", a script), or ("shell", a script), or ("module", the
# Python that runs it with -m, the module), or ("line-ends", a shell script with those of Windows). runner: the tool that
# runs it, which may have an environment of its own.
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
        self.commands = [MOST_COMMANDS]  # that may still be followed
        self.installed = False  # a command before may have made programs and modules
        self.touched = set()  # paths that a command before may have made or changed

    def follow(self, words, at, runner=None):
        """Follow a command. words: None in place of an unknown one. runner: the tool that runs it."""
        if len(words) > 1 and not words[0] and (words[1] or "").endswith(".py"):
            self.mention(words[2:], at)
        if at.depth > DEEPEST or len(self.programs) >= MOST or not words or not words[0] or is_partial(words[0]):
            return
        if at.depth == 0:
            self.installed, self.touched = False, set()
        at = of_process(at)._replace(depth=at.depth + 1)
        self.add_program(words[0], at, runner)
        name, arguments = os.path.basename(words[0]), list(words[1:])
        inner = unwrapped(name, arguments, at)
        if inner is not None:
            self.follow(*inner)
        elif name in RUNNERS:
            self.follow_runner(name, arguments, at)
        elif name in SHELLS:
            self.follow_shell(name, arguments, at)
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
        """Note which commands of manage.py a command runs. Whether it succeeds does not matter for the start."""
        aside = self.aside(words, at)
        self.managed.extend(aside.managed)
        self.mentions.extend(each._replace(leads=False) for each in aside.mentions)
        self.installed = self.installed or aside.installed

    def look_aside(self, words, at):
        """Note how a command calls manage.py that may not run at all."""
        if self.looks[0] > 0:
            self.looks[0] -= 1
            aside = self.aside(words, at)
            self.mentions.extend(each._replace(leads=False, branch=True) for each in aside.mentions)

    def aside(self, words, at):
        """A Start of its own that follows a command, within the limits of this one."""
        aside = Start()
        aside.looks, aside.commands, aside.touched = self.looks, self.commands, self.touched
        aside.follow(words, at)
        return aside

    def may_go_on(self):
        """Is there room for one more command?"""
        self.commands[0] -= 1
        return self.commands[0] >= 0

    def note_changes(self, text, at, words=None):
        """Note the programs and files that a command may make. words: of a simple one, expanded."""
        self.installed = self.installed or shell_effects.installs(text)
        paths = shell_effects.touched(text, words)
        self.touched.update(join(at.folder, path) or "/" for path in paths)

    def add_program(self, name, at, runner=None):
        """Add a Program. One that a command before may have made is not certain."""
        at = at._replace(certain=at.certain and not self.installed and not self.is_touched(name, at))
        if at.runner and isinstance(name, str) and "/" not in name:
            runner, at = at.runner, at._replace(runner=None)
        self.programs.append(Program(name, at, runner))

    def is_touched(self, name, at):
        """May a command before have made or changed this program?"""
        if not self.touched:
            return False
        folders = [at.folder]
        if isinstance(name, str) and "/" not in name:
            folders = (at.environment.get("PATH") or "").split(":")
        paths = [join(folder, name if isinstance(name, str) else name[1]) for folder in folders]
        return any(path is None or files.is_below(path, *self.touched) for path in paths)

    def add(self, application, program, at):
        """Add an Application, which this program loads; None adds nothing."""
        if application is not None:
            application.interpreter = interpreter_of(program, at)
            application.certain = application.certain and not self.installed
            self.applications.append(application)

    def follow_runner(self, name, arguments, at):
        """poetry run PROGRAM: it may be one of the tool's own scripts or of its environment, which comes first on PATH."""
        options = RUNNER_OPTIONS.split()
        command = after_options(arguments, options)
        if not command or command[0] not in ("run", "exec"):
            self.installed = True
            return
        command = after_options(command[1:], options)
        if not command:
            return
        own = arguments[: len(arguments) - len(command)]
        folders = [own[index + 1] for index, word in enumerate(own[:-1]) if word in CHANGES_FOLDER]
        if folders or any(word and word.startswith(("--directory=", "--cwd=")) for word in own):
            at = at._replace(folder=join(at.folder, folders[-1]) if folders and name == "uv" else None)
        if any(word is None or word.startswith("--env-file") for word in own) or name == "pipenv":  # it reads .env
            at = at._replace(complete=False)
        if name == "hatch" and command and ":" in (command[0] or ""):
            command = [command[0].rpartition(":")[2], *command[1:]]
        self.follow(command, at._replace(runner=name), name)

    def follow_shell(self, name, arguments, at):
        """sh [-e] -c TEXT, or sh SCRIPT"""
        strict, is_text = False, False
        while arguments and arguments[0] and arguments[0][:1] in "-+" and len(arguments[0]) > 1:
            word = arguments.pop(0)
            if word == "--":
                break
            if is_partial(word):
                return
            if word == "--login" or (not word.startswith("--") and {"l", "i"}.intersection(word)):
                at = with_any_variables(at)  # by .profile and .bashrc
            if not word.startswith("--"):
                strict = strict or "e" in word
                is_text = is_text or "c" in word
                if "o" in word and arguments:
                    strict = strict or arguments.pop(0) == "errexit"
        if name == "bash" and at.environment.get("BASH_ENV", ""):
            at = with_any_variables(at)
        if not arguments or arguments[0] is None:
            return
        if is_text:
            start_scripts.follow(self, arguments[0], at._replace(arguments=arguments[2:], script=None), strict)
        else:
            self.follow_script(arguments[0], arguments[1:], at, strict)

    def follow_script(self, name, arguments, at, strict=False):
        path = join(at.folder, name)
        text = start_config_files.read(path) if path else None
        if text is not None:
            inside = at._replace(
                arguments=arguments, asked=False, origin="the script %s" % path, place={"file": path}, script=name
            )
            if start_config_files.LINE_OF_WINDOWS.search(text):
                self.add_program(("line-ends", path), inside)
            start_scripts.follow(self, text, inside, strict)
        elif "/" in name or find(name, at).state == "missing":  # bash looks for the others on PATH too
            self.add_program(("shell", name), at)

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
                self.add_program(("python", arguments[0]), at)
            return
        module = arguments[1] if len(arguments) > 1 else None
        if module == "django":
            self.manage(arguments[2:], at)
        elif module == "pip":
            self.installed = True
        elif module and start_servers.server_of(module):
            self.add_program(("module", python, module), at)
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
        for words, inside in start_config_files.supervisor(arguments, at):
            self.follow(words, inside)

    def follow_file(self, words, at):
        """A program of no known name: it is followed if it is a shell script."""
        path = find(words[0], at).path
        shebang = read_shebang(path) if path else None
        is_python = bool(shebang and PYTHON.match(os.path.basename(shebang.program)))
        if is_management(words[0], path, is_python):
            self.manage(list(words[1:]), at)
        elif is_python or LIKE_MANAGE.fullmatch(words[0]):
            self.mention(words[1:], at)
        shell_name = os.path.basename(shebang.program) if shebang else None
        if shell_name in SHELLS:
            self.follow_shell(shell_name, [*shebang.options, words[0] if "/" in words[0] else path, *words[1:]], at)


def interpreter_of(program, at):
    """The Python that runs this program: itself, or the one that its first line names. None if that is not known."""
    path = find(program, at).path
    if path is None or PYTHON.match(os.path.basename(path)):
        return path
    shebang = read_shebang(path)
    if shebang is None or not PYTHON.match(os.path.basename(shebang.program)):
        return None
    return find(shebang.program, at).path


def is_management(name, path, is_python):
    """Is it manage.py under another name, or the management program that a package installs? path: None if not known."""
    if path is None:
        return any(each.name == os.path.basename(name) for each in installed_program.programs())
    is_manage_py = os.path.basename(os.path.realpath(path)) == "manage.py"
    return is_manage_py or (is_python and installed_program.of_script(path) is not None)


def is_partial(word):
    """Is only its beginning known?"""
    return isinstance(word, Unknown)
