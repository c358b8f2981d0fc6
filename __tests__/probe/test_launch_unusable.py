"""launch.sh: an interpreter that is there and cannot be used is reported with the reason, and the advice fits it.

Most tests name it with the input `python`, so that no other one of this machine is found.
"""

import glob
import os
import sys
import unittest

from harness import RunTest, probe, rows
from projects import Project, temporary_folder
from test_launch import OTHER

NOBODY = 65534


def header(machine, start="/lib64/ld-linux-x86-64.so.2"):
    """The beginning of a program for another machine."""
    return b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00" + bytes([machine, 0]) + bytes(44) + start.encode() + b"\0\n"


# launch.sh would find these, with Django or without.
ELSEWHERE = [path for depth in (1, 2, 3) for path in glob.glob("/*" * depth + "/pyvenv.cfg")]
searches = unittest.skipIf(ELSEWHERE, "this machine has environments where launch.sh looks: %s" % ELSEWHERE[:1])


class Unusable(RunTest):
    def setUp(self):
        self.project = Project()
        self.environment = self.project.path(".venv")
        version = "python%d.%d" % sys.version_info[:2]
        self.packages = os.path.join(self.environment, "lib", version, "site-packages")
        os.makedirs(os.path.join(self.packages, "django"))
        os.makedirs(os.path.join(self.environment, "bin"))
        self.python = os.path.join(self.environment, "bin", "python")

    def error(self, **more):
        more = {"image": {"PATH": "/nowhere"}, "launch": [self.python], "checks": ["system"], **more}
        return probe(self.project, **more).report["error"]

    def first(self, error):
        return error["tried"][0]["path"], error["tried"][0]["reason"]

    def refused(self, reason, advice, **more):
        error = self.error(**more)
        self.assertEqual((self.python, reason), self.first(error))
        self.assertIn(advice, error["message"])
        self.assertNotIn("Install Django", error["message"])
        return error

    def written(self, content):
        with open(self.python, "wb") as file:
            file.write(content)
        os.chmod(self.python, 0o755)

    # What USER may not do. astral-sh/uv#7758, astral-sh/uv#13309, stickerdaniel/linkedin-mcp-server#316

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_a_link_into_a_folder_that_user_may_not_enter(self):
        locked = os.path.join(temporary_folder(), "root")
        target = os.path.join(locked, ".local/share/uv/python/cpython-3.13/bin/python3.13")
        os.makedirs(os.path.dirname(target))
        os.symlink(OTHER, target)
        os.chmod(os.path.dirname(locked), 0o755)
        os.chmod(locked, 0o700)
        os.symlink("python3", self.python)
        os.symlink(target, os.path.join(self.environment, "bin", "python3"))
        reason = "a link to %s, and the image's USER may not enter %s" % (target, locked)
        self.refused(reason, "UV_PYTHON_INSTALL_DIR", user=NOBODY)

    @searches
    def test_each_interpreter_is_listed_once(self):
        """By both of its names, and by a link to its folder, as /bin is one to /usr/bin."""
        folder, link = os.path.dirname(self.python), os.path.join(temporary_folder(), "bin")
        os.symlink(folder, link)
        for name in ("python", "python3"):
            os.symlink("/gone/python", os.path.join(folder, name))
        image = {"PATH": link, "VIRTUAL_ENV": self.environment}
        config = {"Cmd": [os.path.join(link, "python3"), "manage.py", "runserver"]}
        error = self.error(image=image, config=config, start=" ".join(config["Cmd"]), launch=[])
        tried = [each["path"] for each in error["tried"] if os.path.realpath(os.path.dirname(each["path"])) == folder]
        self.assertEqual([link + "/python3"], tried)

    @searches
    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_a_folder_of_path_that_user_may_not_enter(self):  # python-poetry/poetry#8408, after `pip install --user`
        place = os.path.join(temporary_folder(), ".local", "bin")
        os.makedirs(place)
        os.rmdir(os.path.join(self.packages, "django"))
        os.chmod(os.path.dirname(os.path.dirname(place)), 0o700)
        error = self.error(user=NOBODY, image={"PATH": place + ":/nowhere"}, launch=[])
        blocked = os.path.dirname(os.path.dirname(place))
        self.assertEqual((place, "it is on PATH, and the image's USER may not enter " + blocked), self.first(error))
        self.assertIn("production runs as that USER", error["message"])

    @searches
    @unittest.skipIf(os.geteuid(), "only root can become another user")
    @unittest.skipIf(os.stat("/root").st_mode & 0o001 if os.path.isdir("/root") else True, "everybody may enter /root")
    @rows(poetry="poetry run gunicorn", pipenv="pipenv run gunicorn")
    def test_environments_of_root(self, start):  # Kong/httpbin#63
        os.rmdir(os.path.join(self.packages, "django"))
        error = self.error(user=NOBODY, start=start, launch=[])
        self.assertEqual("/root", self.first(error)[0])
        self.assertIn("`%s`" % " ".join(start.split()[:2]), error["message"])

    def test_no_permission_to_execute(self):  # renovatebot/docker-renovate#223
        self.written(b"")
        os.chmod(self.python, 0o644)
        self.refused("the image's USER may not execute it", "chmod a+rx")

    @unittest.skipIf(os.geteuid(), "only root can become another user")
    def test_an_interpreter_that_the_input_names_below_a_locked_folder(self):
        locked = os.path.join(temporary_folder(), "root")
        self.python = os.path.join(locked, "env", "bin", "python")
        os.makedirs(os.path.dirname(self.python))
        os.chmod(os.path.dirname(locked), 0o755)
        os.chmod(locked, 0o700)
        self.refused("the image's USER may not enter " + locked, "chmod a+rx", user=NOBODY)

    # What is not there

    @rows(
        of_another_stage="/usr/local/bin/python3.99",
        uv_s="/root/.local/share/uv/python/cpython-3.99.0-linux-x86_64-gnu/bin/python3.99",  # astral-sh/uv#6392
    )
    def test_a_link_to_a_python_that_is_not_in_the_image(self, target):
        os.symlink(target, self.python)
        self.refused("a link to %s, which is not in the image" % target, "copy that Python from the stage")

    def test_links_in_a_circle(self):
        os.symlink(self.python, self.python)
        self.assertEqual(self.python, self.first(self.error())[0])

    def test_a_script_for_an_interpreter_that_is_not_there(self):
        self.written(b"#!/opt/pyenv/versions/3.13/bin/python\n")
        self.refused(
            "its first line names /opt/pyenv/versions/3.13/bin/python, which is not in the image", "is a script for"
        )

    @rows(
        glibc_in_alpine=(
            "/lib64/ld-linux-x86-64.so.7",
            "Debian, Ubuntu and Red Hat",
        ),  # astral-sh/uv#16349, gliderlabs/docker-alpine#12
        musl_in_debian=("/lib/ld-musl-no-such.so.1", "Alpine"),  # opentap/OpenTap.Python#210
    )
    def test_another_c_library(self, loader, system):
        with open(os.path.realpath("/bin/sh"), "rb") as file:
            content = file.read()
        before = next(each for each in content.split(b"\0") if b"/ld-" in each and b".so." in each)
        self.written(content.replace(before + b"\0", (loader.encode() + b"\0").ljust(len(before) + 1, b"\0"), 1))
        self.refused("it needs the loader %s, which is not in the image" % loader, system)

    def test_another_processor(self):
        machine = {0x3E: 0xB7, 0xB7: 0x3E}
        with open(os.path.realpath("/bin/sh"), "rb") as file:
            ours = file.read(20)[18]
        self.written(header(machine.get(ours, 0x3E)))
        self.refused("it was made for another processor than this image", "for the same platform")

    @rows(  # docker/for-linux, sgerrand/alpine-pkg-glibc#97: the words of glibc and of musl
        glibc="error while loading shared libraries: libpython3.13.so.1.0: cannot open shared object file: No such file",
        musl="Error loading shared library libpython3.13.so.1.0: No such file or directory (needed by /x)",
    )
    def test_a_shared_library(self, words):
        self.written(b"#!/bin/sh\necho '%s' >&2\nexit 127\n" % words.encode())
        error = self.refused(self.first(self.error())[1], "shared library")
        self.assertIn("libpython3.13.so.1.0", error["tried"][0]["reason"])

    # dinglebear-ai/unraid#89, ScreamingFace/screamingface#481, openclimatefix/quartz-api#144
    def test_packages_of_another_version_of_python(self):
        other = os.path.join(self.environment, "lib", "python3.5", "site-packages")
        os.makedirs(os.path.join(other, "django"))
        os.rmdir(os.path.join(self.packages, "django"))
        with open(os.path.join(self.environment, "pyvenv.cfg"), "w", encoding="utf-8") as file:
            file.write("home = %s\ninclude-system-site-packages = false\n" % os.path.dirname(OTHER))
        os.symlink(OTHER, self.python)
        error = self.refused("Django is in %s, which this Python does not read" % other, "the same Python version")
        self.assertEqual("no-django", error["kind"])

    # What is no reason for such advice
    @searches
    def test_a_broken_environment_without_django_is_only_told(self):
        os.rmdir(os.path.join(self.packages, "django"))
        os.symlink("/gone/python", self.python)
        error = self.error(launch=[])
        self.assertIn("Install Django", error["message"])
        self.assertEqual((self.python, "a link to /gone/python, which is not in the image"), self.first(error))

    @searches
    def test_a_name_that_is_no_plain_text(self):
        self.project.change("start.sh", 'exec /no/"such"/pyth\\on\n')
        self.assertIn(self.error(start="sh start.sh", launch=[])["kind"], ("no-python", "no-django"))
