"""Runs one child process in a group of its own, with a time limit. Only the end of its output is kept."""

import os
import select
import signal
import subprocess
import sys
import time

from shipshape_probe import paths

TAIL_BYTES = 64 * 1024
TICK = 0.05  # how late we notice that a child has ended, when another process holds its output open


class Ended:
    """How a child ended: `code` is its exit code (negative: minus the signal), or `timeout`."""

    def __init__(self, code, timeout, output):
        self.code = code
        self.timeout = timeout
        self.output = output


def probe(*arguments):
    """The command that starts this probe once more, in a process of its own."""
    return [sys.executable or "/proc/self/exe", os.path.join(paths.PROBE, "probe.py"), *arguments]


def run(command, environment, cwd, deadline, overdue=lambda: False):
    """Run the command until it ends, the deadline (time.monotonic) passes or `overdue()` is true.

    Whatever it left running in its process group is killed.
    """
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with process.stdout:
        return watch(process, process.stdout.fileno(), deadline, overdue)


def watch(process, pipe, deadline, overdue=lambda: False):
    """The same for a process that runs already and prints into this pipe: a Popen or a Fork."""
    os.set_blocking(pipe, False)
    tail = b""
    timeout = False
    is_open = True
    while process.poll() is None:
        if time.monotonic() >= deadline or overdue():
            timeout = True
            break
        if is_open:
            is_open, tail = read_available(pipe, tail, TICK)
        else:
            try:
                process.wait(TICK)
            except subprocess.TimeoutExpired:
                pass
    if timeout:
        terminate(process)
    kill_group(process.pid)
    process.wait()
    if is_open:
        _, tail = read_available(pipe, tail, 0)
    return Ended(process.returncode, timeout, tail)


class Fork:
    """A process that another one forked (forks.py), with the part of Popen's interface that we use."""

    def __init__(self, folder, deadline):
        """Wait until it runs, because nothing can be read from it before."""
        self.folder = folder
        self.pid = self.returncode = None
        while self.pid is None and self.poll() is None and time.monotonic() < deadline:
            self.pid = self.number("pid")
            time.sleep(0.002)

    def number(self, name):
        try:
            with open(os.path.join(self.folder, name), encoding="ascii") as file:
                return int(file.read())
        except (OSError, ValueError):
            return None

    def poll(self):
        if self.returncode is None:
            self.returncode = self.number("ended")
        return self.returncode

    def wait(self, timeout=None):
        end = time.monotonic() + (5 if timeout is None else timeout)
        while self.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        if self.returncode is None and timeout is None:
            self.returncode = -signal.SIGKILL  # the process that reaps it was killed too
        elif self.returncode is None:
            raise subprocess.TimeoutExpired("a forked check", timeout)
        return self.returncode

    def kill(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)


def read_available(pipe, tail, seconds):
    """Read what is there, after waiting at most that long. Returns (still open, new tail)."""
    ready, _, _ = select.select([pipe], [], [], seconds)
    if not ready:
        return True, tail
    for _ in range(64):  # at most a few MB at a time, then check the deadline again
        try:
            chunk = os.read(pipe, TAIL_BYTES)
        except BlockingIOError:
            return True, tail
        except OSError:
            return False, tail
        if not chunk:
            return False, tail
        tail = (tail + chunk)[-TAIL_BYTES:]
    return True, tail


def terminate(process, grace=0.5):
    """Ask the group to end, and give it time to clean up."""
    kill_group(process.pid, signal.SIGTERM)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()  # it may have left its group


def kill_group(group, how=signal.SIGKILL):
    try:
        if group:  # a fork that was never made has none
            os.killpg(group, how)
    except OSError:
        pass  # it has ended
