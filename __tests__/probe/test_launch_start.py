"""launch.sh follows what the image starts: the interpreter that ENTRYPOINT, CMD and start scripts use is the one.

The trees are those that the tools make. In each the image has another Python on PATH, without Django.
"""

import os
import shutil
import time

from harness import ALL, RunTest, probe, rows
from projects import Project, temporary_folder, written
from test_launch import HERE, OTHER

COMPLETED = dict.fromkeys(ALL, "completed")


def environment(*place):
    """A virtual environment with Django at this place. Returns its interpreter."""
    place = os.path.join(*place)
    os.makedirs(os.path.join(place, "bin"))
    shutil.copy(os.path.join(HERE, "pyvenv.cfg"), place)
    for name in ("lib", "lib64"):
        if os.path.isdir(os.path.join(HERE, name)):
            os.symlink(os.path.join(HERE, name), os.path.join(place, name))
    os.symlink(OTHER, os.path.join(place, "bin", "python"))
    return os.path.join(place, "bin", "python")


def program(text, *place):
    """An executable file. Returns its path."""
    path = os.path.join(*place)
    written(text, os.path.basename(path), os.path.dirname(path))
    os.chmod(path, 0o755)
    return path


class Launch(RunTest):
    def setUp(self):
        self.project = Project()
        self.home = os.path.join(temporary_folder(), "home", "web")  # deep, where no other test's search finds it
        os.makedirs(self.home)
        self.path = temporary_folder()  # PATH's first folder
        os.symlink(OTHER, os.path.join(self.path, "python3"))

    def run_with(self, start, **image):
        image = {"HOME": self.home, "PATH": self.path + ":" + os.defpath, **image}
        return probe(self.project, launch=[], start=start, image=image, checks=["system"])

    def found(self, interpreter, start, **image):
        run = self.run_with(start, **image)
        self.assertEqual({"system": "completed"}, run.statuses(), run.text())
        self.assertEqual(interpreter, run.report["python"]["executable"])
        return run


