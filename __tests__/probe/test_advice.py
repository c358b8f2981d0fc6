"""From an exception to what is missing and what to do about it. The texts are those of public reports, which are named.

Where the report is an exception's text, it is raised as it is; where it is what Python does, Python does it.
"""

import os
import sys

from harness import TableTest, fake, rows
from projects import temporary_folder, written
from shipshape_probe import errors
from shipshape_probe.advice import advice, of_settings
from shipshape_probe.first_party import FirstParty

DEBIAN = "RUN apt-get update && apt-get install -y --no-install-recommends "
SHARED = ": cannot open shared object file: No such file or directory"
NOTHING_READ = fake(missed=[], gave={}, defaulted=set(), is_complete=True)


def described(text, folder=None, name="module.py", reads=NOTHING_READ, **names):
    """The error that a file of the project's raises, as the report has it."""
    path = written(text, name, folder)
    try:
        exec(compile(text, path, "exec"), {"__name__": "shop.module", "os": os, **names})
    except BaseException as error:
        return errors.describe(error, FirstParty(), reads)
    raise AssertionError("nothing was raised")


class Imported(TableTest):
    """A test whose folder is on sys.path."""

    def setUp(self):
        self.folder = temporary_folder()
        sys.path.insert(0, self.folder)
        self.modules = set(sys.modules)

    def tearDown(self):
        sys.path.remove(self.folder)
        for name in set(sys.modules) - self.modules:
            del sys.modules[name]


class Libraries(TableTest):
    @rows(
        # wechange-eg/cosinnus-devops#43, docker-library/python#447
        gdal=('Could not find the GDAL library (tried "gdal", "GDAL"). Is GDAL installed?', "GDAL", "gdal-bin", "gdal"),
        geos=('Could not find the GEOS library (tried "geos_c", "GEOS").', "GEOS", "libgeos-c1v5", "geos"),
        postgresql=("libpq.so.5" + SHARED, "libpq.so.5", "libpq5", "libpq"),  # wger-project/wger#1409
        # linuxserver/docker-healthchecks#35
        on_alpine=(
            "Error loading shared library libpq.so.5: No such file or directory (needed by /usr/lib/x.so)",
            "libpq.so.5",
            "libpq5",
            "libpq",
        ),
        mysql=(
            "libmariadb.so.3" + SHARED,
            "libmariadb.so.3",
            "libmariadb3",
            "mariadb-connector-c",
        ),  # meeb/tubesync#113
        old_mysql=("libmysqlclient.so.20" + SHARED, "libmysqlclient.so.20", "libmariadb3", "mariadb-connector-c"),
        # ahupp/python-magic#313
        magic=("failed to find libmagic.  Check your installation", "libmagic", "libmagic1", "libmagic"),
        # Kozea/WeasyPrint#1772
        weasyprint=(
            "cannot load library 'gobject-2.0-0': gobject-2.0-0%s.  Additionally, ctypes.util.find_library() did not "
            "manage to locate a library called 'gobject-2.0-0'" % SHARED,
            "gobject-2.0-0",
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            "pango",
        ),
        cairo=('no library called "cairo-2" was found', "cairo-2", "libcairo2", "cairo"),  # Kozea/CairoSVG#392
        opencv=("libGL.so.1" + SHARED, "libGL.so.1", "libgl1", "mesa-gl"),  # danforthcenter/plantcv#579
        glib=("libgthread-2.0.so.0" + SHARED, "libgthread-2.0.so.0", "libglib2.0-0", "glib"),  # fisher60/friendo-bot#68
        ldap=("libldap-2.5.so.0" + SHARED, "libldap-2.5.so.0", "libldap-2.5-0", "libldap"),
        xmlsec=("libxmlsec1-openssl.so.1" + SHARED, "libxmlsec1-openssl.so.1", "libxmlsec1-openssl", "xmlsec"),
        jpeg=("libjpeg.so.62" + SHARED, "libjpeg.so.62", "libjpeg62-turbo", "libjpeg-turbo"),
    )
    def test_of_the_system_are_named_with_their_packages(self, text, name, debian, alpine):
        found = described("raise error", error=ImportError(text))
        self.assertHas({"kind": "missing-library", "library": name}, found)
        said = advice({**found, "system": "debian"})
        self.assertIn("The library %s of the system is not in the image" % name, said)
        self.assertIn("Debian: %s; Alpine: %s" % (debian, alpine), said)
        self.assertIn(DEBIAN + debian, said)
        self.assertIn("RUN apk add --no-cache " + alpine, advice({**found, "system": "alpine"}))
        said = advice({**found, "system": ""})  # Red Hat's, Wolfi, distroless
        self.assertIn("Debian: %s; Alpine: %s). This image is neither of them" % (debian, alpine), said)
        self.assertNotIn("RUN", said)

    def test_that_nobody_knows_are_named_with_the_way_to_find_them(self):
        said = advice(described("raise error", error=OSError("libfrobnicate.so.7" + SHARED)))
        self.assertIn("`apt-file search libfrobnicate.so.7`", said)
        self.assertIn("`apk add so:libfrobnicate.so.7`", said)

    def test_are_told_and_not_the_package_that_needs_them(self):
        # Django tries psycopg, then psycopg2, and says only that neither can be loaded.
        text = (
            "try:\n    try:\n        raise ImportError(no_wrapper)\n    except ImportError:\n        import psycopg2_nowhere\n"
            "except ImportError:\n    raise ValueError('Error loading psycopg2 or psycopg module')\n"
        )
        no_wrapper = (
            "no pq wrapper available.\n- couldn't import psycopg 'python' implementation: libpq library not found"
        )
        self.assertHas({"kind": "missing-library", "library": "libpq"}, described(text, no_wrapper=no_wrapper))

    @rows(
        alpine_wheel=("libc.musl-x86_64.so.1" + SHARED, "was installed on Alpine"),
        debian_wheel=("Error loading shared library ld-linux-x86-64.so.2: No such file", "this image is Alpine"),
        old_openssl=("libssl.so.1.1" + SHARED, "OpenSSL 1"),
        other_python=("libpython3.11.so.1.0" + SHARED, "another Python"),
        newer_debian=("/lib/libc.so.6: version `GLIBC_2.38' not found (required by /x.so)", "it wants GLIBC_2.38"),
    )
    def test_of_another_system_are_told_as_that(self, text, words):
        said = advice(described("raise error", error=ImportError(text)))
        self.assertIn(words, said)
        self.assertIn("a stage that starts from the same image", said)


