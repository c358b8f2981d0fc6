"""How public reports and projects collect their static files: the right answer for each."""

import shlex

import faults
import statics
from harness import probe, rows
from projects import Project, append
from statics import MAP, StaticTest, check, places

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
PRODUCTION = {
    "mysite/build.py": 'from mysite.settings import *\nSTORAGES["staticfiles"]["BACKEND"] = PLAIN\n',
    faults.SETTINGS: append('\nPLAIN = "%s"\n' % PLAIN),
}


def service(command):
    """A compose service that runs the image with this command."""
    return {
        "name": "web",
        "file": "compose.yml",
        "entrypoint": None,
        "command": command,
        "workingDir": "",
        "environment": {},
        "mounts": [],
    }


class Reports(StaticTest):
    def test_settings_and_a_key_on_one_line(self):
        """Koed00/django-q#743: SECRET_KEY=notimportant … collectstatic --settings=core.settings.production."""
        line = "RUN SECRET_KEY=notimportant python manage.py collectstatic --settings=mysite.build --noinput"
        self.assertPasses(check(statics.carousel, PRODUCTION, collects=[line]))

    def test_empty_variables_and_one_that_selects_the_settings(self):
        """reef-technologies/cookiecutter-rt-django#38: ENV=prod, and empty values that are no values."""
        reads = {
            faults.SETTINGS: append(
                '\nif os.environ.get("ENV") == "prod" and not os.environ.get("CDN_URL", "x"):\n'
                '    STORAGES["staticfiles"]["BACKEND"] = "%s"\n' % PLAIN
            )
        }
        line = "RUN ENV=prod SECRET_KEY=0 CDN_URL= DATABASE_URL= python3 manage.py collectstatic --no-input --clear"
        self.assertPasses(check(statics.carousel, reads, collects=[line]))
        self.assertFails(check(statics.carousel, reads, collects=[line.replace("CDN_URL=", "CDN_URL=y")]))

    def test_a_line_of_a_heredoc(self):
        """wagtail/wagtail-ai#88: RUN <<EOF, and then the line."""
        line = "DJANGO_SETTINGS_MODULE=mysite.build SECRET_KEY=none django-admin collectstatic --noinput --clear"
        self.assertPasses(check(statics.carousel, PRODUCTION, collects=[line]))

    def test_a_dockerfile_that_collects_with_the_settings_of_development(self):
        """mozilla/normandy#46: the image has the files and no manifest, so every page of production fails."""
        line = "RUN DJANGO_SETTINGS_MODULE=mysite.build python manage.py collectstatic --noinput"
        run = check(PRODUCTION, {"staticfiles/shop/shop.css": "a {}\n"}, collects=[line])
        self.assertPasses(run)
        self.assertIn("with these settings", run.finding("static.not-collected")["hint"])

    @rows(
        # realpython/dockerizing-django#13
        a_script_of_the_service=(
            "/bin/sh shell-script.sh",
            "#!/bin/sh\npython manage.py collectstatic --noinput\ngunicorn mysite.wsgi:application -w 2 -b :8000\n",
        ),
        # aboutcode-org/vulnerablecode#569
        one_after_another=(
            'sh -c "./manage.py migrate && ./manage.py collectstatic --no-input && gunicorn mysite.wsgi -u nobody"',
            "",
        ),
        # alesandroLang/docker-django#4
        where_a_variable_says_so=(
            "sh start.sh",
            'if [ "$DJANGO_COLLECTSTATIC" = "true" ]; then\n  python manage.py collectstatic --noinput\nfi\n',
        ),
        # jointakahe/takahe#218
        a_service_for_it_alone=("/takahe/manage.py collectstatic --noinput", ""),
    )
    def test_a_service_that_collects_fills_an_image_without_a_manifest(self, command, script):
        files = {"shell-script.sh": script, "start.sh": script} if script else {}
        found = check(files, config={"Cmd": ["gunicorn", "mysite.wsgi"]}, services=[service(shlex.split(command))])
        self.assertEqual([], found.findings())

    def test_a_start_that_fails_for_a_missing_reference_is_an_error(self):
        """GeoNode/geonode#8143: with DEBUG=False the container does not start, for mapstore refers to what is not there."""
        script = {"entrypoint.sh": "set -e\npython manage.py collectstatic --noinput\nexec uwsgi --ini uwsgi.ini\n"}
        project = Project(statics.carousel, script)
        run = probe(project, checks=["static"], config={"Entrypoint": ["sh", "entrypoint.sh"]})
        self.assertFails(run)
        self.assertEqual([MAP], places(run))

    def test_folders_that_only_the_stage_with_node_has(self):
        """saleor/saleor#3049: STATICFILES_DIRS names what webpack makes. The image has what was collected."""
        dirs = {faults.SETTINGS: append('\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n')}
        project = Project(dirs, {"assets/app.js": "app();\n"})
        project.collect()
        project.change("assets", None)
        self.assertPasses(probe(project, checks=["static"], collects=["RUN python manage.py collectstatic"]))

    def test_an_image_that_keeps_the_manifest_alone(self):
        """openfun/openedx-docker#212: the files are in the image of nginx."""
        project = Project(statics.png_and_map, {"shop/static/shop/rope.png": b"", MAP[0] + ".map": "{}"})
        project.collect()
        project.change("shop/static/shop/rope.png", None)
        manifest = project.read("staticfiles/staticfiles.json")
        project.change("staticfiles", None)
        project.change("staticfiles/staticfiles.json", manifest)
        self.assertPasses(probe(project, checks=["static"], collects=["RUN python manage.py collectstatic"]))

    @rows(
        in_words="'gulp build --cwd /app --production' returned non-zero exit status 127.",
        as_a_list="'['/usr/bin/env', 'gulp']' returned non-zero exit status 127.",
    )
    def test_a_program_of_node_in_another_stage(self, says):
        """mozilla/fx-private-relay#874: django-gulp builds before it collects, and the image has no Node."""
        body = "def handle(self, **options):\n    raise CommandError(%r)" % ("Command " + says)
        run = check(statics.command(body))
        self.assertPasses(run)
        self.assertIn("the image has no program", run.finding("static.not-checked")["message"])
        other = check(statics.command(body.replace("127", "1")))
        self.assertFails(other, "static.failed")
