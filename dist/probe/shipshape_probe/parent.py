"""The story of one probe run: read the request, find the project, run the checks side by side, report."""
import json
import os
import shutil
import sys
import threading

from shipshape_probe import places, project, report
from shipshape_probe.attempts import Check
from shipshape_probe.environment import Environment, settle_home
from shipshape_probe.scrub import Scrubber

NO_DJANGO = "This Python has no Django: %s. Name the right interpreter with the input `python`."


def main():
    """Always leaves a report."""
    try:
        written = probe()
    except project.ProjectError as error:
        written = report.failed(error.kind, str(error))
    except Exception as error:
        import traceback

        written = report.failed("probe", "%s: %s" % (type(error).__name__, error))
        written["error"]["traceback"] = traceback.format_exc()[-6000:]
    finally:
        shutil.rmtree(places.WORK, ignore_errors=True)
    report.write(written, places.REPORT)


def probe():
    request = read_json(places.REQUEST)
    user = {str(name): str(value) for name, value in read_json(places.ENV_FILE).items()}
    environment = Environment(os.environ, user)
    given = environment.given()
    found = project.find(request, given, user)
    settle_home(environment.image, places.HOME)
    django = django_version()
    if django is None:
        failed = report.failed("no-django", NO_DJANGO % sys.executable)
        failed["error"]["tried"] = [{"path": sys.executable, "reason": "Django is not installed there"}]
        return failed

    names = list(request.get("checks") or ("system", "migrations", "static"))
    checks = [Check(name, found, environment, float(request.get("timeout") or 300)) for name in names]
    run_side_by_side(checks)
    scrubber = Scrubber(environment, checks)
    return report.make(found, django, environment, checks, scrubber)


def run_side_by_side(checks):
    threads = [threading.Thread(target=check.run, daemon=True) for check in checks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read_json(path):
    """The object in a JSON file, {} when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except ValueError:
        if not os.path.getsize(path):
            return {}
        raise
    return found if isinstance(found, dict) else {}


def django_version():
    """The installed version, without importing the package."""
    from importlib.util import find_spec

    spec = find_spec("django")
    if spec is None:
        return None
    import re

    from shipshape_probe.project import read_text

    if spec.origin is None:
        return ""
    match = re.search(r"^VERSION = \((.+?)\)", read_text(spec.origin), re.MULTILINE)
    parts = re.findall(r"\w+", match.group(1)) if match else []
    if len(parts) < 3:
        return ""
    return ".".join(parts[:2] if parts[2] == "0" else parts[:3])
