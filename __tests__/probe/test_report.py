"""What leaves the image: secrets are taken out, and the report stays small."""

import json
import os
import stat
import sys

from harness import TableTest, fake, rows
from projects import temporary_folder
from shipshape_probe import report, scrub, secret_values
from shipshape_probe.environment import Environment
from shipshape_probe.findings import finding


def attempt(**attributes):
    defaults = {
        "status": "completed", "findings": [], "counts": {}, "notes": [], "skipped": [], "secrets": [], "public": [], "reads": {},
        "facts": {}, "suppliers": {}, "without": {}, "stand_ins": {}, "settings": None, "error": None, "output": lambda: "",
        "origins": {}, "unread": [], "is_complete": True,
    }  # fmt: skip
    return fake(**{**defaults, **attributes})


def check(name="system", **attributes):
    return fake(
        name=name,
        seconds=0.12345,
        notes=[],
        left_out=[],
        environment=Environment({}, {}),
        attempt=attempt(**attributes),
    )


def scrubber(image=None, user=None, **attributes):
    return scrub.Scrubber(Environment(image or {}, user or {}), [check(**attributes)])


class ScrubTest(TableTest):
    @rows(
        whole=("sk_live_77aa", "it is sk_live_77aa!"),
        in_quotes=("it's\na key", "it is " + repr("it's\na key")[1:-1] + "!"),
        in_json=('say "friend"', "it is " + json.dumps('say "friend"')[1:-1] + "!"),
        in_a_url=("pass/word?", "it is pass%2Fword%3F!"),
    )
    def test_a_value_of_the_workflow_is_hidden(self, value, text):
        self.assertEqual("it is ***!", scrubber(user={"PAYMENT": value}).text(text))

    def test_the_password_of_a_url_is_hidden(self):
        made = scrubber(image={"BROKER": "amqp://shop:tr0ub4%2Ador@queue/"})
        self.assertEqual("*** and ***", made.text("tr0ub4%2Ador and tr0ub4*dor"))

    @rows(
        json_web_token="eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaG9wIn0.dGhpcyBpcyBub3QgYSBzaWduYXR1cmU",
        key_with_a_dot="Aw0hxjVXvtxdrZMiCVXlA4RR8tDsizJOBuWcD97GJ.P1HSUGjhh4xLK4JjpV",
    )
    def test_a_token_that_looks_like_a_dotted_path_is_hidden(self, token):
        self.assertEqual("bad ***", scrubber(image={"API_TOKEN": token}).text("bad %s" % token))

    def test_the_path_of_a_class_is_not_hidden(self):
        path = "rest_framework.authentication.TokenAuthentication"
        self.assertEqual(path, scrubber(image={"TOKEN_CLASS": path}).text(path))

    def test_a_word_is_hidden_but_not_inside_other_words(self):
        # Yamtrack's default key.
        made = scrubber(image={"SECRET_KEY": "secret"})
        self.assertEqual("import secrets; ***, SECRET='***'", made.text("import secrets; secret, SECRET='secret'"))

    @rows(
        after_a_line_break=("hunterpass", "bad 'host\\nhunterpass'", "bad 'host\\n***'"),
        next_to_letters=("hunterpass", "Passhunterpassx", "Pass***x"),
        of_examples_after_a_line_break=("secret", "bad 'host\\nsecret' secrets", "bad 'host\\n***' secrets"),
    )
    def test_a_secret_in_small_letters_is_hidden(self, value, text, shown):
        self.assertEqual(shown, scrubber(image={"DB_PASSWORD": value}).text(text))
        self.assertEqual(shown, scrubber(user={"COLOUR": value}).text(text))

    def test_a_line_of_a_long_value_is_hidden(self):
        key = "-----BEGIN-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END-----"
        self.assertEqual("bad ***", scrubber(user={"KEY": key}).text("bad MIIEvQIBADANBgkqhkiG9w0BAQ"))

    @rows(
        short=({"A": "live"}, "a live shop"),
        public=({"A": "production"}, "in production"),
        path=({"A": sys.prefix}, "in %s" % sys.prefix),
        module=({"DJANGO_SETTINGS_MODULE": "mysite.settings"}, "mysite.settings"),
    )
    def test_what_is_not_hidden(self, user, text):
        self.assertEqual(text, scrubber(user=user).text(text))

    def test_names_of_apps_are_not_hidden(self):
        self.assertEqual("of chandlery", scrubber(user={"A": "chandlery"}, public=["chandlery"]).text("of chandlery"))

    def test_secrets_of_the_settings_and_keys_of_ours_are_hidden(self):
        environment = Environment({}, {})
        made = scrub.Scrubber(environment, [check(secrets=["from-the-settings"])])
        self.assertEqual("*** ***", made.text("from-the-settings %s" % environment.own["SECRET_KEY"]))

    def test_lists_and_objects_are_scrubbed_and_their_names_stay(self):
        made = scrubber(user={"A": "sk_live_77aa"})
        self.assertEqual({"sk_live_77aa": ["***", 3, None]}, made.all({"sk_live_77aa": ["sk_live_77aa", 3, None]}))

    def test_what_the_user_supplied_is_shown_where_only_secrets_are_hidden(self):
        made = scrubber(user={"HOSTS": "shop.example.com", "API_KEY": "sk_live_77aa"})
        self.assertEqual(["shop.example.com", "***"], made.secrets(["shop.example.com", "sk_live_77aa"]))

    def test_the_longest_value_goes_first(self):
        made = scrubber(user={"A": "abcdef", "B": "abcdef-and-more"})
        self.assertEqual("***", made.text("abcdef-and-more"))


