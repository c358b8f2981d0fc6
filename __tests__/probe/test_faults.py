"""A project with one fault, or several: which check finds it, as what, and where."""

import os

import faults
from harness import ALL, RunTest, django_version, has_network, probe, rows
from projects import Project, append, without_lines

IGNORES_OLD_SETTINGS = django_version() >= (5, 1)


class OneFault(RunTest):
    depends_on = "Django"

    @rows(
        debug_on=(faults.debug_on, ("system", "security.W018"), "mysite/settings.py", 7),
        no_allowed_hosts=(faults.no_allowed_hosts, ("system", "security.W020"), "mysite/settings.py", 8),
        clashing_relations=(faults.clashing_relations, ("system", "fields.E304"), "shop/models.py", None),
        a_field_without_a_migration=(faults.new_field, ("migrations", "migrations.missing"), "shop/models.py", 15),
        a_required_field_where_makemigrations_would_ask=(
            faults.new_required_field,
            ("migrations", "migrations.missing"),
            "shop/models.py",
            15,
        ),
        models_without_a_migrations_package=(
            faults.no_migrations_package,
            ("migrations", "migrations.no-package"),
            "shop/models.py",
            4,
        ),
        two_leaf_migrations=(
            faults.two_leaves,
            ("migrations", "migrations.conflict"),
            "shop/migrations/0002_right.py",
            None,
        ),
        a_migration_that_cannot_be_imported=(
            faults.broken_migration_import,
            ("migrations", "migrations.broken"),
            "shop/migrations/0002_broken.py",
            1,
        ),
        a_migration_whose_parent_is_missing=(
            faults.missing_parent,
            ("migrations", "migrations.broken"),
            "shop/migrations/0003_orphan.py",
            None,
        ),
        migrations_in_a_circle=(faults.circle, ("migrations", "migrations.broken"), None, None),
        a_file_in_migrations_that_is_none=(
            faults.not_a_migration,
            ("migrations", "migrations.broken"),
            "shop/migrations/0002_notes.py",
            None,
        ),
        a_style_sheet_that_asks_for_a_missing_image=(
            faults.missing_png,
            ("static", "static.missing-reference"),
            "shop/static/shop/shop.css",
            10,
        ),
        a_style_sheet_that_is_not_utf8=(
            faults.css_not_utf8,
            ("static", "static.not-utf8"),
            "shop/static/shop/old.css",
            1,
        ),
        style_sheets_in_a_circle=(faults.css_circle, ("static", "static.max-passes"), None, None),
        no_static_root=(faults.no_static_root, ("static", "static.root-unset"), "mysite/settings.py", None),
    )
    def test_is_found(self, overlay, fault, file, line):
        run = probe(Project(overlay))
        self.assertEqual([fault], run.failing())
        self.assertEqual(dict.fromkeys(ALL, "completed"), run.statuses())
        places = [(each["file"], each.get("line")) for each in run.findings() if each["id"] == fault[1]]
        if file:
            self.assertIn(file, [place[0] for place in places])
        if line:
            self.assertIn((file, line), places)

    def test_the_old_storage_setting_is_found_where_django_ignores_it(self):
        run = probe(Project(faults.dead_storage_setting))
        if not IGNORES_OLD_SETTINGS:
            self.assertEqual([], run.failing())
            return
        self.assertEqual([("static", "static.dead-setting")], run.failing())
        self.assertEqual("STATICFILES_STORAGE", run.finding("static.dead-setting")["object"])
        self.assertIn(faults.manifest_storage, run.finding("static.dead-setting")["hint"])

    def test_faults_of_all_checks_are_found_in_one_run(self):
        run = probe(Project(faults.debug_on, faults.new_field, faults.missing_png))
        self.assertEqual(["migrations.missing", "security.W018", "static.missing-reference"], sorted(run.failing_ids()))

    def test_a_project_without_fault_has_no_finding_that_counts(self):
        run = probe(Project())
        self.assertEqual([], run.failing())
        self.assertEqual(["static.not-collected"], [each["id"] for each in run.findings()])
        self.assertEqual("INFO", run.finding("static.not-collected")["level"])
        self.assertEqual(["report/report.json"], run.left)
        self.assertIsNone(run.report["error"])

    def test_only_the_checks_that_were_asked_for_run(self):
        run = probe(Project(faults.new_field), checks=["static", "system"])
        self.assertEqual({"static": "completed", "system": "completed"}, run.statuses())
        self.assertEqual([], run.failing())


