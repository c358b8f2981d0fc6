"""collectstatic runs as production runs it: the project's command, with the options of the Dockerfile or the start."""

import sys

import faults
import statics
from harness import has_network, rows
from projects import append
from statics import MAP, StaticTest, check, places


class Commands(StaticTest):
    """The command and its options are production's."""

    @rows(
        # xadrnd/display_sdk and many others ignore what they do not serve
        ignore=["RUN python manage.py collectstatic --noinput -i vendor"],
        long_ignore=[
            "RUN --mount=type=cache,target=/root/.npm python manage.py collectstatic --no-input --ignore=vendor"
        ],
        list_form=['RUN ["python", "manage.py", "collectstatic", "--noinput", "-i", "vendor"]'],
        shell_in_list_form=['RUN ["sh", "-c", "python manage.py collectstatic --noinput -i vendor; exec gunicorn"]'],
        a_branch=['RUN if [ "$DEBUG" != 1 ]; then python manage.py collectstatic --noinput -i vendor; fi'],
        that_may_fail=["RUN python manage.py collectstatic --noinput -i vendor || true"],
        a_pipeline=["RUN set -o pipefail; python manage.py collectstatic --noinput -i vendor | tee log"],
        a_subshell=["RUN (cd /nowhere && ./manage.py collectstatic --noinput -i vendor)"],
        no_post_process=["RUN SECRET_KEY=x DEBUG=0 uv run manage.py collectstatic --noinput --no-post-process 2>&1"],
        several_commands=["RUN npm ci && django-admin collectstatic --noinput --clear -i 'vendor*' > /dev/null && ls"],
        module=["python -m django collectstatic -l --noinput -i vendor  # a heredoc's line"],
        dry_run_first=[
            "RUN ./manage.py collectstatic -n -i nothing",
            "RUN ./manage.py collectstatic -i vendor --noinput",
        ],
        echo_first=["RUN echo manage.py collectstatic && python manage.py collectstatic --noinput -i vendor"],
    )
    def test_options_of_the_dockerfile_count(self, lines):
        self.assertPasses(check(statics.carousel, collects=lines))

    @rows(
        other_options=["RUN python manage.py collectstatic --noinput -i other"],
        options_that_are_none=["RUN python manage.py collectstatic --noinput --ignroe vendor"],
        another_program=["RUN make collectstatic -i vendor"],
        a_comment=["# RUN python manage.py collectstatic --noinput -i vendor"],
        a_variable=["RUN python manage.py collectstatic $OPTIONS"],
        an_open_quote=["RUN python manage.py collectstatic --noinput 'x"],
        a_name=["RUN pip install collectstatic-ignore"],
        of_another_command=["HEALTHCHECK CMD python manage.py collectstatic -i vendor"],
    )
    def test_what_gives_no_option_changes_nothing(self, lines):
        self.assertFails(check(statics.carousel, collects=lines))

    @rows(
        cmd=({"Cmd": ["sh", "-c", "python manage.py collectstatic --noinput -i vendor && gunicorn mysite.wsgi"]}, None),
        entrypoint_script=(
            {"Entrypoint": ["/bin/sh", "./start.sh"], "Cmd": ["gunicorn"]},
            {
                "start.sh": 'set -e\n# collects\npython manage.py collectstatic \\\n  --noinput \\\n  -i vendor\nexec "$@"\n'
            },
        ),
        script_that_another_names=(
            {"Entrypoint": ["./entrypoint"]},
            {
                "entrypoint": '#!/usr/bin/env bash\nif [ "$1" = web ]; then\n  . ./scripts/web.sh\nfi\n',
                "scripts/web.sh": "python manage.py migrate\npython manage.py collectstatic --noinput --ignore vendor &\n",
            },
        ),
        branch_of_a_case=(
            {"Entrypoint": ["sh", "./start.sh"], "Cmd": ["web"]},
            {
                "start.sh": "collect() {\n  python manage.py collectstatic --noinput -i vendor\n}\n"
                'case "$1" in\n  (web | api) collect; exec gunicorn mysite.wsgi ;;\n  *) exec "$@" ;;\nesac\n'
            },
        ),
        supervisors_program=(
            {"Cmd": ["supervisord", "-c", "s.conf"]},
            {"s.conf": "[program:collect]\ncommand=python manage.py collectstatic --noinput -i vendor\n"},
        ),
        odd_characters=(
            {"Cmd": ["./start.sh"]},
            {"start.sh": b'#!/bin/sh\n# caf\xe9\n"$PYTHON" manage.py collectstatic -i vendor --noinput\n'},
        ),
    )
    def test_options_of_the_start_count(self, config, files):
        self.assertPasses(check(statics.carousel, files or {}, config=config))

    @rows(
        long={"Cmd": ["sh", "-c", "x " * 50000]},
        no_text={"Cmd": [1, None], "Entrypoint": "sh"},
        a_folder={"Cmd": ["/", "/proc/self/mem", "./shop"]},
        a_program={"Cmd": [sys.executable]},
    )
    def test_a_start_that_says_nothing_changes_nothing(self, config):
        self.assertFails(check(statics.carousel, config=config))

    def test_options_of_a_compose_service_count(self):
        """cookiecutter-django and many others: `command: sh -c "python manage.py collectstatic … && gunicorn …"`."""
        service = {
            "name": "web", "file": "compose.yml", "entrypoint": None, "workingDir": "", "environment": {}, "mounts": [],
            "command": ["sh", "-c", "python manage.py collectstatic --noinput -i vendor && gunicorn mysite.wsgi"],
        }  # fmt: skip
        run = check(statics.carousel, config={"Cmd": ["gunicorn", "mysite.wsgi"]}, services=[service])
        self.assertPasses(run)
        self.assertEqual([], run.findings())
        self.assertIn("the service web (compose.yml)", run.check("static")["notes"][0])

    @rows(
        settings=["RUN python manage.py collectstatic --noinput --settings=mysite.build"],
        two_words=["RUN python manage.py collectstatic --settings mysite.build --noinput"],
        a_variable=["RUN DJANGO_SETTINGS_MODULE=mysite.build python manage.py collectstatic --noinput"],
        one_that_env_sets=["RUN env DJANGO_SETTINGS_MODULE=mysite.build ./manage.py collectstatic --noinput"],
        one_that_is_exported=["RUN export DJANGO_SETTINGS_MODULE=mysite.build && ./manage.py collectstatic --noinput"],
        one_that_the_settings_read=["RUN FORGIVING=1 python manage.py collectstatic --noinput"],
    )
    def test_settings_of_the_dockerfiles_line_count(self, lines):
        overlay = {
            **statics.carousel,
            "mysite/build.py": 'from mysite.settings import *\nSTORAGES["staticfiles"]["BACKEND"] = PLAIN\n',
            faults.SETTINGS: append(
                '\nPLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"\n'
                'if os.environ.get("FORGIVING"):\n    STORAGES["staticfiles"]["BACKEND"] = PLAIN\n'
            ),
        }
        self.assertPasses(check(overlay, collects=lines))

    def test_a_fault_is_found_with_the_settings_of_the_line_too(self):
        run = check(
            statics.carousel,
            {"mysite/build.py": "from mysite.settings import *\n"},
            collects=["RUN python manage.py collectstatic --noinput --settings mysite.build"],
        )
        self.assertFails(run)
        self.assertEqual([MAP], places(run))

    def test_settings_of_the_line_that_cannot_be_loaded_say_nothing(self):
        run = check(statics.carousel, collects=["RUN python manage.py collectstatic --settings mysite.nowhere"])
        self.assertPasses(run)
        self.assertIn("DJANGO_SETTINGS_MODULE", run.finding("static.not-checked")["message"])

    def test_a_variable_that_the_command_reads_itself_counts(self):
        body = (
            "def handle(self, **options):\n"
            "    import os\n"
            "    return super().handle(**{**options, 'post_process': not os.environ.get('QUICK')})"
        )
        line = "RUN %s python manage.py collectstatic --noinput"
        self.assertPasses(check(statics.carousel, statics.command(body), collects=[line % "QUICK=1"]))
        self.assertFails(check(statics.carousel, statics.command(body), collects=[line % "OTHER=1"]))

    @rows(
        of_the_image=({"Cmd": ["sh", "-c", "python manage.py collectstatic --noinput && gunicorn mysite.wsgi"]}, {}),
        a_branch_of_a_script=(
            {"Cmd": ["sh", "start.sh"]},
            {"start.sh": "if true; then python manage.py collectstatic --noinput; fi\nexec gunicorn mysite.wsgi\n"},
        ),
    )
    def test_a_start_that_collects_needs_no_manifest_in_the_image(self, config, files):
        self.assertEqual([], check(files, config=config).findings())

    def test_reports_one_file_of_each_suffix(self):
        """Caddy's routes are asked for them."""
        more = {"shop/static/shop/%s" % name: "x" for name in ("a b.webp", "LOGO.WEBP", "logo.webp")}
        run = check(more)
        examples = run.check("static")["counts"]["examples"]
        self.assertIn("shop/LOGO.WEBP", examples)
        suffixes = [each.rpartition(".")[2].lower() for each in examples]
        self.assertEqual(len(suffixes), len(set(suffixes)))

    def test_the_first_call_counts(self):
        config = {"Cmd": ["sh", "-c", "python manage.py collectstatic -i vendor"]}
        self.assertFails(check(statics.carousel, collects=["RUN manage.py collectstatic -i x"], config=config))

    def test_the_log_says_whose_options_they_are(self):
        notes = check(collects=["RUN python manage.py collectstatic -i vendor"]).check("static")["notes"]
        self.assertEqual(["Collected as the Dockerfile does: collectstatic -i vendor"], notes)

    def test_files_that_the_start_builds_first_are_not_missed(self):
        """the-blue-alliance/the-blue-alliance and many others: `npm run build`, then collectstatic."""
        config = {"Cmd": ["sh", "-c", "npm run build\npython manage.py collectstatic --noinput"]}
        run = check(statics.carousel, config=config)
        self.assertPasses(run)
        self.assertEqual([MAP], places(run))

    @rows(
        that_ignores_more=(
            "def set_options(self, **options):\n"
            "    options['ignore_patterns'].append('vendor')\n"
            "    super().set_options(**options)",
            "Djangos",
        ),
        that_does_not_post_process="def handle(self, **options):\n    super().handle(**{**options, 'post_process': False})",
        that_goes_on=(
            "def collect(self):\n"
            "    try:\n        return super().collect()\n"
            "    except Exception as error:\n"
            "        print(error)\n"
            "        return {'modified': [], 'unmodified': [], 'post_processed': []}"
        ),
        that_ends_the_process_well="def handle(self, **options):\n    raise SystemExit(0)",
        that_is_another_one=("def handle(self, **options):\n    pass", "BaseCommand"),
    )
    def test_command_of_the_projects_own_decides(self, body, bases="Djangos"):
        self.assertPasses(check(statics.carousel, statics.command(body, bases)))

    def test_command_of_the_projects_own_finds_what_djangos_finds(self):
        body = "def handle(self, **options):\n    return super().handle(**options)"
        run = check(statics.carousel, statics.command(body))
        self.assertFails(run)
        self.assertEqual([MAP], places(run))

    def test_command_of_the_projects_own_that_fails_is_told(self):
        run = check(statics.command("def handle(self, **options):\n    raise CommandError('No manifest.json')"))
        self.assertFails(run, "static.failed")
        self.assertHas(
            {"message": "collectstatic fails: No manifest.json", "file": "shop/management/commands/collectstatic.py"},
            run.finding("static.failed"),
        )

    def test_command_that_cannot_be_imported_names_the_requirement(self):
        run = check(statics.command("pass", before="import uploader_nowhere"))
        self.assertFails(run, "static.failed")
        self.assertIn("add it to the requirements", run.finding("static.failed")["hint"])

    def test_command_that_needs_the_network_is_not_checked(self):
        body = "def handle(self, **options):\n    raise ConnectionRefusedError('connection refused')"
        run = check(statics.carousel, statics.command(body, "BaseCommand"))
        self.assertPasses(run)
        self.assertEqual("INFO", run.finding("static.not-checked")["level"])

    def test_where_such_a_command_does_more_than_djangos_djangos_is_run(self):
        """antonagestam/collectfast asks the service which files have changed."""
        body = (
            "def copy_file(self, *args):\n    raise ConnectionRefusedError('connection refused')\n\n"
            "def collect(self):\n    return super().collect()"
        )
        run = check(statics.carousel, statics.command(body))
        self.assertFails(run)
        self.assertEqual("INFO", run.finding("static.not-checked")["level"])
        self.assertEqual([MAP], places(run))

    def test_command_of_another_name_that_extends_djangos_is_run(self):
        """A command that only makes a file (collectstatic_js_reverse) is none."""
        own = statics.command(
            "def set_options(self, **options):\n    super().set_options(**{**options, 'post_process': False})",
            name="collectstatic_quietly",
        )
        other = statics.command(
            "def handle(self, **options):\n    pass", "BaseCommand", name="collectstatic_js_reverse"
        )
        line = "RUN python manage.py collectstatic_js_reverse && python manage.py collectstatic%s --noinput"
        self.assertPasses(check(statics.carousel, own, other, collects=[line % "_quietly"]))
        self.assertFails(check(statics.carousel, own, other, collects=[line % ""]))

    def test_command_that_wants_arguments_nobody_gives_is_not_checked(self):
        body = "def add_arguments(self, parser):\n    parser.add_argument('target')\n\ndef handle(self, **options):\n    pass"
        run = check(statics.command(body, "BaseCommand"))
        self.assertPasses(run)
        self.assertIn("how it is called", run.finding("static.not-checked")["message"])
        given = check(statics.command(body, "BaseCommand"), collects=["RUN python manage.py collectstatic s3"])
        self.assertEqual(["static.not-collected"], [each["id"] for each in given.findings()])

    def test_a_program_of_another_stage_is_not_missed_but_one_of_the_start_is(self):
        """jazzband/django-pipeline runs compressors of Node while it post-processes."""
        overlay = statics.storage(
            "def post_process(self, *args, **kwargs):\n    import subprocess\n    subprocess.run(['yuglify-nowhere'])"
        )
        run = check(overlay)
        self.assertPasses(run)
        self.assertIn("no program yuglify-nowhere", run.finding("static.not-checked")["message"])
        config = {"Cmd": ["sh", "-c", "python manage.py collectstatic"]}
        self.assertFails(check(overlay, config=config), "static.failed")

    def test_a_program_that_env_or_a_shell_does_not_find_is_no_fault_either(self):
        overlay = statics.storage(
            "def post_process(self, *args, **kwargs):\n"
            "    raise RuntimeError('/usr/bin/env: ‘yuglify’: No such file or directory')"
        )
        self.assertIn("no program yuglify;", check(overlay).finding("static.not-checked")["message"])

    def test_a_command_with_a_storage_of_its_own_is_told_with_the_file(self):
        """jasongi/collectfasta post-processes in memory, with another storage."""
        body = (
            "def set_options(self, **options):\n"
            "    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage\n"
            "    self.storage = ManifestStaticFilesStorage()\n"
            "    super().set_options(**options)"
        )
        run = check(statics.carousel, statics.command(body))
        self.assertFails(run)
        self.assertEqual([MAP], places(run))

    def test_a_finder_that_needs_the_database_is_not_checked(self):
        if has_network():
            self.skipTest("there is a network here")
        run = check(faults.finder_that("from shop.models import Product; list(Product.objects.all())"))
        self.assertPasses(run)
        self.assertEqual("INFO", run.finding("static.not-checked")["level"])