class SecretValues(TableTest):
    @rows(
        by_name=({"STRIPE_SECRET": "123456"}, ["123456"]),
        token=({"GITHUB_TOKEN": "123456"}, ["123456"]),
        url=({"BROKER": "amqp://shop:pw@queue"}, ["amqp://shop:pw@queue"]),
        fallbacks=({"SECRET_KEY_FALLBACKS": ["old", 3]}, ["old"]),
        database=({"DATABASES": {"default": {"PASSWORD": "pw"}}}, ["pw"]),
        short=({"TOKEN": "12345"}, []),
        dotted=({"PASSWORD_HASHER": "django.contrib.auth.hashers.Argon2"}, []),
        number=({"TOKEN_SECONDS": 123456}, []),
        url_without_password=({"DOCS": "https://docs.example.com"}, []),
    )
    def test_are_found(self, values, expected):
        self.assertEqual(expected, list(secret_values.secrets_in(values)))

    def test_of_settings_that_crashed_are_found_in_the_traceback(self):
        namespace = {"SECRET_KEY": "very-secret", "STRIPE_TOKEN": "sk_live_77aa"}
        try:
            exec("1/0", namespace)
        except ZeroDivisionError as error:
            self.assertEqual(["sk_live_77aa", "very-secret"], secret_values.secrets_of_traceback(error))


