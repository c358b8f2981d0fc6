"""The configuration files of process managers and of uWSGI: which programs and which application they name."""

import os

from shipshape_probe.start_servers import Application
from shipshape_probe.start_situation import join, with_variables

LARGEST = 256 * 1024
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
    """Yield (words, situation) for each program that supervisord starts by itself and that is certain."""
    path = None
    for index, word in enumerate(arguments):
        if word in ("-c", "--configuration"):
            path = arguments[index + 1] if index + 1 < len(arguments) else None
        elif word and word.startswith("--configuration="):
            path = word.partition("=")[2]
    candidates = [path] if path else SUPERVISOR_FILES
    path = next(
        (each for each in (join(at.folder, name) for name in candidates) if each and os.path.isfile(each)), None
    )
    if path is None:
        return
    for section, options in sections(path).items():
        values = dict(options)
        kind, _, name = section.partition(":")
        command = values.get("command", "")
        if kind != "program" or "%(" in command or values.get("autostart", "true").lower() == "false":
            continue
        started = at._replace(
            origin="the program %s of %s" % (name, path),
            place={"file": path, "line": line_of(path, section)},
            user=at.user or "user" in values,
        )
        if "directory" in values:
            started = started._replace(folder=None if "%(" in values["directory"] else values["directory"])
        environment = assignments(values.get("environment", ""))
        if environment is None:
            started = started._replace(complete=False)
        yield command, with_variables(started, environment or {})


def assignments(text):
    """{name: value} of `A="x",B=y`, None if it is not that simple."""
    found = {}
    for each in filter(None, (part.strip() for part in text.split(","))):
        name, equals, value = each.partition("=")
        if not equals or "%" in value or value.count('"') % 2:
            return None
        found[name.strip()] = value.strip().strip("\"'")
    return found


def line_of(path, section):
    for number, line in enumerate((read(path) or "").splitlines(), 1):
        if line.strip() == "[%s]" % section:
            return number
    return None
