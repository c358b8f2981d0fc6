"""Settings that read the environment with a library: each gets only the stand-ins that it cannot do without.

The ways to use the libraries are those of public projects; each row names where it was reported, or the library whose
documentation has it.
"""

from harness import ALL, RunTest, probe, rows
from projects import Project
from reading import HOSTS, KEY, URL, reading, supplied

COMPLETED = dict.fromkeys(ALL, "completed")
OURS = ["shipshape.example"]
DEFAULT = "shop.acme-goods.com"


# dynaconf: its extension for Django takes every DJANGO_… variable


def dynaconf(options="", toml="", **more):
    """Settings of which settings.toml has those for each environment."""
    last = 'import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__, settings_files=["settings.toml"]%s)' % options
    text = '[default]\nSECRET_KEY = "%s"\nALLOWED_HOSTS = ["localhost"]\n[production]\nALLOWED_HOSTS = ["%s"]\n%s'
    return {**reading('"set-by-dynaconf"', "[]", last=last, **more), "settings.toml": text % (KEY, DEFAULT, toml)}


VALIDATORS = ', validators=[dynaconf.Validator("STRIPE_KEY", "SMTP.HOST", must_exist=True), dynaconf.Validator("SECRET_KEY", must_exist=True)]'

# pydantic: classes whose fields are variables


def pydantic(fields, key="config.secret_key", hosts="config.allowed_hosts", config=""):
    lines = "class Config(BaseSettings):\n%s%s\n\n\nconfig = Config()\n" % (
        "".join("    %s\n" % field for field in fields),
        "\n    model_config = SettingsConfigDict(%s)" % config if config else "",
    )
    imports = (
        "from pydantic import AliasChoices, BaseModel, Field, PostgresDsn\n"
        "from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\n"
        "class Smtp(BaseModel):\n    host: str\n\n\n"
    )
    return {**reading(key, hosts, "from mysite.config import config"), "mysite/config.py": imports + lines}


WITH_DEFAULT = 'allowed_hosts: list[str] = Field(default_factory=lambda: ["%s"])' % DEFAULT

# django-configurations: classes whose values are variables


def configurations(prod, common=""):
    """Settings as a class, with Prod in wsgi.py and Dev in manage.py."""
    loader = (
        'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n'
        'os.environ.setdefault("DJANGO_CONFIGURATION", "%s")\n'
    )

    def change(before):
        indented = "".join("    %s" % line if line.strip() else line for line in before.splitlines(True))
        indented = indented.replace('os.environ["SECRET_KEY"]', "values.SecretValue()")
        indented = indented.replace('os.environ["ALLOWED_HOSTS"].split(",")', "values.ListValue([])")
        return "from configurations import Configuration, values\n\n\nclass Common(Configuration):\n%s\n%s\n\n%s" % (
            indented,
            common,
            'class Dev(Common):\n    DEBUG = True\n    ALLOWED_HOSTS = ["*"]\n\n\nclass Prod(Common):\n%s' % prod,
        )

    return {
        "mysite/settings.py": change,
        "mysite/wsgi.py": loader % "Prod"
        + "from configurations.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
        "manage.py": loader % "Dev" + "import sys\nfrom configurations.management import execute_from_command_line\n\n"
        "execute_from_command_line(sys.argv)\n",
    }


REQUIRED = (
    "    SITE_MAIL = values.EmailValue(environ_required=True)\n"
    '    SEARCH = values.URLValue(environ_required=True, environ_name="SEARCH_URL")\n'
)

ENVIRON = "import environ\nenv = environ.Env()"
DECOUPLE = "from decouple import config, Csv"
ENVIRONS = "from environs import Env\nenv = Env()"
SEALED = ENVIRONS.replace("Env()", "Env(eager=False)")


