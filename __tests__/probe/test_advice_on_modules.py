"""What to do about a module that is not in the image. The texts are those of public reports, which are named."""

import os
import sys
from unittest import mock

from harness import rows
from projects import written
from shipshape_probe import missing
from shipshape_probe.advice import advice, of_settings
from shipshape_probe.first_party import FirstParty
from test_advice import Imported, described


class Modules(Imported):
    def package(self, *names, **files):
        for name in names:
            written("", "%s/__init__.py" % name, self.folder)
        for name, text in files.items():
            written(text, name.replace("__", "/") + ".py", self.folder)

    def said(self, text):
        return advice(described(text, self.folder))

    def test_of_the_project_are_told_from_packages(self):
        # WebODM/WebODM#252
        self.package("crew")
        said = self.said("import crew\nfrom crew.secret_key import SECRET_KEY")
        self.assertIn("crew.secret_key is a module of the project's own that is not in the image", said)
        self.assertIn(".dockerignore or .gitignore", said)
        self.assertIn("written only when the container starts", said)

    def test_of_the_project_with_a_template_next_to_them_name_it(self):
        # ConsciousUniverse/simple-stock-management and many others: local_settings.py.example
        self.package("crew")
        template = written("", "crew/local_settings.py.example", self.folder)
        self.assertIn("There is %s" % template, self.said("import crew\nimport crew.local_settings"))

    def test_of_the_project_that_are_misspelled_get_the_right_name(self):
        self.package("crew", crew__views="")
        self.assertIn("Did you mean crew.views?", self.said("import crew\nimport crew.veiws"))

    @rows(
        local_settings="local_settings",  # WebarchivCZ/Seeder#203
        settings_local="settings_local",
        secrets_of_the_shop="shop_secrets",
        credentials="credentials",
        of_production="prod_settings",
    )
    def test_with_a_name_that_settings_of_ones_own_have_are_the_projects(self, name):
        self.assertIn("%s is a module of the project's own" % name, self.said("import " + name))

    @rows(
        yaml=("yaml", "PyYAML"),
        pillow=("PIL", "Pillow"),
        opencv=("cv2", "opencv-python-headless"),
        corsheaders=("corsheaders.middleware", "django-cors-headers"),
        rest_framework=("rest_framework", "djangorestframework"),
        mysql=("MySQLdb", "mysqlclient"),
        environ=("environ", "django-environ"),
        same_name=("whitenoise", "it"),
    )
    def test_of_known_packages_get_the_name_for_the_requirements(self, name, requirement):
        top = name.split(".")[0]
        with mock.patch.dict(sys.modules):
            for each in [each for each in sys.modules if each.split(".")[0] == top]:
                del sys.modules[each]
            facts = missing.module_facts(name, FirstParty())
        self.assertEqual(
            "%s is not installed in the image: add %s to the requirements." % (top, requirement), advice(facts)
        )

    @rows(
        toolbar=("debug_toolbar", "django-debug-toolbar"),  # sissbruecker/linkding#412, dandi/dandi-archive#112
        extensions=("django_extensions", "django-extensions"),  # Koed00/django-q, openwisp and others in dev settings
        silk=("silk", "django-silk"),
        reload=("django_browser_reload", "django-browser-reload"),
        factory=("factory", "factory_boy"),
    )
    def test_of_tools_for_development_say_that_the_settings_may_be_developments(self, name, package):
        facts = {"kind": "missing-module", "module": name}
        self.assertIn("%s (%s) is a tool for development" % (name, package), advice(facts))
        other = {"settings": "shop.settings.production", "source": "production.py"}
        said = of_settings(facts, {"source": "wsgi.py", "others": [other]})
        self.assertIn("These settings come from wsgi.py", said)
        self.assertIn("shop.settings.production (production.py)", said)

    def test_that_are_misspelled_get_the_installed_name(self):
        self.assertEqual("Did you mean django?", self.said("import djngo"))

    def test_that_python_has_no_more_are_told_as_that(self):
        self.assertIn(
            "Python 3.12 and newer have no module distutils", advice({"module": "distutils", "kind": "missing-module"})
        )

    def test_that_an_installed_package_asks_for_name_the_package(self):
        written("import nowhere_at_all\n", "lib/site-packages/oldlib/__init__.py", self.folder)
        sys.path.insert(0, os.path.join(self.folder, "lib", "site-packages"))
        try:
            found = described("import oldlib", self.folder)
        finally:
            del sys.path[0]
        self.assertHas({"package": "oldlib", "module": "nowhere_at_all"}, found)
        self.assertIn("inside the installed package oldlib", advice(found))

    def test_psycopg_2_is_what_the_project_itself_imports_and_one_of_two_for_django(self):
        asks = "raise ModuleNotFoundError(\"No module named 'psycopg2'\", name='psycopg2')\n"
        self.assertIn("add psycopg2-binary to the requirements", self.said(asks))
        django = (
            "class ImproperlyConfigured(Exception): pass\ntry:\n    %sexcept ImportError:\n"
            "    raise ImproperlyConfigured('Error loading psycopg2 or psycopg module')\n"
        )
        self.assertIn("add psycopg[binary] (or psycopg2-binary) to", self.said(django % asks))
