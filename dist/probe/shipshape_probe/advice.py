"""The table from what is missing to what to do about it. All checks, and the report of settings that crash, use it.

The facts are those of errors.py and missing.py. Paths and names are always in the advice, because a message such as
"Unable to configure handler 'file'" has none. The report takes secrets out afterwards; then a path is *** and the
variable that names it remains.
"""

import os
import re

from shipshape_probe import packages
from shipshape_probe.advice_on_files import of_file

LOCAL = re.compile(r"^(config|settings)$|^settings_|_settings$|(^|_)(local|secrets?|private|credentials)(_|$)", re.I)
# Modules that Python no longer has, with the version that took them out, and what has them now.
REMOVED = {
    "asynchat": "3.12", "asyncore": "3.12", "cgi": "3.13", "crypt": "3.13", "distutils": "3.12", "imghdr": "3.13",
    "imp": "3.12", "pipes": "3.13", "smtpd": "3.12", "telnetlib": "3.13",
}  # fmt: skip
STARTS_WITH = (
    "The container starts with %s too: that is the DJANGO_SETTINGS_MODULE which %s. If it is wrong, change it there."
)
WITHOUT_NETWORK = "The checks run without network, so there is no database, cache or broker. "


def advice(facts):
    """What to do about a described error, "" where nothing is known."""
    if facts.get("query"):
        return of_query(facts)
    row = ROWS.get(facts.get("kind"))
    said = row(facts) if row else ""
    if facts.get("package"):
        inside = "It was raised inside the installed package %s: see that its version fits %s." % (
            facts["package"],
            facts.get("versions") or "the image's Django and Python",
        )
        return " ".join(filter(None, [said, inside]))
    return said


def of_settings(facts, project, named_by=""):
    """The same for settings that crash, where other settings may be the cure.

    `project` is the report's: "source" and "others" say where the settings are named and which others there are.
    `named_by`: who makes the container start with them (container_settings.py). The input `settings` is no cure then.
    """
    if is_settings_input(facts, project):
        return of_settings_input(facts, project)
    said = advice(facts)
    kind = facts.get("kind")
    if kind == "missing-module" and not facts.get("own"):
        certain = facts.get("similar") or facts.get("package")
        return said if certain else "%s %s" % (said, other_settings(project, named_by))
    if said or kind not in ("exception", "missing-variable") or is_of_code(facts):
        return said
    if facts.get("read"):
        return (
            "That line reads the %s: see that the value is one that the settings can use. The input `env` sets another "
            "for the checks. %s"
        ) % (listed(facts["read"]), other_settings(project, named_by))
    asked = ""
    if facts.get("unset"):
        asked = "Before that they asked for the %s, which neither the image nor `env` sets. " % listed(facts["unset"])
    if facts.get("read_all"):
        asked += "They read all of the environment at once, so the variable that they miss may have another name. "
    return "%sIf they need an environment variable, set it with the input `env`. %s" % (
        asked,
        other_settings(project, named_by),
    )


def is_of_code(facts):
    """Is it a fault of the code alone, which no variable and no other settings can cure?"""
    return facts.get("type") == "NameError" or "INSTALLED_APPS" in facts.get("message", "")


def of_ours(facts):
    """Which values were ours, "" if none was. Where nothing else explains the crash, they may be the reason."""
    if not facts.get("ours"):
        return ""
    said = "shipshape supplied the %s" % listed(facts["ours"])
    if facts.get("kind") != "exception":
        return said + "."
    return said + ", because neither the image nor `env` does: if that is the reason, set your own with `env`."


def is_settings_input(facts, project):
    """Is what is missing the module that the input `settings` names, or a package that it would be in?"""
    if facts.get("kind") != "missing-module" or project.get("source") != "input":
        return False
    return (project["settings"] + ".").startswith(facts["module"] + ".")


def of_settings_input(facts, project):
    """Its name is misspelt, mostly: the nearest one, of the modules there or of those that the project names."""
    import difflib  # slow to import, and rarely needed

    settings = project["settings"]
    named = list(dict.fromkeys(other["settings"] for other in project.get("others", ())))
    near = [facts["similar"] + settings[len(facts["module"]) :]] if facts.get("similar") else []
    near += difflib.get_close_matches(settings, named, 1)
    said = "The input `settings` names %s, and the image has no such module." % settings
    if near:
        return "%s Did you mean %s?" % (said, near[0])
    if named:
        return "%s The project names %s." % (said, ", ".join(named))
    return said + " Write it as manage.py or wsgi.py of this project names its settings."


def other_settings(project, named_by=""):
    sources = {}
    for other in project.get("others", ()):
        sources.setdefault(other["settings"], []).append(other["source"])
    others = ["%s (%s)" % (settings, ", ".join(names)) for settings, names in sources.items()]
    if named_by:
        also = " The project also names %s." % ", ".join(others) if others else ""
        return STARTS_WITH % (project["settings"], named_by) + also
    if not others:
        return "If these are the wrong settings, name the right ones with the input `settings`."
    return "These settings come from %s. The project also names %s: say which with the input `settings`." % (
        project.get("source"),
        ", ".join(others),
    )


def listed(names):
    """`variable A`, `variables A, B and C`."""
    if len(names) < 2:
        return "variable " + "".join(names)
    return "variables %s and %s" % (", ".join(names[:-1]), names[-1])


def of_variable(facts):
    names = facts.get("variables") or []
    if not names:
        return ""
    lines = "".join("\n  %s=…" % name for name in names)
    return (
        "Give the checks a value for %s (any value that the settings accept; it is not put into the image)%s:\nenv: |%s"
        % ("it" if len(names) == 1 else "each", ". There may be more to give" if facts.get("more") else "", lines)
    )


