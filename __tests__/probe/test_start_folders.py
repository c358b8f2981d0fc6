"""Folders that the start writes to, and that the image's USER cannot write."""

import importlib.util
import os
import shutil
import subprocess
import sys
import unittest
from unittest import mock

from harness import RunTest, TableTest, fake, probe, rows
from projects import Project, append, temporary_folder
from starts import script


class Folders(TableTest):
    """Folders that the start writes to. Root may write everywhere, so these tests say what a user may."""

    def found(self, managed=(), volumes=(), closed=("/app",), **settings):
        from django.contrib.staticfiles.storage import StaticFilesStorage
        from shipshape_probe import start_folders

        settings = {"STATIC_ROOT": "", "MEDIA_ROOT": "", "DATABASES": {}, "LOGGING": {}, **settings}
        may = mock.patch("os.access", lambda path, how: path not in closed)
        there = mock.patch("os.path.lexists", lambda path: path in ("/", "/app", "/data"))
        is_folder = mock.patch("os.path.isdir", lambda path: True)
        kind = mock.patch.object(start_folders, "configured_storage", lambda: (StaticFilesStorage, {}))
        with may, there, is_folder, kind, mock.patch("os.getuid", lambda: 1000):
            folders = start_folders.Folders(volumes, "shop", set(managed), ["/app"], fake(settings_module=None))
            return list(folders.findings(fake(**settings)))

    @rows(
        the_static_root_that_the_start_fills=(
            {"STATIC_ROOT": "/app/staticfiles"}, ["collectstatic"], "collectstatic, which writes to STATIC_ROOT",
        ),
        the_database_that_the_start_migrates=(
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/app/db.sqlite3"}}},
            ["migrate"], "The start runs migrate, which writes to the database /app/db.sqlite3",
        ),
        a_database_of_sqlite=(
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/app/db.sqlite3"}}},
            [], "SQLite writes to the database /app/db.sqlite3",
        ),
        uploads=({"MEDIA_ROOT": "/app/media"}, [], "MEDIA_ROOT /app/media. If nothing is mounted there, USER shop cannot write to /app"),
        a_log=(
            {"LOGGING": {"handlers": {"file": {"filename": "/app/log/shop.log", "delay": True}, "odd": 1}}},
            [], "LOGGING writes to /app/log/shop.log",
        ),
        a_folder_in_the_root=({"MEDIA_ROOT": "/media"}, [], "USER shop cannot write to /."),
    )  # fmt: skip
    def test_that_cannot_be_written(self, settings, managed, message):
        (found,) = self.found(managed, closed=("/", "/app"), **settings)
        self.assertEqual("INFO", found["level"])
        self.assertIn(message, found["message"])
        # The folder is made, and not the file in it.
        self.assertNotRegex(found["hint"], r"mkdir -p \S+\.(sqlite3|log)")
        # The folder of the code stays root's.
        self.assertNotRegex(found["hint"], r"chown shop /app\b(?!/)")
        self.assertEqual([], self.found(managed, closed=(), **{**settings, "MEDIA_ROOT": ""}))

    @rows(
        that_nothing_fills_at_start={"STATIC_ROOT": "/app/staticfiles"},
        in_a_volume={"MEDIA_ROOT": "/app/media", "volumes": ["/app/media/"]},
        below_a_volume={"MEDIA_ROOT": "/app/media/up", "volumes": ["/app/media"]},
        in_memory={"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}},
        of_a_storage_that_is_elsewhere={
            "MEDIA_ROOT": "/app/media",
            "STORAGES": {"default": {"BACKEND": "builtins.object"}},
        },
        on_a_server={"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}},
        that_can_be_written={"MEDIA_ROOT": "/data/media"},
        of_an_odd_setting={"LOGGING": None, "MEDIA_ROOT": None},
    )
    def test_no_finding_on_a_folder(self, options):
        self.assertEqual([], self.found(**options))


NOBODY = 65534
PYTHONS = (os.path.realpath(getattr(sys, "_base_executable", sys.executable)), "/usr/bin/python3")


class OtherUser(RunTest):
    """The same, found by the probe as it runs for such a user."""

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_may_not_write_into_the_folders_of_root(self):
        text = "#!/bin/sh\npython3 manage.py migrate\npython3 manage.py collectstatic --noinput\nexec true\n"
        project = Project(script(text), {"mysite/settings.py": append('\nSTATIC_ROOT = BASE_DIR / "collected"\n')})
        self.assertEqual(
            [("INFO", "db.sqlite3"), ("INFO", "collected")], sorted(self.found(project), key=lambda each: each[1])[::-1]
        )
        os.chown(project.folder, NOBODY, NOBODY)
        self.assertEqual([], self.found(project))

    def found(self, project):
        packages = packages_for_everybody()
        python = next((path for path in PYTHONS if runs_for_everybody(path, packages)), None)
        if python is None:
            self.skipTest("no Python with Django here can be run by another user")
        run = probe(
            project,
            checks=["start"],
            config={"Cmd": ["/bin/sh", "start.sh"], "User": "nobody"},
            image={"PYTHONPATH": packages},
            python=python,
            user=NOBODY,
        )
        self.assertEqual({"start": "completed"}, run.statuses())
        return [(each["level"], run.relative(each["object"])) for each in run.findings()]


def runs_for_everybody(python, packages):
    """Can another user run this Python, and does it have what Django needs?"""
    command = [python, "-c", "import sqlite3, django.core.management"]
    environment = {"PYTHONPATH": packages, "PATH": os.defpath}
    try:
        return not subprocess.call(command, env=environment, cwd="/", stderr=subprocess.DEVNULL, user=NOBODY)
    except OSError:
        return False


def packages_for_everybody():
    """A copy of Django in a folder that every user may enter."""
    folder = temporary_folder()
    os.chmod(folder, 0o755)
    for name in ("django", "asgiref", "sqlparse"):
        shutil.copytree(os.path.dirname(importlib.util.find_spec(name).origin), os.path.join(folder, name))
    return folder
