"""Runs the project's manage.py up to the point where it imports Django's command line."""

import sys


def when_imported(name, then):
    """Call `then(module)` as soon as a module has been imported.

    It must not be imported before manage.py does so, for manage.py may extend sys.path or patch modules first.
    """
    if name in sys.modules:
        then(sys.modules[name])
    else:
        sys.meta_path.insert(0, WhenImported(name, then))


class WhenImported:
    """A finder for sys.meta_path. It lets the other finders find its module, and calls `then` after the import."""

    def __init__(self, name, then):
        self.name = name
        self.then = then

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        from importlib.util import find_spec

        sys.meta_path.remove(self)
        spec = find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            self.then(module)

        spec.loader.exec_module = exec_module
        return spec


def run_as_main(path):
    """Run a script as `python PATH` does."""
    from types import ModuleType

    with open(path, "rb") as file:
        source = file.read()
    module = ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = sys.modules["builtins"]
    sys.modules["__main__"] = module
    exec(compile(source, path, "exec"), module.__dict__)