class Defaults(RunTest):
    """The project's own hosts hold, and nothing is supplied but what is named."""

    @rows(
        of_dynaconf=(dynaconf(", environments=True"), []),
        # flyingriverhorse/Skyulf#46
        of_pydantic=(pydantic(["secret_key: str", WITH_DEFAULT]), ["SECRET_KEY"]),
        # jointakahe/takahe#76
        of_pydantic_with_a_prefix=(pydantic(["secret_key: str", WITH_DEFAULT], config='env_prefix="DJANGO_"'), ["DJANGO_SECRET_KEY"]),
        of_pydantic_with_an_alias=(pydantic(["key: str = Field(validation_alias=AliasChoices('DJANGO_SECRET_KEY', 'KEY'))", WITH_DEFAULT], "config.key"), ["DJANGO_SECRET_KEY"]),
        # cookiecutter/cookiecutter-django: config/settings/production.py
        of_environ=(reading('env("DJANGO_SECRET_KEY")', 'env.list("DJANGO_ALLOWED_HOSTS", default=["%s"])' % DEFAULT, ENVIRON), ["DJANGO_SECRET_KEY"]),
        of_the_scheme_of_environ=(reading('env("SECRET_KEY")', 'env("ALLOWED_HOSTS")', "import environ\nenv = environ.Env(ALLOWED_HOSTS=(list, ['%s']))" % DEFAULT), ["SECRET_KEY"]),
        # HBNetwork/python-decouple#99
        of_decouple=(reading('config("SECRET_KEY")', 'config("ALLOWED_HOSTS", default="%s", cast=Csv())' % DEFAULT, DECOUPLE), ["SECRET_KEY"]),
        of_environs=(reading('env.str("SECRET_KEY")', 'env.list("ALLOWED_HOSTS", default=["%s"])' % DEFAULT, ENVIRONS), ["SECRET_KEY"]),
        of_environs_that_is_sealed=(reading('env.str("SECRET_KEY")', 'env.list("ALLOWED_HOSTS", ["%s"])' % DEFAULT, SEALED, "env.seal()"), ["SECRET_KEY"]),
        of_dj_database_url=(reading(last='import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="postgres://db/shop")}\nassert "postgresql" in DATABASES["default"]["ENGINE"]'), []),
    )  # fmt: skip
    def test_stay(self, overlay, names):
        run = probe(Project(overlay), checks=["settings"])
        self.assertEqual({"settings": "completed"}, run.statuses(), run.error("settings"))
        self.assertEqual((HOSTS, "project"), tuple(run.report["settings"]["ALLOWED_HOSTS"].values())[:2])
        self.assertEqual(names, supplied(run))

    def test_of_an_env_file_in_the_image_stay(self):
        # sibtc/django-beginners-guide#23
        overlay = reading('config("SECRET_KEY")', 'config("ALLOWED_HOSTS", cast=Csv())', DECOUPLE)
        run = probe(
            Project(overlay, {".env": "SECRET_KEY=%s\nALLOWED_HOSTS=%s\n" % (KEY, DEFAULT)}), checks=["settings"]
        )
        self.assertEqual((HOSTS, []), (run.report["settings"]["ALLOWED_HOSTS"]["value"], supplied(run)))


class Values(RunTest):
    @rows(
        configurations=(configurations("    pass\n"), OURS, ["DJANGO_ALLOWED_HOSTS", "DJANGO_SECRET_KEY"]),
        configurations_with_a_default=(configurations("    DATABASES = values.DatabaseURLValue('sqlite:////tmp/db.sqlite3')\n    ALLOWED_HOSTS = ['%s']\n" % DEFAULT), HOSTS, ["DJANGO_SECRET_KEY"]),
        pydantic_without_a_default=(pydantic(["secret_key: str", "allowed_hosts: list[str]"]), OURS, ["ALLOWED_HOSTS", "SECRET_KEY"]),
        environ=(reading('env("SECRET_KEY")', 'env.list("ALLOWED_HOSTS")', ENVIRON, 'DATABASES = {"default": env.db()}\nCACHES = {"default": env.cache()}'), OURS, ["ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL", "SECRET_KEY"]),
        decouple=(reading('config("SECRET_KEY")', 'config("ALLOWED_HOSTS", cast=Csv())', DECOUPLE), OURS, ["ALLOWED_HOSTS", "SECRET_KEY"]),
        environs=(reading('env("SECRET_KEY")', 'env.list("ALLOWED_HOSTS")', ENVIRONS, 'DATABASES = {"default": env.dj_db_url("DATABASE_URL")}'), OURS, ["ALLOWED_HOSTS", "DATABASE_URL", "SECRET_KEY"]),
        environs_that_is_sealed=(reading('env("SECRET_KEY")', 'env.list("ALLOWED_HOSTS")', SEALED, "env.seal()"), OURS, ["ALLOWED_HOSTS", "SECRET_KEY"]),
        dj_database_url=(reading(last='import dj_database_url\nDATABASES = {"default": dj_database_url.config()}'), HOSTS, ["DATABASE_URL"]),
    )  # fmt: skip
    def test_are_supplied_to(self, overlay, hosts, names):
        run = probe(Project(overlay))
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()), run.error())
        self.assertEqual(hosts, run.report["settings"]["ALLOWED_HOSTS"]["value"])
        self.assertEqual(names, supplied(run))

    def test_of_wsgi_py_are_judged_and_not_those_of_manage_py(self):
        run = probe(Project(configurations("    DEBUG = values.BooleanValue(False)\n")))
        self.assertEqual(False, run.report["settings"]["DEBUG"]["value"])
        self.assertNotIn("DJANGO_CONFIGURATION", [each["name"] for each in run.report["environment"]])