class Migrations(RunTest):
    depends_on = "Django"

    def test_a_missing_one_is_told_with_its_operations_and_the_text_of_the_file(self):
        missing = probe(Project(faults.new_field), checks=["migrations"]).finding("migrations.missing")
        self.assertHas({"level": "ERROR", "object": "shop.Product.weight"}, missing)
        self.assertEqual("shop", missing["details"]["app"])
        self.assertEqual(
            ["Add field weight to product"], [each.lstrip("+ ") for each in missing["details"]["operations"]]
        )
        self.assertIn("class Migration(migrations.Migration)", missing["details"]["text"])
        self.assertRegex(missing["details"]["path"], r"/shop/migrations/0002_\w+\.py$")
        self.assertIn("Run `makemigrations shop`", missing["hint"])

    def test_a_missing_default_is_named(self):
        missing = probe(Project(faults.new_required_field), checks=["migrations"]).finding("migrations.missing")
        self.assertIn("product.weight, which may not be null", missing["hint"])

    def test_a_possible_rename_is_named(self):
        missing = probe(Project(faults.renamed_field), checks=["migrations"]).finding("migrations.missing")
        self.assertIn("If you renamed the field price to cost", missing["hint"])

    def test_a_makemigrations_of_the_projects_own_is_honoured(self):
        own = probe(Project(faults.help_text, faults.own_makemigrations), checks=["migrations"])
        self.assertEqual([], own.failing())
        djangos = probe(Project(faults.help_text), checks=["migrations"])
        self.assertEqual(["migrations.missing"], djangos.failing_ids())

    def test_a_makemigrations_that_fails_is_replaced_by_djangos_with_a_note(self):
        broken = {"shop/management/commands/makemigrations.py": "import nowhere_at_all\n"}
        run = probe(Project(faults.help_text, faults.own_makemigrations, broken), checks=["migrations"])
        self.assertEqual(["migrations.missing"], run.failing_ids())
        self.assertIn("used Django's", run.check("migrations")["notes"][0])


class StaticFiles(RunTest):
    depends_on = "Django"

    def test_that_are_not_collected_are_information(self):
        run = probe(Project(), checks=["static"])
        found = run.finding("static.not-collected")
        self.assertHas({"level": "INFO", "file": "mysite/settings.py"}, found)
        self.assertEqual("staticfiles/staticfiles.json", run.relative(found["object"]))
        self.assertIn("Collect in the Dockerfile", found["hint"])
        collects = probe(Project(), checks=["static"], collects=["RUN python manage.py collectstatic --noinput"])
        self.assertIn("The Dockerfile runs collectstatic", collects.finding("static.not-collected")["hint"])

    def test_that_the_dockerfile_collects_are_no_finding(self):
        project = Project()
        project.collect()
        self.assertEqual([], probe(project, checks=["static"]).findings())

    def test_in_a_storage_that_is_not_installed_name_the_requirement(self):
        hint = probe(Project(faults.storage_not_installed), checks=["static"]).finding("static.storage")["hint"]
        self.assertEqual("whitenoise is not installed in the image: add it to the requirements.", hint)

    def test_of_a_remote_storage_are_checked_without_its_bucket(self):
        healthy = probe(Project(faults.remote_storage), checks=["static"])
        self.assertEqual([], healthy.failing())
        self.assertEqual("INFO", healthy.finding("static.remote-storage")["level"])
        faulty = probe(Project(faults.remote_storage, faults.missing_png), checks=["static"])
        self.assertEqual(["static.missing-reference"], faulty.failing_ids())

    def test_of_one_name_are_reported_when_their_contents_differ(self):
        found = probe(Project(faults.duplicate_css), checks=["static"]).finding("static.duplicate")
        self.assertHas({"level": "INFO", "object": "shop/shop.css", "file": "mysite/static/shop/shop.css"}, found)

    def test_are_not_written_into_the_project(self):
        project = Project()
        probe(project, checks=["static"])
        self.assertFalse(os.path.exists(project.path("staticfiles")))


