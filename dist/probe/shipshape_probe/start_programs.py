"""Where a program is in the image, whether USER may execute it, and what the first line of a script names."""

import errno
import os
import re
import stat
import sys
from collections import namedtuple

from shipshape_probe.start_situation import join

FIRST_BYTES = 512
# state: "there", "missing", "forbidden" or "unknown". path: where it is, if it is there or forbidden.
Found = namedtuple("Found", "path state")
# program: the interpreter's path or name. options: its words. crlf: the line ends in CR. text: the line.
Shebang = namedtuple("Shebang", "program options crlf text")


def find(name, at):
    """Where the operating system finds a program of this name in this situation."""
    if name is None:
        return Found(None, "unknown")
    if "/" in name:
        path = join(at.folder, name)
        return Found(None, "unknown") if path is None else look_at(path)
    folders = at.environment.get("PATH")
    if folders is None or at.runner:
        return Found(None, "unknown")
    forbidden = None
    for folder in folders.split(":"):
        if not os.path.isabs(folder):
            continue
        found = look_at(os.path.join(folder, name))
        if found.state == "there":
            return found
        forbidden = forbidden or (found if found.state == "forbidden" else None)
    return forbidden or Found(None, "missing")


def look_at(path):
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if error.errno in (errno.EACCES, errno.ELOOP):
            return Found(path, "forbidden")
        return Found(None, "missing")
    except ValueError:
        return Found(None, "unknown")
    if not stat.S_ISREG(mode):
        return Found(None, "missing")
    return Found(path, "there" if os.access(path, os.X_OK) else "forbidden")


def read_start(path):
    """The first bytes of a file, None if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(FIRST_BYTES)
    except OSError:
        return None


def read_shebang(path):
    """The Shebang of a script, None if the file has none or cannot be read."""
    start = read_start(path) or b""
    if not start.startswith(b"#!"):
        return None
    line = start[2:].split(b"\n")[0].decode("utf-8", "replace")
    crlf = line.endswith("\r")
    words = line.rstrip("\r").split()
    text = "#!" + line.rstrip("\r")
    if words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not re.match(r"-|\w+=", word)]
    return Shebang(words[0] if words else "", words[1:], crlf, text)


def is_this_python(path):
    """Is it the Python that runs here? The folder counts: it belongs to a virtual environment."""
    return os.path.realpath(os.path.dirname(path)) == os.path.realpath(os.path.dirname(sys.executable))


def nearest(path):
    """The innermost folder around a path that is there."""
    folder = os.path.dirname(path)
    while folder != "/" and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def blocking_folder(path):
    """The outermost folder around a path that this user may not enter, None if there is none."""
    parts = path.split("/")
    for end in range(2, len(parts)):
        folder = "/".join(parts[:end])
        if os.path.isdir(folder) and not os.access(folder, os.X_OK):
            return folder
    return None


def mode_of(path):
    try:
        return stat.filemode(os.stat(path).st_mode)
    except OSError:
        return "its mode cannot be read"
