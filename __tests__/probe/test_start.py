"""A container that cannot start: what the check `start` finds in the whole project, with the image's config."""

import os
import sys

import faults
from harness import RunTest, probe, rows
from projects import Project, temporary_folder, written
from starts import ASGI, DAPHNE, GUNICORN, folder_of_programs, script, started


class Programs(RunTest):
    def test_a_start_that_is_right_has_no_finding(self):
        run = started(GUNICORN)
        self.assertEqual([], run.findings())
        self.assertEqual(1, run.check("start")["counts"]["applications"])

    @rows(
        # jacebrowning/memegen#842
        of_cmd=(GUNICORN, (), "CMD runs gunicorn"),
        of_cmd_that_a_shell_runs=(["/bin/sh", "-c", "gunicorn mysite.wsgi"], (), "CMD runs gunicorn"),
        after_env=(["env", "X=1", "gunicorn", "mysite.wsgi"], (), "CMD runs gunicorn"),
        behind_an_entrypoint_that_runs_it=(GUNICORN, ("env",), "CMD runs gunicorn"),
        of_the_entrypoint=((), ("/usr/bin/none",), "ENTRYPOINT runs /usr/bin/none"),
        by_a_relative_path=(["./run.sh"], (), "CMD runs ./run.sh"),
        of_python=(["python3", "mangae.py", "runserver"], (), "runs Python with"),
        # realpython/dockerizing-django#47: stat /usr/local/bin/gunicorn: no such file or directory
        of_a_whole_path=(["/usr/local/lib/none/gunicorn", "mysite.wsgi"], (), "CMD runs /usr/local/lib/none/gunicorn"),
        # nothing is at the path; the folder is excluded by .dockerignore, for example
        of_a_shell=(["bash", "docker/start.sh"], (), "runs a shell with"),
        of_pythons_modules=([sys.executable, "-m", "gunicorn", "mysite.wsgi"], (), "that package is not in the image"),
    )
    def test_a_program_that_is_not_there_is_an_error(self, command, entrypoint, message):
        run = started(command, entrypoint=entrypoint, programs=())
        self.assertEqual([("start", "start.program-missing")], run.failing())
        found = run.finding("start.program-missing")
        self.assertEqual("ERROR", found["level"])
        self.assertIn(message, found["message"])

    @rows(
        of_a_program=["x" * 100_000],
        of_a_script=["python3", "x" * 100_000],
        of_a_shells=["/bin/sh", "-c", "x" * 100_000 + " --bind :8000"],
    )
    def test_a_name_of_100_kb_is_shortened_and_what_is_wrong_with_it_is_said(self, command):
        (found,) = probe_programs(command, {"PATH": os.environ["PATH"]}, usual=())
        self.assertIn("xxx …, which is not in the image.", found["message"])
        self.assertLess(len(found["message"]), 1000)

    def test_the_hint_names_where_the_program_is(self):
        bin = folder_of_programs("gunicorn")
        (found,) = probe_programs(["gunicorn"], {"PATH": "/nowhere"}, usual=(bin,))
        self.assertIn("It is %s/gunicorn: put that folder into PATH" % bin, found["hint"])

    def test_an_argument_of_the_entrypoints_script_is_no_program(self):
        """As in "Continuously Deploying Django with Docker" (thraxil.org, 2015): CMD ["run"]."""
        text = (
            "#!/bin/bash\n\ncd /app/\n\n"
            'if [[ "$SETTINGS" ]]; then\n    export DJANGO_SETTINGS_MODULE="$APP.$SETTINGS"\nfi\n\n'
            'if [ "$1" == "migrate" ]; then\n    exec /ve/bin/python manage.py migrate --noinput\nfi\n\n'
            'if [ "$1" == "manage" ]; then\n    shift\n    exec /ve/bin/python manage.py "$@"\nfi\n\n'
            'if [ "$1" == "run" ]; then\n    exec /ve/bin/gunicorn --env \\\n'
            "        DJANGO_SETTINGS_MODULE=$DJANGO_SETTINGS_MODULE \\\n        $APP.wsgi:application -b 0.0.0.0:8000 -w 3\nfi\n"
        )
        project = Project(script(text))
        os.chmod(project.path("start.sh"), 0o755)
        config = {"Entrypoint": [project.path("start.sh")], "Cmd": ["run"]}
        self.assertEqual([], probe(project, checks=["start"], config=config, image={"APP": "mysite"}).findings())

    @rows(
        # docker/for-win#1340 and many more: "exec /start.sh: no such file or directory"
        with_the_line_ends_of_windows=(
            "#!/bin/sh\r\nexec true\r\n", 0o755, "start.program-missing", "ends in CR LF",
        ),
        for_a_shell_that_is_not_there=("#!/bin/nosh\n", 0o755, "start.program-missing", "names /bin/nosh"),
        for_env_and_a_shell_that_is_not_there=(
            "#!/usr/bin/env nosh\n", 0o755, "start.program-missing", "names nosh",
        ),
        without_an_interpreter=("exec true\n", 0o755, "start.not-executable", "exec format error"),
        with_a_byte_order_mark=(
            "\ufeff#!/bin/sh\nexec true\n", 0o755, "start.not-executable", "begins with a byte order mark",
        ),
        that_may_not_be_executed=("#!/bin/sh\nexec true\n", 0o644, "start.not-executable", "-rw-r--r--"),
    )  # fmt: skip
    def test_a_script(self, text, mode, id, message):
        project = Project(script(text))
        os.chmod(project.path("start.sh"), mode)
        run = probe(project, checks=["start"], config={"Entrypoint": ["./start.sh"], "Cmd": ["true"]})
        self.assertEqual([("start", id)], run.failing())
        self.assertHas({"level": "ERROR", "file": "start.sh"}, run.finding(id))
        self.assertIn(message, run.finding(id)["message"])

    def test_a_program_that_a_script_misses_has_the_line(self):
        project = Project(script("#!/bin/sh\nset -e\npython3 manage.py migrate\nexec gunicorn mysite.wsgi\n"))
        os.chmod(project.path("start.sh"), 0o755)
        run = probe(project, checks=["start"], config={"Cmd": ["./start.sh"]})
        self.assertHas({"file": "start.sh", "line": 4, "object": "gunicorn"}, run.finding("start.program-missing"))

    def test_what_a_volume_holds_is_not_known(self):
        run = started(["/data/run"], config={"Volumes": {"/data": {}}})
        self.assertEqual([], run.findings())

    @rows(
        of_a_hundred_kilobytes=(["/bin/sh", "-c", "echo " + "a b " * 25000 + "; exec gunicorn mysite.wsgi"],),
        of_one_long_word=(["/bin/sh", "-c", "echo " + "$(" * 50000],),
        of_many_words=(["env", *(["A=1"] * 25000), "gunicorn", "mysite.wsgi"],),
        that_is_no_list=("gunicorn",),
        that_is_empty=([],),
    )
    def test_a_cmd(self, command):
        """A long one gets an answer."""
        run = started([], programs=["gunicorn"], config={"Cmd": command})
        self.assertEqual({"start": "completed"}, run.statuses())
        self.assertEqual([], run.failing())

    @rows(
        in_latin_1="#!/bin/sh\n# für alle\nexec gunicorn mysite.wsgi\n".encode("latin-1"),
        in_utf_16="#!/bin/sh\nexec nothing\n".encode("utf-16"),
        that_is_binary=b"\x7fELF\x02\x01\x01" + bytes(500),
        that_is_empty_but_for_its_first_line=b"#!/bin/sh\n",
    )
    def test_a_script_of_any_bytes_is_read(self, content):
        project = Project({"start.sh": content})
        os.chmod(project.path("start.sh"), 0o755)
        bin = folder_of_programs("gunicorn")
        config = {"Cmd": ["/bin/sh", "start.sh"]}
        run = probe(project, checks=["start"], config=config, image={"PATH": "%s:%s" % (bin, os.defpath)})
        self.assertEqual({"start": "completed"}, run.statuses())
        self.assertEqual([], run.failing())