class Tools(Launch):
    def test_poetry_s_cache(self):  # python-poetry/poetry#856, jacebrowning/memegen#842
        made = environment(self.home, ".cache/pypoetry/virtualenvs/shop-y1Kzq8Xn-py3.13")
        self.found(made, "poetry run gunicorn shop.wsgi -b :8000")

    def test_poetry_s_environment_of_this_project_and_not_of_another(self):
        self.project.change("pyproject.toml", '[project]\nname = "shop"\n')
        environment(self.home, ".cache/pypoetry/virtualenvs/admin-tools-aaaaaaaa-py3.13")
        made = environment(self.home, ".cache/pypoetry/virtualenvs/shop-y1Kzq8Xn-py3.13")
        self.found(made, "poetry run gunicorn shop.wsgi")

    @rows(  # stellar/django-polaris#643 and the options in Poetry's configuration docs
        in_the_project=(".venv", {}),
        path=("envs/shop-y1Kzq8Xn-py3.13", {"POETRY_VIRTUALENVS_PATH": "%s/envs"}),
        cache=("cache/virtualenvs/shop-y1Kzq8Xn-py3.13", {"POETRY_CACHE_DIR": "%s/cache"}),
    )
    def test_poetry_s_other_places(self, place, image):
        made = environment(self.project.folder, place)
        image = {name: value % self.project.folder for name, value in image.items()}
        self.found(made, "tini -- poetry run python -m gunicorn", **image)

    @rows(
        own_home=(".local/share/virtualenvs/app-Xk3_9aQz", {}),  # Kong/httpbin#63
        workon_home=("envs/app-Xk3_9aQz", {"WORKON_HOME": "%s/envs"}),  # pypa/pipenv#280
    )
    def test_pipenv_s(self, place, image):
        environment(self.home, os.path.dirname(place), "zoo-11111111")
        made = environment(self.home, place)
        image = {name: value % self.home for name, value in image.items()}
        self.found(made, "pipenv run gunicorn mysite.wsgi", **image)

    def test_pipenv_s_in_the_project(self):  # benoitc/gunicorn#3084
        self.found(environment(self.project.folder, ".venv"), "sh -c pipenv run python manage.py runserver")

    @rows(
        run="conda run -n shop gunicorn mysite.wsgi",
        long="conda run --no-capture-output --name shop gunicorn mysite.wsgi",
        equals="micromamba run --name=shop gunicorn mysite.wsgi",
        shell="/bin/bash -c source /opt/x/etc/profile.d/conda.sh && conda activate shop && exec gunicorn",
    )
    def test_conda_s(self, start):
        environment(self.home, "mamba", "envs", "docs")
        made = environment(self.home, "mamba", "envs", "shop")
        self.found(made, start, MAMBA_ROOT_PREFIX=self.home + "/mamba")

    def test_the_base_environment_of_micromamba_s_image(self):  # mamba-org/micromamba-docker#101
        made = environment(self.home, "conda")
        script = program('#!/bin/bash\nsource _activate_current_env.sh\nexec "$@"\n', self.path, "_entrypoint.sh")
        self.found(made, script + " gunicorn", MAMBA_ROOT_PREFIX=self.home + "/conda", ENV_NAME="base")

    @rows(run="pixi run -e prod serve", long="pixi run --environment prod serve")
    def test_pixi_s(self, start):
        environment(self.project.folder, ".pixi/envs/default")
        self.found(environment(self.project.folder, ".pixi/envs/prod"), start)

    def test_pixi_s_shell_hook(self):  # bilayer-containers/bilayers#65, prefix-dev/pixi#781
        made = environment(self.project.folder, ".pixi/envs/prod")
        place = os.path.dirname(os.path.dirname(made))
        text = 'export PATH="%s/bin:/usr/bin"\nexport CONDA_PREFIX="%s"\nexport PIXI_IN_SHELL="1"\nexec "$@"\n' % (
            place,
            place,
        )
        self.found(made, "/bin/bash %s gunicorn mysite.wsgi" % written(text, "shell-hook.sh"))

    @rows(  # the options of uv's documentation
        absolute=("deps", {"UV_PROJECT_ENVIRONMENT": "%s/deps"}, "uv run gunicorn"),
        relative=("build/env", {"UV_PROJECT_ENVIRONMENT": "build/env"}, "uv run --no-dev gunicorn"),
        folder=("backend/.venv", {}, "uv run --directory backend gunicorn"),
        plain=(".venv", {}, "sh -c cd %s && uv run --frozen --no-sync python manage.py runserver"),
    )
    def test_uv_s(self, place, image, start):
        made = environment(self.project.folder, place)
        here = self.project.folder
        image = {name: value.replace("%s", here) for name, value in image.items()}
        self.found(made, start.replace("%s", here), **image)

    def test_pdm_s_chosen_interpreter(self):
        made = environment(self.home, "elsewhere")
        self.project.change(".pdm-python", made)
        self.found(made, "pdm run start")

    def test_pdm_s_packages_without_an_environment(self):  # pdm-project/pdm#897
        packages = self.project.path("__pypackages__/3.99/lib")
        os.makedirs(os.path.dirname(packages))
        site = os.path.dirname(os.path.dirname(__import__("django").__file__))
        os.symlink(site, packages)
        self.found(os.path.join(self.path, "python3"), "pdm run gunicorn mysite.wsgi")

    def test_hatch_s(self):
        places = ".local/share/hatch/env/virtual/shop/a1B2c3D4"
        environment(self.home, places, "shop")
        self.found(environment(self.home, places, "prod"), "hatch run prod:serve")

    @rows(
        poetry=".cache/pypoetry/virtualenvs/a-b-py3", pipenv=".local/share/virtualenvs/a-b", uv=".local/share/uv/python/cpython-3",
        hatch=".local/share/hatch/env/virtual/a/b/a", conda="mamba/envs/a", pdm=".local/share/pdm/venvs/a-b",
    )  # fmt: skip
    def test_a_tool_s_environment_is_found_though_the_start_does_not_name_the_tool(self, place):
        made = environment(self.home, place)
        self.found(made, "/start", MAMBA_ROOT_PREFIX=self.home + "/mamba")


