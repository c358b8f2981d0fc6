"""Makes report.json: collects the results of the checks, takes out secrets, keeps it small, and writes it."""

import json
import os
import sys

from shipshape_probe import advice, container_settings, files, findings
from shipshape_probe.environment import PRODUCTION

LARGEST = 8 * 1000 * 1000
LONGEST_HINT = 4000
# Outside the image these are compared with the Caddyfile's hosts. Values that the user supplied are not shown there.
HOSTS = {"ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"}
# These hold names and places, not values, so nothing is taken out of them.
PLAIN = {"file", "id", "level", "line", "count", "app", "name", "kind", "variables", "unset", "read", "ours", "package"}


def failed(kind, message, **more):
    """The report of a run in which no check could start."""
    return {"schema": 1, "python": python(), "checks": {}, "error": {"kind": kind, "message": message, **more}}


def python():
    return {"version": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable}


def make(project, django, environment, checks, scrubber):
    described = of_project(project, checks)
    results = {check.name: result(check, described) for check in checks}
    leave_out_repeated_crashes(results)
    results = {name: scrubbed(each, scrubber) for name, each in results.items()}
    return {
        "schema": 1,
        "python": python(),
        "django": {"version": version_of(checks) or django},
        "project": described,
        "environment": of_environment(environment, checks),
        "reads": of_reads(environment, checks),
        "settings": of_settings(checks, scrubber),
        "files": hashes(results.values()),
        "checks": results,
        "error": None,
    }


def version_of(checks):
    """The version that the checks imported, which the user's PYTHONPATH may have changed."""
    return next((check.attempt.facts["VERSION"] for check in checks if check.attempt.facts), None)


def of_project(project, checks):
    loaded = [check.attempt.settings for check in checks if check.attempt.settings]
    found = {
        "root": project.root,
        "manage": project.manage or "",
        "settings": loaded[0] if loaded else project.settings or "",
        "source": project.source,
        "others": project.others,
    }
    if project.configuration:
        found["configuration"] = project.configuration
    return found


def of_environment(environment, checks):
    """Every variable that was read while the project loaded, in the order of the reads, and who supplied it."""
    found = {}
    for check in checks:
        ours = stand_ins(check.attempt)
        for name, present in check.attempt.reads.items():
            if name not in found:
                found[name] = environment.supplier(name, ours, present and name not in missing(check.attempt))
        if not check.attempt.is_complete:  # nobody saw the reads of those that the settings could not do without
            found.update((name, "shipshape") for name in ours if is_needed(name, check.attempt))
    return [{"name": name, "supplied": supplied} for name, supplied in found.items()]


def is_needed(name, attempt):
    """Does a stand-in change anything, as far as that is known?"""
    return bool(attempt.without) if name == PRODUCTION else name not in attempt.in_vain


def missing(attempt):
    """The variables that the settings end without."""
    return (attempt.error or {}).get("variables", ())


def stand_ins(attempt):
    """The variables that we supplied, without those whose value of ours the settings refused: these are missing."""
    return [name for name in attempt.stand_ins if name not in missing(attempt)]


def of_reads(environment, checks):
    """Whether that list is complete, and which names of the workflow's `env` nothing has read.

    Settings that crash have not read all that they would. Then only a name that is like a missing one counts.
    """
    complete = all(check.attempt.is_complete for check in checks)
    unread = [name for name in environment.user if checks and all(name in check.attempt.unread for check in checks)]
    ended = all(check.attempt.status == "completed" for check in checks)
    read = {name for check in checks for name in check.attempt.reads}
    missed = {name for check in checks for name in missing(check.attempt)}
    found = [{"name": name, "nearest": nearest(name, (read - set(environment.user)) | missed)} for name in unread]
    if not ended:
        found = [each for each in found if each["nearest"] in missed]
    return {"complete": complete, "unread": found if complete else []}


def nearest(name, names):
    """The most similar of these names, "" if none is similar."""
    import difflib  # slow to import, and rarely needed

    return next(iter(difflib.get_close_matches(name, sorted(names), 1, 0.7)), "")


def of_settings(checks, scrubber):
    """The facts of the first check that has any: {name: {"value", "supplied"}}.

    "default_of" names a variable whose default the value is, because nobody sets it. "without" is the value that it has
    without DJANGO_ENV=production, if we supplied that and the value is another one then.
    """
    for check in checks:
        if check.attempt.facts:
            without = check.attempt.without
            return {
                name: {
                    "value": shown(name, value, scrubber),
                    "supplied": check.attempt.suppliers.get(name, "project"),
                    **default_of(name, check.attempt),
                    **({"without": shown(name, without[name], scrubber)} if name in without else {}),
                }
                for name, value in check.attempt.facts.items()
            }
    return {}


def shown(name, value, scrubber):
    return scrubber.secrets(value) if name in HOSTS else scrubber.all(value)


