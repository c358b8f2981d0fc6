"""A second run of a collectstatic that failed: it goes on after each failure, to find all references at fault.

It changes nothing about what fails. What the project's storage forgives (in hashed_name, in url_converter, in
post_process) is no fault here either.
"""

import contextlib
import os
import re
import signal

from shipshape_probe import errors, files
from shipshape_probe.findings import finding
from shipshape_probe.static_collection import Collection

FAILED = re.compile(r"Post-processing '(.+?)' failed!")
NOT_FOUND = re.compile(r"The file '(.+?)' could not be found")
OUTSIDE = "SuspiciousFileOperation"
WAS_COLLECTED = " was collected when the image was built. A collectstatic in the container would fail."


class Search(Collection):
    """A run that notes what fails and goes on.

    A file is at fault when the storage's own post_process gives its exception to the command, which would stop there.
    """

    def __init__(self, storage, context, collected, call):
        """collected: what the image has (static_image.py). call: the one that production makes."""
        super().__init__(storage, context)
        self.collected = collected
        self.call = call
        self.missed = []  # [(name, match, exception)]: references that cannot be resolved
        self.failed = []  # [(name, exception)]: what stops the command
        self.said = []  # names that the command says failed
        if hasattr(storage, "url_converter"):
            self.url_converter = storage.url_converter
            storage.url_converter = self.noting_converter

    def run(self, command, call):
        """The command's run, which also tells the file that fails in a storage of the command's own."""
        write = command.stderr.write

        def note_and_write(message="", *args, **kwargs):
            failed = FAILED.match(str(message))
            if failed:
                self.said.append(failed.group(1))
            write(message, *args, **kwargs)

        command.stderr.write = note_and_write
        super().run(command, call)

    def noting_converter(self, name, *args, **kwargs):
        """The storage's own converter. When it fails, the other references of the file are tried too."""
        convert = self.url_converter(name, *args, **kwargs)

        def note_or_convert(match):
            try:
                return convert(match)
            except Exception as error:
                for each in [match, *match.re.finditer(match.string, match.end())]:
                    self.note(name, each, convert)
                if isinstance(error, ValueError):
                    raise  # Django yields it for this file
                self.failed.append((name, error))  # it would stop everything
                return match[0]

        return note_or_convert

    def note(self, name, match, convert):
        try:
            convert(match)
        except Exception as error:
            if isinstance(error, ValueError) or type(error).__name__ == OUTSIDE:
                self.missed.append((name, match, error))

    def watched_post_process(self, paths, *args, **kwargs):
        """The storage's own post_process, whose exceptions are noted and do not reach the command."""
        self.context.doing("looking for all static files at fault")
        self.sources = dict(paths)
        readable = {}
        for name, source in paths.items():
            error = self.failure_alone(name, source) if self.is_undecodable(name, source) else None
            if error:
                self.failed.append((name, error))
            else:
                readable[name] = source
        for name, hashed_name, processed in self.post_process(readable, *args, **kwargs):
            if isinstance(processed, Exception):
                self.failed.append((name, processed))
            else:
                yield name, hashed_name, processed

    def is_undecodable(self, name, source):
        """Is it a file that will be rewritten, and not UTF-8?"""
        from django.contrib.staticfiles.utils import matches_patterns

        patterns = getattr(self.storage, "_patterns", None)
        if not patterns or not matches_patterns(name, patterns):
            return False
        storage, path = source
        with storage.open(path) as file:
            try:
                file.read().decode("utf-8")
            except UnicodeDecodeError:
                return True
        return False

    def failure_alone(self, name, source):
        """What post_process says of this one file. In a run of all files Django may report another one."""
        try:
            for _, _, processed in self.post_process({name: source}):
                return processed if isinstance(processed, Exception) else None
        except Exception as error:
            return error
        return None

    def stopped_by(self, error):
        """The project's post_process raised what others yield: find the file whose reference it is about."""
        texts = [str(each) for each in errors.chain(error)]
        for name, _, missed in self.missed:
            if any(str(missed) in text for text in texts):
                self.failed.append((name, error))
        self.failed.extend((name, error.__cause__ or error) for name in self.said)

    # Findings

    def findings(self):
        """What made the command fail: each reference once, though files are processed in several passes."""
        at_fault = {name for name, _ in self.failed}
        explained, seen = set(), set()
        for name, match, error in self.missed:
            if name in at_fault:
                explained.add(name)
                made = self.missing_reference(name, match, error)
                key = (name, made.get("line"), made["message"])
                if key not in seen:
                    seen.add(key)
                    yield made
        alike = {}
        for name, error in self.failed:
            if name not in explained:
                explained.add(name)
                alike.setdefault((type(error), str(error)), []).append((name, error))
        for failures in alike.values():
            yield self.failure(*failures[0], more=len(failures) - 1)

    def missing_reference(self, name, match, error):
        target = NOT_FOUND.search(str(error))
        line = match.string.count("\n", 0, match.start()) + 1
        reference = match.groupdict().get("url") or match[0]
        if type(error).__name__ == OUTSIDE:
            return self.reference_finding(
                name, line, "%s refers to %s, which is outside of the static files." % (name, reference)
            )
        return self.unresolved(name, reference, target.group(1) if target else reference, line)

    def unresolved(self, name, reference, target, line):
        message = "%s refers to %s, and there is no static file %s." % (name, reference, target)
        return self.reference_finding(name, line, message, target)

    def reference_finding(self, name, line, message, target=None):
        source = self.source_of(name)
        level, hint = "ERROR", "Add the file or remove the reference: collectstatic fails on it."
        if source and not self.context.first_party.owns(source):
            hint = (
                "It comes with an installed package: upgrade that, or put the missing file into a static "
                "folder of your own. collectstatic fails on it."
            )
        if target and self.call.at_start and self.call.builds:
            level = "INFO"
            hint = "It is an error unless %s makes the file before it collects." % self.call.where
        elif target and not self.call.at_start and self.collected.has(target):
            level, hint = "INFO", "STATIC_ROOT of the image has it, so it" + WAS_COLLECTED
        return finding(
            level,
            "static.missing-reference",
            message,
            hint=hint,
            object=name,
            place=files.place(source, line),
        )

    def failure(self, name, error, more=0):
        """`more` files failed with the same exception: then it is hardly about the file."""
        source = self.source_of(name)
        place = files.place(self.source_of(name.split(", ")[0]))  # max-passes names several
        if isinstance(error, UnicodeDecodeError):
            line = error.object.count(b"\n", 0, error.start) + 1 if isinstance(error.object, bytes) else None
            return finding(
                "ERROR",
                "static.not-utf8",
                "%s is not UTF-8: collectstatic cannot rewrite its references (%s)." % (name, error),
                hint="Save the file as UTF-8.",
                object=name,
                place=files.place(source, line),
            )
        if isinstance(error, RuntimeError) and "passes exceeded" in str(error):
            return finding(
                "ERROR",
                "static.max-passes",
                "The references between these files go round in a circle, so their hashes never settle: %s."
                % (name if name != "All" else "Django does not say which"),
                hint="Break the circle: two files that refer to each other cannot both have a hash in the name.",
                object=name if name != "All" else None,
                place=place,
            )
        if isinstance(error, ValueError) and NOT_FOUND.search(str(error)):
            target = NOT_FOUND.search(str(error)).group(1)
            return self.unresolved(name, os.path.basename(target), target, line_of(source, target))
        return finding(
            "ERROR",
            "static.post-process",
            "Post-processing %s failed: %s: %s"
            % ("%s and %d more files" % (name, more) if more else name, type(error).__name__, error),
            object=name,
            place=place,
        )


def line_of(path, reference):
    """The line of a file that has the last part of a reference, None if none has."""
    wanted = os.path.basename(reference).encode()
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if wanted in line:
                    return number
    except (OSError, TypeError):
        pass
    return None


@contextlib.contextmanager
def at_most(seconds):
    """Raise OutOfTime in this thread after so many seconds, and at once if there are none.

    It is raised again and again until the block ends, because a bare `except:` of the project's may swallow it.
    """
    is_over = False

    def end(number, frame):
        if not is_over:
            raise OutOfTime

    if seconds <= 0:
        raise OutOfTime
    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class OutOfTime(BaseException):
    """Not an Exception, so that the project does not take it for one of its own."""