def of_module(facts):
    name, parent = facts["module"], facts.get("parent")
    if facts.get("own"):
        return of_own_module(facts)
    if facts.get("similar"):
        return "Did you mean %s?" % facts["similar"]
    if parent:
        return "%s is installed but has no %s. Check the spelling, and that the installed version has it." % (
            parent,
            name.rpartition(".")[2],
        )
    if name in REMOVED:
        return "Python %s and newer have no module %s: upgrade the package that asks for it." % (REMOVED[name], name)
    if name == "pkg_resources":
        return (
            "pkg_resources is a part of setuptools, which is not in the image: add setuptools<81 to the requirements."
        )
    if packages.is_for_development(name):
        return (
            "%s (%s) is a tool for development and is not installed in the image. Leave it out of production's settings "
            "and URLs, or use production's settings, if these are those for development."
            % (name, packages.distribution_for(name))
        )
    if LOCAL.search(name):
        return of_own_module(facts)
    absent = "%s is not installed in the image: add %s to the requirements."
    known = packages.distribution_for(name)
    if name == "psycopg2" and facts.get("type") == "ImproperlyConfigured":
        known = "psycopg[binary] (or psycopg2-binary)"  # Django's backend takes either
    if known or name in packages.SAME:
        return absent % (name, known or "it")
    return (absent % (name, "it")) + (
        " If it is the project's own, see that the Dockerfile copies it, and that .dockerignore and .gitignore do not "
        "leave it out."
    )


def of_own_module(facts):
    if facts.get("similar"):
        return "%s is not in the image. Did you mean %s?" % (facts["module"], facts["similar"])
    said = (
        "%s is a module of the project's own that is not in the image. See whether .dockerignore or .gitignore leaves it "
        "out, or whether it is written only when the container starts. What is secret in it belongs into environment "
        "variables, which the checks get with `env`." % facts["module"]
    )
    template = facts.get("template")
    return said + (" There is %s, from which it may be made in the Dockerfile." % template if template else "")


def of_name(facts):
    if facts.get("similar"):
        return "%(module)s has no %(name)s. Did you mean %(similar)s?" % facts
    if facts.get("own"):
        return "%(module)s in the image has no %(name)s: is its file older than the one that asks for it?" % facts
    return "%s has no %s%s: use its name there, or the version that has it." % (
        facts["module"],
        facts["name"],
        " in %s" % facts["version"] if facts.get("version") else "",
    )


def of_library(facts):
    name = facts["library"]
    why = packages.misfit_of_library(name)
    if why:
        return (
            "%s is missing, because %s. Install the requirements in a stage that starts from the same image as the one "
            "that is shipped." % (name, why)
        )
    found = packages.packages_of_library(name)
    said = "The library %s of the system is not in the image, where a Python package needs it. " % name
    if found:
        return said + installing(found, facts.get("system"))
    return said + (
        "Install the package that has it in the stage that is shipped: `apt-file search %s` names it on Debian, and "
        "`apk add so:%s` installs it on Alpine." % (name, name)
    )


def installing(found, system):
    """How to install a library or program. `system`: "debian", "alpine", or "" for any other, whose names differ."""
    debian, alpine = found
    said = "Install it in the stage that is shipped (Debian: %s; Alpine: %s)" % (debian, alpine)
    if system == "alpine":
        return "%s:\nRUN apk add --no-cache %s" % (said, alpine)
    if system == "debian":
        return "%s:\nRUN apt-get update && apt-get install -y --no-install-recommends %s" % (said, debian)
    return said + ". This image is neither of them: see what its own system calls the package."


def of_other_system(facts):
    return (
        "A package was made for a newer system: it wants %s, which this image does not have. Install the requirements in "
        "a stage that starts from the same image as the one that is shipped." % facts["library"]
    )


def of_program(facts):
    name = facts["program"]
    if facts.get("there"):
        return "%s is in the image, and its USER may not run it: `RUN chmod a+rx %s` in the Dockerfile." % (name, name)
    found = packages.PROGRAMS.get(os.path.basename(name))
    said = "The program %s, which is started there, is not in the image. " % name
    if found:
        return said + installing(found, facts.get("system"))
    return said + "Install it in the stage that is shipped, or do without it when Django starts."


def of_service(facts):
    return WITHOUT_NETWORK + (
        "Open the connection when it is first needed, and not while Django starts; or give the checks the service with "
        "`checks-network: host`."
    )


def of_query(facts):
    where = " in %s" % facts["in_module"] if facts.get("in_module") else ""
    return (
        "That line%s queries the database while Django loads the project. %sAnd `migrate` on a new database fails there "
        "in the same way: query in the function that needs the result, or pass a callable where Django takes one."
        % (where, WITHOUT_NETWORK)
    )


def of_apps(facts):
    return (
        "Models are used there before Django has loaded the apps: import them in the function that uses them, or in "
        "AppConfig.ready()."
    )


def of_circle(facts):
    return (
        "%s and the module that asks for it import each other: move one of the imports into the function that uses it."
        % facts["module"]
    )


def of_exception(facts):
    if facts.get("type") in ("SyntaxError", "IndentationError", "TabError"):
        return "Python cannot read that file: fix it. Production would not start either."
    return ""


ROWS = {
    "missing-variable": of_variable,
    "missing-module": of_module,
    "missing-name": of_name,
    "circular-import": of_circle,
    "missing-library": of_library,
    "other-system": of_other_system,
    "missing-program": of_program,
    "missing-file": of_file,
    "needs-service": of_service,
    "apps-not-ready": of_apps,
    "exception": of_exception,
}
