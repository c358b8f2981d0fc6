"""Findings on the programs of the start: one that is not in the image, or that its USER may not execute."""

import importlib.util
import os
import sys

from shipshape_probe import files, start_exec_form
from shipshape_probe.findings import cut, finding
from shipshape_probe.start_config_files import LINE_OF_WINDOWS, read
from shipshape_probe.start_programs import (
    blocking_folder,
    find,
    is_this_python,
    mode_of,
    nearest,
    read_shebang,
    read_start,
)
from shipshape_probe.start_situation import join, with_way_out

NO_TEXT = b"\x00"
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Python packages whose program has another name.
PACKAGES = {"waitress-serve": "waitress", "django-admin": "Django", "uwsgi": "uWSGI", "supervisord": "supervisor"}
OF_PYTHON = {
    "gunicorn", "uvicorn", "daphne", "hypercorn", "granian", "waitress-serve", "uwsgi", "celery", "django-admin",
    "supervisord", "poetry", "pdm", "pipenv", "hatch", "honcho", "circusd", "dramatiq", "huey",
}  # fmt: skip
USUAL_FOLDERS = ("/opt/venv/bin", "/venv/bin", "/app/.venv/bin", "/usr/local/bin", "/usr/bin", "/root/.local/bin")
INSTALL = "Add %s to the requirements that the Dockerfile installs into the stage that is shipped."
SHOWN = 200  # characters of a name, so that what is wrong with it stays in the message
# The tools that install what is missing when they run, or have scripts of their own by any name.
MAY_MAKE = {"uv", "pdm", "hatch", "pixi", "rye", "pipenv", "conda", "mamba", "micromamba"}


