"""Apps of installed packages: nothing in their migrations is for the project to commit."""

import os
from unittest import mock

import faults
from faults import SETTINGS
from harness import RunTest, TableTest, probe, rows
from projects import Project, replace, temporary_folder, written
from shipshape_probe import first_party


def installed(files):
    """A folder that Python takes for that of installed packages, with these files, and how the image names it."""
    folder = os.path.join(temporary_folder(), "site-packages")
    for name, text in files.items():
        written(text, name, folder)
    return {"PYTHONPATH": folder}


TEA = "from django.db import models\n\n\nclass Tea(models.Model):\n    name = models.CharField(max_length=9)\n\n    class Meta:\n        app_label = 'tea'\n"
ADDS_TEA = {SETTINGS: replace('    "shop",\n', '    "shop",\n    "tea",\n')}
INITIAL = (
    "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n"
    "    operations = [migrations.CreateModel('Tea', [('id', models.BigAutoField(primary_key=True, serialize=False,"
    " auto_created=True, verbose_name='ID')), ('name', models.CharField(max_length=%d))])]\n"
)
METADATA = {
    "tea_leaves-2.9.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea-leaves\nVersion: 2.9\n",
    "tea_leaves-2.9.dist-info/top_level.txt": "tea\n",
}


class Clones(TableTest):
    @rows(
        installed=("/venv/src/django-tea/tea/models.py", False),
        projects=("/venv/src/chandlery/shop/models.py", True),
        elsewhere=("/app/src/shop/models.py", True),
    )
    def test_in_a_virtual_environment_are_installed(self, path, own):
        with mock.patch.object(first_party, "CLONES", "/venv/src/"):
            self.assertEqual(own, first_party.FirstParty(["shop"]).owns(path))


class InstalledApps(RunTest):
    def run_with(self, files, *overlays):
        image = installed({"tea/__init__.py": "", "tea/models.py": TEA, **METADATA, **files})
        return probe(Project(ADDS_TEA, *overlays), checks=["migrations"], image=image)

    def test_without_migrations_are_information(self):
        found = self.run_with({}).finding("migrations.no-package")
        self.assertEqual("INFO", found["level"])
        self.assertIn("tea is an installed package and not the project's own app", found["hint"])
        self.assertNotIn("commit", found["hint"])

    def test_with_a_change_that_is_not_in_them_are_information_without_a_file_to_commit(self):
        # ui/django-post_office#391, thornomad/django-hitcount#142
        found = self.run_with(
            {"tea/migrations/__init__.py": "", "tea/migrations/0001_initial.py": INITIAL % 8}
        ).finding("migrations.missing")
        self.assertEqual("INFO", found["level"])
        self.assertNotIn("details", found)
        self.assertIn("tea is an installed package", found["hint"])

    def test_with_migrations_that_cannot_be_loaded_are_information(self):
        run = self.run_with(
            {"tea/migrations/__init__.py": "", "tea/migrations/0001_initial.py": "import nowhere_at_all\n"}
        )
        self.assertEqual("INFO", run.finding("migrations.broken")["level"])

    def test_with_two_last_migrations_are_information(self):
        second = (INITIAL % 9).replace("dependencies = []", "dependencies = [('tea', '0001_initial')]")
        second = second[: second.index("    operations")] + "    operations = []\n"
        run = self.run_with(
            {
                "tea/migrations/__init__.py": "",
                "tea/migrations/0001_initial.py": INITIAL % 9,
                "tea/migrations/0002_a.py": second,
                "tea/migrations/0002_b.py": second,
            }
        )
        self.assertEqual("INFO", run.finding("migrations.conflict")["level"])

    def test_that_lack_a_migration_which_the_project_needs_are_named_with_their_version(self):
        # dj-stripe/dj-stripe#1423, jazzband/django-recurrence#235, StamusNetworks/scirius#87
        needs = faults.migration("0002_tea", "0001_initial")
        needs = {
            name: text.replace("dependencies = [", 'dependencies = [("tea", "0005_2_2"), ')
            for name, text in needs.items()
        }
        found = self.run_with(
            {"tea/migrations/__init__.py": "", "tea/migrations/0001_initial.py": INITIAL % 9}, needs
        ).finding("migrations.broken")
        self.assertHas({"level": "ERROR", "file": "shop/migrations/0002_tea.py"}, found)
        self.assertIn("tea is an installed package (tea-leaves 2.9)", found["hint"])
        self.assertIn("0005_2_2", found["message"])

    def test_that_are_not_in_the_settings_are_named(self):
        needs = faults.migration("0002_tea", "0001_initial")
        needs = {
            name: text.replace("dependencies = [", 'dependencies = [("coffee", "0001_initial"), ')
            for name, text in needs.items()
        }
        found = self.run_with({"tea/migrations/__init__.py": ""}, needs).finding("migrations.broken")
        self.assertIn("There is no app coffee in INSTALLED_APPS", found["hint"])
