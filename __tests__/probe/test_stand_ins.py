"""Stand-ins are the last resort: settings keep their own defaults, and get only what they cannot do without.

The ways to read the environment are those of public projects; each row names where it was reported.
"""

import time

import faults
from harness import ALL, RunTest, probe, rows
from projects import Project, append, replace
from reading import HOSTS, KEY, OF_KEY, reading, supplied

COMPLETED = dict.fromkeys(ALL, "completed")
COMMANDS = ("system", "migrations", "static")  # `start` loads the settings once more, as the server does
OURS = ["shipshape.example"]
GET_OR_RAISE = (
    "import os\n"
    "from django.core.exceptions import ImproperlyConfigured\n"
    "def required(name):\n"
    '    value = os.environ.get(name, "")\n'
    "    if not value:\n"
    '        raise ImproperlyConfigured(f"{name} must be set")\n'
    "    return value\n"
)
TRY_OR_RAISE = (
    "import os\n"
    "def required(name):\n"
    "    try:\n        return os.environ[name]\n"
    '    except KeyError:\n        raise RuntimeError(f"Set the {name} environment variable")\n'
)
REASON = ", because neither the image nor `env` does: if that is the reason, set your own with `env`."
TRY_OR_DEFAULT = (
    "import os\n"
    "def optional(name, otherwise):\n"
    "    try:\n        return os.environ[name]\n"
    "    except KeyError:\n        return otherwise\n"
)


LOADED = (
    "import os\n"
    'with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "loads.log"), "a") as loads:\n'
    '    loads.write("once\\n")\n'
)


def counted(overlay):
    """The same settings, which write down each of their loads."""
    return {faults.SETTINGS: lambda before: LOADED + overlay[faults.SETTINGS](before)}


class Loads(RunTest):
    @rows(
        # Django's deployment checklist
        of_subscripts=(reading('os.environ["SECRET_KEY"]', 'os.environ["ALLOWED_HOSTS"].split(",")'), 1),
        # Two Scoops of Django
        of_a_function_that_raises=(reading('required("SECRET_KEY")', 'required("ALLOWED_HOSTS").split()', TRY_OR_RAISE), 1),
        # tl-its-umich-edu/my-learning-analytics#70
        of_defaults=(reading('os.environ.get("DJANGO_SECRET_KEY", "%s")' % KEY), 1),
        # sclorg/s2i-python-container#420
        of_statements_that_make_an_empty_setting=(reading('os.environ.get("SECRET_KEY")', 'os.environ.get("ALLOWED_HOSTS", "").split(",")'), 1),
        of_values_that_django_calls_empty=(reading('os.environ.get("SECRET_KEY") or ""', '[h for h in os.environ.get("ALLOWED_HOSTS", "").split() if h]'), 2),
        # yukiharada1228/videoq#434
        of_tests_for_an_empty_value=(reading('required("SECRET_KEY")', 'required("ALLOWED_HOSTS").split()', GET_OR_RAISE), 3),
    )  # fmt: skip
    def test_are_as_few_as(self, overlay, times):
        project = Project(counted(overlay))
        run = probe(project, checks=COMMANDS)
        self.assertEqual((dict.fromkeys(COMMANDS, "completed"), []), (run.statuses(), run.failing()))
        self.assertEqual(times, len(project.read("mysite/loads.log").splitlines()))

    def test_that_differ_each_time_end(self):
        # Each load reads another name of ours in vain, and crashes for a reason that is new.
        lines = (
            "import os\n"
            'for name in ("SECRET_KEY", "DATABASE_URL", "CACHE_URL", "REDIS_URL", "ALLOWED_HOSTS"):\n'
            "    os.environ.get(name)\n"
            'raise RuntimeError("attempt %s" % os.urandom(8).hex())'
        )
        project = Project(counted(reading(first=lines)))
        run = probe(project)
        self.assertEqual(dict.fromkeys(ALL, "settings"), run.statuses())
        self.assertLessEqual(len(project.read("mysite/loads.log").splitlines()), 12)

    def test_that_miss_another_variable_each_time_end(self):
        project = Project(counted(reading(first='import os\nos.environ["N" + os.urandom(4).hex().upper()]')))
        started = time.monotonic()
        run = probe(project, timeout=10)
        self.assertEqual("missing-variable", run.error()["kind"])
        self.assertLess(time.monotonic() - started, 60)

    def test_that_find_all_missing_variables_are_few(self):
        names = ["SHOP_%d" % number for number in range(20)]
        lines = "import os\nVALUES = {name: os.environ[name] for name in %r}" % names
        project = Project(counted(reading(first=lines)))
        self.assertEqual(names, probe(project, checks=["system"]).error()["variables"])
        self.assertEqual(2, len(project.read("mysite/loads.log").splitlines()))

    def test_of_stand_ins_and_of_missing_variables_are_twelve_together(self):
        lines = (
            "import os\n"
            'for name in ("DATABASE_URL", "CACHE_URL", "REDIS_URL"):\n    os.environ.get(name)\n'
            'if not os.environ.get("REDIS_URL"):\n    raise RuntimeError("no queue")\n'
            'for number in range(40):\n    if not os.environ.get("SHOP_%d" % number):\n'
            '        raise RuntimeError("SHOP_%d is missing" % number)'
        )
        project = Project(counted(reading(first=lines)))
        found = probe(project, checks=["system"]).error()["variables"]
        self.assertEqual(["SHOP_%d" % number for number in range(len(found))], found)
        self.assertGreater(len(found), 5)
        self.assertEqual(12, len(project.read("mysite/loads.log").splitlines()))

    @rows(
        a_terminal='input("Which database? ")',
        a_password='import getpass\ngetpass.getpass()',
        forks="import os, sys\nif os.fork() == 0:\n    sys.exit(0)\nos.wait()",
        prints='print("x" * 100_000)',
    )  # fmt: skip
    def test_that_do_odd_things_end_with(self, lines):
        run = probe(Project(counted(reading(first=lines))), timeout=30)
        self.assertIn(set(run.statuses().values()), ({"settings"}, {"completed"}))