class Judge:
    """Makes findings of programs.

    volumes: folders of VOLUME, whose content is known only when the container runs. user: the image's USER. forms: the
    items of its exec forms (start_exec_form.py).
    """

    def __init__(self, volumes=(), user="", forms=None):
        self.volumes = volumes
        self.user = user or "root"
        self.forms = forms or {}
        self.judged = set()
        self.of_windows = set()  # paths of scripts that have a finding on their line ends

    def findings(self, programs):
        """Yield at most one finding for each program, and each finding once."""
        for program in programs:
            made = self.judge(program)
            if made is not None and made["message"] not in self.judged:
                self.judged.add(made["message"])
                yield made

    def judge(self, program):
        name, at = program.name, program.at
        if not at.certain:
            return None
        if name[0] in ("python", "shell"):
            return self.script(*name, at)
        if name[0] == "line-ends":
            return self.line_ends(name[1], at)
        if name[0] == "module":
            return self.module_of_python(*name[1:], at)
        if "/" in name and self.is_in_volume(join(at.folder, name)):
            return None
        found = find(name, at)
        if program.runner:
            return self.run_by_tool(name, found, program)
        if found.state == "missing":
            return self.missing(name, at)
        if found.state == "forbidden":
            return None if at.user else self.forbidden(name, found.path, at)
        return self.interpreter(name, found.path, at) if found.state == "there" else None

    def is_in_volume(self, path):
        return path is None or files.is_below(path, *self.volumes)

    def script(self, interpreter, name, at):
        """The script that Python or a shell runs."""
        path = join(at.folder, name)
        if self.is_in_volume(path) or os.path.lexists(path) or not os.access(nearest(path), os.X_OK):
            return None
        return refusal(
            "start.program-missing",
            at,
            "%s with %s, which is not in the image."
            % ("Python" if interpreter == "python" else "a shell", cut(path, SHOWN)),
            "Correct the path, or see that the Dockerfile copies the file and that .dockerignore does not exclude it.",
            path,
        )

    def module_of_python(self, python, module, at):
        """`python -m gunicorn` needs the package in the Python that runs it."""
        path, package = find(python, at).path, module.partition(".")[0]
        if path is None or not is_this_python(path) or importlib.util.find_spec(package) is not None:
            return None
        if at.folder is None or os.path.exists(os.path.join(at.folder, package)):
            return None
        return refusal(
            "start.program-missing",
            at,
            "%s -m %s, and that package is not in the image." % (python, cut(module, SHOWN)),
            INSTALL % PACKAGES.get(package, package),
            module,
        )

    def run_by_tool(self, name, found, program):
        """A program that poetry runs must be in the environment that Django was found in."""
        if found.state != "missing" or program.runner in MAY_MAKE or sys.prefix == sys.base_prefix:
            return None
        folder = os.path.dirname(sys.executable)
        if (
            os.path.exists(os.path.join(folder, name))
            or "/" in name
            or has_script(join(program.at.folder, "pyproject.toml"), name)
        ):
            return None
        return self.missing(name, program.at, "", "It is not in %s either, the environment that Django is in." % folder)

    def missing(self, name, at, more=""):
        elsewhere = "" if "/" in name else where_else(name)
        in_one_word = start_exec_form.hint(name, at, self.forms, OF_PYTHON)
        says = "There is no such file."
        if "/" not in name:
            says = "None of the folders of PATH has it (%s). %s" % (at.environment["PATH"], more)
        if in_one_word:
            hint = in_one_word
        elif elsewhere:
            hint = "It is %s: put that folder into PATH (ENV PATH=…), or write the whole path." % elsewhere
        elif name in OF_PYTHON:
            hint = INSTALL % PACKAGES.get(name, name)
        else:
            hint = "Correct the name, or install or copy the program in the stage that is shipped."
        runs = "%s, which is not in the image. %s" % (cut(name, SHOWN), says.strip())
        return refusal("start.program-missing", at, runs, hint, name)

    def forbidden(self, name, path, at):
        blocked = blocking_folder(path)
        if blocked:
            says = "USER %s may not enter %s." % (self.user, blocked)
            hint = (
                "Install it where that user can read it, or open the folder in the Dockerfile: RUN chmod a+rx %s"
                % blocked
            )
        else:
            says = "USER %s may not execute it (%s)." % (self.user, mode_of(path))
            hint = (
                "In the Dockerfile: RUN chmod a+rx %s, or COPY --chmod=755. In the repository: git update-index --chmod=+x."
                % path
            )
        place = at.place or {"file": path}
        return refusal("start.not-executable", at, "%s, which is %s. %s" % (name, path, says), hint, path, place)

    def interpreter(self, name, path, at):
        """The first line of a script names a program too."""
        shebang = read_shebang(path)
        if shebang is None:
            return self.without_shebang(name, path, at)
        if shebang.crlf:
            self.of_windows.add(path)
            says = "ends in CR LF, so the system looks for a program whose name ends in CR (no such file or directory)"
            if shebang.options:
                says = "ends in CR LF, so its interpreter gets an option that ends in CR, and does not know it"
            hint = line_ends(path)
        elif find(shebang.program, at).state == "missing" and not self.is_in_volume(shebang.program):
            says = "names %s, which is not in the image" % (shebang.program or "no program")
            hint = "Write the interpreter that the image has (#!/bin/sh), or install that one in the stage that is shipped."
        else:
            return None
        runs = "%s, whose first line %s %s." % (path, shebang.text, says)
        return refusal("start.program-missing", at, runs, hint, path, {"file": path, "line": 1})

    def line_ends(self, path, at):
        """A shell reads a script whose lines end in CR LF. What the programs make of that CR is not known."""
        if path in self.of_windows or self.is_in_volume(path):
            return None
        self.of_windows.add(path)
        return finding(
            "INFO",
            "start.program-missing",
            "The container may not start: lines of %s end in CR LF, and a shell takes the CR for a part of the line's last "
            "word: a program, a file or an option that is not there under that name." % path,
            hint=with_way_out(line_ends(path), at.origin),
            object=path,
            place={"file": path, "line": first_line_of_windows(path)},
        )

    def without_shebang(self, name, path, at):
        """A text without `#!` is no program. Only a shell takes it for a script."""
        start = read_start(path)
        if at.depth > 1 or start is None:  # a shell, or a C library's execvp(), gives such a file to /bin/sh
            return None
        marked = start.startswith(BYTE_ORDER_MARKS)
        if not marked and (NO_TEXT in start or not start.isascii() or start.startswith(b"\x7fELF")):
            return None
        says = "begins with a byte order mark" if marked else "does not begin with #! and the path of an interpreter"
        hint = "Begin the file with #!/bin/sh, or name the interpreter in ENTRYPOINT or CMD."
        if marked:
            hint = "Save the file as UTF-8 without a byte order mark."
        runs = "%s, which %s (exec format error)." % (path, says)
        return refusal("start.not-executable", at, runs, hint, path, {"file": path, "line": 1})


def refusal(id, at, runs, hint, object, place=None):
    """The finding on what is run at a place of the start. runs: that program and what is wrong with it. place: the start's if none."""
    message = "The container cannot start: %s runs %s" % (at.origin, runs)
    hint = with_way_out(hint, at.origin)
    return finding("ERROR", id, message, hint=hint, object=object, place=place or at.place)


def line_ends(path):
    """What to do about a script with the line ends of Windows."""
    name = os.path.basename(path)
    pattern = "*.sh" if name.endswith(".sh") else name
    return (
        "Save the file with the line ends of Unix (LF), and keep git from changing them: write `%s text eol=lf` into "
        ".gitattributes, run `git add --renormalize .`, and commit both." % pattern
    )


def first_line_of_windows(path):
    found = LINE_OF_WINDOWS.search(read(path) or "")
    return (read(path) or "").count("\n", 0, found.start()) + 1 if found else 1


def where_else(name):
    """The folder outside of PATH that has a program, empty if none of the usual ones has."""
    if "/" in name:
        return ""
    for folder in (os.path.dirname(sys.executable), *USUAL_FOLDERS):
        if os.access(os.path.join(folder, name), os.X_OK):
            return os.path.join(folder, name)
    return ""


def has_script(path, name):
    """Does this pyproject.toml mention the name? Tools run the scripts that it lists."""
    return name in (read(path) or "") if path else True
