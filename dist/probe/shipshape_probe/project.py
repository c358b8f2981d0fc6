"""Finds the Django project in the image: its manage.py, or the program that a package installs, and its settings module.

The settings are looked up in this order: the workflow's input, the image's ENV, what production runs (wsgi.py,
asgi.py), and last what developers run (manage.py). The last two often differ: in cookiecutter-django manage.py
defaults to config.settings.local and wsgi.py to config.settings.production.
"""

import glob
import os

from shipshape_probe import installed_program, paths
from shipshape_probe.source_text import CONFIGURATION, SETTINGS, environment_defaults, read_text

USUAL_ROOTS = ("/app", "/code", "/src", "/usr/src/app", "/srv", "/project", "/opt/app", "/home/app")
NOT_PROJECTS = {"proc", "sys", "dev", "node_modules", "site-packages", "venv", ".venv", "env"}
FOR_DEVELOPMENT = {"dev", "develop", "development", "local", "test", "tests", "ci"}
FOR_PRODUCTION = ("production", "prod", "live")


class ProjectError(Exception):
    """There is no project, or more than one. The message says which input decides."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Project:
    """What was found. `manage` is None in module mode (as `python -m django` would run).

    `installed`: it is a program that a package installs. Such a program is run in WORKDIR, wherever it lies.
    """

    def __init__(self, root, manage, settings, configuration, source, others, installed=False):
        self.root = root
        self.manage = manage
        self.installed = installed
        self.settings = settings
        self.configuration = configuration
        self.source = source
        self.others = others


def find(request, environment, user_names):
    """Return the Project, or raise ProjectError.

    `environment` is the image's with the user's variables over it; `user_names` are the latter.
    """
    workdir = current_directory()
    manage = find_manage(request.get("manage", ""), workdir)
    defaults = default_settings(folder_of(manage) if manage else workdir, manage)
    program, others = None, []
    if not defaults:
        named = request.get("settings") or environment.get(SETTINGS)
        if manage:
            program = installed_program.of_script(manage)
        else:
            program, others = installed_program.find(read_text(os.path.join(paths.PROBE, "start.txt")), named)
    if program:
        manage = program.path
        defaults = default_settings(program.package, manage, program.module)
    root = folder_of(manage) if manage else workdir

    choices = []
    if request.get("settings"):
        choices.append(({SETTINGS: request["settings"]}, "input"))
    if environment.get(SETTINGS):
        source = "user" if SETTINGS in user_names else "image"
        choices.append(({SETTINGS: environment[SETTINGS]}, source))
    choices.extend(defaults)
    if not choices:
        if not manage:
            raise no_project(root, others)
        # manage.py may get the name from a variable or a file when it runs.
        choices.append(({SETTINGS: None}, os.path.basename(manage)))

    chosen, source = choices[0]
    others = []
    for names, where in choices[1:]:
        other = {"settings": names[SETTINGS], "source": where}
        if names[SETTINGS] != chosen[SETTINGS] and other not in others:
            others.append(other)
    others.extend(for_production(root, chosen[SETTINGS]))
    configuration = environment.get(CONFIGURATION) or chosen.get(CONFIGURATION)
    return Project(root, manage, chosen[SETTINGS], configuration, source, others, installed=program is not None)


def folder_of(program):
    """What Python puts first on sys.path, which sees through a link to manage.py."""
    return os.path.dirname(os.path.realpath(program))


def for_production(root, settings):
    """Settings for production next to those for development. Production often names them in a variable."""
    package, _, name = (settings or "").rpartition(".")
    if not package or name not in FOR_DEVELOPMENT:
        return []
    folder = os.path.join(root, *package.split("."))
    return [
        {"settings": "%s.%s" % (package, each), "source": each + ".py"}
        for each in FOR_PRODUCTION
        if os.path.isfile(os.path.join(folder, each + ".py"))
    ]


def current_directory():
    try:
        return os.getcwd()
    except OSError:
        return "/"


def find_manage(asked, workdir):
    """Return the absolute path of manage.py, or None."""
    if asked:
        path = os.path.abspath(os.path.join(workdir, asked))
        if os.path.isdir(path):
            path = os.path.join(path, "manage.py")
        if not os.path.isfile(path):
            raise ProjectError(
                "no-manage", "The input `manage` names %s, and there is no such file in the image." % path
            )
        return path
    found = in_folder(workdir) or one_level_down(workdir)
    if found or default_settings(workdir, None):
        return found
    for folder in USUAL_ROOTS:
        found = in_folder(folder)
        if found:
            return found
    return None


def in_folder(folder):
    for path in (os.path.join(folder, "manage.py"), os.path.join(folder, "src", "manage.py")):
        if os.path.isfile(path):
            return path
    return None


def one_level_down(folder):
    """Return the one manage.py in the folders below, or None."""
    found = sorted(
        path
        for path in glob.glob(os.path.join(glob.escape(folder), "*", "manage.py"))
        if os.path.basename(os.path.dirname(path)) not in NOT_PROJECTS and os.path.isfile(path)
    )
    if len(found) > 1:
        found = [path for path in found if SETTINGS in read_text(path)] or found
    if len(found) > 1:
        raise ProjectError(
            "ambiguous-manage",
            "There is more than one manage.py in the image: %s. Say which one with the input `manage`."
            % ", ".join(found),
        )
    return found[0] if found else None


def default_settings(root, manage, module=None):
    """Return [({variable: value}, "wsgi.py" | "asgi.py" | "manage.py")], what production runs first.

    `module`: the file that names the settings, if it is not manage.py itself but what it calls.
    """
    of_manage = environment_defaults(module or manage) if manage else {}
    found = []
    for name in ("wsgi.py", "asgi.py"):
        candidates = []
        for path in entry_points(root, name):
            defaults = environment_defaults(path)
            if defaults.get(SETTINGS):
                candidates.append((path, defaults))
        if candidates:
            found.append((closest(candidates, of_manage.get(SETTINGS)), name))
    if of_manage.get(SETTINGS):
        found.append((of_manage, os.path.basename(manage)))
    return found


def entry_points(root, name):
    """Yield the files of that name in the project, the nearest to its root first."""
    for pattern in ("", "*", os.path.join("*", "*")):
        for path in sorted(glob.glob(os.path.join(glob.escape(root), pattern, name))):
            folders = os.path.relpath(path, root).split(os.sep)[:-1]
            if root == "/" and not folders:
                continue
            if not NOT_PROJECTS.intersection(folders):
                yield path


def closest(candidates, settings_of_manage):
    """Of several wsgi.py, the one whose settings share most of their dotted path with those of manage.py."""

    def shared(candidate):
        ours = candidate[1][SETTINGS].split(".")
        theirs = (settings_of_manage or "").split(".")
        return len(os.path.commonprefix([ours, theirs]))  # noqa: RUF071 - of lists

    return max(candidates, key=shared)[1]  # max() keeps the first of equals


def no_project(root, programs):
    if programs:
        return ProjectError(
            "ambiguous-manage",
            "No manage.py was found in or below %s, and the image's packages install several management programs: %s. "
            "Say which one with the input `manage`, by its path in the image." % (root, ", ".join(programs)),
        )
    return ProjectError(
        "no-project",
        "No Django project was found: no manage.py in or below %s, no wsgi.py or asgi.py that names a settings "
        "module, no package that installs a program in place of manage.py, and the image does not set DJANGO_SETTINGS_MODULE. Give the input `manage` (the path of "
        "manage.py in the image) or `settings` (the settings module)." % root,
    )
