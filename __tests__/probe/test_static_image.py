"""Images that have static files already, collected in a stage of the Dockerfile with more sources."""

import json

import faults
from harness import probe, rows
from projects import Project, append, replace
from statics import PNG, StaticTest, places

FINDER_OF_NODE = {
    "mysite/finders.py": "from django.conf import settings\n"
    "from django.contrib.staticfiles import utils\n"
    "from django.contrib.staticfiles.finders import BaseFinder\n"
    "from django.core.files.storage import FileSystemStorage\n\n\n"
    "class NodeModules(BaseFinder):\n"
    "    storage = FileSystemStorage(location=settings.BASE_DIR / 'node_modules')\n\n"
    "    def list(self, ignore_patterns):\n"
    "        for path in utils.get_files(self.storage, ignore_patterns):\n"
    "            yield path, self.storage\n",
    faults.SETTINGS: append('\nSTATICFILES_FINDERS = ["mysite.finders.NodeModules"]\n'),
}


class Collected(StaticTest):
    def test_what_the_image_has_collected_from_more_sources_is_information(self):
        """A stage of the Dockerfile may have files (node_modules) that the image has only in STATIC_ROOT."""
        project = Project(faults.missing_png, {"shop/static/shop/rope.png": b"rope"})
        project.collect()
        project.change("shop/static/shop/rope.png", None)
        run = probe(project, checks=["static"])
        self.assertPasses(run)
        self.assertEqual([PNG], places(run))
        start = {"Cmd": ["sh", "-c", "python manage.py collectstatic --noinput && gunicorn mysite.wsgi"]}
        self.assertFails(probe(project, checks=["static"], config=start))

    @rows(
        a_manifest=(),
        none={
            faults.SETTINGS: replace(faults.manifest_storage, "django.contrib.staticfiles.storage.StaticFilesStorage")
        },
    )
    def test_what_a_finder_misses_and_another_stage_has_collected_is_information(self, *overlay):
        """whitespy/django-node-assets, kevin1024/django-npm: the folder node_modules stays in the stage that has Node."""
        project = Project(FINDER_OF_NODE, *overlay, {"node_modules/slick/slick.js": "slick();\n"})
        project.collect()
        project.change("node_modules", None)
        collects = ["RUN python manage.py collectstatic --noinput"]
        run = probe(project, checks=["static"], collects=collects)
        self.assertPasses(run)
        self.assertIn("another stage", run.finding("static.failed")["hint"])
        start = {"Cmd": ["sh", "-c", "python manage.py collectstatic --noinput && gunicorn mysite.wsgi"]}
        self.assertFails(probe(project, checks=["static"], collects=collects, config=start), "static.failed")
        goes_on = {"Cmd": ["sh", "-c", "python manage.py collectstatic --noinput; gunicorn mysite.wsgi"]}
        self.assertPasses(probe(project, checks=["static"], collects=collects, config=goes_on))

    def test_half_of_what_nobody_is_known_to_collect_is_no_excuse(self):
        project = Project(FINDER_OF_NODE, {"node_modules/slick/slick.js": "slick();\n"})
        project.collect()
        project.change("node_modules", None)
        self.assertPasses(probe(project, checks=["static"]))
        hashed = json.loads(project.read("staticfiles/staticfiles.json"))["paths"]["slick/slick.js"]
        project.change("staticfiles/" + hashed, None)
        self.assertFails(probe(project, checks=["static"]), "static.failed")