def default_of(name, attempt):
    variables = [each for each in attempt.origins.get(name, ()) if not attempt.reads.get(each)]
    return {"default_of": variables[0]} if variables else {}


def result(check, project):
    attempt = check.attempt
    found = {
        "status": attempt.status,
        "seconds": round(check.seconds, 3),
        "findings": findings.merge(attempt.findings),
        "silenced": attempt.counts.pop("silenced", 0),
        "output": attempt.output(),
        "notes": check.notes + attempt.notes,
        "skipped": " ".join(dict.fromkeys(attempt.skipped)),
        "counts": attempt.counts,
    }
    if attempt.status == "no-settings":
        found["status"] = "settings"
        found["error"] = {
            "kind": "no-settings",
            "message": "Nothing says which settings module production uses: not the image's environment, no "
            "wsgi.py, not manage.py. Name it with the input `settings`, or set DJANGO_SETTINGS_MODULE in "
            "the Dockerfile.",
        }
    elif attempt.error:
        error = {**attempt.error, **ours(attempt), **given(attempt.error, check.environment)}
        named_by = container_settings.who_names(project["settings"], check.environment)
        said = (without_manage(check), advice.of_settings(error, project, named_by), advice.of_ours(error))
        found["error"] = {**error, "hint": findings.cut("\n".join(filter(None, said)), LONGEST_HINT)}
    return found


def without_manage(check):
    """What a crash may come from, if manage.py took too long and was left out."""
    if check.attempt.status != "settings" or not check.left_out:
        return ""
    return "%s What it prepares, such as an .env file or sys.path, was missing then." % check.left_out[0]


def ours(attempt):
    """{"ours": the variables that had a value of ours, and that were read or may have been}, {} if there are none."""
    names = sorted(name for name in stand_ins(attempt) if name in attempt.reads or not attempt.is_complete)
    return {"ours": names} if names else {}


def given(error, environment):
    """{"given": True} if the file that is missing is one that the workflow's `env` leads to, {} if it is not."""
    return {"given": True} if error.get("variable") in environment.user else {}


def leave_out_repeated_crashes(results):
    """A fault that stops a system check may stop the server too: an import that fails, for example. It is reported once.

    `error` is for this comparison alone.
    """
    seen = {crash_of(each) for each in results.get("system", {}).get("findings", ())} - {None}
    for name, found in results.items():
        if name != "system":
            found["findings"] = [each for each in found["findings"] if crash_of(each) not in seen]
        for each in found["findings"]:
            each.pop("error", None)


def crash_of(finding):
    """The exception and its place, None if the finding is not about one."""
    return (finding["error"], finding.get("file"), finding.get("line")) if "error" in finding else None


def scrubbed(value, scrubber):
    if isinstance(value, dict):
        if "details" in value:
            return with_text(value, scrubber)
        return {name: item if name in PLAIN else scrubbed(item, scrubber) for name, item in value.items()}
    if isinstance(value, list):
        return [scrubbed(item, scrubber) for item in value]
    return scrubber.all(value)


def with_text(found, scrubber):
    """A finding with a text that is to be committed. The text is not altered: it is whole, or it is left out."""
    details = dict(found["details"])
    names = set(details.pop("names", ()))
    plain = {name: details.pop(name) for name in ("app", "name", "path", "text") if name in details}
    found = {name: item if name in PLAIN else scrubber.all(item, names) for name, item in found.items()}
    found["details"] = {**scrubber.all(details, names), **plain}
    variables = scrubber.variables_in(plain.get("text", ""), names)
    if variables:
        del found["details"]["text"]
        named = ["the value of `%s`" % name for name in variables if name] or ["a secret of the settings"]
        found["hint"] = (
            "%s The text of the file is not shown here, because %s is in it."
            % (found.get("hint", ""), " and ".join(named))
        ).strip()
    return found


def hashes(results):
    """The sha256 of every file that a finding or an error names."""
    found = {}
    for check in results:
        for each in check["findings"] + [check.get("error") or {}]:
            path = each.get("file")
            if path and path not in found:
                found[path] = files.sha256(path)
    return {path: digest for path, digest in found.items() if digest}


def write(report, path):
    """Write it so that every user can read it."""
    text = json.dumps(report)
    if len(text) > LARGEST:
        shrink(report)
        text = json.dumps(report)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    partial = path + ".partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(partial, 0o644)
    os.replace(partial, path)


def shrink(report):
    """Leave out the texts of migrations, then the less severe findings, until it is small enough."""
    for check in report["checks"].values():
        for each in check["findings"]:
            each.get("details", {}).pop("text", None)
    for limit in (500, 100, 20):
        if len(json.dumps(report)) <= LARGEST:
            return
        for check in report["checks"].values():
            check["findings"] = findings.at_most(limit, check["findings"])
