"""When a collectstatic that fails here says nothing about production's."""

import errno
import os
import re
import traceback

from shipshape_probe import errors, files
from shipshape_probe.services import needs_service
from shipshape_probe.static_collection import UnknownArguments

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
# What env and shells say of a program that is not there.
NO_PROGRAM = re.compile(
    r"\b(?:env|sh|bash): (?:line )?(?:\d+: )?\W?([\w./-]+)\W?: (?:No such file or directory|(?:command )?not found)"
)
# 127 is what env and shells end with then. The command is a text or a list.
NOT_FOUND = re.compile(r"Command '(?:\[')?([\w./-]+).*' returned non-zero exit status 127\b")
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def is_about_this_machine(error):
    """Is there no room or no memory for the check itself? Then it could not run."""
    return any(
        isinstance(each, MemoryError) or (isinstance(each, OSError) and each.errno in FULL)
        for each in errors.chain(error)
    )


def excuse(error, context, destination, call):
    """Why it fails here and perhaps not in production, as part of a sentence. None if it fails there too.

    `destination` is None if there was none yet.
    """
    if needs_service(error) or errors.is_of_database(error):
        return "it needs a service, and there are no network and no credentials here"
    if isinstance(error, UnknownArguments):
        return "nothing in the image says how it is called"
    described = errors.describe(error, context.first_party, context.reads)
    if described["kind"] == "missing-variable":
        return "give the checks a value for %s with the input env" % ", ".join(described["variables"])
    if destination is not None:
        for each in errors.chain(error):
            reason = isinstance(each, OSError) and elsewhere(each, destination)
            if reason:
                return reason
        if destination.buckets.failed:
            first = destination.buckets.failed[0]
            return "its storage cannot be set up without its service (%s: %s)" % (type(first).__name__, first)
    if not call.at_start:
        program = missing_program(error)
        if program:
            return "the image has no program %s; perhaps it runs in another stage of the Dockerfile" % program
    return None


def elsewhere(error, destination):
    """Is it about a file outside of the throwaway folder?"""
    path = os.path.abspath(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else ""
    if not path or files.is_below(path, destination.folder):
        return None
    if destination.static_root and files.is_below(path, os.path.abspath(destination.static_root)):
        return "the project keeps the path of its STATIC_ROOT, and here another folder is in its place"
    if error.errno in NOT_ALLOWED:
        return "it writes to %s, which the image's USER may not" % path
    return None


def missing_program(error):
    """The program that could not be started because it is not there. None if that was not the reason."""
    for each in errors.chain(error):
        said = NO_PROGRAM.search(str(each)) or NOT_FOUND.search(str(each))
        if said:
            return said.group(1)
        if isinstance(each, FileNotFoundError) and any(
            frame.f_code.co_name == "_execute_child" for frame, _ in traceback.walk_tb(each.__traceback__)
        ):
            return each.filename
    return None
