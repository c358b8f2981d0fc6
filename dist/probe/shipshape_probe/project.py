"""Finds the Django project in the image: its manage.py and its settings module.

The settings are looked up in this order: the workflow's input, the image's ENV, what production runs (wsgi.py,
asgi.py), and last what developers run (manage.py). The last two often differ: in cookiecutter-django manage.py
defaults to config.settings.local and wsgi.py to config.settings.production.
"""

import ast
import glob
import os
import re

USUAL_ROOTS = ("/app", "/code", "/src", "/usr/src/app", "/srv", "/project", "/opt/app", "/home/app")
NOT_PROJECTS = {"proc", "sys", "dev", "node_modules", "site-packages", "venv", ".venv", "env"}
SETTINGS = "DJANGO_SETTINGS_MODULE"
FOR_DEVELOPMENT = {"dev", "develop", "development", "local", "test", "tests", "ci"}
FOR_PRODUCTION = ("production", "prod", "live")
CONFIGURATION = "DJANGO_CONFIGURATION"  # django-configurations: which class of that module


class ProjectError(Exception):
    """There is no project, or more than one. The message says which input decides."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Project:
    """What was found. `manage` is None in module mode (as `python -m django` would run)."""

    def __init__(self, root, manage, settings, configuration, source, others):
        self.root = root
        self.manage = manage
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
    # As Python does for sys.path[0], which sees through a link to manage.py.
    root = os.path.dirname(os.path.realpath(manage)) if manage else workdir
    defaults = default_settings(root, manage)

    choices = []
    if request.get("settings"):
        choices.append(({SETTINGS: request["settings"]}, "input"))
    if environment.get(SETTINGS):
        source = "user" if SETTINGS in user_names else "image"
        choices.append(({SETTINGS: environment[SETTINGS]}, source))
    choices.extend(defaults)
    if not choices:
        if not manage:
            raise no_project(root)
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
    return Project(root, manage, chosen[SETTINGS], configuration, source, others)


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


def default_settings(root, manage):
    """Return [({variable: value}, "wsgi.py" | "asgi.py" | "manage.py")], what production runs first."""
    of_manage = environment_defaults(manage) if manage else {}
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


def environment_defaults(path):
    """Read, without running it, which values a wsgi.py or manage.py gives to the two variables."""
    text = read_text(path)
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return defaults_by_pattern(text)
    found = {}
    for node in nodes:
        name, value = assignment(node)
        if name in (SETTINGS, CONFIGURATION) and isinstance(value, str) and value:
            found.setdefault(name, value)
    return found


def assignment(node):
    """Return (name, value) of os.environ.setdefault(name, value) or os.environ[name] = value."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "setdefault" and len(node.args) == 2:
            return literal(node.args[0]), literal(node.args[1])
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        key = node.targets[0].slice
        if not isinstance(key, ast.Constant):
            key = getattr(key, "value", None)  # Python 3.8 wraps it in ast.Index
        return literal(key), literal(node.value)
    return None, None


def literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def defaults_by_pattern(text):
    found = {}
    for name in (SETTINGS, CONFIGURATION):
        match = re.search(r"""['"]%s['"]\s*(?:,|\]\s*=)\s*['"]([\w.]+)['"]""" % name, text)
        if match:
            found[name] = match.group(1)
    return found


def no_project(root):
    return ProjectError(
        "no-project",
        "No Django project was found: no manage.py in or below %s, no wsgi.py or asgi.py that names a settings "
        "module, and the image does not set DJANGO_SETTINGS_MODULE. Give the input `manage` (the path of "
        "manage.py in the image) or `settings` (the settings module)." % root,
    )


def read_text(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as source:
            return source.read(1000000)
    except OSError:
        return ""
