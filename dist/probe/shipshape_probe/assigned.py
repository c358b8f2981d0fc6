"""Which statement has given a name its value, where a module or a class assigns it several times.

Settings have `MIDDLEWARE = […]`, and below it `if DEBUG: MIDDLEWARE += […]`. The last statement that has run is the one
that counts. Whether a branch has run is known if its condition asks only for names that still have their values.
Where that is not known, a statement outside of all branches is preferred.
"""

import ast
import operator

PLAIN = (bool, int, float, str, bytes, tuple, type(None))  # their truth and equality run no code of the project
COMPARISONS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


def assignments(body, values):
    """({name: its last assignment that has run}, {name: the last that may have run}). values: {name: value} at the end."""
    branches = Branches(body, values)
    certain, possible = {}, {}
    for node, has_run in branches.statements(body):
        found = certain if has_run else possible
        found.update((name, node) for name in names_of(node))
    return certain, possible


def names_of(node):
    """The names that a statement assigns."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign) or (isinstance(node, ast.AnnAssign) and node.value is not None):
        targets = [node.target]
    else:
        return []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def all_statements(body):
    """Yield the statements of a body and of its branches, in their order, but not those of functions and classes."""
    for node in body:
        yield node
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.stmt):
                    yield from all_statements([child])
                elif isinstance(getattr(child, "body", None), list):  # `except …:`, `case …:`
                    yield from all_statements(child.body)


class Branches:
    """Follows a body through its branches. True and False are certain, None is unknown."""

    def __init__(self, body, values):
        self.values = values
        self.last = {}  # {name: the line that binds it last; "*": the last import of any names}
        for node in all_statements(body):
            names = names_of(node)
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [each.asname or each.name.split(".")[0] for each in node.names]
            self.last.update(dict.fromkeys(names, node.lineno))

    def statements(self, body, has_run=True):
        """Yield (statement, whether it has run), without those that have not."""
        for node in body:
            yield node, has_run
            if isinstance(node, ast.If):
                test = self.truth(node.test)
                for branch, taken in ((node.body, test), (node.orelse, negated(test))):
                    if taken is not False:
                        yield from self.statements(branch, has_run and taken)
            elif isinstance(node, (ast.With, ast.AsyncWith)):
                yield from self.statements(node.body, has_run)
            elif not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                parts = [getattr(node, name, ()) for name in ("body", "orelse")]
                parts += [each.body for each in (*getattr(node, "handlers", ()), *getattr(node, "cases", ()))]
                for part in parts:
                    yield from self.statements(part, None)
                yield from self.statements(getattr(node, "finalbody", ()), has_run)

    def truth(self, test):
        """Was a condition true?"""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return negated(self.truth(test.operand))
        if isinstance(test, ast.BoolOp):
            decides = isinstance(test.op, ast.Or)
            parts = [self.truth(each) for each in test.values]
            return decides if decides in parts else None if None in parts else not decides
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in COMPARISONS:
            sides = self.value(test.left), self.value(test.comparators[0])
            try:
                return COMPARISONS[type(test.ops[0])](sides[0][0], sides[1][0])
            except (IndexError, TypeError):
                return None  # one of them is not known
        found = self.value(test)
        return bool(found[0]) if found else None

    def value(self, node):
        """(the value of an expression,), or () if it is not known, or was perhaps another one at this line."""
        if isinstance(node, ast.Constant):
            return (node.value,)
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            parts = [self.value(each) for each in node.elts]
            return (tuple(part[0] for part in parts),) if all(parts) else ()
        if not isinstance(node, ast.Name) or max(self.last.get(node.id, 0), self.last.get("*", 0)) > node.lineno:
            return ()
        found = self.values.get(node.id, self)
        return (found,) if type(found) in PLAIN else ()


def negated(truth):
    return None if truth is None else not truth
