"""Entry point of the probe: checks the Django project of the image that it runs in.

Without arguments it is the parent: it starts a process for each check and writes the report
(`shipshape_probe/parent.py`). With `--child FOLDER` it is one of those processes (`shipshape_probe/child.py`), with
`--fresh FOLDER` one that only imports an application (`shipshape_probe/fresh.py`).
`--launched [WHY [OTHER]]` means that launch.sh is looking for an interpreter. Then exit code 77 says "no Django here,
try the next one". WHY and OTHER are those of `shipshape_probe/interpreter.py`.

This file is written for any Python, so that an old interpreter prints a sentence and not a SyntaxError.
"""

import sys

TRY_THE_NEXT_INTERPRETER = 77


def load_package():
    """Import our package by its path, and leave sys.path as it is in the image.

    Python puts the folder of the script first on sys.path. The project must not see our modules, and its own must
    not hide ours: projects use names like `checks` and `files`.
    """
    import os
    from importlib.util import module_from_spec, spec_from_file_location

    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]
    package = os.path.join(here, "shipshape_probe")
    spec = spec_from_file_location(
        "shipshape_probe",
        os.path.join(package, "__init__.py"),
        submodule_search_locations=[package, here],  # `here` gives shipshape_probe.checks
    )
    module = module_from_spec(spec)
    sys.modules["shipshape_probe"] = module
    spec.loader.exec_module(module)


def main(arguments):
    if sys.version_info < (3, 8):
        version = "%d.%d.%d" % sys.version_info[:3]
        sys.stderr.write("Python %s is too old: the checks need 3.8 or newer\n" % version)
        return TRY_THE_NEXT_INTERPRETER
    load_package()
    if arguments[:1] == ["--child"]:
        from shipshape_probe import child

        child.main(arguments[1])
    if arguments[:1] == ["--fresh"]:
        from shipshape_probe import fresh

        fresh.main(arguments[1])
    from importlib.util import find_spec

    launched = arguments[:1] == ["--launched"]
    if launched and find_spec("django") is None:
        return TRY_THE_NEXT_INTERPRETER
    from shipshape_probe import parent

    parent.main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
