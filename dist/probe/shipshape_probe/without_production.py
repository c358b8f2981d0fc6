"""What depends on DJANGO_ENV=production, where shipshape supplied it.

In many projects it selects production's settings, so it is there from the first load on. But a project may call
production by another name, and then our value selects something else. No finding may count that comes from it alone. So
where the project reads it, the settings are loaded once more without it:

- What is found both times counts, and what is found only with DJANGO_ENV is INFO. What is found only without it is
  not reported.
- If DEBUG is on only without it, those are the settings for development, and production has to set it: then all that is
  found with it counts. But if the settings name production otherwise ("prod"), then neither load has production's
  settings: what is found both times counts, without Django's advice for the deployment (security.…).
- If they cannot be loaded without it, production has to set it too, but perhaps to another value. Then what counts
  is a setting whose statement does not read it, and all if the settings know the word "production".
- Settings that crash with it count as they are if they know that word; else they are judged without it.
"""

import os
import traceback

from shipshape_probe.environment import PRODUCTION
from shipshape_probe.suppliers import SELECTED

OTHER_NAMES = {"prod", "prd", "live"}
NOT_PRODUCTIONS = (
    "The settings seem to call production by another name than DJANGO_ENV=production, which shipshape supplies. Give theirs "
    "with `env`, to have production's settings judged."
)
HINT = "It is not there without DJANGO_ENV=production, which shipshape supplies to get production's settings."


def is_known(reads, first_party, error=None):
    """Do the files that read DJANGO_ENV, or in which the settings crash, know "production" as a name or a value?"""
    paths = {path for path, _ in reads.places.get(PRODUCTION, ())}
    if error:
        paths.update(frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__))
    return any("production" in word.lower() and " " not in word for word in words_in(paths, first_party))


def names_another(reads, first_party):
    """Do the files that read DJANGO_ENV name production otherwise, and not "production"?"""
    paths = {path for path, _ in reads.places.get(PRODUCTION, ())}
    return bool(OTHER_NAMES & words_in(paths, first_party)) and not is_known(reads, first_party)


def words_in(paths, first_party):
    from shipshape_probe import demands

    return {word for path in paths if first_party.owns(path) for word in demands.mentions(os.path.abspath(path))}


def may_decide(attempt, is_leader):
    """May what this attempt has found depend on it? The leader's settings are reported, so they count too."""
    if attempt.status != "completed" or PRODUCTION not in attempt.stand_ins:
        return False
    is_read = PRODUCTION in attempt.reads
    return (is_leader and is_read) or ((is_read or not attempt.is_complete) and any(map(counts, attempt.findings)))


def settle(attempt, other=None):
    """Decide which findings of an attempt count. `other`: the attempt without DJANGO_ENV, if one was made."""
    loads = other is not None and other.status == "completed"
    for_development = loads and is_for_development(other, attempt)
    is_productions = (for_development and not attempt.names_another) if loads else attempt.knows_production
    compared = loads and not is_productions
    again = {key(each) for each in other.findings if counts(each)} if compared else ()
    hint = HINT
    if for_development and compared:
        again = {each for each in again if not str(each[0]).startswith("security.")}
        hint = NOT_PRODUCTIONS
    if compared and attempt.names_another and other.facts.get("DEBUG"):
        attempt.notes.append(NOT_PRODUCTIONS)
    for found in attempt.findings:
        is_selected = found.get("supplied") == SELECTED
        if is_selected:
            del found["supplied"]
        if not is_productions and counts(found) and (key(found) not in again if compared else is_selected):
            found.update(supplied="shipshape", hint="%s\n%s" % (hint, found.get("hint", "")))
    for name in [name for name, who in attempt.suppliers.items() if who == SELECTED]:
        if compared or is_productions:
            del attempt.suppliers[name]
        else:
            attempt.suppliers[name] = "shipshape"
    if compared:
        facts = other.facts
        attempt.without = {name: facts.get(name) for name in attempt.facts if facts.get(name) != attempt.facts[name]}
        attempt.secrets.extend(other.secrets)


def is_for_development(other, attempt):
    """Is DEBUG on in another attempt, and not in this one?"""
    return bool(other.facts.get("DEBUG")) and not attempt.facts.get("DEBUG")


def counts(found):
    return found["level"] not in ("DEBUG", "INFO") and found.get("supplied") in (None, SELECTED)


def key(found):
    return found["id"], found.get("object")