class ReportTest(TableTest):
    def make(self, checks, environment=None):
        environment = environment or Environment({}, {})
        project = fake(
            root="/app", manage=None, settings="mysite.settings", source="wsgi.py", others=[], configuration=None
        )
        return report.make(project, "5.2", environment, checks, scrub.Scrubber(environment, checks))

    def test_has_each_check(self):
        made = self.make([check(findings=[finding("ERROR", "a.E001", "x")], counts={"silenced": 2, "checks": 9})])
        self.assertEqual(
            {
                "status": "completed", "seconds": 0.123, "silenced": 2, "output": "", "notes": [], "skipped": "",
                "findings": [{"level": "ERROR", "id": "a.E001", "message": "x"}], "counts": {"checks": 9},
            },
            made["checks"]["system"],
        )  # fmt: skip
        self.assertHas({"schema": 1, "django": {"version": "5.2"}, "error": None}, made)

    def test_hashes_every_file_that_is_named(self):
        found = finding("ERROR", "a.E001", "x", place={"file": __file__})
        made = self.make([check(findings=[found]), check("static", error={"file": "/no/such/file"})])
        self.assertEqual([__file__], list(made["files"]))

    def test_says_who_supplied_a_setting(self):
        facts = {"VERSION": "5.2", "ALLOWED_HOSTS": ["www.shop.example"], "STATIC_URL": "/static/"}
        made = self.make([check(facts=facts, suppliers={"ALLOWED_HOSTS": "user"})])["settings"]
        self.assertEqual({"value": ["www.shop.example"], "supplied": "user"}, made["ALLOWED_HOSTS"])
        self.assertEqual("project", made["STATIC_URL"]["supplied"])

    def test_lists_variables_once_in_the_order_of_their_reads(self):
        environment = Environment({"A": "1"}, {})
        made = self.make([check(reads={"B": False, "A": True}), check("static", reads={"A": True})], environment)
        self.assertEqual([{"name": "B", "supplied": "nobody"}, {"name": "A", "supplied": "image"}], made["environment"])

    def test_names_the_variable_whose_default_a_setting_has(self):
        facts = {"VERSION": "5.2", "ALLOWED_HOSTS": ["made-of-it"], "CSRF_TRUSTED_ORIGINS": []}
        origins = {"ALLOWED_HOSTS": ["HOST"], "CSRF_TRUSTED_ORIGINS": ["ORIGINS"]}
        made = self.make([check(facts=facts, origins=origins, reads={"HOST": True, "ORIGINS": False})])["settings"]
        self.assertNotIn("default_of", made["ALLOWED_HOSTS"])
        self.assertHas({"supplied": "project", "default_of": "ORIGINS"}, made["CSRF_TRUSTED_ORIGINS"])

    @rows(
        similar=("DATABSE_URL", "DATABASE_URL"),
        with_another_prefix=("DJANGO_SECRET_KEY", "SECRET_KEY"),
        like_nothing=("PGHOST", ""),
    )
    def test_names_what_nothing_has_read_and_the_most_similar_name(self, name, like):
        one = check(reads={"DATABASE_URL": False, "SECRET_KEY": False, "A": True}, unread=[name])
        made = self.make([one, check("static", unread=[name, "A"])], Environment({}, {"A": "1", name: "2"}))
        self.assertEqual({"complete": True, "unread": [{"name": name, "nearest": like}]}, made["reads"])

    def test_names_nothing_unread_where_all_was_read_at_once(self):
        made = self.make([check(unread=["A"], is_complete=False)], Environment({}, {"A": "1"}))
        self.assertEqual({"complete": False, "unread": []}, made["reads"])

    def test_names_of_settings_that_crashed_only_what_is_like_a_missing_variable(self):
        error = {"kind": "missing-variable", "variables": ["DATABASE_URL"]}
        crashed = check(status="settings", error=error, reads={"SMTP": False}, unread=["DATABSE_URL", "SMPT"])
        made = self.make([crashed], Environment({}, {"DATABSE_URL": "x", "SMPT": "y"}))
        self.assertEqual([{"name": "DATABSE_URL", "nearest": "DATABASE_URL"}], made["reads"]["unread"])

    def test_says_that_nothing_names_settings(self):
        made = self.make([check(status="no-settings")])["checks"]["system"]
        self.assertEqual(("settings", "no-settings"), (made["status"], made["error"]["kind"]))

    def test_scrubs_messages_and_leaves_places(self):
        environment = Environment({}, {"FOLDER": "app-of-acme"})
        found = finding("ERROR", "a.E001", "in app-of-acme", place={"file": "/app-of-acme/x.py"})
        made = self.make([check(findings=[found])], environment)["checks"]["system"]["findings"][0]
        self.assertEqual(("in ***", "/app-of-acme/x.py"), (made["message"], made["file"]))

    def test_is_written_for_everybody_and_whole(self):
        path = os.path.join(temporary_folder(), "a", "report.json")
        report.write({"checks": {}}, path)
        self.assertEqual(0o644, stat.S_IMODE(os.stat(path).st_mode))
        self.assertEqual(["report.json"], os.listdir(os.path.dirname(path)))

    def test_that_is_too_large_loses_texts_first_and_advice_next(self):
        texts = [
            finding("ERROR", "migrations.missing", str(n), details={"text": "x" * 90_000, "app": "shop"})
            for n in range(100)
        ]
        path = os.path.join(temporary_folder(), "report.json")
        report.write({"checks": {"migrations": {"findings": texts}}}, path)
        with open(path, encoding="utf-8") as file:
            kept = json.load(file)["checks"]["migrations"]["findings"]
        self.assertEqual(100, len(kept))
        self.assertEqual({"app": "shop"}, kept[0]["details"])
        many = [finding("INFO", "a.I001", "%d %s" % (n, "x" * 3900)) for n in range(2400)]
        worst = finding("CRITICAL", "a.C001", "worst")
        report.write({"checks": {"system": {"findings": [*many, worst]}}}, path)
        self.assertLessEqual(os.path.getsize(path), report.LARGEST)
        with open(path, encoding="utf-8") as file:
            kept = json.load(file)["checks"]["system"]["findings"]
        self.assertEqual("a.C001", kept[0]["id"])
        self.assertEqual("shipshape.too-many-findings", kept[-1]["id"])