def layered(base, production):
    """Settings for production that star-import common ones, with these lines for the SECRET_KEY."""
    project = Project()
    common = project.read(faults.SETTINGS).replace("parent.parent", "parent.parent.parent")
    return {
        faults.SETTINGS: None,
        "mysite/settings/__init__.py": "from .production import *\n",
        "mysite/settings/base.py": common.replace(OF_KEY, base),
        "mysite/settings/production.py": "from .base import *\n" + production,
        "mysite/settings/local.py": 'import os\nSECRET_KEY = os.environ.get("SECRET_KEY") or "insecure"\n',
    }


OF_GET = 'SECRET_KEY = os.environ.get("SECRET_KEY")\n'


class Layers(RunTest):
    """Settings for production on top of common ones, where the key is read."""

    @rows(
        of_or=(OF_GET, 'SECRET_KEY = SECRET_KEY or "insecure"\n'),
        of_an_if=(OF_GET, 'if not SECRET_KEY:\n    SECRET_KEY = "insecure"\n'),
        of_globals=(OF_GET, 'globals()["SECRET_KEY"] = "insecure"\n'),
        of_a_third_file=(OF_GET, "from .local import *\n"),
        of_a_third_file_in_the_common_ones=(OF_GET + "from .local import *\n", ""),
        of_another_read=(OF_GET + 'KEY = os.environ.get("SECRET_KEY")\n', 'SECRET_KEY = KEY or "insecure"\n'),
    )  # fmt: skip
    def test_a_default_is_judged(self, base, production):
        run = probe(Project(layered(base, production)), checks=["system"])
        self.assertEqual((["security.W009"], ["ALLOWED_HOSTS"]), (run.failing_ids(), supplied(run)))

    def test_without_a_default_need_one_load(self):
        project = Project(layered(LOADED + OF_GET, "DEBUG = False\n"))
        run = probe(project, checks=["system"])
        self.assertEqual(([], ["ALLOWED_HOSTS", "SECRET_KEY"]), (run.failing(), supplied(run)))
        self.assertEqual(1, len(project.read("mysite/settings/loads.log").splitlines()))


