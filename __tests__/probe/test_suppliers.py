"""Who supplied the value of a setting that a finding is about: the workflow's `env`, shipshape, the image, or the project."""

import faults
from harness import RunTest, probe, rows
from projects import Project, replace
from reading import reading

WEAK = (
    "SECURE_SSL_REDIRECT = False\nSESSION_COOKIE_SECURE = False\nCSRF_COOKIE_SECURE = False\nSECURE_HSTS_SECONDS = 0\n"
    'X_FRAME_OPTIONS = "SAMEORIGIN"'
)
IDS_OF_WEAK = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W019"]
WITHOUT_AUTHENTICATION = {
    faults.SETTINGS: replace('    "django.contrib.auth.middleware.AuthenticationMiddleware",\n', "")
}
CONFIG = 'import os\nCONFIG = {"key": os.environ.get("APP_KEY"), "debug": os.environ.get("APP_DEBUG", "1") == "1"}'


def suppliers(overlay, env, **more):
    """{id: who supplied it, None where the finding does not say} of the findings of the system checks."""
    run = probe(Project(overlay), env=env, checks=["system"], **more)
    return {each["id"]: each.get("supplied") for each in run.check("system")["findings"]}


class OfTheImage(RunTest):
    """What the Dockerfile's ENV sets is to be changed there."""

    def hint(self, overlay, variables, id, env=None):
        config = {"Env": ["%s=%s" % each for each in variables.items()]}
        run = probe(Project(overlay), checks=["system"], image=variables, config=config, env=env)
        return run.finding(id).get("hint", "")

    @rows(
        # ENV DEBUG=1, and settings that are right without it
        debug=('DEBUG = os.environ.get("DEBUG", "") in ("1", "True")', {"DEBUG": "1"}, "security.W018", "The image sets DEBUG=1 (ENV in the Dockerfile), and DEBUG depends on it: change or remove it there."),
        another_variable=('DEBUG = os.environ.get("STAGE") == "dev"', {"STAGE": "dev"}, "security.W018", "The image sets STAGE (ENV in the Dockerfile), and DEBUG depends on it: change or remove it there."),
        another_setting=('SESSION_COOKIE_SECURE = os.environ.get("SECURE") != "no"', {"SECURE": "no"}, "security.W012", "The image sets SECURE=no (ENV in the Dockerfile), and SESSION_COOKIE_SECURE depends on it: change or remove it there."),
    )  # fmt: skip
    def test_is_said_in_place_of_what_the_settings_would_write(self, text, variables, id, hint):
        self.assertEqual(hint, self.hint(faults.end_of_settings(text), variables, id))

    def test_is_said_of_a_key_without_its_value(self):
        hint = self.hint({}, {"SECRET_KEY": "changeme-please"}, "security.W009")
        self.assertIn("The image sets SECRET_KEY (ENV in the Dockerfile)", hint)
        self.assertIn("\nGive production a SECRET_KEY", hint)
        self.assertNotIn("changeme", hint)

    @rows(
        that_the_project_writes=(faults.debug_on, {"DEBUG": "1"}, "security.W018", None),
        that_the_workflow_sets_too=(faults.end_of_settings('DEBUG = os.environ.get("DEBUG") == "1"'), {"DEBUG": "1"}, "security.W018", {"DEBUG": "1"}),
        that_is_right_but_for_its_type=(faults.end_of_settings('SESSION_COOKIE_SECURE = os.environ["COOKIE"]'), {"COOKIE": "True"}, "security.W012", None),
    )  # fmt: skip
    def test_is_not_said_of_a_value(self, overlay, variables, id, env):
        self.assertNotIn("The image sets", self.hint(overlay, variables, id, env))


