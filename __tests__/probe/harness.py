"""Runs the probe on a project, in folders of its own, as it runs in an image; and loads its modules for unit tests.

The three variables of `shipshape_probe/paths.py` name the folders.
"""

import compileall
import json
import os
import shutil
import socket
import subprocess
import sys
import types
import unittest
from importlib.util import module_from_spec, spec_from_file_location

from projects import temporary_folder

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SOURCE = os.path.join(ROOT, "src", "probe")
ALL = ("system", "migrations", "static", "start")
SECONDS = 300  # after which a run of the probe is a failed test


def copied_probe():
    """A copy with its bytecode, for the source may be on a read-only file system."""
    folder = os.path.join(temporary_folder(), "probe")
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    compileall.compile_dir(folder, quiet=1)
    return folder


PROBE = copied_probe()


def load_package():
    """Make `shipshape_probe` importable in this process, as probe.py does in its own."""
    spec = spec_from_file_location("probe_entry_point", os.path.join(PROBE, "probe.py"))
    entry_point = module_from_spec(spec)
    spec.loader.exec_module(entry_point)
    entry_point.load_package()


load_package()


def has_network():
    """Whether this process could reach more than itself. lab/probe.sh runs the tests without a network if it can."""
    return any(name != "lo" for _, name in socket.if_nameindex())


def django_version():
    import django

    return django.VERSION[:2]


# Runs


class Run:
    """One run of the probe: its report, its own output, and what it left behind."""

    def __init__(self, project, report, output, left):
        self.project = project
        self.report = report
        self.output = output
        self.left = left

    def check(self, name):
        return self.report["checks"][name]

    def statuses(self):
        return {name: check["status"] for name, check in self.report["checks"].items()}

    def error(self, name="system"):
        return self.check(name).get("error") or {}

    def findings(self):
        """Every finding, with its check, and its file as a path in the project."""
        found = []
        for name, check in self.report["checks"].items():
            for each in check["findings"]:
                found.append({"check": name, **each, "file": self.relative(each.get("file", ""))})
        return found

    def finding(self, id):
        """The one finding of this id."""
        found = [each for each in self.findings() if each.get("id") == id]
        if len(found) != 1:
            raise AssertionError("%d findings %s in %s" % (len(found), id, json.dumps(self.report, indent=1)))
        return found[0]

    def failing(self):
        """(check, id) of each finding that is more than advice, sorted, each once."""
        return sorted(
            {(each["check"], each.get("id", "")) for each in self.findings() if each["level"] not in ("DEBUG", "INFO")}
        )

    def failing_ids(self):
        return [id for _, id in self.failing()]

    def relative(self, path):
        folder = self.project.folder + os.sep
        return path[len(folder) :] if path.startswith(folder) else path

    def text(self):
        return json.dumps(self.report)


def probe(
    project,
    checks=ALL,
    env=None,
    image=None,
    timeout=60,
    settings="",
    manage="",
    folder=None,
    launch=None,
    python=None,
    config=None,
    services=(),
    collects=(),
    start="",
    user=None,
):
    """Run the probe on a project.

    checks, timeout, settings, manage: of the request. env: the variables of the workflow. image: those of the
    image, next to PATH and HOME. folder: the image's WORKDIR, the project's folder if not given.
    launch: arguments for launch.sh, which then looks for the interpreter; else this one runs it, or `python`.
    config: the image's (Entrypoint, Cmd …), with the project's folder as WORKDIR if it names none. services: those of
    compose files that run the image. collects: the lines of the Dockerfile that collect static files.
    start: the image's ENTRYPOINT and CMD in one line. user: the number of another user, which takes root to become.
    """
    place = temporary_folder()
    copy, out = os.path.join(place, "probe"), os.path.join(place, "out")
    os.mkdir(copy)
    for name in os.listdir(PROBE):
        if name != "__pycache__":
            os.symlink(os.path.join(PROBE, name), os.path.join(copy, name))
    write_json(
        os.path.join(copy, "request.json"),
        {
            "schema": 1,
            "checks": list(checks),
            "timeout": timeout,
            "settings": settings,
            "manage": manage,
            "services": list(services),
            "collects": list(collects),
        },
    )
    config = {"WorkingDir": project.folder, **config} if config else {}
    write_json(os.path.join(copy, "image.json"), {"schema": 1, "config": config})
    write_json(os.path.join(place, "env.json"), env or {})
    with open(os.path.join(copy, "start.txt"), "w", encoding="utf-8") as file:
        file.write(start + "\n")
    if user is not None:
        os.mkdir(out)
        os.chmod(out, 0o777)
        for path in (place, os.path.dirname(PROBE), os.path.dirname(project.folder)):
            os.chmod(path, 0o755)
    home = os.path.join(place, "home")
    os.mkdir(home)
    environment = {
        "PATH": os.defpath,
        "HOME": home,
        "SHIPSHAPE_PROBE_DIR": copy,
        "SHIPSHAPE_OUT": out,
        "SHIPSHAPE_ENV_FILE": os.path.join(place, "env.json"),
        **(image or {}),
    }
    command = [python or sys.executable, os.path.join(copy, "probe.py")]
    if launch is not None:
        command = ["/bin/sh", os.path.join(copy, "launch.sh"), *launch]
    process = subprocess.Popen(
        command,
        cwd=folder or project.folder,
        env={name: value for name, value in environment.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **({} if user is None else {"user": user, "group": user, "extra_groups": []}),
    )
    try:
        output = process.communicate(timeout=SECONDS)[0].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        raise AssertionError("the probe hangs: %s" % process.communicate()[0]) from None
    if process.returncode:
        raise AssertionError("the probe ended with exit code %d:\n%s" % (process.returncode, output))
    with open(os.path.join(out, "report", "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    left = sorted(os.path.relpath(os.path.join(at, name), out) for at, _, names in os.walk(out) for name in names)
    return Run(project, report, output, left)


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


# Test cases


def rows(**arguments):
    """A test method for each row: @rows(name=(arguments…), …)."""

    def decorate(method):
        method.rows = arguments
        return method

    return decorate


class TableTest(unittest.TestCase):
    """A test case whose methods may have @rows. Messages are shown whole."""

    maxDiff = None

    def __init_subclass__(cls):
        for name, method in list(vars(cls).items()):
            for row, arguments in getattr(method, "rows", {}).items():
                setattr(cls, "%s_%s" % (name, row), row_test(method, arguments))
            if hasattr(method, "rows"):
                delattr(cls, name)

    def assertHas(self, expected, found):
        """`found` has these keys with these values."""
        self.assertEqual(expected, {name: found.get(name) for name in expected})


def row_test(method, arguments):
    arguments = arguments if isinstance(arguments, tuple) else (arguments,)

    def test(self):
        method(self, *arguments)

    test.__doc__ = method.__doc__
    return test


class RunTest(TableTest):
    """Tests that run the probe in processes of its own, so that several can run at a time.

    `depends_on`: "nothing" of the environment, so they run in one of them; the version of "Django", so they run once
    for each; or "everything", so they run in every one (see lab/probe.sh).
    """

    depends_on = "nothing"


def fake(**attributes):
    """An object with these attributes."""
    return types.SimpleNamespace(**attributes)
