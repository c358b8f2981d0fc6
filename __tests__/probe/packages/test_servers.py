"""What start_servers.py says of each server is what the real one does: where it looks for the application, and what it takes.

Each command line is run in the real server, which prints what it imported; and the probe's own process loads the same.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import harness  # noqa: E402
from projects import temporary_folder, written  # noqa: E402

# The application writes down how it was imported, and ends the server.
APPLICATION = """
import json, os, sys
with open(os.environ["SAYS"] + ".partial", "w") as file:
    json.dump({"folder": os.getcwd(), "found": os.path.realpath(__file__), "X": os.environ.get("X"), "name": __name__}, file)
os.replace(file.name, os.environ["SAYS"])
os._exit(0)
"""
FACTORY = """
import json, os, sys
def make(*arguments):
    with open(os.environ["SAYS"] + ".partial", "w") as file:
        json.dump({"folder": os.getcwd(), "arguments": arguments}, file)
    os.replace(file.name, os.environ["SAYS"])
    os._exit(0)
"""
FILES = {
    "shop/__init__.py": "",
    "shop/wsgi.py": APPLICATION,
    "shop/factory.py": FACTORY,
    "src/other/__init__.py": "",
    "src/other/wsgi.py": APPLICATION,
    "conf.py": 'raw_env = ["X=of conf"]\nchdir = "src"\nwsgi_app = "other.wsgi"\n',
    "values.env": "X=of file\n",
}
SERVED = {
    "gunicorn": (["gunicorn", "-b", "127.0.0.1:0", "shop.wsgi"], {}),
    "gunicorn_with_chdir": (["gunicorn", "--chdir", "src", "other.wsgi:application", "-w2"], {}),
    "gunicorn_with_pythonpath": (["gunicorn", "--pythonpath=src", "--preload", "other.wsgi"], {}),
    "gunicorn_with_env": (["gunicorn", "-e", "X=1", "shop.wsgi"], {}),
    "gunicorn_with_config": (["gunicorn", "-c", "conf.py"], {}),
    "gunicorn_with_arguments_of_the_environment": (["gunicorn", "shop.wsgi"], {"GUNICORN_CMD_ARGS": "--env X=2 --preload"}),
    "gunicorn_with_a_factory": (["gunicorn", "shop.factory:make('a', 1)"], {}),
    "uvicorn": (["uvicorn", "--port", "0", "shop.wsgi:application"], {}),
    "uvicorn_with_app_dir": (["uvicorn", "--port", "0", "--app-dir", "src", "other.wsgi:application"], {}),
    "uvicorn_with_factory": (["uvicorn", "--factory", "shop.factory:make", "--port=0"], {}),
    "uvicorn_with_env_file": (["uvicorn", "--env-file", "values.env", "shop.wsgi:application"], {}),
    "daphne": (["daphne", "-p", "0", "--proxy-headers", "shop.wsgi:application"], {}),
    "hypercorn": (["hypercorn", "-b", "127.0.0.1:0", "shop.wsgi:application"], {}),
    "hypercorn_with_mode": (["hypercorn", "-b", "127.0.0.1:0", "wsgi:shop.wsgi:application"], {}),
    "granian": (["granian", "--interface", "wsgi", "--port", "0", "shop.wsgi:application"], {}),
    "granian_with_working_dir": (["granian", "--working-dir", "src", "--interface", "wsgi", "other.wsgi:application"], {}),
    "granian_with_factory": (["granian", "--factory", "--interface", "wsgi", "shop.factory:make"], {}),
    "waitress": (["waitress-serve", "--port=0", "--no-ipv6", "shop.wsgi:application"], {}),
    "waitress_with_call": (["waitress-serve", "--call", "shop.factory:make"], {}),
    "celery": (["celery", "-A", "shop.wsgi", "worker", "-l", "info"], {}),
    "celery_with_workdir": (["celery", "--workdir", "src", "--app=other.wsgi", "beat"], {}),
}  # fmt: skip
# The modules that the console scripts run. They are not installed here.
CONSOLE = {
    "gunicorn": "gunicorn.app.wsgiapp:run",
    "uvicorn": "uvicorn.main:main",
    "daphne": "daphne.cli:CommandLineInterface.entrypoint",
    "hypercorn": "hypercorn.__main__:main",
    "granian": "granian.cli:entrypoint",
    "waitress-serve": "waitress.runner:run",
    "celery": "celery.__main__:main",
}


class Servers(harness.TableTest):
    def project(self):
        folder = os.path.join(temporary_folder(), "app")
        for name, text in FILES.items():
            written(text, name, folder)
        return folder

    def bin(self):
        """The console scripts, as pip writes them."""
        folder = temporary_folder()
        for name, target in CONSOLE.items():
            module, _, attribute = target.partition(":")
            first = attribute.partition(".")[0]
            text = "#!%s\nimport sys\nfrom %s import %s\nif __name__ == '__main__':\n    sys.exit(%s())\n" % (
                sys.executable,
                module,
                first,
                attribute,
            )
            os.chmod(written(text, name, folder), 0o755)
        return folder

    @harness.rows(**SERVED)
    def test_what_a_server_imports_is_what_is_loaded(self, command, variables):
        folder, bin = self.project(), self.bin()
        environment = {"PATH": "%s:%s" % (bin, os.defpath), "HOME": folder, **variables}
        for words in (command, as_module(command)):
            with self.subTest(words=words):
                real = os.path.join(folder, "real")
                ours = os.path.join(folder, "ours")
                printed = run_server(words, folder, {**environment, "SAYS": real}, real)
                self.assertTrue(os.path.exists(real), printed)
                self.load(words, folder, {**environment, "SAYS": ours})
                self.assertEqual(read(real), read(ours))
                os.remove(real)
                os.remove(ours)

    def load(self, words, folder, environment):
        fresh = importlib.import_module("shipshape_probe.start_fresh")
        start = importlib.import_module("shipshape_probe.start_walk").Start()
        situation = importlib.import_module("shipshape_probe.start_situation")
        start.follow(words, situation.at_start(environment, folder, "CMD"))
        (application,) = start.applications
        context = harness.fake(folder=temporary_folder(), first_party=harness.fake(packages=()), deadline=float("inf"))
        return fresh.load(application, context, os.path.join(context.folder, "fresh"))

    @harness.rows(
        that_crashes=("raise RuntimeError('of the tasks')\n", "RuntimeError", "of the tasks"),
        that_wants_what_is_not_installed=("import no_such_package\n", "ModuleNotFoundError", "no_such_package"),
        that_is_right=("", None, None),
    )
    def test_celery_imports_the_tasks_that_it_discovers(self, tasks, kind, message):
        folder, bin = self.project(), self.bin()
        written("SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\n", "settings.py", folder)
        app = "import os\nfrom celery import Celery\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
        written(app + "app = Celery('queue')\napp.autodiscover_tasks()\n", "queue_app.py", folder)
        written(tasks, "shop/tasks.py", folder)
        environment = {"PATH": "%s:%s" % (bin, os.defpath), "HOME": folder}
        outcome = self.load(["celery", "-A", "queue_app", "worker"], folder, environment)
        if kind is None:
            self.assertTrue(outcome.loaded)
            return
        self.assertEqual((kind, "queue_app"), (outcome.crash["described"]["type"], outcome.crash["module"]))
        self.assertIn(message, outcome.crash["described"]["message"])
        self.assertEqual({"file": os.path.join(folder, "shop", "tasks.py"), "line": 1}, outcome.crash["place"])

    def test_every_option_that_stands_alone_is_known(self):
        """Of gunicorn: its own parser knows them all."""
        from gunicorn.config import Config
        from shipshape_probe import start_servers

        alone = {
            option for action in Config().parser()._actions if action.nargs == 0 for option in action.option_strings
        }
        self.assertEqual(set(), alone - start_servers.FLAGS["gunicorn"] - start_servers.FINAL - {"-v"})

    def test_every_flag_of_uvicorn_and_granian_is_known(self):
        import click
        from shipshape_probe import start_servers

        # By their modules: uvicorn's `main` is also a name in its package.
        uvicorn, granian = (importlib.import_module(name) for name in ("uvicorn.main", "granian.cli"))
        for name, command in (("uvicorn", uvicorn.main), ("granian", granian.cli)):
            with self.subTest(name):
                flags = set()
                for option in command.params:
                    if isinstance(option, click.Option) and option.is_flag:
                        flags.update([*option.opts, *option.secondary_opts])
                self.assertEqual(set(), flags - start_servers.FLAGS[name] - start_servers.FINAL)


def as_module(command):
    module = {"waitress-serve": "waitress"}.get(command[0], command[0])
    return [sys.executable, "-m", module, *command[1:]]


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def run_server(words, folder, environment, real):
    """Run a server until its application has been imported. Returns the end of what it printed."""
    with open(os.path.join(folder, "printed"), "wb") as printed:
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdout=printed,
            stderr=printed,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None and not os.path.exists(real):
        time.sleep(0.02)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
    with open(printed.name, encoding="utf-8") as file:
        return file.read()[-2000:]
