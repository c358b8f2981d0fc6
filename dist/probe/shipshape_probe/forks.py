"""Forks the other checks off a process that has set Django up, where that is safe.

Importing Django and the project takes most of a check's time. So one process does it, and then forks itself for each
of the other checks. Each fork has its own time limit, output and journal.
"""

import os
import signal
import sys
import threading
import time

FORK = os.fork
OUTPUT = (1, 2)


def output_identity():
    """What stdout and stderr are, to notice when the project redirects them."""
    return [os.fstat(descriptor)[:3] for descriptor in OUTPUT]


def unfit(output):
    """Why this process must not be forked, as part of a sentence. Empty if it may be.

    `output` is the output_identity() from its start.
    """
    try:
        if os.fork is not FORK:
            return "it replaces os.fork"
        if has_threads():
            return "it has started threads"
        if has_children():
            return "it has started processes"
        if output_identity() != output:
            return "it redirects its output"
        if open_channels():
            return "it has opened a connection"
        if database_is_open():
            return "it has opened a database"
    except Exception as error:
        return "it cannot be examined (%s)" % error
    return ""


def has_threads():
    """Has it threads of any kind? A lock that one of them holds would stay locked in the fork for ever."""
    patience = time.monotonic() + 0.05  # faulthandler's own thread takes a moment to end
    while len(os.listdir("/proc/self/task")) > 1:
        if threading.active_count() > 1 or time.monotonic() > patience:
            return True
        time.sleep(0.001)
    return False


def has_children():
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def open_channels():
    """Sockets, pipes and event loops: both processes would use them."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in (0, *OUTPUT):
            try:
                found.append(os.readlink("/proc/self/fd/" + name))
            except OSError:
                pass  # the descriptor of this listing
    return [target for target in found if target.startswith(("socket:", "pipe:", "anon_inode:"))]


def database_is_open():
    from django.db import connections

    return any(
        getattr(connections[alias], "connection", None) is not None
        for alias in connections
        if hasattr(connections._connections, alias)
    )


def fork(folders):
    """Make one process for each folder. Returns None in this process, and its folder in each new one.

    A middle process forks and reaps them, so this process has no children, as before. The middle process writes how
    each one ended into the file `ended` of its folder. It has a session of its own before this process goes on:
    when this process ends, the parent kills its group, and on a busy machine that may be early.
    """
    middle = os.fork()
    if middle:
        _, status = os.waitpid(middle, 0)
        if status:
            raise OSError("the operating system makes no process")
        return None
    try:
        os.setsid()
        if os.fork():
            os._exit(0)
        waiting = {}
        for folder in folders:
            pid = make(folder)
            if not pid:
                return folder
            waiting[pid] = folder
        wait(waiting)
    except BaseException:
        os._exit(1)  # the exit code is the only way to report it
    os._exit(0)


def make(folder):
    """Fork. Returns a negative number if no process can be made."""
    try:
        return os.fork()
    except OSError:
        write_number(folder, "ended", -signal.SIGKILL)
        return -1


def wait(waiting):
    """Write down how each process of {pid: folder} ended."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, *OUTPUT):
        os.dup2(nowhere, descriptor)
    while any(pid > 0 for pid in waiting):
        pid, status = os.wait()
        folder = waiting.pop(pid, None)
        if folder:
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            write_number(folder, "ended", code)


def write_number(folder, name, number):
    path = os.path.join(folder, name)
    with open(path + ".partial", "w", encoding="ascii") as file:
        file.write(str(number))
    os.replace(path + ".partial", path)


def settle(folder, first):
    """Become a process group of its own, with its own output and its own temporary folder.

    `first` is the folder of the process that this one is forked from.
    """
    os.setsid()
    output = os.open(os.path.join(folder, "output"), os.O_WRONLY)
    for descriptor in OUTPUT:
        os.dup2(output, descriptor)
    os.close(output)
    write_number(folder, "pid", os.getpid())
    temporary = os.path.join(first, "tmp")
    if os.environ.get("TMPDIR") == temporary:
        os.environ["TMPDIR"] = os.path.join(folder, "tmp")
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None and tempfile.tempdir == temporary:
        tempfile.tempdir = None
