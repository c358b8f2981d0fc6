"""Why it is not certain that an application which cannot be imported here cannot be imported in production either.

Production may set variables, mount files and folders, and run as another user: nothing of that is known in the image.
"""

import ast
import os
import traceback

from shipshape_probe import files
from shipshape_probe.advice_on_files import DOTENV, is_secret

# A statement inside of one of these runs only sometimes.
CONDITIONAL = (ast.If, ast.Try, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.BoolOp)
SKIPPED = {"node_modules", ".git", "__pycache__", "proc", "sys", "dev"}
MOST_FOLDERS = 3000
OF_CODE = (
    "missing-module", "missing-name", "circular-import", "apps-not-ready", "missing-library", "other-system",
)  # fmt: skip
FINDS = {"PYTHONPATH", "LD_LIBRARY_PATH"}  # variables that decide where modules and libraries are looked for

NOT_REACHED = "It is not certain that the start reaches this."
SET_AT_START = "The start, or the compose file, may set variables that are not known here."
MAY_BE_SET = "Production may set it, so this is no error. What comes after that line has not been looked at."
OURS = "The value of %s is shipshape's own, and production has another."
UNSET = "It may depend on %s, which neither the image nor `env` sets."
MOUNTED = "If it is mounted when the container runs, this is no error. If not:"
OTHER_USER = "The service runs as another user than the image's."
ELSEWHERE = "There is %s: PYTHONPATH, which the start may set, decides whether it is found."


def doubt(crash, application, context, image):
    """A sentence that says why production may not crash as well, "" if it is certain to.

    crash: of start_crash.explain(). application: the Application that was loaded. image: the Image that it is in.
    """
    described = crash["described"]
    kind = described.get("kind")
    if not application.certain:
        return NOT_REACHED
    if kind == "missing-variable":
        return MAY_BE_SET
    if kind == "missing-file":
        return of_file(described, application, context, image)
    return of_path(crash, application, context) if crash["of_code"] else of_variables(crash, application, context)


def of_variables(crash, application, context):
    """Doubts about a crash that may depend on the value of a variable."""
    described = crash["described"]
    if not application.complete:
        return SET_AT_START
    ours = [name for name in described.get("read", ()) if name in context.stand_ins]
    if ours:
        return OURS % ", ".join(ours)
    is_of_value = described["type"] not in ("AttributeError", "TypeError") or "NoneType" in described["message"]
    return UNSET % ", ".join(crash["unset"]) if crash["unset"] and is_of_value else ""


def of_file(facts, application, context, image):
    """Doubts about a file or folder that is not there, or that may not be used."""
    path = facts["path"]
    if application.user:
        return OTHER_USER
    if not application.complete:
        return SET_AT_START
    own = [folder for folder in (context.root, application.folder, image.folder) if folder and folder != "/"]
    is_own = files.is_below(path, *own) and not files.is_below(path, *image.volumes)
    if facts.get("use") != "read" or not is_own or is_secret(facts) or DOTENV.search(path):
        return MOUNTED
    return ""


def of_path(crash, application, context):
    """Doubts about a module that is not there, where the start may set another PYTHONPATH."""
    described = crash["described"]
    if application.unknown & FINDS:
        return SET_AT_START
    module = described.get("module") if described.get("kind") == "missing-module" else None
    if application.complete or described.get("parent") or not module:
        return ""
    there = place_of_module(module.partition(".")[0], application.folder, context.root)
    return ELSEWHERE % there if there else ""


def place_of_module(name, *folders):
    """Where a module of this name is below these folders, "" if nowhere. Of too many folders not all are looked at."""
    left = MOST_FOLDERS
    for top in {folder for folder in folders if folder and folder != "/"}:
        for folder, names, found in os.walk(top):
            names[:] = [each for each in names if each not in SKIPPED]
            left -= 1
            if name in names or name + ".py" in found:
                return os.path.join(folder, name)
            if left < 0:
                return "perhaps one below %s" % top
    return ""


def is_of_code(error, described, first_party):
    """Is an exception a fault of code and packages alone, which no variable and no file can cure?

    Such a line is reached in any case: none of the project's code on the way to it is conditional.
    """
    if described["type"] == "NotThere":
        return True
    if not isinstance(error, (SyntaxError, NameError)) and described.get("kind") not in OF_CODE:
        return False
    steps = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return not any(
        is_conditional(code.co_filename, line, 0 if code.co_name == "<module>" else code.co_firstlineno)
        for code, line in steps
        if first_party.owns(code.co_filename)
    )


def is_conditional(path, line, function):
    """Is a line reached only sometimes? function: the first line of the function that it is in, 0 if it is in none."""
    for node in ast.walk(files.tree(path)):
        if isinstance(node, CONDITIONAL) and function <= node.lineno <= line:
            if function or line <= node.end_lineno:  # in a function a `return` may come before
                return True
    return False
