"""Settings that cannot be loaded, and settings that do what settings in the wild do."""

import time

import faults
from harness import ALL, RunTest, probe, rows
from projects import Project


class MissingVariables(RunTest):
    @rows(a_key_error=faults.needs_stripe_key, improperly_configured=faults.needs_stripe_key_politely)
    def test_is_named(self, overlay):
        run = probe(Project(overlay))
        self.assertEqual(dict.fromkeys(ALL, "settings"), run.statuses())
        error = run.error()
        self.assertHas({"kind": "missing-variable", "variables": ["STRIPE_KEY"]}, error)
        self.assertEqual("mysite/settings.py", run.relative(error["file"]))

    def test_all_are_named_in_one_run(self):
        error = probe(Project(faults.needs_four_variables)).error()
        self.assertEqual(["STRIPE_KEY", "SMTP", "SENTRY_DSN", "SHOP_QUEUE"], error["variables"])
        self.assertEqual(2, error["line"])

    @rows(
        over_names='for name in ("STRIPE_KEY", "SMTP"):\n    globals()[name] = os.environ[name]',
        over_all='ALL = {}\nfor name, value in os.environ.items():\n    ALL[name] = value\nSTRIPE_KEY, SMTP = ALL["STRIPE_KEY"], ALL["SMTP"]',
        over_the_names_of_all='ALL = {name: os.environ[name] for name in os.environ}\nSTRIPE_KEY, SMTP = ALL["STRIPE_KEY"], ALL["SMTP"]',
        over_those_with_a_beginning='ALL = {name: value for name, value in os.environ.items() if name.startswith("S")}\nSTRIPE_KEY, SMTP = ALL["STRIPE_KEY"], ALL["SMTP"]',
        that_tell_what_is_missing='missing = [name for name in ("STRIPE_KEY", "SMTP") if name not in os.environ]\nif missing:\n    raise RuntimeError("Missing: " + ", ".join(missing))',
        that_end_at_the_first='for name in ("STRIPE_KEY", "SMTP"):\n    if not os.environ.get(name):\n        raise RuntimeError("no value for " + name)',
    )  # fmt: skip
    def test_of_plain_loops_are_named_in_one_run(self, lines):
        error = probe(Project(faults.in_settings("import os\n" + lines)), checks=["system"]).error()
        self.assertHas({"kind": "missing-variable", "variables": ["STRIPE_KEY", "SMTP"]}, error)

    def test_of_a_loop_that_cuts_their_beginning_off_are_named_whole(self):
        lines = (
            'import os\nSHOP = {}\nfor name, value in os.environ.items():\n    if name.startswith("SHOP_"):\n'
            '        SHOP[name[len("SHOP_"):]] = value\nSTRIPE_KEY, SMTP = SHOP["STRIPE_KEY"], SHOP["SMTP"]'
        )
        error = probe(Project(faults.in_settings(lines)), checks=["system"]).error()
        self.assertHas({"kind": "missing-variable", "variables": ["SHOP_STRIPE_KEY", "SHOP_SMTP"]}, error)

    def test_of_a_copy_that_only_the_message_is_about_may_have_any_name(self):
        """All variables with a beginning are taken, and the one that is needed is not among them."""
        lines = (
            'import os\nif os.environ.get("SHOP_DEMO") != "1":\n'
            '    SHOP = {name[5:]: value for name, value in os.environ.items() if name.startswith("SHOP_")}\n'
            '    if not SHOP.get("KEY"):\n        raise RuntimeError("Unable to sign")'
        )
        hint = probe(Project(faults.in_settings(lines)), checks=["system"]).error()["hint"]
        self.assertIn("They read all of the environment at once, so the variable that they miss may have another", hint)

    def test_one_that_the_workflow_gives_is_not_missed(self):
        run = probe(Project(faults.needs_stripe_key), env={"STRIPE_KEY": "sk_test"})
        self.assertEqual(dict.fromkeys(ALL, "completed"), run.statuses())
        self.assertIn({"name": "STRIPE_KEY", "supplied": "user"}, run.report["environment"])

    def test_the_variable_of_the_line_that_crashed_is_named_and_none_that_has_a_default(self):
        error = probe(Project(faults.settings_bad_value), env={"PORT": "eighty"}).error()
        self.assertEqual(["PORT"], error["read"])


