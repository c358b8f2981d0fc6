"""How a start is followed: which programs and applications are found in ENTRYPOINT, CMD, scripts and their like."""

import random
import shlex
import time

from harness import TableTest, rows
from shipshape_probe import shell, start_situation, start_walk
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
        timeout=("timeout -k 5 60 gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        sudo=("sudo -E -u shop gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        su=("su shop -s /bin/sh -c 'exec gunicorn shop.wsgi'", "gunicorn shop.wsgi"),
        datadog=("ddtrace-run gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        newrelic=("newrelic-admin run-program gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        doppler=("doppler run -- gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        conda=("conda run --no-capture-output -n shop gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        waiting=("./wait-for-it.sh db:5432 -t 60 -- gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        dockerize=("dockerize -wait tcp://db:5432 -timeout 60s gunicorn shop.wsgi", "gunicorn shop.wsgi"),
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
        self.assertEqual([expected], targets(follow(shlex.split(command))))

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
        option_with_a_variable=("exec gunicorn shop.wsgi --bind=0.0.0.0:$PORT -w$WORKERS", "gunicorn shop.wsgi"),
        function=("web() { exec gunicorn shop.wsgi; }\nweb", "gunicorn shop.wsgi"),
        main_function=('main() {\n  cd /srv\n  exec gunicorn "$@"\n}\n\nmain shop.wsgi', "gunicorn shop.wsgi"),
        function_in_a_function=("a() { exec gunicorn shop.wsgi; }\nb() { a; }\nb", "gunicorn shop.wsgi"),
        after_a_function_that_returns=("f() { if x; then return 1; fi; }\nf\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        set_arguments=('set -- gunicorn shop.wsgi\nexec "$@"', "gunicorn shop.wsgi"),
        shifted=('set -- web gunicorn shop.wsgi\nshift\nexec "$@"', "gunicorn shop.wsgi"),
        array=("ARGS=(\n  a\n  --b\n)\nexec gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        command=("command gunicorn shop.wsgi", "gunicorn shop.wsgi"),
        in_the_foreground_again=("set -m\ngunicorn shop.wsgi &\npython x.py\nfg %1", "gunicorn shop.wsgi"),
    )  # fmt: skip
    def test_the_application_is_found(self, text, expected):
        self.assertEqual([expected], targets(sh(text)))

    def test_what_runs_in_the_background_is_found_too(self):
        start = sh("celery -A shop worker & \ngunicorn shop.wsgi & \nwait -n\nexit $?")
        self.assertEqual(["celery shop", "gunicorn shop.wsgi"], targets(start))

    @rows(
        in_a_branch='if [ "$ROLE" = web ]; then exec gunicorn shop.wsgi; else exec celery -A shop worker; fi',
        in_a_case='case "$1" in web) exec gunicorn shop.wsgi;; *) exec "$@";; esac',
        in_a_function_that_is_not_called="web() { exec gunicorn shop.wsgi; }\nexec nginx",
        in_a_function_that_calls_itself="web() { web; }\nweb",
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

    def test_a_shell_that_reads_a_users_files_has_an_unknown_path(self):
        """conda init, pyenv: they put their folders on PATH in .bashrc or .profile."""
        for words in (["bash", "-lc"], ["bash", "--login", "-c"], ["bash", "-ic"]):
            (found,) = follow([*words, "exec gunicorn shop.wsgi"]).applications
            self.assertEqual((False, True), (found.complete, "PYTHONPATH" in found.unknown))
        start = follow(["bash", "-c", "exec gunicorn shop.wsgi"], BASH_ENV="/root/.bashrc")
        self.assertIsNone(start.programs[-1].at.environment["PATH"])

    @rows(
        first=("export PYTHONPATH=/srv/src:$PYTHONPATH\nexec gunicorn shop.wsgi", "/srv/src:"),
        last=('export PYTHONPATH="${PYTHONPATH}:/srv/src"\nexec gunicorn shop.wsgi', ":/srv/src"),
        of_a_library=("export PYTHONPATH=/srv:$(pwd)\nexec gunicorn shop.wsgi", "/srv:/app"),
    )
    def test_a_list_of_folders_that_nobody_sets_is_empty(self, text, expected):
        (found,) = sh(text).applications
        self.assertEqual((expected, True), (found.environment["PYTHONPATH"], found.complete))

    def test_variables_of_the_shell_are_not_those_of_its_programs(self):
        (found,) = sh("read -r LINE\nWORKERS=$(nproc)\nA=1\nB=2\nexport B\nexec gunicorn shop.wsgi").applications
        self.assertEqual(("2", False, True), (found.environment["B"], "A" in found.environment, found.complete))
        (all,) = sh("set -a\nA=1\nset +a\nB=2\nexec gunicorn shop.wsgi").applications
        self.assertEqual(("1", False), (all.environment["A"], "B" in all.environment))

    @rows(
        install="pip install -r requirements.txt && gunicorn shop.wsgi",
        module="python -m pip install gunicorn && gunicorn shop.wsgi",
        in_a_branch="if [ -n $X ]; then npm ci; fi\nexec gunicorn shop.wsgi",
        poetry="poetry install && gunicorn shop.wsgi",
        not_needed="curl -o /bin/gunicorn example.org || true\nexec gunicorn shop.wsgi",
        piped="curl -fsSL example.org/install | sh\nexec gunicorn shop.wsgi",
    )
    def test_what_the_start_installs_is_not_certain(self, text):
        (found,) = sh(text).applications
        self.assertFalse(found.certain)

    @rows(
        that_waits="until curl -s -o /dev/null http://search:9200; do sleep 1; done\nexec gunicorn shop.wsgi",
        that_says_so="echo 'pip and yarn are not needed'\nexec gunicorn shop.wsgi",
        that_builds_assets="npm run build\nexec gunicorn shop.wsgi",
        that_redirects="while true; do exec {fd}< <(true); break; done\nexec gunicorn shop.wsgi",
        that_finds="if [ -d x ]; then find . -exec chown shop {} +; fi\nexec gunicorn shop.wsgi",
        that_edits_a_file='if [ -n "$N" ]; then sed -i "s/a/$N\\$@/" /etc/x.ini; fi\nexec gunicorn shop.wsgi',
    )
    def test_a_start_that_installs_nothing(self, text):
        start = sh(text)
        self.assertEqual([True, True], [start.applications[0].certain, start.programs[-1].at.certain])

    @rows(
        changed_mode=("chmod +x run.sh\nexec ./run.sh", False),
        written=("cat > run.sh <<E\nx\nE\nexec ./run.sh", False),
        linked=("ln -s /opt/run /bin/run\nexec run", False),
        made_in_a_branch=("if x; then cp a /bin/run; fi\nexec run", False),
        another_file=("chmod +x other.sh\necho x > log\nexec ./run.sh", True),
    )
    def test_a_program_that_the_start_makes_is_not_certain(self, text, certain):
        self.assertEqual(certain, sh(text).programs[-1].at.certain)

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
        exported_lines_of_a_file=("export $(cat .env | xargs)\nexec gunicorn shop.wsgi", False),
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