def probe_programs(words, environment, usual):
    """The findings on one command, in this process."""
    from shipshape_probe import start_judge, start_situation, start_walk

    before, start_judge.USUAL_FOLDERS = start_judge.USUAL_FOLDERS, usual
    try:
        start = start_walk.Start()
        start.follow(words, start_situation.at_start(environment, "/", "CMD"))
        return list(start_judge.Judge().findings(start.programs))
    finally:
        start_judge.USUAL_FOLDERS = before


CHANNELS_TOO_EARLY = {
    "shop/routing.py": "from .models import Product\n\nwebsocket_urlpatterns = [Product]\n",
    "mysite/asgi.py": "import os\n\nfrom django.core.asgi import get_asgi_application\n\n"
    "from shop.routing import websocket_urlpatterns\n\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n\n'
    "application = get_asgi_application()\n",
}


class Fresh(RunTest):
    """The application that the server names, in a process in which nothing is prepared."""

    @rows(
        # django/channels#1564, django/daphne#173: settings are not configured
        without_settings={},
        # … and with them: Apps aren't loaded yet.
        with_settings={"DJANGO_SETTINGS_MODULE": "mysite.settings"},
    )
    def test_models_that_are_imported_before_django_is_set_up(self, image):
        run = started(DAPHNE, CHANNELS_TOO_EARLY, image=image)
        self.assertEqual([("start", "start.crashed")], run.failing())
        found = run.finding("start.crashed")
        self.assertHas({"level": "ERROR", "file": "mysite/asgi.py", "line": 5}, found)
        self.assertIn("AppRegistryNotReady", found["message"])
        self.assertIn("daphne, which CMD starts", found["message"])
        self.assertIn("get_asgi_application()", found["hint"])

    def test_under_runserver_the_same_module_loads(self):
        run = started(["python3", "manage.py", "runserver"], CHANNELS_TOO_EARLY)
        self.assertEqual([], run.failing())

    def test_a_module_that_only_needs_its_settings_named_is_information(self):
        overlay = {
            "mysite/asgi.py": "import django\n\ndjango.setup()\nfrom django.core.asgi import get_asgi_application\n\napplication = get_asgi_application()\n"
        }
        run = started(DAPHNE, overlay)
        self.assertEqual([], run.failing())
        found = run.finding("start.crashed")
        self.assertHas({"level": "INFO"}, found)
        self.assertIn("needs DJANGO_SETTINGS_MODULE when it starts", found["message"])
        self.assertIn("DJANGO_SETTINGS_MODULE=mysite.settings", found["hint"])
        with_it = started(DAPHNE, overlay, image={"DJANGO_SETTINGS_MODULE": "mysite.settings"})
        self.assertEqual([], with_it.findings())
        self.assertEqual([], started(DAPHNE, overlay, env={"DJANGO_SETTINGS_MODULE": "mysite.settings"}).findings())

    @rows(
        a_module_that_is_not_there=(["gunicorn", "mysite.wsgy"], {}, "there is no module mysite.wsgy in the image"),
        a_deleted_wsgi=(GUNICORN, {"mysite/wsgi.py": None}, "there is no module mysite.wsgi in the image"),
        another_attribute=(["gunicorn", "mysite.wsgi:app"], {}, "the module mysite.wsgi has no app"),
        a_module_without_attribute=(["daphne", "mysite.asgi"], {}, 'needs "module:attribute"'),
        another_folder=(["gunicorn", "--chdir", "shop", "mysite.wsgi"], {}, None),
    )
    def test_what_the_server_names(self, command, overlay, message):
        run = started(command, overlay)
        if message is None:  # gunicorn keeps the folder that it was started in on sys.path
            self.assertEqual([], run.failing())
            return
        self.assertEqual([("start", "start.crashed")], run.failing())
        self.assertIn(message, run.finding("start.crashed")["message"])

    def test_a_leftover_in_the_settings_that_the_server_does_not_use_is_information(self):
        run = started(DAPHNE, {"mysite/wsgi.py": None, "mysite/asgi.py": ASGI})
        self.assertEqual([], run.failing())
        self.assertIn("Only manage.py runserver reads", run.finding("start.crashed")["hint"])

    def test_what_the_settings_and_the_start_script_need_is_there(self):
        """The stand-ins and `env` of the checks, and a folder that the start script changes to."""
        text = "#!/bin/sh\ncd code\nexec gunicorn mysite.wsgi\n"
        project = Project(script(text))
        os.chmod(project.path("start.sh"), 0o755)
        os.makedirs(project.path("code"))
        for name in ("mysite", "shop", "manage.py"):
            os.rename(project.path(name), project.path("code/" + name))
        image = {"PATH": "%s:%s" % (folder_of_programs("gunicorn"), os.defpath)}
        run = probe(project, checks=["start"], config={"Cmd": ["./start.sh"]}, image=image)
        self.assertEqual([], run.findings())

    def test_a_variable_that_the_start_script_may_set_is_not_missed(self):
        bin = folder_of_programs("gunicorn")
        text = "#!/bin/sh\nset -a\n. /run/secrets/env\nexec %s/gunicorn mysite.wsgi\n" % bin
        project = Project(script(text), faults.wsgi_reads_variable)
        os.chmod(project.path("start.sh"), 0o755)
        run = probe(project, checks=["start"], config={"Cmd": ["./start.sh"]})
        self.assertEqual([], run.findings())
        self.assertIn("NEW_RELIC_KEY, which may be set when it starts", run.check("start")["notes"][0])

    def test_another_interpreter_has_other_packages(self):
        bin = temporary_folder()
        os.chmod(written("#!/bin/cat\n", "python3", bin), 0o755)
        os.chmod(written("#!%s/python3\n" % bin, "gunicorn", bin), 0o755)
        run = started(["gunicorn", "nowhere.wsgi"], programs=(), image={"PATH": "%s:%s" % (bin, os.defpath)})
        self.assertEqual([], run.failing())
        self.assertIn("another Python runs it", run.check("start")["notes"][0])