class MissingVariables(RunTest):
    """All are reported together."""

    @rows(
        dynaconf=(dynaconf(VALIDATORS), ["DJANGO_STRIPE_KEY", "DJANGO_SMTP__HOST"]),
        pydantic=(pydantic(["secret_key: str", WITH_DEFAULT, "stripe_key: str", "port: int"]), ["STRIPE_KEY", "PORT"]),
        # A stand-in that the settings refuse.
        pydantic_with_a_type=(pydantic(["secret_key: str", WITH_DEFAULT, "database_url: PostgresDsn", "port: int"]), ["DATABASE_URL", "PORT"]),
        pydantic_with_a_model=(pydantic(["secret_key: str", WITH_DEFAULT, "smtp: Smtp"], config='env_nested_delimiter="__"'), ["SMTP"]),
        # adfinis/timed-backend#90, jazzband/django-configurations#32
        configurations=(configurations(REQUIRED), ["DJANGO_SEARCH_URL", "DJANGO_SITE_MAIL"]),
        environ=(reading('env("SECRET_KEY")', first=ENVIRON, last='PORT = env.int("PORT")\nSITE = env.url("SITE")'), ["PORT", "SITE"]),
        decouple=(reading('config("SECRET_KEY")', first=DECOUPLE, last='PORT = config("PORT", cast=int)\nMAIL = config("MAIL")'), ["PORT", "MAIL"]),
        environs=(reading('env("SECRET_KEY")', first=ENVIRONS, last='PORT = env.int("PORT")\nWHEN = env("WHEN")'), ["PORT", "WHEN"]),
        environs_that_is_sealed=(reading('env("SECRET_KEY")', first=SEALED, last='PORT = env.int("PORT")\nWHEN = env("WHEN")\nenv.seal()'), ["PORT", "WHEN"]),
    )  # fmt: skip
    def test_of(self, overlay, names):
        error = probe(Project(overlay)).error()
        self.assertHas({"kind": "missing-variable", "variables": names}, error)

    def test_of_configurations_have_the_line_of_their_value(self):
        project = Project(configurations(REQUIRED))
        run = probe(project, env={"DJANGO_SEARCH_URL": "https://search.acme-goods.com"})
        error = run.error()
        self.assertHas({"kind": "missing-variable", "variables": ["DJANGO_SITE_MAIL"]}, error)
        self.assertEqual("mysite/settings.py", run.relative(error["file"]))
        self.assertIn("SITE_MAIL =", project.read("mysite/settings.py").splitlines()[error["line"] - 1])

    def test_of_which_one_is_given(self):
        overlay = pydantic(
            ["secret_key: str", WITH_DEFAULT, "database_url: PostgresDsn", "sentry_dsn: str | None = None"]
        )
        run = probe(Project(overlay), env={"DATABASE_URL": URL})
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()))
        found = {each["name"]: each["supplied"] for each in run.report["environment"]}
        self.assertHas(
            {"SECRET_KEY": "shipshape", "ALLOWED_HOSTS": "nobody", "DATABASE_URL": "user", "SENTRY_DSN": "nobody"},
            found,
        )

    @rows(
        pydantic=(pydantic(["secret_key: str", WITH_DEFAULT, "port: int"]), "PORT"),
        environ=(reading('env("SECRET_KEY")', first=ENVIRON, last='PORT = env.int("PORT")'), "PORT"),
        configurations=(configurations("    PORT = values.IntegerValue(environ_required=True)\n"), "DJANGO_PORT"),
        environs=(reading(first=ENVIRONS, last='PORT = env.int("PORT")'), "PORT"),
        decouple=(reading(first=DECOUPLE, last='PORT = config("PORT", cast=int)'), "PORT"),
    )  # fmt: skip
    def test_and_values_that_are_wrong_are_not_the_same(self, overlay, name):
        error = probe(Project(overlay), env={name: "eighty"}).error()
        self.assertHas({"kind": "exception", "read": [name]}, error)


class Reads(RunTest):
    def test_of_all_by_dynaconf_leave_the_list_incomplete(self):
        run = probe(Project(dynaconf()), env={"DJANGO_SHOP_COLOUR": "red"}, checks=["settings"])
        self.assertEqual({"complete": False, "unread": []}, run.report["reads"])
        self.assertEqual([{"name": "DJANGO_ENV", "supplied": "shipshape"}], run.report["environment"])

    def test_of_all_by_pydantic_are_those_of_its_fields(self):
        run = probe(
            Project(pydantic(["secret_key: str", WITH_DEFAULT, "sentry_dsn: str = ''"])), env={"SENTRY_DNS": "x"}
        )
        self.assertEqual(
            {"complete": True, "unread": [{"name": "SENTRY_DNS", "nearest": "SENTRY_DSN"}]}, run.report["reads"]
        )

    def test_of_a_value_of_env_through_a_class_are_no_fault_of_production(self):
        run = probe(
            Project(pydantic(["secret_key: str", WITH_DEFAULT])), env={"SECRET_KEY": "dummy"}, checks=["system"]
        )
        self.assertEqual("user", run.finding("security.W009")["supplied"])
