"""Has Python write down where a check is when its time runs out or when a signal ends it."""

import faulthandler
import os
import time


class Watch:
    """Tells Python to write the stack of all threads to a file at the deadline, and when a signal ends it."""

    def __init__(self, folder):
        self.stacks = open(os.path.join(folder, "stack"), "w", encoding="utf-8")
        faulthandler.enable(self.stacks)

    def expect_end(self, deadline):
        """Set the deadline, by time.monotonic(), which is the same in all processes."""
        try:
            faulthandler.dump_traceback_later(max(deadline - time.monotonic(), 0.01), file=self.stacks)
        except (OSError, ValueError, RuntimeError):
            pass  # the project closed our file: then the message has no place
