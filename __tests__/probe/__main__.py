"""Runs the tests of this folder with the Python and the Django of this process: `python __tests__/probe [-k TEST…]`.

Tests that start the whole probe (`harness.RunTest`) are run several at a time, because each mostly waits for
processes of its own. All others are run one after another: they change this process. The last line counts them.
"""

import argparse
import os
import sys
import time
import unittest
import zlib
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)


def tests_in(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from tests_in(each)
        else:
            yield each


def run(test):
    result = unittest.TestResult()
    started = time.monotonic()
    test.run(result)
    return test, result, time.monotonic() - started


def is_wanted(test, options):
    """Whether a run of the probe is one for this environment: lab/probe.sh shares them out."""
    if test.depends_on == "Django":
        return not options.no_django
    if test.depends_on == "nothing" and options.part:
        part, parts = map(int, options.part.split("/"))
        return zlib.crc32(test.id().encode()) % parts == part
    return True


def main():
    parser = argparse.ArgumentParser(prog="python __tests__/probe")
    parser.add_argument("-k", action="append", metavar="TEST", help="only tests that have this in their name")
    parser.add_argument("-v", action="store_true", help="name every test, with its time")
    parser.add_argument("--part", metavar="K/N", help="of the runs that depend on no version only this part, from 0/N")
    parser.add_argument("--no-django", action="store_true", help="no runs that depend on the version of Django")
    parser.add_argument("--packages", action="store_true", help="the tests that need the packages of packages/")
    options = parser.parse_args()
    loader = unittest.TestLoader()
    loader.testNamePatterns = ["*%s*" % pattern for pattern in options.k] if options.k else None
    folder = os.path.join(HERE, "packages") if options.packages else HERE
    tests = list(tests_in(loader.discover(folder, top_level_dir=folder)))

    import harness

    alone = [test for test in tests if not isinstance(test, harness.RunTest)]
    together = [test for test in tests if isinstance(test, harness.RunTest) and is_wanted(test, options)]
    passed = failed = skipped = 0
    with ThreadPoolExecutor((os.cpu_count() or 1) + 2) as pool:
        results = [run(test) for test in alone] + list(pool.map(run, together))
    for test, result, seconds in results:
        problems = result.failures + result.errors + [(each, "passed") for each in result.unexpectedSuccesses]
        for each, text in problems:
            print("FAILED: %s\n%s" % (each.id(), text))
        for each, reason in result.skipped:
            print("NOT RUN: %s: %s" % (each.id(), reason))
        if options.v:
            print("%5.2f s  %s" % (seconds, test.id()))
        failed += bool(problems)
        skipped += bool(result.skipped)
        passed += not problems and not result.skipped
    print("%d passed, %d failed%s" % (passed, failed, ", %d skipped" % skipped if skipped else ""))
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
