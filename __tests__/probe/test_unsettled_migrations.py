"""Changes of the models that every process has another one of: what the `migrations` check says about them."""

import faults
from faults import MODELS
from harness import RunTest, probe, rows
from projects import Project, replace

PRICE = faults.PRICE


def computed(expression, imports="", kind="CharField", options="max_length=80"):
    """A field with this default, and a migration that has another value of it."""
    return {
        MODELS: lambda before: (
            imports
            + "\n"
            + before.replace(PRICE, PRICE + "    ref = models.%s(%s, default=%s)\n" % (kind, options, expression))
        ),
        **faults.migration(
            "0002_ref",
            "0001_initial",
            "migrations.AddField('product', 'ref', models.%s(%s, default=None))" % (kind, options),
        ),
    }


class Unsettled(RunTest):
    """Changes that every process has another one of."""

    depends_on = "Django"

    @rows(
        # cfahlgren1/Bounce#15
        uuid=(computed("uuid.uuid4()", "import uuid", "UUIDField", "editable=False"), "default=uuid.uuid4."),
        # hydroshare/hydroshare#392, FOSSEE/online_test#245
        now=(
            computed("datetime.now()", "from datetime import datetime", "DateTimeField", "null=True"),
            "default=datetime.now.",
        ),
        djangos_now=(
            computed("timezone.now()", "from django.utils import timezone", "DateTimeField", "null=True"),
            "default=timezone.now.",
        ),
        today=(computed("date.today()", "from datetime import date", "DateField", "null=True"), "default=date.today."),
        token=(computed("secrets.token_hex()", "import secrets"), "default=secrets.token_hex."),
        random=(
            computed("random.random()", "import random", "FloatField", "null=True"),
            "default=random.random.",
        ),
        with_arguments=(
            computed("get_random_string(12)", "from django.utils.crypto import get_random_string"),
            "Write a function that returns it",
        ),
        of_the_year=(
            computed("date.today().year", "from datetime import date", "IntegerField", "null=True"),
            "Write a function that returns it",
        ),
        of_a_constant=(
            computed("TODAY", "from datetime import date\n\nTODAY = date.today()", "DateField", "null=True"),
            "Write a function that returns it",
        ),
        # iiuni/projektzapisy#574
        of_a_function_of_ones_own=(
            computed(
                "year()",
                "import datetime\n\n\ndef year():\n    return datetime.date.today().year\n",
                "IntegerField",
                "null=True",
            ),
            "default=year.",
        ),
    )
    def test_defaults_are_told_at_their_line_with_what_to_pass(self, overlay, hint):
        project = Project(overlay)
        missing = probe(project, checks=["migrations"]).finding("migrations.missing")
        self.assertHas({"level": "ERROR", "object": "shop.Product.ref", "file": MODELS}, missing)
        self.assertIn("ref = ", project.read(MODELS).splitlines()[missing["line"] - 1])
        self.assertIn("is computed when shop.models is imported", missing["message"])
        self.assertIn(hint, missing["hint"])
        self.assertNotIn("details", missing)

    @rows(
        callable=("uuid.uuid4", "import uuid", "UUIDField", "editable=False"),
        partial=("partial(uuid.uuid4)", "import uuid\nfrom functools import partial", "UUIDField", "editable=False"),
        constant=("Decimal('3')", "from decimal import Decimal", "DecimalField", "max_digits=8, decimal_places=2"),
        time_of_day=("time(9, 30)", "from datetime import time", "TimeField", "null=True"),
        duration=("timedelta(days=1)", "from datetime import timedelta", "DurationField", "null=True"),
        of_a_function_with_one_answer=("base()", "def base():\n    return 7\n", "IntegerField", "null=True"),
    )
    def test_defaults_that_stay_are_a_missing_migration_with_its_text(self, expression, imports, kind, options):
        overlay = computed(expression, imports, kind, options)
        missing = probe(Project(overlay), checks=["migrations"]).finding("migrations.missing")
        self.assertIn("have changes that no migration makes", missing["message"])
        self.assertIn("class Migration", missing["details"]["text"])

    def test_a_new_field_has_no_text_either(self):
        overlay = {MODELS: computed("uuid.uuid4()", "import uuid", "UUIDField", "editable=False")[MODELS]}
        missing = probe(Project(overlay), checks=["migrations"]).finding("migrations.missing")
        self.assertIn("default=uuid.uuid4.", missing["hint"])
        self.assertNotIn("details", missing)

    def test_choices_of_a_set_are_told(self):
        # MIT-LCP/physionet-build#2675, LPgenerator/django-db-mailer#69
        field = "    size = models.CharField(max_length=9, choices=SIZES)\n"
        sizes = 'SIZES = {("s%d" % n, "Size") for n in range(9)}\n'
        overlay = {
            MODELS: lambda before: sizes + before.replace(PRICE, PRICE + field),
            **faults.migration(
                "0002_size", "0001_initial", "migrations.AddField('product', 'size', models.CharField(max_length=9))"
            ),
        }
        missing = probe(Project(overlay), checks=["migrations"]).finding("migrations.missing")
        self.assertHas({"level": "ERROR", "object": "shop.Product.size", "file": MODELS}, missing)
        self.assertIn("come from a set", missing["message"])
        self.assertIn("sorted(…)", missing["hint"])
        self.assertNotIn("details", missing)

    @rows(
        from_another_module=(
            "from shop.refs import REF\n",
            "    ref = models.UUIDField(editable=False, default=REF)\n",
            {"shop/refs.py": "import uuid\n\nREF = uuid.uuid4()\n"},
        ),
        choices_that_a_set_ordered=(
            "SIZES = list({('s%d' % n, 'Size') for n in range(9)})\n",
            "    ref = models.CharField(max_length=9, choices=SIZES)\n",
            {},
        ),
        a_field_of_the_projects_own=(
            "import uuid\n\n\nclass Ref(models.UUIDField):\n"
            "    def __init__(self, **options):\n        options['default'] = uuid.uuid4()\n"
            "        super().__init__(**options)\n",
            "    ref = Ref(editable=False)\n",
            {},
        ),
    )
    def test_what_the_source_does_not_say_other_processes_do(self, before, field, more):
        text = "from django.db import models\n" + before
        name = "UUIDField(editable=False)" if "UUID" in before + field else "CharField(max_length=9)"
        overlay = {
            MODELS: lambda models: text + models.replace(PRICE, PRICE + field),
            **faults.migration("0002_ref", "0001_initial", "migrations.AddField('product', 'ref', models.%s)" % name),
            **more,
        }
        run = probe(Project(overlay))
        missing = run.finding("migrations.missing")
        self.assertHas({"level": "ERROR", "object": "shop.Product.ref", "file": MODELS}, missing)
        self.assertIn("Each process finds another change", missing["message"])
        self.assertIn("pass a callable", missing["hint"])
        self.assertNotIn("details", missing)
        self.assertEqual(["report/report.json"], run.left)

    def test_a_change_next_to_it_is_told_without_a_text(self):
        new = "    weight = models.PositiveIntegerField(default=0)\n"
        overlay = computed("uuid.uuid4()", "import uuid", "UUIDField", "editable=False")
        both = {**overlay, MODELS: lambda before: overlay[MODELS](before).replace(PRICE, PRICE + new)}
        found = probe(Project(both), checks=["migrations"]).findings()
        self.assertEqual(["migrations.missing"] * 2, [each["id"] for each in found])
        self.assertEqual({"shop.Product.ref", "shop.Product.weight"}, {each["object"] for each in found})
        self.assertEqual([], [each for each in found if "details" in each])

    def test_a_change_of_choices_that_stays_has_its_text(self):
        overlay = {MODELS: replace("max_digits=8", "max_digits=9")}
        missing = probe(Project(overlay), checks=["migrations"]).finding("migrations.missing")
        self.assertIn("max_digits=9", missing["details"]["text"])

    def test_what_other_processes_could_not_compare_is_said(self):
        """One that ends the process that loads the models again."""
        more = (
            "import os\n\nMARK = os.path.join(os.path.dirname(__file__), 'loaded')\n"
            "if os.path.exists(MARK):\n    os._exit(1)\nopen(MARK, 'w').close()\n"
        )
        overlay = {MODELS: lambda before: more + before.replace("max_digits=8", "max_digits=9")}
        missing = probe(Project(overlay), checks=["migrations"]).finding("migrations.missing")
        self.assertHas({"level": "ERROR", "object": "shop.Product.price"}, missing)
        self.assertIn("Run makemigrations twice", missing["hint"])

    def test_a_slow_load_of_other_processes_is_waited_for(self):
        more = "import os, time\n\ntime.sleep(4 if os.environ.get('PYTHONHASHSEED') else 0)\n"
        overlay = {MODELS: lambda before: more + before.replace("max_digits=8", "max_digits=9")}
        missing = probe(Project(overlay), checks=["migrations"], timeout=60).finding("migrations.missing")
        self.assertNotIn("twice", missing["hint"])
        missing = probe(Project(overlay), checks=["migrations"], timeout=7).finding("migrations.missing")
        self.assertIn("Run makemigrations twice", missing["hint"])
