"""Has Python write down where a check is when its time runs out or when a signal ends it."""

import faulthandler
import os
import time


class Watch:
    """Has Python write down where it is when time runs out, or when it dies of a signal."""

    def __init__(self, folder):
        self.stacks = open(os.path.join(folder, "stack"), "w", encoding="utf-8")
        faulthandler.enable(self.stacks)

    def expect_end(self, deadline):
        """`deadline` is the parent's time.monotonic(), which all processes share."""
        try:
            faulthandler.dump_traceback_later(max(deadline - time.monotonic(), 0.01), file=self.stacks)
        except (OSError, ValueError, RuntimeError):
            pass  # somebody closed our file: it only makes the message poorer
