"""The configuration files of process managers and of uWSGI: which programs and which application they name."""

import glob
import os
import re

from shipshape_probe.start_servers import Application
from shipshape_probe.start_situation import LISTS, Unknown, join, with_any_variables, with_variables
from shipshape_probe.start_wrappers import split

LARGEST = 256 * 1024
LINE_OF_WINDOWS = re.compile(r"^[ \t]*[^\s#][^\n]*\r$", re.M)  # of a shell script: one that runs something
MOST_FILES = 20  # that a configuration includes
UWSGI_MODULE = ("module", "wsgi", "w")
UWSGI_FILE = ("wsgi-file", "file")
UWSGI_PATHS = ("pythonpath", "python-path", "pp")
UWSGI_TAKES_ONE = {"ini", "chdir", "env", "callable", *UWSGI_MODULE, *UWSGI_FILE, *UWSGI_PATHS}
SUPERVISOR_FILES = (
    "supervisord.conf",
    "etc/supervisord.conf",
    "/etc/supervisord.conf",
    "/etc/supervisor/supervisord.conf",
)


def read(path):
    """The text of a configuration file or script, None if it cannot be read or is none. Unknown bytes are replaced."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
            return None
        with open(path, "rb") as file:
            content = file.read(LARGEST)
    except (OSError, ValueError):
        return None
    return None if b"\x00" in content else content.decode("utf-8-sig", "replace")


def sections(path):
    """{section: [(option, value)]} of an .ini file, in its order; {} if it cannot be read."""
    text = read(path) if path else None
    found, current = {}, None
    for whole in (text or "").splitlines():
        line = whole.partition(" ;")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            current = found.setdefault(line[1:-1].strip(), [])
        elif current and whole[:1].isspace() and line:
            current[-1] = (current[-1][0], "%s %s" % (current[-1][1], line))
        elif current is not None and line and line[0] not in ";#":
            name, equals, value = line.partition("=")
            current.append((name.strip(), value.strip() if equals else "true"))
    return found


def uwsgi(arguments, at):
    """The Application that uWSGI loads, None if that is not certain."""
    options = []
    words = iter(arguments)
    for word in words:
        if word is None:
            return None
        if isinstance(word, Unknown):
            if word.lstrip("-").partition("=")[0] in UWSGI_TAKES_ONE:
                return None
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if not word.startswith("-") and word.endswith(".ini"):
            options.append(("ini", word))
        elif word.startswith("-") and name in UWSGI_TAKES_ONE:
            options.append((name, value if equals else next(words, None)))
    ini = [value for name, value in options if name == "ini"]
    if ini:
        # What the file says counts as if it stood on the command line.
        options += sections(join(at.folder, ini[-1])).get("uwsgi", [])
    if any(value is None or "%" in value or "$(" in value for name, value in options if name in UWSGI_TAKES_ONE):
        return None
    variables = dict(value.partition("=")[::2] for name, value in options if name == "env")
    at = with_variables(at, variables)
    folder = join(at.folder, value_of(options, ("chdir",)) or ".")
    module, file = value_of(options, UWSGI_MODULE), value_of(options, UWSGI_FILE)
    callable_ = value_of(options, ("callable",)) or "application"
    if folder is None or not (module or file):
        return None
    paths = [join(folder, value) for name, value in reversed(options) if name in UWSGI_PATHS]
    target = module or join(folder, file)
    return Application("uwsgi", target, at, callable_, folder=folder, paths=[*paths, folder])


def value_of(options, names):
    values = [value for name, value in options if name in names]
    return values[-1] if values else None


def supervisor(arguments, at):
    """Yield (words, situation) for each program that supervisord starts by itself."""
    path = None
    for index, word in enumerate(arguments):
        if word in ("-c", "--configuration"):
            path = arguments[index + 1] if index + 1 < len(arguments) else None
            if path is None:
                return
        elif word and word.startswith("--configuration="):
            path = word.partition("=")[2]
    candidates = [path] if path else SUPERVISOR_FILES
    path = next(
        (each for each in (join(at.folder, name) for name in candidates) if each and os.path.isfile(each)), None
    )
    if path is None:
        return
    own = dict(sections(path).get("supervisord", ()))
    at = with_environment(at, own, path)
    if "directory" in own:
        at = at._replace(folder=join(at.folder, expanded(own["directory"], path, at)))
    for file in [path, *included(path, at)]:
        for section, options in sections(file).items():
            values = dict(options)
            kind, _, name = section.partition(":")
            if kind != "program" or values.get("autostart", "true").lower() == "false":
                continue
            started = at._replace(
                origin="the program %s of %s" % (name, file),
                place={"file": file, "line": line_of(file, section)},
                user=at.user or "user" in values or "user" in own,
            )
            started = with_environment(started, values, file)
            if "directory" in values:
                started = started._replace(folder=join(at.folder, expanded(values["directory"], file, at)))
            yield [expanded(word, file, at) for word in split(values.get("command", ""))], started


def included(path, at):
    """The files that `[include]` adds, as far as they are known."""
    found = []
    patterns = dict(sections(path).get("include", ())).get("files", "").split()
    for pattern in (expanded(each, path, at) for each in patterns):
        if pattern:
            found.extend(sorted(glob.glob(os.path.join(os.path.dirname(path), pattern))))
    return found[:MOST_FILES]


def expanded(text, path, at):
    """A value of supervisord's configuration. None if it depends on what is not known."""

    def value(name):
        if name.startswith("ENV_"):
            found = at.environment.get(name[4:])
            return "" if name[4:] in LISTS and name[4:] not in at.environment else found
        return os.path.dirname(path) if name == "here" else None

    parts = re.split(r"%\((\w+)\)s", text)
    parts[1::2] = [value(name) for name in parts[1::2]]
    if None in parts or any("%" in part.replace("%%", "") for part in parts[::2]):
        return None
    parts[::2] = [part.replace("%%", "%") for part in parts[::2]]
    return "".join(parts)


def with_environment(at, options, path):
    """The situation with the variables of `environment=A="x",B=y`."""
    text = options.get("environment", "")
    names = re.findall(r"([^\s,=\"']+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^,]*)\s*(?:,|$)", text)
    if re.sub(r"[^\s,=\"']+\s*=\s*(\"[^\"]*\"|'[^']*'|[^,]*)\s*(?:,|$)", "", text).strip():
        return with_any_variables(at)
    return with_variables(at, {name: expanded(value.strip().strip("\"'"), path, at) for name, value in names})


def line_of(path, section):
    for number, line in enumerate((read(path) or "").splitlines(), 1):
        if line.strip() == "[%s]" % section:
            return number
    return None
