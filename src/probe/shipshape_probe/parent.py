"""One run of the probe: read the request, find the project, run all checks at the same time, write the report."""

import os
import sys
import threading

from shipshape_probe import interpreter, paths, project
from shipshape_probe.check import Check
from shipshape_probe.environment import Environment, settle_home

ALL = ("system", "migrations", "static", "start")
SECONDS = 300  # for one check, if the request does not say


def main(launched=()):
    """Run the checks. There is a report afterwards, whatever happens.

    `launched`: what launch.sh says of its choice (interpreter.py).
    """
    try:
        written = probe(launched)
    except project.ProjectError as error:
        written = failed(error.kind, str(error))
    except Exception as error:
        import traceback

        message = "%s: %s" % (type(error).__name__, error)
        written = failed("probe", message, traceback=traceback.format_exc()[-6000:])
    finally:
        paths.clear()
    from shipshape_probe import report

    report.write(written, paths.REPORT)


def probe(launched=()):
    request = paths.read_json(paths.REQUEST)
    user = {str(name): str(value) for name, value in paths.read_json(paths.ENV_FILE).items()}
    django = django_version()
    if django is None:
        reason = "Django is not installed there"
        return failed(
            "no-django",
            "Give the path of the right interpreter with the input `python`",
            tried=[{"path": sys.executable, "reason": reason}],
        )
    environment = Environment(os.environ, user)
    found = project.find(request, environment.given(), user)
    settle_home(environment.image, paths.HOME)
    paths.memory()  # before there are threads, each of which would make one

    timeout = float(request.get("timeout") or SECONDS)
    checks = []
    for name in dict.fromkeys(request.get("checks") or ALL):
        leader = checks[0] if checks else None
        checks.append(Check(name, found, environment, timeout, leader))
    threads = [threading.Thread(target=check.run, daemon=True) for check in checks]
    for thread in threads:
        thread.start()
    from shipshape_probe import report, scrub  # slow to import, so it is done while the checks run

    notes = interpreter.notes(*launched)
    for thread in threads:
        thread.join()
    checks[0].notes.extend(notes)
    return report.make(found, django, environment, checks, scrub.Scrubber(environment, checks))


def failed(kind, message, **more):
    from shipshape_probe import report

    return report.failed(kind, message, **more)


def django_version():
    """The installed version, read without importing the package. None if Django is not installed."""
    import re
    from importlib.util import find_spec

    spec = find_spec("django")
    if spec is None:
        return None
    match = re.search(r"^VERSION = \((.+?)\)", project.read_text(spec.origin or ""), re.MULTILINE)
    parts = re.findall(r"\w+", match.group(1)) if match else []
    if len(parts) < 3:
        return ""
    return ".".join(parts[:2] if parts[2] == "0" else parts[:3])
