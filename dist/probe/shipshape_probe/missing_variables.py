"""Finds every variable that the settings miss, because a crash names only the first one.

A process of its own gets a made-up value for each missing variable that is known. If it crashes on another one, that
one is known too, and the next process gets a value for it. Such a process ends when Django is set up, and none of
its findings count.
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


def find(crash, try_values, deadline):
    """The names of the missing variables: those of this crash, then those of each crash after it.

    `try_values(values)` makes an attempt with these variables and returns it.
    """
    known = named(crash)
    values = {}
    end = min(deadline, time.monotonic() + SECONDS)
    news = known
    while news and len(known) < MOST_VARIABLES:
        news = next_ones(news, known, values, try_values, end)
        known = known + news
    return known


def next_ones(news, known, values, try_values, end):
    """Try made-up values for the newest names until the settings get further. Returns what they miss then."""
    for candidate in candidates():
        if time.monotonic() > end:
            return []
        values.update({name: candidate(name) for name in news})
        attempt = try_values(values)
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
