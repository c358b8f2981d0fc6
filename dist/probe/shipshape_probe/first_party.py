"""Decides which code is the project's own and which is installed."""

import os
import sys

STANDARD_LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
INSTALLED = ("site-packages", "dist-packages")
# Where pip in a virtual environment puts what `pip install --editable git+https://…` names.
CLONES = os.path.join(sys.prefix, "src") + os.sep if sys.prefix != sys.base_prefix else None


class FirstParty:
    """Decides by path. Everything is first-party except Python, the probe and installed packages.

    `packages` are top-level names that belong to the project even when pip installed them: a project may be
    shipped as a wheel.
    """

    def __init__(self, packages=()):
        self.packages = set(packages)
        self.known = {}
        self.targets = {}

    def add(self, packages):
        self.packages.update(packages)
        self.known.clear()

    def owns(self, path):
        if path not in self.known:
            self.known[path] = bool(path) and self.decide(path)
        return self.known[path]

    def decide(self, path):
        if path.startswith("<") or not (os.path.isabs(path) or os.path.exists(path)):
            return False  # code compiled by Cython has the path of the machine that built it
        path = os.path.abspath(path)
        if path.startswith(PROBE):
            return False
        parts = path.split(os.sep)
        for index in range(len(parts) - 2, -1, -1):
            if parts[index] in INSTALLED:
                return self.is_package(parts[index + 1])
        if CLONES and path.startswith(CLONES):
            return any(map(self.is_package, path[len(CLONES) :].split(os.sep)))
        if path.startswith(STANDARD_LIBRARY):
            return False
        for folder in sys.path:
            if folder and path.startswith(folder.rstrip(os.sep) + os.sep) and self.is_target(folder):
                below = path[len(folder.rstrip(os.sep)) + 1 :]
                return self.is_package(below.split(os.sep)[0])
        return True

    def is_package(self, name):
        return name.split(".")[0] in self.packages

    def is_target(self, folder):
        """Is it a folder of `pip install --target`?"""
        if folder not in self.targets:
            try:
                self.targets[folder] = any(name.endswith(".dist-info") for name in os.listdir(folder))
            except OSError:
                self.targets[folder] = False
        return self.targets[folder]


def distribution_packages(package):
    """Return the top-level names of the distributions that installed this package, at least its own."""
    return {package}.union(*map(top_levels, distributions_of(package)))


def distributions_of(package):
    """Yield the distributions (importlib.metadata) that installed this top-level package."""
    from importlib import metadata

    return (each for each in metadata.distributions() if package in top_levels(each))


def top_levels(distribution):
    top = (distribution.read_text("top_level.txt") or "").split()
    if not top:
        files = distribution.files or ()
        top = {file.parts[0].split(".")[0] for file in files if file.suffix == ".py"}
    return top
