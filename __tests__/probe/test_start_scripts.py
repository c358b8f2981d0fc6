"""How a start is followed through files: shell scripts, supervisord's and uWSGI's configuration."""

import os

from harness import TableTest, rows
from projects import temporary_folder, written
from test_start_walk import follow, programs, targets


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

    @rows(
        a_function=('web() { exec gunicorn shop.wsgi; }\n"$@"\n', "web", ["gunicorn shop.wsgi"]),
        a_function_with_arguments=('web() { exec gunicorn "$@"; }\n"$@"\n', "web shop.wsgi", ["gunicorn shop.wsgi"]),
        a_branch=('if [ "$1" = web ]; then\n  python3 x\n  gunicorn shop.wsgi\nfi\nexec "$@"\n', "web", []),
        a_case=('case "$1" in\nweb) gunicorn shop.wsgi ;;\nesac\nexec "$@"\n', "web", []),
        a_test=('[ "$1" = web ] && gunicorn shop.wsgi\nexec "$@"\n', "web", []),
    )
    def test_a_role_that_cmd_names_is_no_program(self, text, command, expected):
        folder = self.folder(start_sh="#!/bin/bash\nset -e\n" + text)
        start = follow(["./start.sh", *command.split()], folder)
        self.assertEqual(expected, targets(start))
        self.assertEqual([], [each.name for each in start.programs if each.name == "web" and each.at.certain])

    @rows(
        # bookwyrm-social/bookwyrm: entrypoint.sh
        that_prepares=(
            'die() { exit 1; }\nif [ "$1" = "gunicorn" ]; then\n  echo "**** migrations"\n'
            '  python manage.py migrate || die "no"\nfi\nexec "$@"\n',
            True,
        ),
        # wagtail/bakerydemo: docker-entrypoint.sh
        for_another=('if [ "$1" = "/venv/bin/uwsgi" ]; then\n  python manage.py migrate\nfi\nexec "$@"\n', True),
        that_serves=('if [ "$1" = "gunicorn" ]; then\n  uvicorn shop.asgi:app\nfi\nexec "$@"\n', False),
        that_calls=('web() { exec gunicorn; }\nif [ "$1" = "gunicorn" ]; then\n  web\nfi\nexec "$@"\n', False),
        of_any_kind=('case "$1" in\n  g*) ./run ;;\nesac\nexec "$@"\n', False),
    )
    def test_a_branch_for_what_cmd_names(self, text, certain):
        folder = self.folder(start_sh="#!/bin/bash\nset -e\n" + text)
        start = follow(["./start.sh", "gunicorn", "shop.wsgi"], folder)
        self.assertEqual(certain, start.applications[0].certain)

    @rows(
        dirname='cd "$(dirname "$0")"\nexec gunicorn shop.wsgi\n',
        cut="cd ${0%/*}\nexec gunicorn shop.wsgi\n",
        above='cd "$(dirname "$0")/../bin"\nexec gunicorn shop.wsgi\n',
        of_bash='cd -- "$( dirname -- "${BASH_SOURCE[0]}" )" &> /dev/null\nexec gunicorn shop.wsgi\n',
        in_a_variable='HERE="$(cd "$(dirname "$0")" >/dev/null 2>&1 && pwd)"\ncd "$HERE"\nexec gunicorn shop.wsgi\n',
        resolved="cd `dirname $(readlink -f $0)`\nexec gunicorn shop.wsgi\n",
    )
    def test_a_script_that_changes_to_its_own_folder(self, text):
        folder = self.folder(bin__start_sh="#!/bin/bash\n" + text)
        (found,) = follow(["bin/start.sh"], folder).applications
        self.assertEqual(os.path.join(folder, "bin"), found.folder)

    def test_a_script_that_sources_another(self):
        folder = self.folder(
            start_sh='#!/bin/bash\n. "$(dirname "$0")/lib.sh"\nserve shop.wsgi\n',
            lib_sh='export A=1\n\nserve() { exec gunicorn "$@"; }\n',
        )
        (found,) = follow(["./start.sh"], folder).applications
        self.assertEqual(("shop.wsgi", "1", True), (found.target, found.environment["A"], found.complete))
        self.assertEqual({"file": folder + "/lib.sh", "line": 3}, found.place)

    def test_scripts_that_run_each_other_for_ever(self):
        folder = self.folder(a_sh="#!/bin/sh\nexec ./b.sh\n", b_sh="#!/bin/sh\nexec ./a.sh\n")
        self.assertEqual([], targets(follow(["./a.sh"], folder)))
        many = self.folder(a_sh="#!/bin/sh\n" + "./a.sh\n" * 1000)
        self.assertEqual([], targets(follow(["./a.sh"], many)))

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

    def test_the_variables_of_supervisord(self):
        text = (
            '[supervisord]\nenvironment=A="%(ENV_APP)s",B="%(ENV_NOWHERE)s"\ndirectory=%(here)s\n'
            "[program:web]\ncommand=gunicorn -b :%(ENV_PORT)s %(ENV_APP)s.wsgi\n"
            'environment=PATH="/opt/venv/bin:%(ENV_PATH)s",PYTHONPATH="/srv:%(ENV_PYTHONPATH)s",C="1,%%d"\n'
        )
        folder = self.folder(supervisord_conf=text)
        (found,) = follow(["supervisord", "-c", folder + "/supervisord.conf"], "/app").applications
        self.assertEqual(("shop.wsgi", folder), (found.target, found.folder))
        wanted = {"A": "shop", "PATH": "/opt/venv/bin:/usr/bin:/bin", "PYTHONPATH": "/srv:", "C": "1,%d"}
        self.assertEqual(wanted, {name: found.environment[name] for name in wanted})
        self.assertEqual({"B"}, found.unknown)

    def test_the_files_that_supervisord_includes(self):
        """Debian's supervisord.conf includes conf.d/*.conf."""
        folder = self.folder(
            supervisord_conf="[supervisord]\nnodaemon=true\n[include]\nfiles = conf.d/*.conf %(here)s/other.ini\n",
            conf__d__web_conf="[program:web]\ncommand=gunicorn shop.wsgi\n",
        )
        os.rename(folder + "/conf", folder + "/conf.d")
        os.rename(folder + "/conf.d/d/web.conf", folder + "/conf.d/web.conf")
        written("[program:beat]\ncommand=celery -A shop beat\n", "other.ini", folder)
        start = follow(["supervisord"], folder)
        self.assertEqual(["gunicorn shop.wsgi", "celery shop"], targets(start))
        self.assertEqual({"file": folder + "/conf.d/web.conf", "line": 1}, start.applications[0].place)
