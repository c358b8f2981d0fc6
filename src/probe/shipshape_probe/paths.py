"""Where the probe finds its request and leaves its report.

The three variables are for __tests__/probe. They are taken out of the environment here, so that no project sees
them.
"""

import functools
import json
import os
import shutil
import tempfile

PROBE = os.environ.pop("SHIPSHAPE_PROBE_DIR", "") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUT = os.environ.pop("SHIPSHAPE_OUT", "") or "/.shipshape"
ENV_FILE = os.environ.pop("SHIPSHAPE_ENV_FILE", "") or "/.shipshape-env"

REQUEST = os.path.join(PROBE, "request.json")
IMAGE = os.path.join(PROBE, "image.json")
REPORT = os.path.join(OUT, "report", "report.json")
WORK = os.path.join(OUT, "work")
HOME = os.path.join(WORK, "home")
SHARED_MEMORY = "/dev/shm"


@functools.lru_cache(maxsize=None)
def memory():
    """A temporary folder in memory, or "" where that cannot be made."""
    try:
        return tempfile.mkdtemp(prefix="shipshape-", dir=SHARED_MEMORY)
    except OSError:
        return ""


def read_json(path):
    """The object in a JSON file of the request. {} when the file is missing or empty."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    found = json.loads(text) if text.strip() else {}
    return found if isinstance(found, dict) else {}


def clear():
    """Remove everything but the report."""
    for folder in filter(None, (WORK, memory())):
        shutil.rmtree(folder, ignore_errors=True)