class Services(RunTest):
    """Services of compose files that run the image."""

    def service(self, **service):
        return started(
            GUNICORN,
            services=[{"name": "worker", "file": "compose.yml", "command": None, "entrypoint": None, **service}],
        )

    @rows(
        a_program_that_is_not_there=(
            "celery -A mysite worker -l info",
            "start.program-missing",
            "the service worker (compose.yml) runs celery",
        ),
        a_module_that_is_not_there=(["gunicorn", "mysite.wsgy"], "start.crashed", "no module mysite.wsgy"),
    )
    def test_is_judged_as_the_image_is(self, command, id, message):
        run = self.service(command=command)
        self.assertEqual([("start", id)], run.failing())
        self.assertIn(message, run.finding(id)["message"])
        self.assertIn("is left out if it has a profile", run.finding(id)["hint"])

    def test_the_image_itself_cannot_be_left_out(self):
        for command in (["celery", "-A", "mysite"], ["gunicorn", "mysite.wsgy"]):
            for found in started(command, programs=("gunicorn",)).findings():
                self.assertNotIn("profile", found["hint"])

    @rows(
        that_starts_as_the_image_does={},
        with_a_variable_of_compose={"command": "${RUNNER} -A mysite worker"},
        with_a_command_of_manage_py={"command": "python3 manage.py migrate"},
        with_an_entrypoint={"entrypoint": "env", "command": ["true"]},
    )
    def test_that_is_right(self, service):
        self.assertEqual([], self.service(**service).findings())

    def test_a_variable_that_compose_may_set_is_not_missed(self):
        run = started(
            ["true"],
            faults.wsgi_reads_variable,
            services=[{"name": "web", "file": "compose.yml", "command": GUNICORN, "entrypoint": None}],
        )
        self.assertEqual([], run.failing())
