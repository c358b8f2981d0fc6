"""A migration that is ready to be committed: its text is whole, or it is left out and the reason is said."""

import ast

from faults import MODELS, PRICE
from harness import RunTest, TableTest, fake, probe, rows
from projects import Project, replace
from shipshape_probe import report, scrub
from shipshape_probe.environment import Environment
from shipshape_probe.findings import finding


def with_field(field):
    return {MODELS: replace(PRICE, PRICE + "    %s\n" % field)}


def importing(change):
    """The same change of the models, with os and the settings imported there."""
    return {
        MODELS: lambda before: "import os\nfrom django.conf import settings\n" + change[MODELS](before),
    }


class Committed(RunTest):
    depends_on = "Django"

    def missing(self, field, **env):
        project = Project(importing(with_field(field)))
        return probe(project, checks=["migrations"], env=env).finding("migrations.missing")

    # SEED-platform/seed#3929, nektos/act#231: a masked value is an ordinary word, and everything with it is altered.
    def test_names_of_the_schema_stay_in_it_though_they_are_values(self):
        found = self.missing(
            "weight = models.CharField(max_length=20, default='', verbose_name='of the product')",
            FIELD="weight",
            DB_PASSWORD="product",
            CLASS="CharField",
            OPTION="max_length",
            TITLE="verbose_name",
            KEYWORD="import",
        )
        text = found["details"]["text"]
        ast.parse(text)
        self.assertNotIn("***", str(found))
        self.assertIn("model_name='product'", text)
        self.assertIn("name='weight'", text)
        self.assertNotIn("names", found["details"])

    # django-oscar/django-oscar-docdata#1, eshaan7/django-rest-durin#37: a default comes from the settings.
    def test_it_is_left_out_if_the_value_of_a_variable_is_in_it(self):
        found = self.missing(
            "merchant = models.CharField(max_length=20, default=os.environ['MERCHANT'])",
            MERCHANT="acme-goods-7",
        )
        self.assertNotIn("text", found["details"])
        self.assertIn("because the value of `MERCHANT` is in it", found["hint"])
        self.assertNotIn("acme-goods-7", str(found))

    def test_it_is_left_out_if_a_secret_of_the_settings_is_in_it(self):
        project = Project(
            importing(with_field("key = models.CharField(max_length=99, default=settings.PAYMENT_TOKEN)")),
            {"mysite/settings.py": lambda before: before + "PAYMENT_TOKEN = 'sk_live_' + '77aa'\n"},
        )
        found = probe(project, checks=["migrations"]).finding("migrations.missing")
        self.assertIn("because a secret of the settings is in it", found["hint"])
        self.assertNotIn("text", found["details"])


def scrubber(**user):
    return scrub.Scrubber(Environment({}, user), [])


class Values(TableTest):
    @rows(
        # openedx/openedx-platform#34787: SITE_ID is the default of a field.
        number=("x(default=400123)", "400123"),
        text=("x(default='acme-goods')", "acme-goods"),
        # slav0nic/djangobb#59: choices from the settings.
        in_a_list=("x(choices=[('acme-goods', 'A')])", "acme-goods"),
        # MozillaSecurity/FuzzManager#651: the folder of a storage.
        part_of_a_text=("x(location='/data/acme-goods/files')", "acme-goods"),
        escaped=("x(default='it\\'s a key')", "it's a key"),
        other_quotes=('x(default="it\'s a key")', "it's a key"),
        bytes=("x(default=b'acme-goods')", "acme-goods"),
        comment=("x()  # acme-goods", "acme-goods"),
        password=("x(default='postgres://u:tr0ub4dor@db/x')", "postgres://u:tr0ub4dor@db/x"),
        no_python=("x(default='acme-goods", "acme-goods"),
        lines=("x(default='''acme\ngoods''')", "acme\ngoods"),
        part_of_a_dotted_path=("x('acme-goods.Order')", "acme-goods"),
    )
    def test_is_found(self, python, value):
        self.assertEqual(["A"], scrubber(A=value).variables_in(python, {"shop", "Order"}))

    @rows(
        model=("x(to='shop.Order')", "Order2"),
        table=("x(db_table='shop_orders')", "shop_orders"),
        part_of_a_table=("x(db_table='shop_orders')", "orders"),
        word=("models.CharField(max_length=3)", "CharField"),
        part_of_a_word=("migrations.Migration", "migrat"),
        keyword=("from x import y", "import"),
        public=("x(default='production')", "production"),
        short=("x(default='abc')", "abc"),
        name_in_a_sentence=("x(verbose_name='All shop_orders')", "shop_orders"),
        dotted=("x(to='shop.shop_orders')", "orders"),
        nothing=("", "acme-goods"),
    )
    def test_is_not_found(self, python, value):
        self.assertEqual([], scrubber(A=value).variables_in(python, {"shop", "Order", "shop_orders"}))

    def test_each_variable_is_named_once_in_alphabetical_order(self):
        found = scrubber(B="acme-goods", A="acme", C="acme-goods").variables_in("x('acme-goods', 'acme-goods')", ())
        self.assertEqual(["B", "C"], found)


class Report(TableTest):
    def scrubbed(self, text, **user):
        details = {
            "app": "orders",
            "name": "0002_orders",
            "path": "/app/orders/migrations/0002_orders.py",
            "operations": ["Add field orders to acme-goods"],
            "names": ["orders"],
            "text": text,
        }
        found = finding("ERROR", "migrations.missing", "orders of acme-goods", hint="Run it.", details=details)
        made = report.scrubbed({"findings": [found]}, scrubber(**user))["findings"][0]
        return fake(**made)

    def test_hides_values_that_are_no_names(self):
        made = self.scrubbed("x('orders')", APP="orders", FIRM="acme-goods")
        self.assertEqual("orders of ***", made.message)
        self.assertEqual("Run it.", made.hint)
        self.assertEqual(
            {
                "app": "orders",
                "name": "0002_orders",
                "path": "/app/orders/migrations/0002_orders.py",
                "operations": ["Add field orders to ***"],
                "text": "x('orders')",
            },
            made.details,
        )

    def test_leaves_the_text_out(self):
        made = self.scrubbed("x('acme-goods')", FIRM="acme-goods")
        self.assertNotIn("text", made.details)
        self.assertEqual(
            "Run it. The text of the file is not shown here, because the value of `FIRM` is in it.", made.hint
        )
