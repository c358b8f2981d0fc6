"""Finding manage.py and the settings module, and the environment that the checks get."""

import os

from harness import TableTest, rows
from projects import temporary_folder, written
from shipshape_probe import environment, project


def source(found):
    return found.settings, found.source


class ProjectTest(TableTest):
    @rows(
        setdefault=('import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "a.b")', "a.b"),
        assignment=('import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "a.b"', "a.b"),
        the_first_one=('x.setdefault("DJANGO_SETTINGS_MODULE", "a")\nx.setdefault("DJANGO_SETTINGS_MODULE", "b")', "a"),
        computed=('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a." + name)', None),
        of_python_2=('print "hello"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "a.b")', "a.b"),
    )
    def test_the_settings_that_a_file_names(self, text, expected):
        found = project.environment_defaults(written(text))
        self.assertEqual(expected, found.get("DJANGO_SETTINGS_MODULE"))

    def find(self, request=None, image=None, user=None, **contents):
        self.folder = temporary_folder()
        for name, text in contents.items():
            written(text, name.replace("__", "/") + ".py", self.folder)
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            return project.find(request or {}, {**(image or {}), **(user or {})}, user or {})
        finally:
            os.chdir(before)

    def test_the_order_of_those_who_name_settings(self):
        names = {"manage": 'x.setdefault("DJANGO_SETTINGS_MODULE", "of.manage")'}
        self.assertEqual(("of.manage", "manage.py"), source(self.find(**names)))
        names["mysite__wsgi"] = 'x.setdefault("DJANGO_SETTINGS_MODULE", "of.wsgi")'
        self.assertEqual(("of.wsgi", "wsgi.py"), source(self.find(**names)))
        image = {"DJANGO_SETTINGS_MODULE": "of.image"}
        self.assertEqual(("of.image", "image"), source(self.find(image=image, **names)))
        user = {"DJANGO_SETTINGS_MODULE": "of.user"}
        self.assertEqual(("of.user", "user"), source(self.find(image=image, user=user, **names)))
        asked = self.find({"settings": "of.input"}, image, user, **names)
        self.assertEqual(("of.input", "input"), source(asked))
        self.assertEqual(["of.user", "of.wsgi", "of.manage"], [each["settings"] for each in asked.others])

    def test_settings_for_production_next_to_those_for_development(self):
        found = self.find({"settings": "mysite.conf.dev"}, mysite__conf__prod="", manage="")
        self.assertIn({"settings": "mysite.conf.prod", "source": "prod.py"}, found.others)

    def test_no_manage_py_of_an_installed_package(self):
        found = self.find(site_packages__x="", mysite__wsgi='x.setdefault("DJANGO_SETTINGS_MODULE", "a.b")')
        self.assertIsNone(found.manage)

    def test_nothing(self):
        with self.assertRaises(project.ProjectError) as raised:
            self.find()
        self.assertEqual("no-project", raised.exception.kind)

    def test_a_manage_input_that_is_a_folder(self):
        found = self.find({"manage": "a"}, a__manage="")
        self.assertEqual(os.path.join(self.folder, "a", "manage.py"), found.manage)


class EnvironmentTest(TableTest):
    def test_nothing_stands_in_for_what_is_set(self):
        made = environment.Environment({"SECRET_KEY": "image's"}, {"ALLOWED_HOSTS": "user's"})
        self.assertNotIn("SECRET_KEY", made.own)
        values = made.values(made.own)
        self.assertHas({"SECRET_KEY": "image's", "ALLOWED_HOSTS": "user's", "DJANGO_ENV": "production"}, values)

    def test_the_users_value_wins_over_the_images(self):
        self.assertEqual("2", environment.Environment({"A": "1"}, {"A": "2"}).given()["A"])

    @rows(
        user=("A", "user"), image=("B", "image"), ours=("DATABASE_URL", "shipshape"), nobody=("C", "nobody"),
    )  # fmt: skip
    def test_who_supplied_a_name(self, name, supplier):
        made = environment.Environment({"A": "1", "B": "1"}, {"A": "2"})
        self.assertEqual(supplier, made.supplier(name, ["DATABASE_URL"]))

    def test_a_name_that_something_set_while_it_loaded_is_the_images(self):
        self.assertEqual("image", environment.Environment({}, {}).supplier("A", [], present=True))

    def test_a_key_is_long_and_varied(self):
        key = environment.random_key()
        self.assertEqual(60, len(key))
        self.assertGreater(len(set(key)), 5)
        self.assertNotEqual(key, environment.random_key())

    def test_a_home_that_cannot_be_written_to_is_replaced(self):
        home = os.path.join(temporary_folder(), "home")
        variables = {"HOME": "/nowhere"}
        environment.settle_home(variables, home)
        self.assertEqual(home, variables["HOME"])
        self.assertTrue(os.path.isdir(home))
