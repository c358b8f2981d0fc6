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
DATABASE = "postgres://shipshape:shipshape@shipshape.example/shipshape"
MAIL = "shipshape@shipshape.example"
MADE_UP = (
    (re.compile(r"DATABASE_URL|DATABASE_DSN|POSTGRES\w*_(URL|DSN)|DB_(URL|DSN)"), DATABASE),
    (re.compile(r"REDIS\w*_URL|BROKER_URL|CACHE_URL"), "redis://shipshape.example:6379/0"),
    (re.compile(r"URL|URI|DSN|ENDPOINT|ORIGIN"), ADDRESS),
    (re.compile(r"MAIL$|MAIL_FROM|FROM_MAIL|EMAIL_ADDRESS"), MAIL),
    (re.compile(r"PORT|TIMEOUT|SECONDS|COUNT|SIZE|LIMIT|NUM|DEBUG|USE_|ENABLE|_ID$"), "1"),
    (re.compile(r""), "shipshape"),
)
OTHERS = ("1", "shipshape", ADDRESS, MAIL, DATABASE, '["shipshape"]', "{}")


def find(crash, try_values, deadline, ours=None):
    """The names of the missing variables: those of this crash, then those of each crash after it.

    `try_values(values)` makes an attempt with these variables and returns it. `ours`: {name: value} of those that we
    can supply. They are not missing, unless the settings refuse our value.
    """
    ours = dict(ours or {})
    known = named(crash, ours)
    values = {}
    end = min(deadline, time.monotonic() + SECONDS)
    news = known
    while news and len(known) < MOST_VARIABLES:
        news = next_ones(news, known, values, try_values, ours, end)
        known = known + news
    return [name for name in dict.fromkeys(known) if name not in ours]


def next_ones(news, known, values, try_values, ours, end):
    """Try made-up values for the newest names until the settings get further. Returns what they miss then."""
    for candidate in candidates():
        if time.monotonic() > end:
            return []
        values.update({name: ours.get(name) or candidate(name) for name in news})
        attempt = try_values(values)
        found = [name for name in named(attempt, ours) if name not in known]
        if found or attempt.status != "settings":
            return found
    return []


def candidates():
    yield made_up
    for value in OTHERS:
        yield lambda name, value=value: value


def made_up(name):
    return next(value for pattern, value in MADE_UP if pattern.search(name.upper()))


def named(attempt, ours):
    """The variables that an attempt misses. One of ours whose value the settings refuse is not ours any more."""
    if attempt.status != "settings":
        return []
    error = attempt.error or {}
    refused = [name for name in error.get("read", ()) if name in ours]
    for name in refused:
        del ours[name]
    if error.get("kind") != "missing-variable":
        return refused
    return list(error["variables"])
