"""Choices that are computed when the models are imported: newer data in the image is no forgotten migration."""

import faults
from faults import MODELS, PRICE
from harness import RunTest, django_version, probe, rows
from projects import Project, temporary_folder, written

# Two installed packages.
PACKAGES = {
    "tz_names": "ZONES = ['Europe/Vienna', 'Asia/Kolkata']\nNAMES = {'EUR': 'Euro', 'INR': 'Rupee'}\n\n\n"
    "def zones():\n    return list(ZONES)\n\n\ndef name_of(code):\n    return NAMES[code]\n\n\n"
    "def Choices(*values):\n    return [(value, value) for value in values]\n",
    "tz_fields": "from django.db import models\n\nCODES = [('EUR', 'Euro'), ('INR', 'Rupee')]\n\n\n"
    "class ZoneField(models.CharField):\n"
    "    def __init__(self, *arguments, **options):\n"
    "        options.setdefault('choices', [('Europe/Vienna', 'Vienna')])\n"
    "        super().__init__(*arguments, **options)\n\n\n"
    "class Money(models.IntegerField):\n"
    "    def __init__(self, *arguments, zone_choices=CODES, **options):\n"
    "        self.zone_choices = zone_choices\n        super().__init__(*arguments, **options)\n\n"
    "    def contribute_to_class(self, cls, name, **options):\n"
    "        cls.add_to_class('zone', ZoneField(max_length=40, choices=self.zone_choices))\n"
    "        super().contribute_to_class(cls, name, **options)\n\n"
    "    def deconstruct(self):\n        name, _, arguments, options = super().deconstruct()\n"
    "        return name, 'django.db.models.IntegerField', arguments, options\n",
}
IMPORT = "from tz_fields import Money, ZoneField\n"
ZONE_FIELD = "__import__('tz_fields').ZoneField"
MONEY = "migrations.AddField('product', 'cents', models.IntegerField(default=0)), "


def field(text, imports="", before="[('UTC', 'UTC')]", kind="models.CharField", more=""):
    """A line of the model, and a migration with other choices of its field `zone`."""
    old = "%smigrations.AddField('product', 'zone', %s(max_length=40, choices=%s))" % (more, kind, before)
    return {
        MODELS: lambda models: imports + "\n" + models.replace(PRICE, PRICE + "    %s\n" % text),
        **faults.migration("0002_zone", "0001_initial", old),
    }


def zone(choices, imports="", **options):
    return field("zone = models.CharField(max_length=40, choices=%s)" % choices, imports, **options)


