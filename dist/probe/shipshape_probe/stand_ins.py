"""Decides which stand-ins to supply: as few as the settings need, so that none of them changes a verdict.

A default that the settings have is production's value until somebody sets the variable. So the settings are first
loaded without any stand-in but DJANGO_ENV, which selects production's settings. A stand-in comes in only where the
settings end without it:

1. While they load, where that is certain (demands.py). For most projects this one load is all.
2. In the next load, when they crashed for want of it, or when Django calls a value empty that it would fill.
3. As a guess, one at a time, when they crashed for a reason that names no variable. It stays if they get further.

A load that finds all it needs goes on to the checks; the others end before Django imports the apps. So nothing is
loaded twice to compare, and no value of ours ever has to be taken away again: to begin with all stand-ins and to remove
those that replaced a default would cost every project with a default a load for each, and would still trust that a
value which does not crash changes nothing. A value that the settings refuse is missing: only the user can give one.
"""

import re

from shipshape_probe.environment import PRODUCTION

MOST_LOADS = 12


class StandIns:
    """What the next load is given. `values` are set before it, `offers` while it runs: {name: value}."""

    def __init__(self, environment):
        self.environment = environment
        self.offers = dict(environment.own)
        self.values = {name: self.offers.pop(name) for name in (PRODUCTION,) if name in self.offers}
        self.wanted = set()  # supplied because Django calls a value empty
        self.guess = None  # (name, the crash that it is to cure)
        self.notes = []
        self.crash = None  # the attempt to report if nothing helps
        self.last_hope = None  # the crash with DJANGO_ENV, after which the settings are loaded without it

    def copy(self):
        """The same for another check, to go on with."""
        other = StandIns(self.environment)
        other.offers, other.values, other.wanted = dict(self.offers), dict(self.values), set(self.wanted)
        other.notes = list(self.notes)
        return other

    def without_production(self):
        """The same for another load, without DJANGO_ENV."""
        other = self.copy()
        other.values.pop(PRODUCTION, None)
        return other

    def learn(self, attempt):
        """Prepare the next load after one that did not get to the checks. False if there is nothing left to try."""
        if attempt.status == "empty":
            self.guess = None
            self.wanted.update(attempt.wanted)
            return self.supply(attempt.wanted)
        attempt = self.without_vain_guess(attempt)
        self.crash = self.last_hope or attempt
        return self.cure(attempt) or self.give_unknown_production_up(attempt)

    def cure(self, attempt):
        """Prepare the next load after a crash, with a stand-in more or with another one."""
        missing = (attempt.error or {}).get("variables", [])
        if missing:
            return self.supply(missing) and all(name in self.environment.own for name in missing)
        refused = blamed(attempt)
        if refused:
            return self.replace(refused[0], attempt)
        return self.guess_for(attempt) or self.give_refused_production_up(attempt)

    def supply(self, names):
        """Supply those that we can. False if there are none."""
        ours = [name for name in names if name in self.offers]
        for name in ours:
            self.values[name] = self.offers.pop(name)
        return bool(ours)

    def replace(self, name, attempt):
        """The settings refuse our value: supply it in another form, or do without it, or call the variable missing."""
        forms = self.environment.forms(name)
        following = forms[forms.index(attempt.stand_ins[name]) + 1 :]
        self.offers.pop(name, None)
        if following:
            self.values[name] = following[0]
            return True
        self.values.pop(name, None)
        if name == PRODUCTION:
            return self.give_production_up(attempt)
        if name in self.wanted:
            return True
        attempt.error.update(kind="missing-variable", variables=[name])
        return False

    def guess_for(self, attempt):
        """Supply one more name that was read in vain, the latest first; any, if what was read is not known."""
        if attempt.error.get("kind") != "exception":
            return False
        candidates = attempt.unset if attempt.is_complete else [*attempt.unset, *self.offers]
        name = next((name for name in candidates if name in self.offers), None)
        if name:
            self.guess = (name, attempt)
            self.supply([name])
        return bool(name)

    def without_vain_guess(self, attempt):
        """Take a guess back that did not help. Returns the crash to go on from."""
        guess, self.guess = self.guess, None
        if not guess:
            return attempt
        name, crash = guess
        if name not in blamed(attempt) and place(attempt.error) != place(crash.error):
            return attempt
        self.values.pop(name, None)
        return crash

    def give_refused_production_up(self, attempt):
        """Do without DJANGO_ENV=production, if the crash is about that value."""
        value = self.values.get(PRODUCTION)
        if value is None or not is_about(value, attempt.error):
            return False
        del self.values[PRODUCTION]
        return self.give_production_up(attempt)

    def give_unknown_production_up(self, attempt):
        """Do without it as the last thing, if the settings read it and do not know that value. The crash may come of it."""
        if self.last_hope:
            self.values[PRODUCTION] = self.environment.own[PRODUCTION]  # it was in vain
            return False
        if PRODUCTION not in self.values or PRODUCTION not in attempt.reads or attempt.knows_production:
            return False
        del self.values[PRODUCTION]
        self.last_hope = attempt
        return self.give_production_up(attempt)

    def give_production_up(self, attempt):
        self.notes.append(
            "The settings do not take %s=production, which shipshape supplies to get production's settings (%s). They "
            "were checked without it, so these may not be production's: give the right value with `env`."
            % (PRODUCTION, attempt.error.get("message", ""))
        )
        return True


def place(error):
    return [error.get(name) for name in ("type", "message", "file", "line")]


def is_about(value, error):
    """Does an error name this value: in quotes or alone, or as a part of a module or file?"""
    message, parts = error.get("message", ""), error.get("module", "").split(".")
    path = error.get("path", "").replace(".", "/").split("/")
    return (
        message == value
        or PRODUCTION in message
        or "'%s'" % value in message
        or any(value in each for each in (*parts, *path))
    )


def blamed(attempt):
    """The stand-ins that a crash is about: read where it crashed, or named in its message, by name or by value."""
    error = attempt.error or {}
    message = error.get("message", "") if error.get("kind") == "exception" else ""
    return [
        name
        for name, value in attempt.stand_ins.items()
        if name in error.get("read", ())
        or (name != PRODUCTION and (re.search(r"\b%s\b" % name, message) or value in message))
    ]
