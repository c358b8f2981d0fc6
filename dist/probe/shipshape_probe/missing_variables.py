"""Finds every variable that the settings miss, because a crash names only the first one.

A process of its own gets a made-up value for each missing variable that is known, and makes one up for each that the
settings would crash without for certain (demands.py), while they load. If they crash on another one, that one is known
too, and the next process gets a value for it. Such a process ends when Django is set up, and none of its findings count.

It loads the settings, so it counts as a load like those that find the stand-ins: the check has one number of loads for
both (MOST_LOADS of stand_ins.py). Most settings with many missing variables need two.
"""

import re
import time

from shipshape_probe.environment import PRODUCTION

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


def find(crash, try_values, deadline, ours=None, unfinished=lambda: None):
    """The names of the missing variables: those of this crash, then those of each crash after it.

    `unfinished()` is called if there may be more: no load came to its end.

    `try_values(values)` makes an attempt with these variables and returns it, None if there may be no more. `ours`:
    {name: value} of those that we can supply. They are not missing, unless the settings refuse our value.
    """
    ours = dict(ours or {})
    known = news = latest = named(crash, ours)
    attempt, values, others = None, {}, {}  # others: the values that are left to try for a name
    end = min(deadline, time.monotonic() + SECONDS)
    while known and len(known) < MOST_VARIABLES and time.monotonic() <= end:
        for name in news:
            others[name] = candidates(name)
            values[name] = ours.get(name) or next(others[name])
        attempt = try_values(dict(values))
        if attempt is None:
            break
        at_once = [name for name in attempt.stand_ins if name not in ours and name != PRODUCTION]
        missed = list(dict.fromkeys(at_once + named(attempt, ours)))
        latest, news = (news or latest), [name for name in missed if name not in known]
        known = known + news
        if attempt.status != "settings" or not (news or try_others(attempt, values, others, latest)):
            break
    if known and (attempt is None or attempt.status != "completed"):
        unfinished()
    return [name for name in dict.fromkeys(known) if name not in ours]


def try_others(attempt, values, others, latest):
    """Give other values to the names that the settings refuse, or else to the latest. False if there are none left."""
    refused = [name for name in attempt.error.get("read", ()) if name in values]
    changed = {name: next(others[name], None) for name in refused or latest}
    values.update({name: value for name, value in changed.items() if value})
    return any(changed.values())


def candidates(name):
    yield made_up(name)
    yield from OTHERS


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