class Choices(RunTest):
    depends_on = "Django"

    def missing(self, *overlays):
        folder = temporary_folder()
        for name, text in PACKAGES.items():
            written(text, name + "/__init__.py", folder)
        written("Name: tz-names\nVersion: 2.9\n", "tz_names-2.9.dist-info/METADATA", folder)
        run = probe(Project(*overlays), checks=["migrations"], image={"PYTHONPATH": folder})
        self.assertEqual({"migrations": "completed"}, run.statuses(), run.text())
        return run.finding("migrations.missing")

    @rows(
        # babybuddy/babybuddy: the time zone of a user
        pythons_time_zones=(
            zone("sorted((each, each) for each in zoneinfo.available_timezones())", "import zoneinfo"),
            "zoneinfo.available_timezones",
        ),
        a_package=(zone("tuple(zip(tz_names.ZONES, tz_names.ZONES))", "import tz_names"), "tz_names.ZONES"),
        a_package_by_a_constant=(
            zone("ZONES", "from tz_names import zones\n\nZONES = [(each, each) for each in zones()]\n"), "tz_names.zones",
        ),
        a_package_by_a_function=(
            zone("all()", "def all():\n    from tz_names import ZONES\n\n    return [(each, each) for each in ZONES]\n"),
            "tz_names.ZONES",
        ),
        a_package_by_another_module=(
            {**zone("ZONES", "from .zones import ZONES\n"),
             "shop/zones.py": "import tz_names as names\n\nZONES = [(each, each) for each in names.ZONES]\n"},
            "tz_names.ZONES",
        ),
        a_package_by_a_name_of_the_class=(
            field("ALL = [(each, each) for each in zones()]\n    zone = models.CharField(max_length=40, choices=ALL)",
                  "from tz_names import zones"),
            "tz_names.zones",
        ),
        a_package_for_the_labels_alone=(
            zone("[(code, name_of(code)) for code in ('EUR', 'INR')]", "from tz_names import name_of",
                 before="[('EUR', 'Euro'), ('INR', 'Indian Rupee')]"),
            "tz_names.name_of",
        ),
        djangos_default_of_a_setting=(
            zone("settings.LANGUAGES", "from django.conf import settings"), "django.conf.global_settings.LANGUAGES",
        ),
        the_clock=(
            zone("[(str(year), year) for year in range(2000, date.today().year + 1)]", "from datetime import date"),
            "date.today()",
        ),
        a_packages_field=(field("zone = ZoneField(max_length=40)", IMPORT, kind=ZONE_FIELD), "tz_fields.ZoneField"),
        # seanmorley15/AdventureLog: the currency that django-money's MoneyField adds
        a_field_that_a_package_adds=(
            field("cents = Money(default=0)", IMPORT, kind=ZONE_FIELD, more=MONEY), "tz_fields.ZoneField",
        ),
    )  # fmt: skip
    def test_from_elsewhere_are_information(self, overlay, source):
        missing = self.missing(overlay)
        self.assertHas({"level": "INFO", "object": "shop.Product.zone", "file": MODELS}, missing)
        self.assertIn("They are computed by %s when the models are imported" % source, missing["message"])
        self.assertIn("choices=FUNCTION", missing["hint"])
        self.assertEqual(django_version() < (5, 0), "set them in the form" in missing["hint"])
        self.assertNotIn("details", missing)

    def test_have_the_line_of_the_choices(self):
        overlay = field(
            "zone = models.CharField(\n        max_length=40,\n        choices=[(each, each) for each in ZONES],\n    )",
            "from tz_names import ZONES",
        )
        project = Project(overlay)
        self.assertIn("choices=[", project.read(MODELS).splitlines()[self.missing(overlay)["line"] - 1])

    @rows(
        literal=zone("[('GMT', 'Greenwich')]"),
        a_constant=zone("ZONES", "ZONES = (('GMT', 'Greenwich'),)\n"),
        computed_from_a_constant=zone("[(each, each.lower()) for each in ZONES]", "ZONES = ['GMT']\n"),
        an_enumeration=zone(
            "Zone.choices",
            "from django.db import models\n\n\nclass Zone(models.TextChoices):\n    GMT = 'GMT', 'Greenwich'\n",
        ),
        numbers=zone("[(str(each), each) for each in range(3)]"),
        translated=zone("[('GMT', _('Greenwich'))]", "from django.utils.translation import gettext_lazy as _"),
        literals_that_a_package_arranges=zone("Choices('GMT', 'CET')", "from tz_names import Choices"),
        a_setting_of_the_projects_own={
            **zone("settings.LANGUAGES", "from django.conf import settings"),
            **faults.end_of_settings("LANGUAGES = [('de', 'German')]"),
        },
        codes_of_ones_own_with_a_packages_labels=zone(
            "[(code, name_of(code)) for code in ('EUR', 'INR')]",
            "from tz_names import name_of",
            before="[('EUR', 'Euro')]",
        ),
        a_package_and_a_literal={
            **field(
                "size = models.CharField(max_length=9, choices=[('s', 'S')])\n"
                "    zone = models.CharField(max_length=40, choices=[(each, each) for each in ZONES])",
                "from tz_names import ZONES",
                more="migrations.AddField('product', 'size', models.CharField(max_length=9)), ",
            )
        },
        more_than_choices=zone("[(each, each) for each in ZONES], default='UTC'", "from tz_names import ZONES"),
        given_to_a_packages_field=field(
            "cents = Money(default=0, zone_choices=[('EUR', 'Euro')])", IMPORT, kind=ZONE_FIELD, more=MONEY
        ),
    )
    def test_of_the_projects_own_are_an_error_with_the_file_to_commit(self, *overlays):
        missing = self.missing(*overlays)
        self.assertHas({"level": "ERROR", "file": MODELS}, missing)
        self.assertIn("class Migration", missing["details"]["text"])