class Programs(Launch):
    @rows(
        first_line="%(bin)s/gunicorn mysite.wsgi", tini="/usr/bin/tini -g -- %(bin)s/gunicorn", itself="%(bin)s/python -m gunicorn",
        env="env -u HOME A=b %(bin)s/gunicorn mysite.wsgi", gosu="gosu web:web %(bin)s/gunicorn",
        shell="/bin/sh -c cd /tmp && python3 wait.py && exec %(bin)s/gunicorn mysite.wsgi", path="sh -c PATH=%(bin)s:$PATH gunicorn",
        activated="sh -c . %(bin)s/activate ; exec gunicorn", active="env VIRTUAL_ENV=%(place)s gunicorn",
        in_c="%(bin)s/uwsgi --ini uwsgi.ini",
    )  # fmt: skip
    def test_the_program_of_the_start(self, start):
        made = environment(self.home, "far/away")
        folder = os.path.dirname(made)
        program("#!%s\n" % made, folder, "gunicorn")
        program("\x7fELF\n", folder, "uwsgi")
        self.found(made, start % {"bin": folder, "place": os.path.dirname(folder)})

    def test_a_program_in_c_is_read_once_however_often_it_is_run(self):
        made = environment(self.home, "far/away")
        program("#!%s\n" % made, self.path, "gunicorn")
        program("\x7fELF" + "x" * 100_000, self.path, "tool")
        began = time.monotonic()
        self.found(made, "sh -c " + "tool && " * 800 + "exec gunicorn mysite.wsgi")
        self.assertLess(time.monotonic() - began, 30)

    @rows(
        last_line="#!/bin/sh\nset -e\npython3 manage.py migrate\nexec %s mysite.wsgi \\\n  --bind :8000\n",
        arguments='#!/usr/bin/env bash\nif [ "$1" = worker ]; then\n  exec celery\nfi\nexec "$@"\n',
        case='#!/bin/sh\ncase "$1" in\n  web) exec %s ;;\n  *) echo no ;;\nesac\n',
        no_first_line="# starts it\nexec '%s'\n",
        of_windows="#!/bin/sh\r\nexec %s\n",
        not_utf_8="#!/bin/sh\n# caf\xe9\nexec %s\n",
        calls_itself='#!/bin/sh\n"$0" "$@"\n./start.sh\n. ./start.sh\nexec "$@"\n',
    )
    def test_a_start_script(self, text):
        made = environment(self.home, "far")
        server = program("#!%s\n" % made, self.home, "gunicorn")
        with open(self.project.path("start.sh"), "wb") as file:
            file.write(text.replace("%s", server).encode("latin-1"))
        self.found(made, "./start.sh %s mysite.wsgi" % server)

    @rows(poetry="exec poetry run gunicorn", script="sh deploy/inner.sh")
    def test_what_a_start_script_calls(self, call):
        made = environment(self.home, ".cache/pypoetry/virtualenvs/a-b-py3.13")
        self.project.change("deploy/inner.sh", "#!/bin/sh\npoetry run ./manage.py runserver\n")
        self.project.change("start.sh", "#!/bin/sh\n%s\n" % call)
        self.found(made, "bash start.sh")

    def test_a_long_start_is_no_problem(self):
        made = environment(self.home, "far")
        self.found(made, "%s -c %s" % (made, "x=1;" * 2000))

    @rows(
        quotes="sh -c \"'", substitution="sh -c $(uname) `id` ${A:-b}", glob="gunicorn * [a ?", nothing="", redirect="sh -c <a >b",
        option="--help", dashes="-- -", backslash="\\",
    )  # fmt: skip
    def test_a_start_that_says_nothing(self, start):
        self.found(environment(self.project.folder, ".venv"), start)


class TwoEnvironments(Launch):
    def notes(self, run):
        return [each for each in run.check("system")["notes"] if "image" in each]

    def test_the_one_that_production_uses_is_checked_and_the_report_says_so(self):
        on_path = environment(self.home, "on-path")
        made = environment(self.home, ".cache/pypoetry/virtualenvs/a-b-py3.13")
        run = self.found(made, "poetry run gunicorn", PATH=os.path.dirname(on_path))
        (note,) = self.notes(run)
        self.assertRegex(
            note, r"checks ran with \S+/bin/python, as the image's start does \(poetry run\), and not with"
        )
        self.assertIn(on_path + " (Django ", note)

    def test_the_active_one_is_left_out_where_cmd_names_another(self):
        active = environment(self.home, "active")
        made = environment(self.home, "prod")
        run = self.found(made, made + " -m gunicorn", VIRTUAL_ENV=os.path.dirname(os.path.dirname(active)))
        self.assertIn(active, "".join(self.notes(run)))

    def test_nothing_is_said_where_there_is_one(self):
        made = environment(self.home, "prod")
        run = self.found(
            made, made + " -m gunicorn", PATH=os.path.dirname(made), VIRTUAL_ENV=os.path.dirname(os.path.dirname(made))
        )
        self.assertEqual([], self.notes(run))

    def test_a_start_whose_python_has_no_django(self):
        made = environment(self.project.folder, ".venv")
        run = self.found(made, "python3 manage.py runserver")
        (note,) = self.notes(run)
        self.assertIn("start uses %s/python3, which does not run Django" % self.path, note)
