"""A fresh process that imports what a server is told to import, as that server does, with nothing prepared.

No django.setup(), no DJANGO_SETTINGS_MODULE that production does not have. It writes `loaded` or `crash` to its journal.
"""

import ast
import importlib
import importlib.machinery
import importlib.util
import json
import os
import sys

from shipshape_probe.first_party import FirstParty
from shipshape_probe.journal import Journal
from shipshape_probe.reads import Reads


class NotThere(Exception):
    """The application is not what the server needs: its module, or its attribute."""


def main(folder):
    with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
        task = json.load(file)
    journal = Journal(os.path.join(folder, "journal"))
    first_party = FirstParty(task["packages"])
    reads = Reads(first_party)
    be_modest()
    sys.argv = list(task["argv"])
    reads.install()
    try:
        load(task)
    except BaseException as error:
        from shipshape_probe import start_crash  # slow to import, and most applications load

        module = task["target"].partition(":")[0]
        journal.write(crash=start_crash.explain(error, first_party, reads, module, task.get("reading", "")))
    else:
        journal.write(loaded=True)
    os._exit(0)


def be_modest():
    """This process is not what the other checks wait for."""
    sys.dont_write_bytecode = True
    try:
        os.nice(5)
    except OSError:
        pass


def load(task):
    """Import the application of a task (start_servers.Application.task). Raises what the import raises."""
    server, target = task["server"], task["target"]
    if server == "waitress":
        sys.path.extend(task["paths"])
    else:
        for path in task["paths"]:
            sys.path.insert(0, path)
    if server == "gunicorn":
        task["reading"] = task["files"]["config"] or "gunicorn.conf.py"
        named = prepare_gunicorn(task["files"])
        task["reading"] = ""
        target = task["target"] = target or named
        if not target:
            return
    if task["files"].get("env"):
        from dotenv import load_dotenv

        load_dotenv(dotenv_path=task["files"]["env"])
    if server == "celery":
        load_celery(target)
    elif os.path.isabs(target):
        run_file(target)
    else:
        load_application(server, target, task["attribute"], task["call"])


def load_application(server, target, default, call):
    module_name, _, attribute = target.partition(":")
    if server == "waitress" and not attribute:
        module_name, _, attribute = target.rpartition(".")
    if server in ("uvicorn", "daphne") and not attribute:
        raise NotThere('%s needs "module:attribute", and it is told "%s"' % (server, target))
    module = importlib.import_module(module_name)
    attribute = attribute or default
    if not attribute:
        return
    name, called = attribute, None
    if attribute.endswith(")"):
        called = ast.parse(attribute, mode="eval").body
        name = called.func.id
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            raise NotThere("the module %s has no %s" % (module_name, name))
        found = getattr(found, part)
    if called is not None:
        options = {each.arg: ast.literal_eval(each.value) for each in called.keywords}
        found(*map(ast.literal_eval, called.args), **options)
    elif call:
        found()


def prepare_gunicorn(files):
    """What gunicorn does before it imports the application. Returns the application that its config names, or None."""
    settings = gunicorn_settings(files["config"])
    folder = files["chdir"] or settings.get("chdir")
    if folder:
        os.chdir(folder)
        sys.path.insert(0, os.getcwd())
    for path in filter(None, str(files["pythonpath"] or settings.get("pythonpath") or "").split(",")):
        sys.path.insert(0, os.path.abspath(path))
    for each in [*settings.get("raw_env", ()), *files["sets"]]:
        name, equals, value = str(each).partition("=")
        if equals:
            os.environ[name] = value
    return settings.get("wsgi_app")


def gunicorn_settings(config):
    """The names in gunicorn's configuration file: it is a Python module, which gunicorn runs."""
    if config.startswith("python:"):
        return vars(importlib.import_module(config[len("python:") :]))
    path = config[len("file:") :] if config.startswith("file:") else config or "gunicorn.conf.py"
    if not os.path.isfile(path):
        return {}  # what is named and not there may be mounted when the container runs
    loader = importlib.machinery.SourceFileLoader("__config__", os.path.abspath(path))
    spec = importlib.util.spec_from_file_location("__config__", loader.path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules["__config__"] = module
    spec.loader.exec_module(module)
    return vars(module)


def load_celery(target):
    """Find the app and import its tasks, as `worker` and `beat` do. Django's checks, which it runs too, are `system`'s."""
    if importlib.util.find_spec("celery") is None:
        return  # then its program is not there either, which is a finding of its own
    os.environ["CELERY_SKIP_CHECKS"] = "true"
    from celery.app.utils import find_app

    find_app(target).loader.import_default_modules()


def run_file(path):
    if not os.path.isfile(path):
        raise NotThere("there is no file %s in the image" % path)
    spec = importlib.util.spec_from_file_location("uwsgi_file", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
