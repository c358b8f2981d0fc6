"""An exception becomes one clear error: what it was, where, and what is missing."""

import os
import sys

from harness import TableTest, fake, rows
from projects import temporary_folder, written
from shipshape_probe import errors
from shipshape_probe.first_party import FirstParty


def raised(text, name="module.py", **names):
    """The exception that a file of this content raises."""
    path = written(text, name)
    try:
        exec(compile(text, path, "exec"), {"__name__": "module", "os": os, **names})
    except BaseException as error:
        return error, path
    raise AssertionError("nothing was raised")


class ErrorsTest(TableTest):
    def describe(self, text, reads=None, **names):
        error, path = raised(text, **names)
        return errors.describe(error, FirstParty(), reads), path

    def test_says_what_it_was_and_where_in_the_project(self):
        described, path = self.describe("\n\nraise ValueError('no such port')\n")
        self.assertHas({"type": "ValueError", "message": "no such port", "file": path, "line": 3}, described)
        self.assertIn("raise ValueError", described["traceback"])

    def test_a_syntax_error_has_the_place_of_the_syntax(self):
        path = written("x = (\n")
        described, _ = self.describe("compile(open(path).read(), path, 'exec')", path=path)
        self.assertHas({"type": "SyntaxError", "file": path, "line": 1}, described)

    @rows(
        module=("import nowhere_at_all", {"kind": "missing-module", "module": "nowhere_at_all"}),
        file=("open('/no/such/file')", {"kind": "missing-file", "path": "/no/such/file"}),
        service=("raise ConnectionRefusedError(111, 'Connection refused')", {"kind": "needs-service"}),
        service_below=(
            "try:\n    raise TimeoutError()\nexcept TimeoutError as error:\n    raise ValueError('x') from error",
            {"kind": "needs-service"},
        ),
        other=("raise ValueError('x')", {"kind": "exception"}),
    )
    def test_names_what_is_missing(self, text, expected):
        self.assertHas(expected, self.describe(text)[0])

    def test_a_missing_folder_of_sqlite_is_no_service(self):
        class OperationalError(Exception):
            pass

        described, _ = self.describe("raise error", error=OperationalError("unable to open database file"))
        self.assertEqual("exception", described["kind"])

    @rows(
        environ=("Set the STRIPE_KEY environment variable", ["STRIPE_KEY"]),
        decouple=("STRIPE_KEY not found. Declare it as envvar or define a default value.", ["STRIPE_KEY"]),
        quoted=("environment variable 'STRIPE_KEY' is not set", ["STRIPE_KEY"]),
        before=('The "STRIPE_KEY" environment variable is required', ["STRIPE_KEY"]),
        of_a_read=("no STRIPE_KEY given", ["STRIPE_KEY"]),
        none=("something else", None),
    )
    def test_names_the_missing_variable_of_a_message(self, message, variables):
        reads = fake(missed=[("STRIPE_KEY", "/elsewhere.py", 1)], gave={}, defaulted=set(), is_complete=True)
        described, _ = self.describe("raise error", reads, error=RuntimeError(message))
        self.assertEqual(variables, described.get("variables"))

    def test_names_variables_without_a_default_where_nothing_else_explains_it(self):
        reads = fake(missed=[("A", "/x.py", 1), ("B", "/x.py", 2)], gave={}, defaulted={"A"}, is_complete=True)
        described, _ = self.describe("raise RuntimeError('something else')", reads)
        self.assertEqual(["B"], described["unset"])

    @rows(
        top_level=("whitenoise", "whitenoise is not installed in the image: add it to the requirements."),
        similar=("json.decodr", "Did you mean json.decoder?"),
        none=(
            "json.qqq",
            "json is installed but has no qqq. Check the spelling, and that the installed version has it.",
        ),
        below=("whitenoise.deep.er", "whitenoise is not installed in the image: add it to the requirements."),
    )
    def test_says_what_to_do_about_a_module(self, name, advice):
        self.assertEqual(advice, errors.absent_module(name))

    def test_an_exception_that_cannot_be_shown_is_described_all_the_same(self):
        class Unspeakable(Exception):
            def __str__(self):
                raise RuntimeError("no")

        self.assertHas({"type": "Unspeakable", "message": ""}, self.describe("raise error", error=Unspeakable())[0])

    def test_names_the_package_that_does_not_fit(self):
        folder = temporary_folder()
        written("def broken():\n    None.nothing\n", "lib/site-packages/oldlib/__init__.py", folder)
        sys.path.insert(0, os.path.join(folder, "lib", "site-packages"))
        try:
            described, _ = self.describe("import oldlib\noldlib.broken()")
        finally:
            del sys.path[0]
        self.assertHas({"package": "oldlib", "line": 2}, described)
