"""What is right passes and what is wrong is found, on the Python and the Django of this environment."""

import sys

import faults
from harness import RunTest, probe
from projects import Project


class Versions(RunTest):
    depends_on = "everything"

    def test_what_is_right_passes(self):
        import django

        run = probe(Project())
        self.assertEqual([], run.failing())
        self.assertEqual(django.get_version(), run.report["django"]["version"])
        self.assertEqual("%d.%d.%d" % sys.version_info[:3], run.report["python"]["version"])

    def test_what_is_wrong_is_found(self):
        run = probe(Project(faults.new_field, faults.missing_png))
        self.assertEqual(["migrations.missing", "static.missing-reference"], sorted(run.failing_ids()))

    def test_the_text_of_a_missing_migration_can_be_run(self):
        text = probe(Project(faults.new_field)).finding("migrations.missing")["details"]["text"]
        fixed = probe(Project(faults.new_field, {"shop/migrations/0002_weight.py": text}))
        self.assertEqual([], fixed.failing())
