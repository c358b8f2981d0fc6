"""Changes of the models that no migration can settle, because every process has another one.

`default=uuid.uuid4()` is computed when models.py is imported. A set of strings as `choices` has another order in each
process. makemigrations writes a new file each time, so its text is nothing to commit. The sources say so where they
can; where they do not, two more processes make the same comparison, with other seeds for the hashes of strings. They load
the whole project again, and have half of the time that the check has left. What they could not compare is said.
"""

import ast
import os
import subprocess
import sys
import time
import types

from shipshape_probe import files, journal, process

# Functions that return another value later, or in another process. None of them is a method of a field.
CHANGING = {
    "get_random_secret_key", "get_random_string", "getrandbits", "localdate", "localtime", "monotonic", "now",
    "randint", "randrange", "time_ns", "today", "token_bytes", "token_hex", "token_urlsafe", "urandom", "utcnow",
    "uuid1", "uuid4", "uuid6", "uuid7",
}  # fmt: skip
# Names that mean other things too, unless they are these modules' functions.
OF_MODULES = {"choice": "random", "random": "random", "sample": "random", "time": "time"}
SEEDS = ("1", "2")
ORDERED = {"sorted", "len", "min", "max"}


class Changing:
    """One value that changes: of which model and field, where it is written, and what to write instead."""

    def __init__(self, message, hint, place):
        self.message = message
        self.hint = hint
        self.place = place


def from_source(model, name, field):
    """A Changing if the source of this field says that its default or its choices change. Else None."""
    expression, owner = files.attribute_value(model, name)
    if not isinstance(expression, ast.Call):
        return None
    module = sys.modules.get(owner.__module__)
    options = {each.arg: each.value for each in expression.keywords}
    place = files.place(files.module_file(owner.__module__), expression.lineno)
    label = "%s.%s" % (model._meta.label, name)
    default, choices = options.get("default"), options.get("choices")
    if default is not None and not callable(getattr(field, "default", None)) and changes(default, module):
        return of_default(label, default, module, {**place, "line": default.lineno} if place else place)
    if choices is not None and has_set(choices, module):
        return Changing(
            "The choices of %s come from a set, whose order is another one in each process: every run of makemigrations "
            "may write another migration." % label,
            "Give them an order: a list, or sorted(…).",
            place,
        )
    return None


def of_default(label, expression, module, place):
    text = source_of(expression, module)
    plain = isinstance(expression, ast.Call) and not expression.args and not expression.keywords
    if plain:
        hint = "Pass the function itself, without brackets: default=%s." % source_of(expression.func, module)
    else:
        hint = "Write a function that returns it, next to the model, and pass that without brackets: default=FUNCTION."
    return Changing(
        "The default of %s is computed when %s is imported (`%s`): all rows of one process get the same value, the next "
        "process has another, and every run of makemigrations writes another migration."
        % (label, module.__name__, text),
        hint + " Django calls it for each new row.",
        place,
    )


def source_of(node, module):
    try:
        with open(files.module_file(module.__name__), encoding="utf-8") as file:
            return " ".join(ast.get_source_segment(file.read(), node).split())[:200]
    except Exception:
        return "…"  # another encoding, for example


def changes(expression, module, depth=0):
    """Does this expression, evaluated when the module is imported, call a function whose result changes?"""
    if isinstance(expression, ast.Lambda):
        return False
    if isinstance(expression, ast.Name) and depth < 3:
        value = files.assigned_value(module.__name__, expression.id)
        return value is not None and changes(value, module, depth + 1)
    if isinstance(expression, ast.Call) and is_changing(expression.func, module):
        return True
    return any(changes(node, module, depth) for node in ast.iter_child_nodes(expression) if isinstance(node, ast.expr))


def is_changing(function, module):
    name = getattr(function, "attr", getattr(function, "id", ""))
    called = value_of(function, module)
    if isinstance(called, type):
        return False
    if name in CHANGING:
        return True
    if name in OF_MODULES:
        kind = getattr(called, "__module__", None) or type(getattr(called, "__self__", None)).__module__
        return kind == OF_MODULES[name]
    # A function of the project's own that asks one of them.
    return isinstance(called, types.FunctionType) and bool(CHANGING.intersection(called.__code__.co_names))


def value_of(node, module):
    """What a dotted name means in a module, None if that takes more than looking it up."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        owner = value_of(node.value, module)
        if isinstance(owner, (types.ModuleType, type)):
            return getattr(owner, node.attr, None)
    return None


def has_set(expression, module):
    """Does it take its order from a set that has strings in it? Those of numbers keep their order."""
    if isinstance(expression, ast.Call) and getattr(expression.func, "id", "") in ORDERED:
        return False
    if isinstance(expression, (ast.Set, ast.SetComp)):
        constants = [node.value for node in ast.walk(expression) if isinstance(node, ast.Constant)]
        return any(isinstance(each, str) for each in constants)
    if isinstance(expression, (ast.Name, ast.Attribute)):
        value = value_of(expression, module)
        return isinstance(value, (set, frozenset)) and any(has_text(each) for each in value)
    return any(has_set(node, module) for node in children(expression))


def children(expression):
    for node in ast.iter_child_nodes(expression):
        if isinstance(node, ast.comprehension):
            yield node.iter
        elif isinstance(node, ast.expr):
            yield node


def has_text(value):
    return isinstance(value, str) or (isinstance(value, tuple) and any(map(has_text, value)))


# Other processes


def texts(migrations):
    """The operations of an app's missing migrations as they would be written."""
    from django.db.migrations.writer import OperationWriter

    found = []
    for migration in migrations:
        for operation in migration.operations:
            try:
                found.append(OperationWriter(operation, indentation=0).serialize()[0])
            except Exception as error:
                found.append("%s: %s" % (type(operation).__name__, error))
    return found


class OtherProcesses:
    """What other processes find. They are started when it is asked for the first time."""

    def __init__(self, context):
        self.context = context
        self.answers = None  # {app label: texts} of each process, None of one that came to no answer

    def found(self):
        """{app label: texts} of each process that came to an answer."""
        if self.answers is None:
            self.answers = in_other_processes(self.context)
        return [each for each in self.answers if each is not None]

    def are_unknown(self):
        """Was any asked that gave no answer?"""
        return self.answers is not None and None in self.answers


def in_other_processes(context):
    """What each other process finds to be missing: {app label: texts}, None if it came to no answer."""
    seeds = SEEDS[:1] if "PYTHONHASHSEED" in os.environ else SEEDS  # the image may have chosen one for all processes
    end = time.monotonic() + (context.task["deadline"] - time.monotonic()) / 2
    try:
        started = [start(context, number, seed) for number, seed in enumerate(seeds)]
    except OSError:
        return [None]  # there is no room for more processes or files
    return [answer(folder, child, end) for folder, child in started]


def start(context, number, seed):
    import json

    folder = os.path.join(context.folder, "again-%d" % number)
    os.makedirs(os.path.join(folder, "tmp"))
    task = {**context.task, "check": "migrations", "folder": folder, "forks": [], "only_changes": True}
    with open(os.path.join(folder, "task.json"), "w", encoding="utf-8") as file:
        json.dump(task, file)
    child = subprocess.Popen(
        process.probe("--child", folder),
        env={"PYTHONHASHSEED": seed, **os.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder, child


def answer(folder, child, end):
    """What the process found, None if it did not complete."""
    try:
        child.wait(max(end - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return None
    events = journal.read(os.path.join(folder, "journal"))
    if not any(event.get("status") == "completed" for event in events):
        return None
    return {event["finding"]["app"]: event["finding"]["texts"] for event in events if "finding" in event}
