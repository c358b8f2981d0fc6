"""How the services of compose files are followed, and which of the applications that are found are the same."""

from harness import TableTest, fake, rows
from shipshape_probe import start_image, start_servers, start_walk
from test_start_walk import ENVIRONMENT, follow, programs, targets


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
