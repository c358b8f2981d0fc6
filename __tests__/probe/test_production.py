"""DJANGO_ENV=production, which shipshape supplies to get production's settings, and what may come of it."""

import faults
from harness import ALL, RunTest, probe, rows
from projects import Project, append, replace
from reading import reading

COMPLETED = dict.fromkeys(ALL, "completed")
OF_PRODUCTION = "if ENV == 'production':\n    SECRET_KEY = 'weak'\n    STORAGES = %r"
IDS = ("security.W009", "static.missing-reference")


def storages(kind):
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.%sStaticFilesStorage" % kind},
    }


class Production(RunTest):
    def test_is_what_is_judged(self):
        # A variable that only production needs is missing. The settings for development would load without it.
        lines = (
            'import os\nif os.environ.get("DJANGO_ENV", "development") == "production":\n    os.environ["STRIPE_KEY"]'
        )
        error = probe(Project(reading(first=lines))).error()
        self.assertHas({"kind": "missing-variable", "variables": ["STRIPE_KEY"]}, error)

    @rows(
        a_module='import importlib\nimportlib.import_module("mysite.of_" + os.environ.get("DJANGO_ENV", "live"))',
        a_choice='{"live": 1, "staging": 2}[os.environ.get("DJANGO_ENV", "live")]',
        a_test='if os.environ.get("DJANGO_ENV", "live") not in ("live", "staging"):\n    raise ValueError("DJANGO_ENV?")',
    )
    def test_has_another_name_in(self, lines):
        overlay = reading(first="import os\n" + lines)
        overlay["mysite/of_live.py"] = ""
        run = probe(Project(overlay))
        self.assertEqual(COMPLETED, run.statuses())
        self.assertIn("do not take DJANGO_ENV=production", run.check("system")["notes"][0])

    @rows(
        that_calls_production_by_another_name=faults.end_of_settings('DEBUG = os.environ.get("DJANGO_ENV", "prod") != "prod"'),
        that_follows_later=faults.end_of_settings('ENV = os.environ.get("DJANGO_ENV", "prod")\nfor name in ("prod", "staging"):\n    DEBUG = ENV not in ("prod", "staging")'),
        that_must_be_set=faults.end_of_settings('DEBUG = os.environ["DJANGO_ENV"] != "prod"'),
        that_a_function_of_the_project_reads=faults.end_of_settings('def is_live(name="DJANGO_ENV"):\n    return os.environ.get(name, "live") == "live"\nDEBUG = not is_live()'),
        that_loops_over_all=faults.end_of_settings('ALL = {name: value for name, value in os.environ.items()}\nDEBUG = ALL.get("DJANGO_ENV", "prod") != "prod"'),
    )  # fmt: skip
    def test_makes_no_finding_that_counts(self, overlay):
        run = probe(Project(overlay), checks=["system"])
        found = run.finding("security.W018")
        self.assertEqual("shipshape", found["supplied"])
        self.assertIn("not there without DJANGO_ENV=production", found["hint"])
        self.assertIn({"name": "DJANGO_ENV", "supplied": "shipshape"}, run.report["environment"])

    @rows(
        whatever_it_is='DEBUG = True\nENV = os.environ.get("DJANGO_ENV", "prod")',
        with_another_value='ENV = os.environ.get("DJANGO_ENV", "prod")\nSECRET_KEY = "weak-of-" + ENV',
    )  # fmt: skip
    def test_leaves_what_is_found_without_it_too(self, lines):
        run = probe(Project(faults.end_of_settings(lines)), checks=["system"])
        self.assertEqual(1, len(run.failing_ids()))
        self.assertNotIn("supplied", run.failing()[0])

    def test_is_not_judged_by_what_is_found_only_without_it(self):
        lines = 'DEBUG = os.environ.get("DJANGO_ENV", "development") != "production"'
        run = probe(Project(faults.end_of_settings(lines)))
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()))
        self.assertEqual({"value": False, "supplied": "project"}, run.report["settings"]["DEBUG"])

    @rows(
        where_debug_is_on_without_it=('DEBUG = ENV == "development"', 'os.environ.get("DJANGO_ENV", "development")', True),
        where_nothing_loads_without_it=("", 'os.environ["DJANGO_ENV"]', True),
        but_not_where_that_may_be_production_too=("", 'os.environ.get("DJANGO_ENV", "prod")', False),
    )  # fmt: skip
    def test_counts(self, debug, env, does):
        # A key of production's that is too weak; and a file that only production's storage misses.
        lines = "ENV = %s\n%s\nSTORAGES = %r\n%s" % (env, debug, storages(""), OF_PRODUCTION % storages("Manifest"))
        css = {"shop/static/shop/shop.css": append("\nbody { background: url(no-such.png) }\n")}
        run = probe(Project(faults.end_of_settings(lines), css), checks=["system", "static"])
        supplied = {each["id"]: each.get("supplied", "") for each in run.findings()}
        self.assertHas(dict.fromkeys(IDS, "" if does else "shipshape"), supplied)

    @rows(
        that_names_production_otherwise=('if ENV == "prod":\n    SESSION_COOKIE_SECURE = True', "shipshape"),
        that_does_not=("", ""),
    )
    def test_of_a_project_for_development_without_it(self, lines, supplied):
        lines = (
            'ENV = os.environ.get("DJANGO_ENV", "dev")\nDEBUG = ENV == "dev"\nSESSION_COOKIE_SECURE = False\n%s' % lines
        )
        css = {"shop/static/shop/shop.css": append("\nbody { background: url(no-such.png) }\n")}
        overlay = faults.end_of_settings(lines + "\nSTORAGES = %r" % storages("Manifest"))
        run = probe(Project(overlay, css), checks=["system", "static"])
        found = run.finding("security.W012")
        self.assertEqual(supplied, found.get("supplied", ""))
        self.assertEqual(bool(supplied), "call production by another name" in found["hint"])
        self.assertEqual(bool(supplied), "another name" in "".join(run.check("system")["notes"]))
        self.assertNotIn("supplied", run.finding("static.missing-reference"))

    def test_of_a_project_for_development_in_both_ways_asks_for_productions_name(self):
        lines = 'DEBUG = os.environ.get("DJANGO_ENV", "dev") != "prod"'
        run = probe(Project(faults.end_of_settings(lines)), checks=["system"])
        self.assertEqual(["security.W018"], run.failing_ids())
        self.assertIn("another name than DJANGO_ENV=production", run.check("system")["notes"][0])

    def test_has_given_values_that_are_shown_with_those_that_they_replace(self):
        lines = 'ALLOWED_HOSTS = ["a.shop.com" if os.environ.get("DJANGO_ENV", "prod") == "prod" else "b.shop.com"]'
        run = probe(Project(faults.end_of_settings(lines)), checks=["settings"])
        self.assertEqual(
            {"value": ["b.shop.com"], "supplied": "project", "without": ["a.shop.com"]},
            run.report["settings"]["ALLOWED_HOSTS"],
        )

    def test_is_compared_in_each_check(self):
        lines = 'if os.environ.get("DJANGO_ENV", "prod") != "prod":\n    MIGRATION_MODULES = {"shop": "mysite.none"}'
        overlay = {**faults.end_of_settings(lines), "mysite/none/__init__.py": ""}
        found = probe(Project(overlay), checks=["system", "migrations"]).finding("migrations.missing")
        self.assertEqual("shipshape", found["supplied"])

    def test_is_given_up_where_settings_that_do_not_know_it_crash(self):
        lines = 'if os.environ.get("DJANGO_ENV", "prod") != "prod":\n    import debug_tools'
        run = probe(Project(faults.end_of_settings(lines)))
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()))
        self.assertIn("do not take DJANGO_ENV=production", run.check("system")["notes"][0])
        error = probe(Project(faults.end_of_settings(lines + "\nimport gone_for_ever"))).error()
        self.assertHas({"kind": "missing-module", "module": "debug_tools"}, error)

    def test_is_chosen_by_manage_py_too(self):
        manage = {
            "manage.py": replace(
                "import os\n", 'import os\nNAME = os.environ["DJANGO_ENV"]\nKEY = os.environ["SECRET_KEY"]\n'
            )
        }
        run = probe(Project(manage))
        self.assertEqual((COMPLETED, []), (run.statuses(), run.failing()))
        self.assertEqual([], run.check("system")["notes"])
