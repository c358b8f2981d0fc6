"""Findings, the answers of a check: their shape, their limits, and how equal ones are merged."""

import re

ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # in the repr of objects; it is another one in every run

MOST_FINDINGS = 2000
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LONGEST_MESSAGE = 4000
LONGEST_OBJECT = 500


def finding(level, id, message, hint=None, object=None, place=None, details=None, supplied=None):
    """Return one finding, without the attributes that are empty.

    `place` is {"file", "line"} from files.py. `supplied` is "shipshape" when the finding is about a setting that
    contains a value from us.
    """
    made = {
        "level": level,
        "id": id,
        "message": cut(ADDRESS.sub("", str(message)), LONGEST_MESSAGE),
        "hint": cut(hint, LONGEST_MESSAGE),
        "object": cut(ADDRESS.sub("", str(object)), LONGEST_OBJECT) if object else None,
        **(place or {}),
        "details": details,
        "supplied": supplied,
    }
    return {name: value for name, value in made.items() if value not in (None, "", {}, [])}


def cut(text, length):
    if text is None:
        return None
    text = str(text)
    return text if len(text) <= length else text[: length - 2] + " …"


def merge(findings):
    """Merge findings with the same text and place into one with a count, and keep to the limit."""
    merged = {}
    for each in findings:
        key = tuple(each.get(name) for name in ("level", "id", "object", "file", "line", "message"))
        if key in merged:
            merged[key]["count"] = merged[key].get("count", 1) + 1
        else:
            merged[key] = dict(each)
    return at_most(MOST_FINDINGS, list(merged.values()))


def at_most(limit, findings):
    """The worst findings, and one more that says how many were left out."""
    if len(findings) <= limit:
        return findings
    kept = sorted(findings, key=lambda each: LEVELS.index(each["level"]), reverse=True)[:limit]
    message = "%d more findings were left out." % (len(findings) - limit)
    return kept + [finding("INFO", "shipshape.too-many-findings", message)]