class Defaults(RunTest):
    """A default is production's value until somebody sets the variable."""

    @rows(
        of_get=('os.environ.get("ALLOWED_HOSTS", "shop.acme-goods.com").split()', ""),
        of_or=('(os.getenv("ALLOWED_HOSTS") or "shop.acme-goods.com").split()', ""),
        of_in=('os.environ["ALLOWED_HOSTS"].split() if "ALLOWED_HOSTS" in os.environ else ["shop.acme-goods.com"]', ""),
        of_an_exception=('[optional("ALLOWED_HOSTS", "shop.acme-goods.com")]', TRY_OR_DEFAULT),
        of_setdefault=('[os.environ["ALLOWED_HOSTS"]]', 'import os\nos.environ.setdefault("ALLOWED_HOSTS", "shop.acme-goods.com")'),
        # flyingriverhorse/Skyulf#46
        of_json=('json.loads(os.environ.get("ALLOWED_HOSTS", \'["shop.acme-goods.com"]\'))', "import json"),
        # peacecorps/peacecorps-site#60
        with_more_from_a_variable=('["shop.acme-goods.com"] + ([os.environ["DJANGO_ALLOWED_HOSTS"]] if os.environ.get("DJANGO_ALLOWED_HOSTS") else [])', ""),
        of_suppress=('HOSTS', 'import os, contextlib\nHOSTS = ["shop.acme-goods.com"]\nwith contextlib.suppress(KeyError):\n    HOSTS = [os.environ["ALLOWED_HOSTS"]]'),
        of_a_pop=('[os.environ.pop("ALLOWED_HOSTS", "shop.acme-goods.com")]', ""),
    )  # fmt: skip
    def test_stay(self, hosts, first):
        run = probe(Project(reading(hosts=hosts, first=first)), checks=["settings"])
        self.assertEqual({"settings": "completed"}, run.statuses())
        self.assertHas({"value": HOSTS, "supplied": "project"}, run.report["settings"]["ALLOWED_HOSTS"])
        self.assertEqual([], supplied(run))

    def test_of_a_setting_name_their_variable(self):
        run = probe(Project(reading(hosts='os.environ.get("SHOP_HOSTS", "localhost").split()')), checks=["settings"])
        self.assertHas({"supplied": "project", "default_of": "SHOP_HOSTS"}, run.report["settings"]["ALLOWED_HOSTS"])

    @rows(
        insecure_keys=({faults.SETTINGS: replace(OF_KEY, 'SECRET_KEY = os.environ.get("SECRET_KEY", "GENERATE_NEW_KEY")\n')}, "security.W009"),
        insecure_keys_after_or=({faults.SETTINGS: replace(OF_KEY, 'SECRET_KEY = os.getenv("SECRET_KEY") or "dev"\n')}, "security.W009"),
        insecure_keys_after_if=({faults.SETTINGS: replace(OF_KEY, 'SECRET_KEY = os.environ.get("SECRET_KEY")\nif not SECRET_KEY:\n    SECRET_KEY = "dev"\n')}, "security.W009"),
        debug_without_a_database=(faults.end_of_settings('DEBUG = "DATABASE_URL" not in os.environ'), "security.W018"),
        debug_in_a_loop=(faults.end_of_settings('DEBUG = not any(name.endswith("_URL") for name in os.environ)'), "security.W018"),
    )  # fmt: skip
    def test_are_judged(self, overlay, id):
        self.assertEqual([id], probe(Project(overlay), checks=["system"]).failing_ids())


