"""Projects without STATIC_ROOT: an ERROR, unless what the image starts serves static files from where they are."""

import faults
from harness import RunTest, probe, rows
from projects import Project, append, prepend, replace
from starts import GUNICORN, folder_of_programs
from statics import both

RUNSERVER = ["python", "manage.py", "runserver", "0.0.0.0:8000"]
without_root = faults.no_static_root[faults.SETTINGS]
DEBUG = {faults.SETTINGS: both(without_root, replace("DEBUG = False", "DEBUG = True"))}
NO_DEBUG = {faults.SETTINGS: without_root}
VIEW = {
    "mysite/urls.py": both(
        prepend("from django.contrib.staticfiles.urls import staticfiles_urlpatterns\n"),
        append("\nurlpatterns += staticfiles_urlpatterns()\n"),
    )
}
WHITENOISE = append('\nMIDDLEWARE = [*MIDDLEWARE, "whitenoise.middleware.WhiteNoiseMiddleware"]\n')
# As a published demo image does: nothing but a script that runs the development server.
SCRIPT = {"start.sh": 'echo "Going"\npipenv run python manage.py migrate\npipenv run python manage.py runserver 0:80'}


class WithoutStaticRoot(RunTest):
    def root_unset(self, command, *overlays):
        image = {"PATH": folder_of_programs("gunicorn", "celery") + ":/usr/bin:/bin"}
        config = {"Cmd": command}
        run = probe(Project(*overlays), checks=["static"], config=config, image=image)
        self.assertEqual({"static": "completed"}, run.statuses(), run.text())
        return run.finding("static.root-unset")

    @rows(
        runserver=(RUNSERVER, DEBUG),
        after_a_command=(["sh", "-c", "python manage.py migrate && exec python manage.py runserver"], DEBUG),
        from_a_script=(["sh", "./start.sh"], DEBUG, SCRIPT),
        another_runserver=(["python", "manage.py", "runserver_plus"], DEBUG),
        insecure=([*RUNSERVER, "--insecure"], NO_DEBUG),
        a_view=(GUNICORN, DEBUG, VIEW),
        a_view_with_runserver=([*RUNSERVER, "--nostatic"], DEBUG, VIEW),
        whitenoise_while_debug_is_on=(GUNICORN, DEBUG, {faults.SETTINGS: WHITENOISE}),
        an_unknown_start=(["sh", "-c", '"$SERVER" mysite'], DEBUG),
        a_worker=(["celery", "-A", "mysite", "worker"], NO_DEBUG),
    )
    def test_is_information_where_the_start_serves_them_from_where_they_are(self, command, *overlays):
        found = self.root_unset(command, *overlays)
        self.assertEqual("INFO", found["level"], found)
        self.assertIn("That is right as long as", found["message"])

    @rows(
        no_debug=(RUNSERVER, NO_DEBUG),
        a_server=(GUNICORN, DEBUG),
        a_view_without_debug=(GUNICORN, NO_DEBUG, VIEW),
        whitenoise_without_debug=(GUNICORN, NO_DEBUG, {faults.SETTINGS: WHITENOISE}),
        no_static=([*RUNSERVER, "--nostatic"], DEBUG),
        an_unknown_start=(["sh", "-c", '"$SERVER" mysite'], NO_DEBUG),
        a_branch=(["sh", "-c", 'if [ "$DEV" ]; then python manage.py runserver; else exec gunicorn mysite.wsgi; fi'], NO_DEBUG),
        a_start_that_collects=(["sh", "-c", "python manage.py collectstatic --noinput && python manage.py runserver"], DEBUG),
    )  # fmt: skip
    def test_is_an_error_elsewhere(self, command, *overlays):
        found = self.root_unset(command, *overlays)
        self.assertEqual("ERROR", found["level"], found)
