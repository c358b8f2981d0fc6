"""Notices when a project's set-up depends on which management command runs.

Settings look at sys.argv: `"test" in sys.argv`, `sys.argv[1] == "collectstatic"`. A question that has
one answer whichever of the commands runs does no harm; one with several parts their ways.
"""


class Argv(list):
    """sys.argv of the first command, that calls `parted(what)` once when the others' would differ."""

    def __init__(self, commands, parted):
        super().__init__(commands[0])
        self.commands = [list(command) for command in commands]
        self.parted = parted

    def become(self, command):
        """Hold this command from now on, and tell nobody any more."""
        self.parted = None
        list.__setitem__(self, slice(None), command)

    def __reduce_ex__(self, protocol):
        """Copied and pickled, to another process say, it is a plain list."""
        self.part("__reduce_ex__")
        return list, (self[:],)

    def part(self, name):
        parted, self.parted = self.parted, None
        if parted:
            parted("sys.argv.%s" % name)


def compared(name):
    """A method whose answers are compared."""
    method = getattr(list, name)

    def answer(self, *arguments):
        if self.parted and len({repr(attempt(method, each, arguments)) for each in self.commands}) > 1:
            self.part(name)
        return method(self, *arguments)

    return answer


def attempt(method, command, arguments):
    """The answer, or the kind of error."""
    try:
        return method(command, *arguments)
    except Exception as error:
        return type(error)


def parting(name):
    """A method that hands out all of it, or changes it."""
    method = getattr(list, name, None)

    def answer(self, *arguments, **options):
        self.part(name)
        if method is None:  # list has no __radd__
            return list(arguments[0]) + list(self)
        return method(self, *arguments, **options)

    return answer


COMPARED = ("__contains__", "__getitem__", "__len__", "__eq__", "__ne__", "count", "index")
PARTING = (
    "__add__", "__delitem__", "__ge__", "__gt__", "__iadd__", "__imul__", "__iter__", "__le__", "__lt__", "__mul__",
    "__radd__", "__repr__", "__reversed__", "__rmul__", "__setitem__", "append", "clear", "copy",
    "extend", "insert", "pop", "remove", "reverse", "sort",
)  # fmt: skip
for each in COMPARED:
    setattr(Argv, each, compared(each))
for each in PARTING:
    setattr(Argv, each, parting(each))
