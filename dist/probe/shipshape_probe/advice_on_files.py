"""What to do about a file or folder that is not there, or that the image's USER may not use: a part of advice.py."""

import os
import re

SECRET_FOLDERS = re.compile(r"/((var/)?run/secrets|secrets|etc/secrets|vault/secrets|mnt/secrets)/")
SECRET_FILE = re.compile(r"secret|passw|credential|service.?account|token|private.?key|\.(pem|key|p12|p8)$", re.I)
DOTENV = re.compile(r"/\.env(\.[\w.-]+)?$")


def of_file(facts):
    variable = facts.get("variable")
    decides = " The variable %s names it: the input `env` sets another for the checks." % variable if variable else ""
    if facts.get("use") in ("write", "folder"):
        return of_written_file(facts) + decides
    path = facts["path"]
    if facts.get("given") and not facts.get("there"):
        return of_given_file(facts)
    if is_secret(facts):
        return of_secret_file(facts)
    if DOTENV.search(path):
        return (
            "%s is not in the image, which is right where it holds secrets. Let the settings do without that file, and "
            "give the checks its variables with `env-file` or `env`." % path
        )
    if facts.get("there"):
        return "The image's USER%s may not read %s. Give it to that user in the Dockerfile: COPY --chown, or %s.%s" % (
            named_user(facts),
            path,
            "`RUN chmod -R a+rX`",
            decides,
        )
    return (
        "%s is a file that is not in the image. Put it there in the Dockerfile (see that .dockerignore does not leave it "
        "out), or make the settings do without it.%s" % (path, decides)
    )


def of_given_file(facts):
    """`env` names it, so production may well have it. The path is a value of `env`, which is not shown."""
    such = ", such as /etc/os-release:\nenv: %s=/etc/os-release" % facts["variable"] if is_secret(facts) else "."
    return (
        "`env` sets %s, and the file that it leads to is not in the image. Name one that the image has and that the settings "
        "accept%s" % (facts["variable"], such)
    )


def is_secret(facts):
    """Is it a secret's file, by its path or by the variable that names it? Production has it when the container runs."""
    path, variable = facts["path"], facts.get("variable") or ""
    return bool(SECRET_FOLDERS.search(path) or SECRET_FILE.search(path)) or variable.endswith("_FILE")


def of_secret_file(facts):
    path, variable = facts["path"], facts.get("variable")
    said = "%s is a secret's file: production has it when the container runs, and the checks do not. " % path
    if variable:
        return said + (
            "Name a file that the image has and that the settings accept, such as /etc/os-release:\nenv: %s=/etc/os-release"
            % variable
        )
    return said + (
        "Let a variable name it, with this path as the default, and give the checks another file with `env`; or read it "
        "only if it is there."
    )


def of_written_file(facts):
    path, user = facts["path"], facts.get("user")
    makes_folder = facts.get("use") == "folder"
    folder = path if makes_folder else os.path.dirname(path)
    what = "The folder %s cannot be made" % path if makes_folder else "%s cannot be written" % path
    chown = "chown %s %s" % (user, folder) if user else ""
    if facts.get("read_only"):
        return "%s: it is on a file system that is read-only here." % what
    if facts.get("there") or (facts.get("folder") and not makes_folder):
        target = path if facts.get("there") else folder
        return "%s by the image's USER%s. Give it to that user in the Dockerfile:\nRUN chown -R %s %s" % (
            what,
            named_user(facts),
            user or "USER",
            target,
        )
    why = "" if makes_folder else ": the image has no folder %s" % folder
    return "%s%s. Create it in the Dockerfile%s:\nRUN %s" % (
        what,
        why,
        " and give it to the image's USER" if user else "",
        " && ".join(filter(None, ["mkdir -p %s" % folder, chown])),
    )


def named_user(facts):
    return " (%s)" % facts["user"] if facts.get("user") else ""
