"""Finds every variable that the settings miss, where a crash names only the first.

A throwaway process gets a made-up value for each one that is known and stops once Django is set up;
where it crashes on the next, that one is known too. Nothing of it is judged.
"""

import re
import time

MOST_VARIABLES = 30
SECONDS = 20
ADDRESS = "https://shipshape@shipshape.example/1"  # a reserved name; Sentry's DSNs have this form
MADE_UP = (
    (re.compile(r"URL|URI|DSN|ENDPOINT|ORIGIN"), ADDRESS),
    (re.compile(r"PORT|TIMEOUT|SECONDS|COUNT|SIZE|LIMIT|NUM|DEBUG|USE_|ENABLE|_ID$"), "1"),
    (re.compile(r""), "shipshape"),
)


def find(crash, rehearse, deadline):
    """The names that the crash and those after it tell, in that order.

    `rehearse(values)` makes an attempt with these variables and returns it.
    """
    known = named(crash)
    values = {}
    end = min(deadline, time.monotonic() + SECONDS)
    news = known
    while news and len(known) < MOST_VARIABLES:
        news = next_ones(news, known, values, rehearse, end)
        known = known + news
    return known


def next_ones(news, known, values, rehearse, end):
    """Try made-up values for the newest names until the settings come further; return what they miss then."""
    for candidate in candidates():
        if time.monotonic() > end:
            return []
        values.update({name: candidate(name) for name in news})
        attempt = rehearse(values)
        found = [name for name in named(attempt) if name not in known]
        if found or attempt.status != "settings":
            return found
    return []


def candidates():
    yield made_up
    for value in ("1", "shipshape", ADDRESS):
        yield lambda name, value=value: value


def made_up(name):
    return next(value for pattern, value in MADE_UP if pattern.search(name.upper()))


def named(attempt):
    error = attempt.error or {}
    if attempt.status != "settings" or error.get("kind") != "missing-variable":
        return []
    return list(error["variables"])
