"""What the command line of a server names: the application, and how that server finds it.

Each server has its own way to sys.path. Measured with gunicorn 27, uvicorn 0.54, daphne 4.2, Hypercorn 0.18, granian
2.8, waitress 3.0 and Celery 5.7 (`__tests__/probe/packages/test_servers.py`); uWSGI by its documentation.
"""

import copy
import os
import re

from shipshape_probe.start_situation import Unknown, join

MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")
# Options without a value. Every other option takes one. Options with `=` are one word in any case.
FLAGS = {
    "gunicorn": {
        "--reload", "--spew", "--check-config", "--print-config", "--preload", "--no-sendfile", "--reuse-port", "-D",
        "--daemon", "--initgroups", "--disable-redirect-access-to-syslog", "--capture-output", "--log-syslog", "-R",
        "--enable-stdio-inheritance", "--enable-backlog-metric", "--suppress-ragged-eofs", "--do-handshake-on-connect",
        "--permit-obsolete-folding", "--strip-header-spaces", "--permit-unconventional-http-method", "--debug",
        "--permit-unconventional-http-version", "--casefold-http-method", "--no-control-socket", "--proxy-protocol",
    },
    "uvicorn": {
        "--reload", "--http2", "--access-log", "--no-access-log", "--use-colors", "--no-use-colors", "--proxy-headers",
        "--no-proxy-headers", "--server-header", "--no-server-header", "--date-header", "--no-date-header",
        "--reset-contextvars", "--factory", "--debug",
    },
    "daphne": {"--proxy-headers", "--no-server-name"},
    "hypercorn": {"-D", "--daemon", "--debug", "--reload"},
    "granian": {
        "--ws", "--no-ws", "--http1-keep-alive", "--no-http1-keep-alive", "--http1-pipeline-flush",
        "--no-http1-pipeline-flush", "--http2-adaptive-window", "--no-http2-adaptive-window", "--log", "--no-log",
        "--access-log", "--no-access-log", "--ssl-client-verify", "--no-ssl-client-verify", "--factory", "--no-factory",
        "--respawn-failed-workers", "--no-respawn-failed-workers", "--metrics", "--no-metrics", "--reload", "--no-reload",
        "--reload-ignore-worker-failure", "--no-reload-ignore-worker-failure", "--opt", "--no-opt",
    },
    "waitress": {
        "--call", "--ipv4", "--no-ipv4", "--ipv6", "--no-ipv6", "--log-socket-errors", "--no-log-socket-errors",
        "--expose-tracebacks", "--no-expose-tracebacks", "--asyncore-use-poll", "--no-asyncore-use-poll",
        "--log-untrusted-proxy-headers", "--no-log-untrusted-proxy-headers",
        "--clear-untrusted-proxy-headers", "--no-clear-untrusted-proxy-headers",
    },
    "celery": {"-C", "--no-color", "-q", "--quiet", "--skip-checks"},
}  # fmt: skip
NAMES = {"waitress-serve": "waitress"}
FINAL = {"--help", "-h", "--version", "--check-config", "--print-config"}
CELERY_PROCESSES = {"worker", "beat"}


class Application:
    """What a server imports.

    server: its name. target: `module`, `module:attribute`, or a file for uWSGI. attribute: the default one.
    call: the attribute is a function that makes the application.
    folder: where the server runs. paths: folders that it puts on sys.path, the last one first; "" is its folder.
    files: files that it reads before, `config` of gunicorn, `env` of uvicorn. environment: the process's.
    unknown: the variables that the start sets to what is not known; `environment` has the values that the container
    gives them, or the stand-ins. complete: there is no such variable, and no other one can be set by the start.
    user, certain, origin, place: see Situation. set_by: the origin of its environment.
    """

    def __init__(self, server, target, at, attribute="", call=False, folder=None, paths=(), argv=(), **files):
        self.server = server
        self.target = target
        self.attribute = attribute
        self.call = call
        self.folder = folder or at.folder
        self.paths = list(paths)
        self.argv = list(argv)
        self.files = files
        self.unknown = frozenset(name for name, value in at.environment.items() if value is None)
        self.environment = {
            name: at.given.get(name) if value is None else value
            for name, value in at.environment.items()
            if value is not None or at.given.get(name) is not None
        }
        self.complete = at.complete and not self.unknown
        self.user = at.user
        self.certain = at.certain
        self.origin = self.set_by = at.origin
        self.place = at.place
        self.interpreter = None  # the one that runs it, if that is known

    def task(self):
        """What the process that loads it is told."""
        return {
            "server": self.server,
            "target": self.target,
            "attribute": self.attribute,
            "call": self.call,
            "paths": self.paths,
            "argv": [word if word is not None else "" for word in self.argv],
            "files": self.files,
        }

    def with_environment(self, changes):
        """A copy with these variables."""
        other = copy.copy(self)
        other.environment = {**self.environment, **changes}
        return other

    def key(self):
        """Equal for applications that are loaded in the same way."""
        told = {name: value for name, value in self.task().items() if name not in ("argv", "server")}
        return repr((sorted(told.items()), self.folder, sorted(self.environment.items())))


def server_of(program):
    """The server that a program or module of this name is, None if it is none."""
    name = os.path.basename(program)
    name = NAMES.get(name, name)
    return name if name in FLAGS else None