class SystemChecks(RunTest):
    depends_on = "Django"

    def test_security_findings_say_what_to_write(self):
        run = probe(Project(faults.bare_security), checks=["system"])
        for id in ("security.W004", "security.W008", "security.W012", "security.W016"):
            with self.subTest(id):
                self.assertIn("Write ", run.finding(id)["hint"])
                self.assertEqual("mysite/settings.py", run.finding(id)["file"])
        self.assertIn("ignore security.W008", run.finding("security.W008")["hint"])

    def test_the_line_of_a_branch_that_did_not_run_is_not_the_place(self):
        of_settings = without_lines('    "django.middleware.security')
        of_branch = append('\nif DEBUG:\n    MIDDLEWARE += ["shop.middleware.Timer"]\n')
        project = Project({"mysite/settings.py": of_settings}, {"mysite/settings.py": of_branch})
        found = probe(project, checks=["system"]).finding("security.W001")
        self.assertEqual("MIDDLEWARE = [", project.read("mysite/settings.py").splitlines()[found["line"] - 1])

    def test_a_boolean_that_is_a_string_is_named(self):
        overlay = faults.end_of_settings('CSRF_COOKIE_SECURE = "True"')
        hint = probe(Project(overlay), checks=["system"]).finding("security.W016")["hint"]
        self.assertIn('CSRF_COOKIE_SECURE is the string "True"', hint)

    def test_a_check_that_fails_for_want_of_a_service_is_information(self):
        if has_network():
            self.skipTest("there is a network here")
        run = probe(Project(faults.check_of_a_service), checks=["system"])
        self.assertEqual("INFO", run.finding("shop.E001")["level"])
        self.assertIn("without network", run.finding("shop.E001")["hint"])
        self.assertEqual(["shop.E002"], run.failing_ids())

    def test_silenced_ones_are_counted(self):
        overlay = faults.end_of_settings('DEBUG = True\nSILENCED_SYSTEM_CHECKS = ["security.W018"]')
        run = probe(Project(overlay), checks=["system"])
        self.assertEqual([], run.failing())
        self.assertEqual(1, run.check("system")["silenced"])

    def test_a_setting_that_holds_a_value_of_ours_is_marked(self):
        project = Project(faults.end_of_settings("SECURE_REFERRER_POLICY = ALLOWED_HOSTS[0]"))
        self.assertEqual("shipshape", probe(project, checks=["system"]).finding("security.E023")["supplied"])
        theirs = probe(project, checks=["system"], image={"ALLOWED_HOSTS": "shop.example"})
        self.assertNotIn("supplied", theirs.finding("security.E023"))

    def test_messages_with_odd_characters_and_no_id_arrive(self):
        body = (
            'yield Error("\\ud800 lone, \\x00 null, \\x1b[2J clear", id="shop.E002")\n'
            'yield Warning("a | b", id=None)\n'
            'yield Error("at", obj=object(), id="shop.E001")\n'
            'for _ in range(300):\n    yield Error("again", id="shop.E003")'
        )
        run = probe(Project(faults.own_check(body)), checks=["system"])
        self.assertEqual(300, run.finding("shop.E003")["count"])
        self.assertIn("lone", run.finding("shop.E002")["message"])
        self.assertEqual("<object object>", run.finding("shop.E001")["object"])
        self.assertEqual(1, len([each for each in run.findings() if each["message"] == "a | b"]))