class Values(RunTest):
    """Supplied where the settings end without them, or where Django calls the value empty."""

    @rows(
        by_a_crash_elsewhere=(reading('os.environ.get("SECRET_KEY")', last="SIGNING_KEY = SECRET_KEY.encode()"), ["SECRET_KEY"]),
        by_one_of_several_crashes=(reading(first='import os\nDATABASE = os.environ.get("DATABASE_URL")\nREDIS = os.environ.get("REDIS_URL")', last='BROKER = REDIS + "/1"'), ["REDIS_URL"]),
        by_an_empty_key=(reading('os.environ.get("DJANGO_SECRET_KEY", "")'), ["DJANGO_SECRET_KEY"]),
        by_empty_hosts=(reading(hosts='[h for h in os.environ.get("DJANGO_ALLOWED_HOSTS", "").split(",") if h]'), ["DJANGO_ALLOWED_HOSTS"]),
        by_hosts_that_are_one_empty_text=(reading(hosts='os.environ.get("ALLOWED_HOSTS", "").split(",")'), ["ALLOWED_HOSTS"]),
        by_a_database_without_engine=(reading(last='DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}} if os.environ.get("DATABASE_URL") else {}'), ["DATABASE_URL"]),
        by_a_copy_of_all=(reading('ALL["SECRET_KEY"]', first="import os\nALL = dict(os.environ)"), ["SECRET_KEY"]),
    )  # fmt: skip
    def test_are_needed(self, overlay, names):
        run = probe(Project(overlay))
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()))
        self.assertEqual(names, supplied(run))

    def test_are_given_in_the_form_that_the_settings_take(self):
        hosts = 'json.loads(os.environ["ALLOWED_HOSTS"])'
        run = probe(Project(reading(hosts=hosts, first="import json")))
        self.assertEqual(COMPLETED, run.statuses())
        self.assertHas({"value": OURS, "supplied": "shipshape"}, run.report["settings"]["ALLOWED_HOSTS"])

    @rows(
        where_it_is_read='assert os.environ["DATABASE_URL"].startswith("postgres")',
        with_the_value='URL = os.environ["DATABASE_URL"]\nif "postgres" not in URL:\n    raise ValueError("not " + URL)',
        by_name='URL = os.environ["DATABASE_URL"]\nif "postgres" not in URL:\n    raise ValueError("DATABASE_URL: no")',
    )
    def test_that_the_settings_refuse_are_missing(self, lines):
        run = probe(Project(reading(first="import os\n%s\nos.environ['STRIPE_KEY']" % lines)))
        self.assertHas({"kind": "missing-variable", "variables": ["DATABASE_URL", "STRIPE_KEY"]}, run.error())
        self.assertIn({"name": "DATABASE_URL", "supplied": "nobody"}, run.report["environment"])
        self.assertNotIn("shipshape supplied", run.error()["hint"])

    @rows(
        an_exception=("RATE = 1 / len(STATIC_URL[:0])", "exception", REASON),
        a_module=("import no_such_module", "missing-module", "."),
        a_file=('open("/no/such/file")', "missing-file", "."),
        a_program=('import subprocess\nsubprocess.run(["no-such-program"])', "missing-program", "."),
        a_name=("from shop import no_such_name", "missing-name", "."),
        another_variable=('os.environ["STRIPE_KEY"]', "missing-variable", "."),
    )
    def test_are_named_by_a_crash(self, last, kind, reason):
        error = probe(Project(reading('os.environ["SECRET_KEY"]', last=last))).error()
        self.assertHas({"kind": kind, "ours": ["SECRET_KEY"]}, error)
        said = "shipshape supplied the variable SECRET_KEY"
        self.assertEqual(said + reason, error["hint"].splitlines()[-1])

    def test_that_nothing_has_read_are_not_named_by_a_crash(self):
        error = probe(Project(reading(last="1 / 0"))).error()
        self.assertEqual((None, False), (error.get("ours"), "shipshape supplied" in error["hint"]))


class Reads(RunTest):
    def test_of_all_make_the_list_incomplete(self):
        overlay = reading(last='SHOP = {key: value for key, value in os.environ.items() if key.startswith("SHOP_")}')
        run = probe(Project(overlay), env={"SHOP_COLOUR": "red"}, checks=["system"])
        self.assertEqual({"complete": False, "unread": []}, run.report["reads"])

    def test_of_all_make_nothing_needed_that_is_in_vain(self):
        """Where all names begin with the project's, no stand-in fills ALLOWED_HOSTS."""
        lines = 'os.environ["SECRET_KEY"]', '[v for k, v in os.environ.items() if k == "SHOP_HOST"]'
        run = probe(Project(reading(*lines)), checks=["system"])
        self.assertEqual([("system", "security.W020")], run.failing())
        self.assertEqual([{"name": "SECRET_KEY", "supplied": "shipshape"}], run.report["environment"])

    def test_find_what_env_sets_in_vain(self):
        # RyanNoelk/OpenEats#248: ALLOWED_HOST
        run = probe(Project(), env={"ALLOWED_HOST": "food.example", "PGHOST": "db"})
        unread = [{"name": "ALLOWED_HOST", "nearest": "ALLOWED_HOSTS"}, {"name": "PGHOST", "nearest": ""}]
        self.assertEqual({"complete": True, "unread": unread}, run.report["reads"])

    def test_of_libraries_and_of_modules_that_load_later_count(self):
        late = {"mysite/urls.py": append('\nimport os, tempfile\nos.environ.get("LATE")\ntempfile.gettempdir()\n')}
        run = probe(Project(late), env={"LATE": "1", "TEMP": "/tmp"}, checks=["system"])
        self.assertEqual([], run.report["reads"]["unread"])

    def test_find_the_slip_behind_a_missing_variable(self):
        run = probe(Project(faults.needs_stripe_key), env={"STRIP_KEY": "x", "OTHER": "y"})
        self.assertEqual([{"name": "STRIP_KEY", "nearest": "STRIPE_KEY"}], run.report["reads"]["unread"])
