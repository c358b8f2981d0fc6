"""Notices when a project's set-up depends on which management command runs.

Settings look at sys.argv: `"test" in sys.argv`, `sys.argv[1] == "collectstatic"`. If all commands give the same
answer, the checks can share one set-up. If the answers differ, each check needs a set-up of its own.
"""


class Argv(list):
    """sys.argv of the first command. Calls `differs(what)` once, when another command would give another answer."""

    def __init__(self, commands, differs):
        super().__init__(commands[0])
        self.commands = [list(command) for command in commands]
        self.differs = differs

    def become(self, command):
        """Hold this command from now on, and report nothing any more."""
        self.differs = None
        list.__setitem__(self, slice(None), command)

    def __reduce_ex__(self, protocol):
        """A copy, or what is pickled for another process, is a plain list."""
        self.report("__reduce_ex__")
        return list, (self[:],)

    def report(self, name):
        differs, self.differs = self.differs, None
        if differs:
            differs("sys.argv.%s" % name)


def compared(name):
    """A method of list that compares the answers of all commands."""
    method = getattr(list, name)

    def answer(self, *arguments):
        if self.differs and len({repr(attempt(method, each, arguments)) for each in self.commands}) > 1:
            self.report(name)
        return method(self, *arguments)

    return answer


def attempt(method, command, arguments):
    """The answer, or the class of the exception."""
    try:
        return method(command, *arguments)
    except Exception as error:
        return type(error)


def reported(name):
    """A method of list that gives the whole list away or changes it, so its answers are bound to differ."""
    method = getattr(list, name, None)

    def answer(self, *arguments, **options):
        self.report(name)
        if method is None:  # list has no __radd__
            return list(arguments[0]) + list(self)
        return method(self, *arguments, **options)

    return answer


COMPARED = ("__contains__", "__getitem__", "__len__", "__eq__", "__ne__", "count", "index")
REPORTED = (
    "__add__", "__delitem__", "__ge__", "__gt__", "__iadd__", "__imul__", "__iter__", "__le__", "__lt__", "__mul__",
    "__radd__", "__repr__", "__reversed__", "__rmul__", "__setitem__", "append", "clear", "copy",
    "extend", "insert", "pop", "remove", "reverse", "sort",
)  # fmt: skip
for each in COMPARED:
    setattr(Argv, each, compared(each))
for each in REPORTED:
    setattr(Argv, each, reported(each))