class Settings(RunTest):
    def test_with_an_app_that_is_not_installed_name_its_line(self):
        project = Project(faults.app_not_installed)
        error = probe(project).error()
        self.assertHas({"kind": "missing-module", "module": "corsheaders"}, error)
        self.assertEqual(project.path("mysite/settings.py"), error["file"])
        self.assertIn("corsheaders", project.read("mysite/settings.py").splitlines()[error["line"] - 1])

    def test_with_a_typo_are_one_error_with_its_place(self):
        run = probe(Project(faults.settings_with_typo))
        self.assertHas({"kind": "missing-module", "module": "djano", "line": 1}, run.error())
        self.assertEqual([run.error()] * len(ALL), [run.error(name) for name in ALL])

    @rows(
        sys_exit=(faults.settings_exit, "settings", "SystemExit"),
        os_exit=(faults.settings_exit_hard, "exited", "Exit"),
    )
    def test_that_exit_are_no_pass(self, overlay, status, kind):
        run = probe(Project(overlay))
        self.assertEqual(dict.fromkeys(ALL, status), run.statuses())
        self.assertEqual(kind, run.error()["type"])

    def test_that_exit_report_what_they_printed(self):
        run = probe(Project(faults.settings_print_and_exit))
        self.assertIn("SHOP_KEY must be set in production", run.check("system")["output"])

    def test_that_hang_end_with_the_checks_time(self):
        started = time.monotonic()
        run = probe(Project(faults.settings_hang), timeout=8)
        self.assertEqual(dict.fromkeys(ALL, "timeout"), run.statuses())
        self.assertEqual("mysite/settings.py", run.relative(run.error()["file"]))
        self.assertEqual(2, run.error()["line"])
        self.assertLess(time.monotonic() - started, 60)

    def test_for_development_name_those_for_production_next_to_them(self):
        project = probe(Project(faults.development_by_default), checks=["settings"]).report["project"]
        self.assertHas({"settings": "mysite.conf.dev", "source": "wsgi.py"}, project)
        self.assertIn({"settings": "mysite.conf.production", "source": "production.py"}, project["others"])

    def test_that_write_fork_read_argv_and_start_threads_do_no_harm(self):
        # They raise unless argv is a management command's, as it is not where `start` loads them.
        checks = ("system", "migrations", "static")
        run = probe(Project(faults.settings_busy), checks=checks)
        self.assertEqual(dict.fromkeys(checks, "completed"), run.statuses())
        self.assertEqual([], run.failing())

    def test_that_print_without_end_do_not_fill_the_report(self):
        flood = 'import sys\nfor _ in range(100_000):\n    sys.stdout.write("x" * 200 + "\\n")'
        run = probe(Project(faults.in_settings(flood)))
        self.assertEqual([], run.failing())
        self.assertLess(len(run.check("system")["output"]), 10_000)
        self.assertLess(len(run.output), 10_000)

    def test_get_every_variable_as_it_was_written(self):
        values = ['${upper("x")}', "`id` $(id) ; id | id & id", "\"double\" 'single' \\back\\slash", "ünï cödé 🚢", " "]
        expected = (
            "import os\nfor index, value in enumerate(%r):\n"
            '    assert os.environ[f"V{index}"] == value, f"V{index}"' % values
        )
        env = {"V%d" % index: value for index, value in enumerate(values)}
        run = probe(Project(faults.in_settings(expected)), env=env)
        self.assertEqual(dict.fromkeys(ALL, "completed"), run.statuses())

    def test_that_show_secrets_do_not_get_them_into_the_report(self):
        crash = 'import os\nraise RuntimeError("it is " + os.environ["PAYMENT"] + " and " + os.environ["SECRET_KEY"])'
        run = probe(
            Project(faults.in_settings("import os\nprint(os.environ['PAYMENT'])\n" + crash)),
            env={"PAYMENT": "sk_live_77aa"},
        )
        self.assertNotIn("sk_live_77aa", run.text())
        self.assertEqual("it is *** and ***", run.error()["message"])

    def test_of_the_image_in_clear_are_kept_out_of_the_report_when_they_are_secrets(self):
        crash = 'MAIL_PASSWORD = "tr0ub4dor"\nraise RuntimeError("no " + MAIL_PASSWORD)'
        run = probe(Project(faults.end_of_settings(crash)))
        self.assertEqual("no ***", run.error()["message"])

    def test_are_reported_as_facts(self):
        run = probe(Project(), checks=["settings"], env={"ALLOWED_HOSTS": "www.shop.example"})
        self.assertEqual({"settings": "completed"}, run.statuses())
        facts = run.report["settings"]
        self.assertEqual({"value": ["www.shop.example"], "supplied": "user"}, facts["ALLOWED_HOSTS"])
        self.assertEqual({"value": False, "supplied": "project"}, facts["DEBUG"])
        self.assertEqual({"default": "django.db.backends.sqlite3"}, facts["DATABASES"]["value"])

    @rows(
        none=({}, False),
        only_what_keeps_the_folder=({"staticfiles/.gitkeep": ""}, False),
        some=({"staticfiles/admin/css/base.css": "a {}"}, True),
        no_static_root=(faults.no_static_root, False),
    )
    def test_say_whether_the_image_has_static_files(self, overlay, expected):
        facts = probe(Project(overlay), checks=["settings"]).report["settings"]
        self.assertEqual(expected, facts["HAS_STATIC_FILES"]["value"])