def application(server, arguments, at, from_module=False):
    """The Application that this server is told to load, None if that is not certain.

    arguments: after the server's name; None in place of an unknown one. from_module: `python -m` runs it.
    """
    options, positional = read_options(server, arguments)
    if at.folder is None or FINAL.intersection(options):
        return None
    paths = [at.folder] if from_module else []
    found = READERS[server](options, positional, at, paths)
    if found is not None:
        found.argv = [server, *arguments]
    return found


def read_options(server, arguments):
    """({option: its values}, [other words])."""
    options, positional = {}, []
    words = iter(arguments)
    for word in words:
        if isinstance(word, Unknown) and ("=" in word or re.match(r"-\w", word)):
            # `--bind=$ADDRESS`, or `-b$ADDRESS`
            options.setdefault(word.partition("=")[0] if "=" in word else word[:2], []).append(None)
        elif isinstance(word, Unknown):
            positional.append(None)
        elif word is None or not word.startswith("-") or word == "-":
            positional.append(word)
        elif word == "--":
            positional.extend(words)
        elif "=" in word:
            name, _, value = word.partition("=")
            options.setdefault(name, []).append(value)
        elif word in FLAGS[server] or word in FINAL:
            options.setdefault(word, []).append(True)
        elif word.startswith("--") or len(word) == 2:
            options.setdefault(word, []).append(next(words, None))
        else:
            options.setdefault(word[:2], []).append(word[2:])  # -w4
    return options, positional


def last(options, *names, default=None):
    values = [value for name in names for value in options.get(name, ())]
    return values[-1] if values else default


def only(positional):
    """The one word that names a module. None if there is not exactly one, or another word is unknown."""
    if None in positional or len(positional) != 1:
        return None
    module = positional[0].partition(":")[0]
    return positional[0] if MODULE.match(module) else None


def of_gunicorn(options, positional, at, paths):
    if "--paste" in options or "--paster" in options:
        return None
    arguments = at.environment.get("GUNICORN_CMD_ARGS", "")
    if arguments is None:
        return None
    extra, _ = read_options("gunicorn", arguments.split())
    options = {**extra, **options}
    config = last(options, "-c", "--config", default="")
    chdir = last(options, "--chdir", default=".")
    pythonpath = last(options, "--pythonpath", default="")
    target = only(positional) if positional else ""
    folder = join(at.folder, chdir)
    if None in (config, pythonpath, target, folder) or (not target and not config and not reads_own_config(at)):
        return None
    sets = [value for name in ("-e", "--env") for value in options.get(name, ())]
    if None in sets:
        return None
    paths = [*paths, at.folder, folder] if folder != at.folder else [*paths, folder]
    return Application(
        "gunicorn", target, at, "application", folder=folder, paths=paths, config=config, sets=sets,
        started=at.folder, pythonpath=pythonpath, chdir="" if chdir == "." else folder,
    )  # fmt: skip


def reads_own_config(at):
    return os.path.isfile(join(at.folder, "gunicorn.conf.py"))


def of_uvicorn(options, positional, at, paths):
    target = only(positional)
    app_dir = last(options, "--app-dir", default=at.environment.get("UVICORN_APP_DIR", ""))
    env = last(options, "--env-file", default="")
    if None in (target, app_dir, env):
        return None
    return Application(
        "uvicorn", target, at, call="--factory" in options, paths=[*paths, join(at.folder, app_dir)], env=env
    )


def of_daphne(options, positional, at, paths):
    target = only(positional)
    return target and Application("daphne", target, at, paths=[*paths, at.folder])


def of_hypercorn(options, positional, at, paths):
    if len(positional) == 1 and positional[0] and positional[0].count(":") == 2:
        positional = [positional[0].partition(":")[2]]
    target = only(positional)
    return target and Application("hypercorn", target, at, "app", paths=[*paths, at.folder])


def of_granian(options, positional, at, paths):
    target = only(positional)
    folder = join(at.folder, last(options, "--working-dir", default="."))
    # It takes an __init__.py in its folder for a part of the module's name.
    odd = os.path.isfile(os.path.join(at.folder, "__init__.py")) or "--env-files" in options
    if target is None or folder is None or odd:
        return None
    return Application("granian", target, at, "app", call="--factory" in options, paths=[*paths, folder, at.folder])


def of_waitress(options, positional, at, paths):
    target = only(positional)
    return target and Application("waitress", target, at, call="--call" in options, paths=[*paths, at.folder])


def of_celery(options, positional, at, paths):
    app = last(options, "-A", "--app", default=at.environment.get("CELERY_APP") or at.environment.get("APP"))
    folder = join(at.folder, last(options, "--workdir", default="."))
    if not app or folder is None or not positional or positional[0] not in CELERY_PROCESSES:
        return None
    if not MODULE.match(app.partition(":")[0]):
        return None
    return Application("celery", app, at, folder=folder, paths=paths)


READERS = {
    "gunicorn": of_gunicorn,
    "uvicorn": of_uvicorn,
    "daphne": of_daphne,
    "hypercorn": of_hypercorn,
    "granian": of_granian,
    "waitress": of_waitress,
    "celery": of_celery,
}
