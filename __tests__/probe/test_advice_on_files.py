"""The same of files, folders and programs: test_advice.py and test_advice_on_modules.py have all else."""

import os
from unittest import mock

from harness import TableTest, fake, rows
from projects import written
from shipshape_probe.advice import advice
from test_advice import DEBIAN, Imported, described


class Files(Imported):
    def said(self, text, **names):
        self.found = described(text, self.folder, **names)
        return advice(self.found)

    def test_to_be_read_are_named(self):
        path = os.path.join(self.folder, "data.json")
        said = self.said("open(%r)" % path)
        self.assertHas({"kind": "missing-file", "path": path, "use": "read"}, self.found)
        self.assertIn("%s is a file that is not in the image. Put it there in the Dockerfile" % path, said)

    def test_are_named_by_their_whole_path(self):
        self.assertIn(os.path.abspath("no/such.json"), self.said("open('no/such.json')"))

    @rows(
        # makeabilitylab/makeabilitylabwebsite#815, mpast/mobileAudit#40
        of_a_log="import logging\nlogging.FileHandler({path!r})",
        opened="open({path!r}, 'w')",
        opened_to_append="import io\nio.open({path!r}, mode='ab')",
        of_a_path="from pathlib import Path\nPath({path!r}).write_text('x')",
        touched="from pathlib import Path\nPath({path!r}).touch()",
        wrapped="import logging\ntry:\n    logging.FileHandler({path!r})\n"
        "except OSError as error:\n    raise ValueError(\"Unable to configure handler 'file'\") from error",
    )
    def test_to_be_written_get_a_folder_in_the_dockerfile(self, text):
        folder = os.path.join(self.folder, "log")
        path = os.path.join(folder, "django.log")
        said = self.said(text.format(path=path))
        self.assertHas({"path": path, "use": "write", "folder": False}, self.found)
        self.assertIn(
            "%s cannot be written: the image has no folder %s. Create it in the Dockerfile" % (path, folder), said
        )
        self.assertIn("RUN mkdir -p %s" % folder, said)
        self.assertIn("\nRUN mkdir -p %s && chown app %s" % (folder, folder), advice({**self.found, "user": "app"}))

    @rows(mkdir="os.mkdir({path!r})", path="from pathlib import Path\nPath({path!r}).mkdir()")
    def test_folders_to_be_made_are_made_in_the_dockerfile(self, text):
        path = os.path.join(self.folder, "a", "b")
        said = self.said(text.format(path=path))
        self.assertHas({"path": path, "use": "folder"}, self.found)
        self.assertIn("The folder %s cannot be made" % path, said)
        self.assertIn("RUN mkdir -p %s" % path, said)

    def test_that_user_may_not_write_name_the_user(self):
        # iragm/fishauctions#306, nirizr/rematch#540, freedomofpress/securedrop.org#614
        said = advice(
            {
                "kind": "missing-file",
                "path": "/log/x.log",
                "use": "write",
                "there": False,
                "folder": True,
                "user": "app",
            }
        )
        self.assertIn("/log/x.log cannot be written by the image's USER (app)", said)
        self.assertIn("RUN chown -R app /log", said)

    def test_that_user_may_not_read_name_the_user(self):
        said = advice({"kind": "missing-file", "path": "/app/x", "use": "read", "there": True, "user": "app"})
        self.assertIn("The image's USER (app) may not read /app/x", said)

    @rows(
        # COPY without --chown or --chmod of a file that only its owner may read
        to_be_read=("there", (), "read"),
        to_be_written=("there", (os.R_OK,), "write"),
        to_be_made=("absent", (os.X_OK,), "write"),
    )
    def test_of_another_user_are_told_by_what_is_allowed(self, name, allowed, use):
        path = os.path.join(self.folder, name)
        if name == "there":
            written("", name, self.folder)
        with mock.patch("os.access", lambda _, mode: mode in allowed):
            self.said("raise PermissionError(13, 'Permission denied', path)", path=path)
        self.assertHas({"kind": "missing-file", "use": use}, self.found)

    def test_of_a_read_only_file_system_say_so(self):
        said = self.said("raise OSError(30, 'Read-only file system', '/srv/x.log')")
        self.assertIn("/srv/x.log cannot be written: it is on a file system that is read-only here", said)

    def test_of_secrets_are_named_and_never_put_into_the_image(self):
        # FuzzyGrim/Yamtrack#509
        said = self.said("open('/run/secrets/django_secret_key')")
        self.assertIn("/run/secrets/django_secret_key is a secret's file", said)
        self.assertNotIn("Put it there", said)

    @rows(
        in_one_statement="open(os.environ.get('SECRET_KEY_FILE', '/run/secrets/django_secret_key'))",
        in_two="path = os.environ.get('SECRET_KEY_FILE', '/run/secrets/django_secret_key')\nopen(path)",
    )
    def test_of_secrets_name_the_variable_that_has_them_as_default(self, text):
        reads = fake(
            missed=[("SECRET_KEY_FILE", os.path.join(self.folder, "module.py"), 1)],
            gave={"SECRET_KEY_FILE": (os.path.join(self.folder, "module.py"), 1)},
            defaulted={"SECRET_KEY_FILE"},
            is_complete=True,
        )
        said = self.said(text, reads=reads)
        self.assertHas({"kind": "missing-file", "variable": "SECRET_KEY_FILE"}, self.found)
        self.assertIn("env: SECRET_KEY_FILE=/etc/os-release", said)

    def test_that_a_variable_names_say_which(self):
        path = os.path.join(self.folder, "dump.csv")
        with mock.patch.dict(os.environ, {"DUMP": path}):
            self.assertIn("The variable DUMP names it", self.said("open(os.environ['DUMP'])"))

    def test_below_a_folder_that_a_variable_names_say_which(self):
        with mock.patch.dict(os.environ, {"DATA_DIR": os.path.join(self.folder, "data")}):
            self.assertIn("The variable DATA_DIR names it", self.said("open(os.environ['DATA_DIR'] + '/x.csv')"))

    def test_with_variables_for_developers_are_right_to_be_absent(self):
        said = self.said("open('/srv/app/.env')")
        self.assertIn("/srv/app/.env is not in the image, which is right where it holds secrets", said)
        self.assertIn("`env-file`", said)


class Programs(TableTest):
    @rows(git=("git", "git"), gettext=("msgfmt", "gettext"), pdf=("pdftotext", "poppler-utils"))
    def test_that_are_known_come_with_their_packages(self, name, package):
        facts = {"kind": "missing-program", "program": name, "system": "debian", "there": False}
        said = advice(facts)
        self.assertIn("The program %s, which is started there, is not in the image" % name, said)
        self.assertIn(DEBIAN + package, said)

    @rows(
        run="import subprocess\nsubprocess.run(['no-such-program', '--version'])",
        check_output="import subprocess\nsubprocess.check_output('no-such-program')",
        wrapped="import subprocess\ntry:\n    subprocess.call(['no-such-program'])\n"
        "except OSError as error:\n    raise RuntimeError('no version') from error",
    )
    def test_are_told_from_files(self, text):
        self.assertHas({"kind": "missing-program", "program": "no-such-program"}, described(text))

    def test_working_directories_are_none(self):
        found = described("import subprocess\nsubprocess.run(['true'], cwd='/no/such/folder')")
        self.assertHas({"kind": "missing-file", "path": "/no/such/folder"}, found)