class OfTheProject(RunTest):
    """What the project has written counts, whatever `env` has besides."""

    @rows(
        equal_values=(faults.end_of_settings(WEAK), {"USE_S3": "False", "RETRIES": "0", "FRAMES": "SAMEORIGIN"}, IDS_OF_WEAK),
        a_part_of_it=(WITHOUT_AUTHENTICATION, {"POSTGRES_USER": "django"}, ["admin.E408"]),
        another_setting_that_the_message_names=(
            {faults.SETTINGS: lambda before: before.replace('    "django.middleware.security.SecurityMiddleware",\n', "") + '\nSECURE_SSL_REDIRECT = os.environ.get("SSL") == "1"\n'},
            {"SSL": "1"}, ["security.W001"],
        ),
        a_name_that_nothing_reads=(faults.debug_on, {"DEBUG": "True"}, ["security.W018"]),
        another_value_of_the_same_object=(
            reading(first=CONFIG, last='DEBUG = True if CONFIG["debug"] else False'), {"APP_KEY": "True"}, ["security.W018"],
        ),
    )  # fmt: skip
    def test_is_at_fault(self, overlay, env, ids):
        found = suppliers(overlay, env)
        self.assertEqual(dict.fromkeys(ids), {id: found.get(id, "not found") for id in ids})


class OfEnv(RunTest):
    """What comes from `env` is no fault of production."""

    @rows(
        # jointakahe/takahe#310: a key for the build alone
        a_text=(reading('os.environ["APP_KEY"]'), {"APP_KEY": "dummy"}, "security.W009"),
        a_short_text=(reading('os.environ["APP_KEY"]'), {"APP_KEY": "x"}, "security.W009"),
        a_text_from_an_object=(reading('CONFIG["key"]', first=CONFIG), {"APP_KEY": "dummy"}, "security.W009"),
        a_comparison=(faults.end_of_settings('DEBUG = os.environ.get("DEBUG") == "1"'), {"DEBUG": "1"}, "security.W018"),
        a_condition=(faults.end_of_settings('if os.environ.get("DEBUG"):\n    DEBUG = True'), {"DEBUG": "1"}, "security.W018"),
        another_name=(reading(first='import os\ndebug = os.environ.get("APP_DEBUG") == "1"', last="DEBUG = debug"), {"APP_DEBUG": "1"}, "security.W018"),
        another_setting=(
            {faults.SETTINGS: lambda before: before.replace("DEBUG = False", 'DEBUG = os.environ.get("DEBUG") == "1"') + "\nSESSION_COOKIE_SECURE = not DEBUG\n"},
            {"DEBUG": "1"}, "security.W012",
        ),
        an_object=(
            reading(first='import os\nclass Config:\n    debug = os.environ.get("DEBUG") == "True"', last="DEBUG = Config.debug"),
            {"DEBUG": "True"}, "security.W018",
        ),
    )  # fmt: skip
    def test_has_supplied(self, overlay, env, id):
        self.assertEqual("user", suppliers(overlay, env)[id])

    def test_has_not_supplied_what_the_image_sets(self):
        debug = faults.end_of_settings('DEBUG = os.environ.get("DEBUG") == "1"')
        self.assertIsNone(suppliers(debug, {}, image={"DEBUG": "1"})["security.W018"])

    @rows(
        of_one_variable=('[os.environ["HOST"]]', {"HOST": "www.shop.example"}),
        of_several=('ALL["HOSTS"].split(",")', {"HOSTS": "a.shop.example, www.shop.example,b.shop.example"}),
    )
    def test_has_supplied_hosts_and_the_origins_made_of_them(self, hosts, env):
        first = 'import os\nALL = {"HOSTS": os.environ.get("HOSTS")}'
        origins = 'CSRF_TRUSTED_ORIGINS = ["https://" + host.strip() for host in ALLOWED_HOSTS]'
        run = probe(Project(reading(hosts=hosts, first=first, last=origins)), env=env, checks=["settings"])
        found = {name: run.report["settings"][name]["supplied"] for name in ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")}
        self.assertEqual({"ALLOWED_HOSTS": "user", "CSRF_TRUSTED_ORIGINS": "user"}, found)
