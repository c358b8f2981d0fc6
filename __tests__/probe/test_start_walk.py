"""How a start is followed: which programs and applications are found in ENTRYPOINT, CMD, scripts and their like."""

import os
import random
import time

from harness import TableTest, fake, rows
from projects import temporary_folder, written
from shipshape_probe import shell, start_image, start_servers, start_situation, start_walk
from shipshape_probe.shell_words import Unreadable

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "APP": "shop", "HOME": "/home/shop"}


def follow(words, folder="/app", **environment):
    start = start_walk.Start()
    start.follow(words, start_situation.at_start({**ENVIRONMENT, **environment}, folder, "CMD"))
    return start


def programs(start):
    return [program.name for program in start.programs if isinstance(program.name, str)]


def targets(start):
    return ["%s %s" % (each.server, each.target) for each in start.applications]


def sh(text, **options):
    return follow(["/bin/sh", "-c", text], **options)


class Wrappers(TableTest):
    @rows(
        gunicorn=("gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        options=("gunicorn -w 4 --bind :80 --access-logfile - shop.wsgi:application", "gunicorn shop.wsgi:application"),
        one_word=("gunicorn -w4 --bind=:80 --preload shop.wsgi", "gunicorn shop.wsgi"),
        whole_path=("/opt/venv/bin/gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        worker_class=("gunicorn shop.asgi -k uvicorn.workers.UvicornWorker", "gunicorn shop.asgi"),
        module=("python -m gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        module_unbuffered=("python3.12 -u -X dev -m uvicorn shop.asgi:application", "uvicorn shop.asgi:application"),
        env=("env -u X A=1 gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        env_alone=("env -i PATH=/bin gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        tini=("tini -g -- gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        tini_signal=("/sbin/tini -p SIGTERM gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        dumb_init=("dumb-init --rewrite 15:3 gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        catatonit=("catatonit -- gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        gosu=("gosu shop:shop gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        setpriv=("setpriv --reuid 1000 --init-groups gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        poetry=("poetry run gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        uv=("uv run --no-sync --frozen gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        uv_project=("uv --directory /app run -- gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        pdm=("pdm run gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        pipenv=("pipenv run gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        hatch=("hatch run prod:gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        pixi=("pixi run -e prod gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        celery=("celery -A shop worker -l info -E", "celery shop"),
        beat=("celery --app=shop.celery:app beat", "celery shop.celery:app"),
        nested=("tini -- env X=1 poetry run python -m daphne shop.asgi:application", "daphne shop.asgi:application"),
        granian=("granian --interface asgi --host 0.0.0.0 shop.asgi:application", "granian shop.asgi:application"),
        hypercorn=("hypercorn --bind 0.0.0.0:8000 asgi:shop.asgi:application", "hypercorn shop.asgi:application"),
        waitress=("waitress-serve --port 8000 --call shop.wsgi:make", "waitress shop.wsgi:make"),
        uwsgi=("uwsgi --http :8000 --module shop.wsgi:application --master", "uwsgi shop.wsgi:application"),
        uwsgi_file=("uwsgi --http :8000 --chdir /srv --wsgi-file shop/wsgi.py", "uwsgi /srv/shop/wsgi.py"),
    )
    def test_the_application_is_found(self, command, expected):
        self.assertEqual([expected], targets(follow(command.split())))

    @rows(
        no_application="gunicorn --version",
        checked_only="gunicorn --check-config shop.wsgi",
        paste="gunicorn --paste production.ini",
        two_words="gunicorn shop.wsgi extra",
        shell_of_celery="celery -A shop shell",
        management="python manage.py migrate",
        code="python -c print(1)",
        a_file_for_a_module="uvicorn shop/asgi.py",
        unknown="nginx -g daemon",
        uv_other="uv sync",
        nothing="",
        only_a_wrapper="tini --",
    )
    def test_what_names_no_application(self, command):
        self.assertEqual([], targets(follow(command.split())))

    def test_a_place_where_nothing_is_known_is_not_followed(self):
        self.assertEqual([], targets(follow([None, "shop.wsgi"])))
        self.assertEqual([], targets(follow(["gunicorn", None])))
        self.assertEqual([], targets(sh('cd "$NOWHERE" && gunicorn shop.wsgi')))

    def test_wrappers_without_end(self):
        self.assertEqual([], targets(follow(["env"] * 5000 + ["gunicorn", "shop.wsgi"])))

    @rows(
        runserver=("python manage.py runserver 0.0.0.0:8000", ["runserver"]),
        migrate=("django-admin migrate", ["migrate"]),
        module=("python -m django collectstatic --noinput", ["collectstatic"]),
    )
    def test_commands_of_manage_py(self, command, expected):
        self.assertEqual(expected, [name for name, _ in follow(command.split()).managed])

    def test_the_environment_and_the_folder_of_a_server(self):
        (found,) = sh("cd /srv; export A=1; B=$A-$APP exec gunicorn --chdir src shop.wsgi").applications
        self.assertEqual("/srv/src", found.folder)
        self.assertEqual(["1", "1-shop"], [found.environment[name] for name in ("A", "B")])
        self.assertTrue(found.complete)


class Shells(TableTest):
    @rows(
        last=("python manage.py migrate && gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        several_lines=("python manage.py migrate\n\n# the server\nexec gunicorn shop.wsgi\n", "gunicorn shop.wsgi"),
        strict=("set -euo pipefail\npython manage.py migrate\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        continued=("gunicorn \\\n  --workers 2 \\\n  shop.wsgi", "gunicorn shop.wsgi"),
        variable=("exec gunicorn $APP.wsgi -b 0.0.0.0:$PORT", "gunicorn shop.wsgi"),
        default=('exec gunicorn "${MODULE:-shop.wsgi}" --workers "${WORKERS:-2}"', "gunicorn shop.wsgi"),
        default_of_default=("exec gunicorn ${A:-${B:-$APP.wsgi}}", "gunicorn shop.wsgi"),
        set_before=("NAME='shop'; exec gunicorn \"$NAME.wsgi\"", "gunicorn shop.wsgi"),
        redirected=("exec gunicorn shop.wsgi >>/var/log/shop.log 2>&1", "gunicorn shop.wsgi"),
        venv=(". /opt/venv/bin/activate && gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        after_a_branch=("if [ -n \"$DEBUG\" ]; then sleep 1; fi\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        after_a_loop=("until nc -z db 5432; do\n  sleep 1\ndone\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        after_a_function=("log() {\n  echo \"$1\"\n}\nlog start\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        after_a_document=("cat <<EOF > /tmp/x\nexec nothing\nEOF\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        output_redirected=("exec > >(tee log) 2>&1\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        shell_in_a_shell=("bash -lc 'exec gunicorn shop.wsgi'", "gunicorn shop.wsgi"),
        windows=("exec gunicorn shop.wsgi\r\n", "gunicorn shop.wsgi"),
    )  # fmt: skip
    def test_the_application_is_found(self, text, expected):
        self.assertEqual([expected], targets(sh(text)))

    def test_what_runs_in_the_background_is_found_too(self):
        start = sh("celery -A shop worker & \ngunicorn shop.wsgi & \nwait -n\nexit $?")
        self.assertEqual(["celery shop", "gunicorn shop.wsgi"], targets(start))

    @rows(
        in_a_branch='if [ "$ROLE" = web ]; then exec gunicorn shop.wsgi; else exec celery -A shop worker; fi',
        in_a_case='case "$1" in web) exec gunicorn shop.wsgi;; *) exec "$@";; esac',
        in_a_function="web() { exec gunicorn shop.wsgi; }\nweb",
        in_a_pipe="gunicorn shop.wsgi | tee /var/log/x",
        only_if_another_fails="true || gunicorn shop.wsgi",
        only_after_a_test="[ -f x ] && gunicorn shop.wsgi",
        only_after_a_test_and_more="[ -f x ] && true && gunicorn shop.wsgi",
        after_the_end="exit 0\ngunicorn shop.wsgi",
        by_a_variable_of_the_container="exec $SERVER shop.wsgi",
        by_what_a_program_prints="exec gunicorn $(cat module)",
        in_a_pattern="exec gunicorn shop.ws*",
        with_an_open_quote="exec gunicorn 'shop.wsgi",
        with_an_open_bracket="exec gunicorn $(shop.wsgi",
    )
    def test_what_is_not_certain_is_not_followed(self, text):
        self.assertEqual([], targets(sh(text)))

    @rows(
        no_arguments_asked=("exec gunicorn shop.wsgi", True),
        only_looked_at=('if [ "$1" = gunicorn ]; then python manage.py migrate; fi\nexec gunicorn shop.wsgi', True),
        left_for_an_argument=('if [ "$1" = bash ]; then exec bash; fi\nexec gunicorn shop.wsgi', False),
        changed=('if [ "${1#-}" != "$1" ]; then set -- gunicorn "$@"; fi\nexec gunicorn shop.wsgi', False),
        left_for_a_variable=(
            'if [ -n "$WORKER" ]; then exec celery -A shop worker; fi\nexec gunicorn shop.wsgi',
            False,
        ),
    )
    def test_whether_it_is_certain_that_the_end_is_reached(self, text, certain):
        (found,) = sh(text).applications
        self.assertEqual(certain, found.certain)

    @rows(
        exported_in_a_branch=("if [ -f .env ]; then export $(cat .env); fi\nexec gunicorn shop.wsgi", False),
        read_from_a_file=("set -a; . ./.env; set +a\nexec /bin/gunicorn shop.wsgi", False),
        set_to_what_is_not_known=("export KEY=$(cat /run/secrets/key)\nexec gunicorn shop.wsgi", False),
        set_by_the_script=("export KEY=1\nexec gunicorn shop.wsgi", True),
    )
    def test_whether_all_of_the_environment_is_known(self, text, complete):
        (found,) = sh(text).applications
        self.assertEqual(complete, found.complete)

    def test_a_variable_whose_value_is_not_known_keeps_the_one_before(self):
        """A stand-in, for example: without one the settings may refuse to load."""
        text = "export SECRET_KEY=$(cat /run/secrets/key) OTHER=$(date)\nexec gunicorn shop.wsgi"
        (found,) = sh(text, SECRET_KEY="a stand-in").applications
        self.assertEqual("a stand-in", found.environment["SECRET_KEY"])
        self.assertNotIn("OTHER", found.environment)
        self.assertEqual(({"SECRET_KEY", "OTHER"}, False), (found.unknown, found.complete))

    def test_the_lines_of_a_script(self):
        commands = shell.parse("a\n\nb 'x\ny' \\\n  c\ncat <<E\n1\n2\nE\nd\n")
        self.assertEqual(
            [(1, "a"), (3, "b"), (6, "cat"), (10, "d")], [(each.line, each.words[0].raw) for each in commands]
        )

    def test_any_text_is_read_or_refused(self):
        pieces = list("'\"$`\\(){}[]<>&|;#\n \t=*~!") + [
            "if",
            "fi",
            "case",
            "esac",
            "in",
            "do",
            "done",
            "<<E",
            "${",
            "$(",
            "a=",
            "x",
        ]
        luck = random.Random(7)
        for _ in range(3000):
            text = "".join(luck.choice(pieces) for _ in range(luck.randrange(40)))
            try:
                sh(text)
                shell.parse(text)
            except Unreadable:
                pass

    @rows(
        quotes="'" * 200001, dollars="$" * 200000, brackets="(" * 200000, expansions="${a:-" * 40000, words="a " * 100000,
        functions="f() { :; }\n" * 15000, calls="".join("f%d() { f1; }\nif f1; then f1; fi\n" % n for n in range(1500)),
        documents="cat <<A\n" * 20000,
    )  # fmt: skip
    def test_a_long_text_takes_little_time(self, text):
        started = time.process_time()
        sh(text)
        self.assertLess(time.process_time() - started, 5)


class Files(TableTest):
    def folder(self, **files):
        folder = temporary_folder()
        for name, text in files.items():
            os.chmod(written(text, name.replace("__", "/").replace("_", ".", 1), folder), 0o755)
        return folder

    def test_a_script_that_hands_over_to_cmd(self):
        folder = self.folder(entrypoint_sh='#!/bin/sh\nset -e\npython manage.py migrate\nexec "$@"\n')
        start = follow(["./entrypoint.sh", "gunicorn", "shop.wsgi"], folder)
        self.assertEqual(["./entrypoint.sh", "python", "gunicorn"], programs(start))
        self.assertEqual(["gunicorn shop.wsgi"], targets(start))
        self.assertEqual({"file": folder + "/entrypoint.sh", "line": 4}, start.applications[0].place)
        self.assertEqual(["migrate"], [name for name, _ in start.managed])

    def test_scripts_that_run_each_other_for_ever(self):
        folder = self.folder(a_sh="#!/bin/sh\nexec ./b.sh\n", b_sh="#!/bin/sh\nexec ./a.sh\n")
        self.assertEqual([], targets(follow(["./a.sh"], folder)))

    def test_the_ini_file_of_uwsgi(self):
        ini = "[uwsgi]\n; comment\nchdir = /srv/app\nmodule = shop.wsgi:application\nenv = A=1\npythonpath = lib\nmaster = true\n"
        folder = self.folder(uwsgi_ini=ini)
        for command in (["uwsgi", "--ini", "uwsgi.ini"], ["uwsgi", "uwsgi.ini"], ["uwsgi", "--ini=uwsgi.ini"]):
            (found,) = follow(command, folder).applications
            self.assertEqual(("shop.wsgi:application", "/srv/app"), (found.target, found.folder))
            self.assertEqual((["/srv/app/lib", "/srv/app"], "1"), (found.paths, found.environment["A"]))
        self.assertEqual([], targets(follow(["uwsgi", "--ini", "nowhere.ini"], folder)))
        unknown = self.folder(uwsgi_ini="[uwsgi]\nmodule = $(APP).wsgi\n")
        self.assertEqual([], targets(follow(["uwsgi", "--ini", "uwsgi.ini"], unknown)))

    def test_the_programs_of_supervisord(self):
        text = (
            "[supervisord]\nnodaemon=true\n\n[program:web]\ncommand=gunicorn shop.wsgi ; the server\ndirectory=/srv\n"
            'environment=A="1",B=2\n\n[program:worker]\ncommand=celery -A shop\n  worker\nuser=shop\n\n'
            "[program:off]\ncommand=nothing\nautostart=false\n\n[program:odd]\ncommand=%(ENV_X)s\n"
        )
        folder = self.folder(supervisord_conf=text)
        start = follow(["supervisord", "-n", "-c", "supervisord.conf"], folder)
        self.assertEqual(["gunicorn shop.wsgi", "celery shop"], targets(start))
        web, worker = start.applications
        self.assertEqual(("/srv", "1", "2"), (web.folder, web.environment["A"], web.environment["B"]))
        self.assertEqual(folder, worker.folder)
        self.assertEqual({"file": folder + "/supervisord.conf", "line": 4}, web.place)
        self.assertTrue(start.programs[-1].at.user)


class Services(TableTest):
    """The words of `command` and `entrypoint` in compose files."""

    def started(self, config, **service):
        service = {"name": "worker", "file": "compose.yml", "entrypoint": None, "command": None, **service}
        image = start_image.Image(config, [service], ENVIRONMENT)
        start = start_walk.Start()
        image.follow_service(service, start)
        return programs(start), targets(start)

    @rows(
        a_text=({"command": "celery -A shop worker"}, ["celery"], ["celery shop"]),
        a_list=({"command": ["gunicorn", "shop.wsgi"]}, ["gunicorn"], ["gunicorn shop.wsgi"]),
        an_escaped_variable=({"command": ["sh", "-c", "exec gunicorn $$APP.wsgi"]}, ["sh", "gunicorn"], ["gunicorn shop.wsgi"]),
        a_variable_of_compose=({"command": "gunicorn ${MODULE}"}, ["gunicorn"], []),
        an_entrypoint=({"entrypoint": "env", "command": "true"}, ["env", "true"], []),
        an_entrypoint_alone=({"entrypoint": ["sleep", "1"]}, ["sleep"], []),
        an_open_quote=({"command": "gunicorn 'shop"}, [], []),
        odd_types=({"command": {"a": 1}, "entrypoint": 7}, [], []),
    )  # fmt: skip
    def test_a_service(self, service, expected, applications):
        self.assertEqual((expected, applications), self.started({"Cmd": ["python3"]}, **service))

    def test_its_folder_and_its_environment(self):
        service = {"name": "web", "command": ["gunicorn", "shop.wsgi"], "environment": {"A": "1", "B": "${B}"}}
        start = start_walk.Start()
        start_image.Image({"WorkingDir": "/app"}, [], ENVIRONMENT).follow_service(
            {**service, "workingDir": "/srv"}, start
        )
        (found,) = start.applications
        self.assertEqual(("/srv", "1", False), (found.folder, found.environment["A"], "B" in found.environment))
        unknown = start_walk.Start()
        start_image.Image({}, [], ENVIRONMENT).follow_service({**service, "workingDir": "$WHERE"}, unknown)
        self.assertEqual([], targets(unknown))

    def test_the_images_entrypoint_runs_a_command(self):
        config = {"Entrypoint": ["tini", "--"], "Cmd": ["gunicorn", "shop.wsgi"]}
        self.assertEqual((["tini", "celery"], ["celery shop"]), self.started(config, command="celery -A shop worker"))

    def test_odd_services_and_an_odd_config_are_no_problem(self):
        for config in ({"Cmd": 7, "Entrypoint": {"a": 1}, "Volumes": [1], "WorkingDir": 3, "User": None}, None, []):
            image = start_image.Image(config, [1, None, {}, {"command": 7}], ENVIRONMENT)
            self.assertEqual([], targets(image.start()))


class Keys(TableTest):
    def test_equal_applications_are_loaded_once(self):
        first, same = (follow(["gunicorn", *options, "shop.wsgi"]).applications[0] for options in ([], ["-w", "4"]))
        self.assertEqual(first.key(), same.key())
        other = follow(["gunicorn", "-e", "A=1", "shop.wsgi"]).applications[0]
        self.assertNotEqual(first.key(), other.key())

    def test_options_of_a_server(self):
        options, others = start_servers.read_options("gunicorn", ["-b", ":80", "--preload", "-w4", "--", "-x", None])
        self.assertEqual({"-b": [":80"], "--preload": [True], "-w": ["4"]}, options)
        self.assertEqual(["-x", None], others)
        self.assertIsNone(start_servers.application("gunicorn", [None], fake(folder="/", environment={})))