class Names(Imported):
    def said(self, text):
        return advice(described(text, self.folder))

    def test_that_a_module_of_the_project_does_not_have_are_named(self):
        written("def order_list(request):\n    pass\n", "deck.py", self.folder)
        self.assertIn("Did you mean deck.order_list?", self.said("from deck import order_lists"))
        self.assertIn("Did you mean deck.order_list?", self.said("import deck\ndeck.orders_list"))
        self.assertIn("deck in the image has no zzz", self.said("from deck import zzz"))

    def test_that_an_installed_package_does_not_have_come_with_its_version(self):
        # django-import-export and many others once imported it; Django 3.0 took it out.
        said = self.said("from django.utils.encoding import python_2_unicode_compatible")
        self.assertRegex(
            said,
            r"^django.utils.encoding has no python_2_unicode_compatible in Django [\d.]+: use its name there, or the",
        )

    def test_that_an_import_string_asks_for_are_named(self):
        text = 'raise ImportError(\'Module "os.path" does not define a "joinn" attribute/class\')'
        self.assertIn("Did you mean os.path.join?", self.said(text))

    def test_that_are_not_there_yet_are_of_a_circle(self):
        written("from stern import b\na = 1\n", "prow.py", self.folder)
        written("from prow import a\nb = 1\n", "stern.py", self.folder)
        self.assertIn("prow and the module that asks for it import each other", self.said("import prow"))


class Services(TableTest):
    def test_are_told_as_that(self):
        said = advice(described("raise ConnectionRefusedError(111, 'Connection refused')"))
        self.assertIn("no database, cache or broker", said)
        self.assertIn("`checks-network: host`", said)

    def test_models_that_are_used_too_early_are_told(self):
        class AppRegistryNotReady(Exception):
            pass

        said = advice(described("raise error", error=AppRegistryNotReady("Apps aren't loaded yet.")))
        self.assertIn("before Django has loaded the apps", said)


class Settings(TableTest):
    def said(self, others=(), **facts):
        return of_settings({"kind": "exception", **facts}, {"source": "wsgi.py", "others": list(others)})

    @rows(
        one=(["DATABASE_URL"], "a value for it (any value", "env: |\n  DATABASE_URL=…"),
        three=(["A_URL", "B_KEY", "C"], "a value for each (any value", "env: |\n  A_URL=…\n  B_KEY=…\n  C=…"),
    )
    def test_missing_variables_get_the_lines_to_add(self, names, words, lines):
        said = self.said(kind="missing-variable", variables=names)
        self.assertIn(words, said)
        self.assertIn(lines, said)

    def test_a_file_that_python_cannot_read_is_told(self):
        self.assertIn("Python cannot read that file", self.said(type="SyntaxError"))

    def test_a_package_that_does_not_fit_is_told(self):
        said = self.said(package="django_push", versions="Django 5.2 and Python 3.13")
        self.assertIn("inside the installed package django_push: see that its version fits Django 5.2", said)

    def test_what_was_asked_for_and_is_not_there_is_told(self):
        self.assertIn("asked for the variables PGHOST and PGUSER, which neither", self.said(unset=["PGHOST", "PGUSER"]))

    def test_what_the_crashing_line_reads_is_told(self):
        said = self.said(read=["PORT"], unset=["PGHOST"])
        self.assertIn("That line reads the variable PORT: see that the value is one that the settings can use.", said)

    def test_a_missing_package_may_mean_the_wrong_settings(self):
        said = self.said(kind="missing-module", module="nowhere_at_all")
        self.assertIn("If these are the wrong settings", said)

    def test_a_missing_file_does_not(self):
        said = self.said(kind="missing-file", path="/srv/x.json", use="read", there=False)
        self.assertNotIn("settings`", said)

    @rows(
        a_name={"type": "NameError", "message": "name 'BASE_DRI' is not defined"},
        an_app={"type": "RuntimeError", "message": "Model class x isn't in an application in INSTALLED_APPS."},
    )
    def test_faults_of_the_code_alone_get_no_input(self, facts):
        self.assertEqual("", self.said(**facts))

    def test_all_else_gets_the_two_inputs_that_help_most(self):
        self.assertIn("input `env`", self.said(type="ValueError"))
