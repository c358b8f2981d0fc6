"""A collectstatic that fails: what is at fault, and where."""

import faults
import statics
from harness import django_version, rows
from projects import append, replace
from statics import MAP, PNG, StaticTest, check, places

HANGS = 15  # seconds, in which a busy machine gets that far


class Failing(StaticTest):
    depends_on = "Django"

    def test_all_references_of_all_files_are_found(self):
        more = {faults.CSS: append('\n.a {\n  src: url("no.woff");\n}\n.b { src: url("no.png") }\n@import "no.css";\n')}
        run = check(more, statics.carousel)
        self.assertFails(run)
        css = PNG[0]
        self.assertEqual([(css, 10), (css, 12), (css, 13), MAP], sorted(places(run)))

    def test_a_post_process_that_raises_at_the_first_is_told_of_that_file(self):
        overlay = statics.storage(
            """
def post_process(self, *args, **kwargs):
    for each in super().post_process(*args, **kwargs):
        if isinstance(each[2], Exception):
            raise each[2]
        yield each
"""
        )
        run = check(faults.missing_png, overlay)
        self.assertFails(run)
        self.assertEqual([PNG], places(run))

    def test_a_reference_that_leads_out_of_the_static_files_is_told_with_its_line(self):
        run = check({faults.CSS: append('\n.a {\n  background: url("../../../rope.png");\n}\n')})
        self.assertFails(run)
        self.assertEqual([(PNG[0], 10)], places(run))
        self.assertIn("outside of the static files", run.finding("static.missing-reference")["message"])

    def test_imports_of_modules_are_resolved_where_the_storage_says_so(self):
        module = {"shop/static/shop/shop.js": 'import { rope } from "./rope.js";\n\nrope();\n'}
        self.assertPasses(check(module))
        run = check(module, statics.storage("support_js_module_import_aggregation = True"))
        self.assertFails(run)
        self.assertEqual([("shop/static/shop/shop.js", 1)], places(run))

    def test_a_bare_name_that_an_import_map_resolves_may_be_left_alone(self):
        """A dynamic import of a bare name fails in Django before 6.1, and projects overrule that."""
        module = {"shop/static/shop/shop.js": 'const vue = await import("vue");\n'}
        overlay = statics.storage(
            """
support_js_module_import_aggregation = True

def url_converter(self, name, hashed_files, template=None, *more):
    convert = super().url_converter(name, hashed_files, template, *more)
    return lambda match: convert(match) if match["url"].startswith((".", "/")) else match["matched"]
"""
        )
        self.assertPasses(check(module, overlay, {faults.CSS: "body {}\n"}))

    def test_a_storage_without_url_fails_once_and_not_for_each_file(self):
        run = check(
            statics.storage(
                "def url(self, name, force=False):\n    raise NotImplementedError('no url')\n"
                "def _url(self, *args, **kwargs):\n    raise NotImplementedError('no url')"
            )
        )
        self.assertFails(run, "static.post-process")
        self.assertRegex(run.finding("static.post-process")["message"], r"and \d+ more files failed: NotImpl")

    @rows(
        a_failing_save=(
            "def _save(self, name, content):\n    raise RuntimeError('no quota left')",
            "collectstatic fails: RuntimeError: no quota left",
        ),
        a_failing_end=(
            "def save_manifest(self):\n    raise ValueError('no manifest today')",
            "collectstatic fails: ValueError: no manifest today",
        ),
        an_exit=("def post_process(self, *args, **kwargs):\n    raise SystemExit(3)", "ends itself with exit code 3"),
        an_exit_with_a_text=("def post_process(self, *args, **kwargs):\n    raise SystemExit('no')", "SystemExit: no"),
        an_interrupt=("def _save(self, name, content):\n    raise KeyboardInterrupt", "fails: KeyboardInterrupt"),
        one_that_is_no_exception=(
            "class Stop(BaseException):\n    pass\n\ndef _save(self, name, content):\n    raise self.Stop('stop it')",
            "collectstatic fails: Stop: stop it",
        ),
    )
    def test_what_no_reference_explains_is_told_as_it_is(self, body, message):
        run = check(statics.storage(body))
        self.assertFails(run, "static.failed")
        found = run.finding("static.failed")
        self.assertIn(message, found["message"])
        self.assertEqual("mysite/storages.py", found["file"])

    def test_a_constructor_that_raises_no_exception_is_told(self):
        run = check(statics.storage("def __init__(self, *args, **kwargs):\n    raise SystemExit('not today')"))
        self.assertFails(run, "static.storage")

    def test_a_storage_that_hangs_ends_at_the_limit(self):
        run = check(
            statics.storage("def _save(self, name, content):\n    import time; time.sleep(3600)"), timeout=HANGS
        )
        self.assertEqual({"static": "timeout"}, run.statuses())
        self.assertEqual("mysite/storages.py", run.relative(run.error("static")["file"]))

    def test_a_search_that_hangs_leaves_the_failure_itself(self):
        body = (
            "runs = []\n\n"
            "def post_process(self, paths, *args, **kwargs):\n"
            "    self.runs.append(1)\n"
            "    if len(self.runs) > 1:\n"
            "        import time; time.sleep(3600)\n"
            "    raise RuntimeError('the first run')\n"
        )
        run = check(statics.storage(body), timeout=HANGS)
        self.assertFails(run, "static.failed")
        self.assertIn("the first run", run.finding("static.failed")["message"])

    def test_a_search_that_cannot_be_ended_leaves_the_failure_itself(self):
        """A bare `except:` in a loop, as in code that waits for a service."""
        body = (
            "runs = []\n\n"
            "def post_process(self, paths, *args, **kwargs):\n"
            "    self.runs.append(1)\n"
            "    while len(self.runs) > 1:\n"
            "        try:\n            import time; time.sleep(60)\n"
            "        except:\n            pass\n"
            "    raise RuntimeError('the first run')\n"
        )
        run = check(statics.storage(body), timeout=HANGS)
        self.assertFails(run, "static.failed")
        self.assertIn("the first run", run.finding("static.failed")["message"])
        self.assertIn("There may be more to find", run.check("static")["notes"][-1])

    def test_a_storage_that_prints_and_a_command_that_reads_the_terminal_do_no_harm(self):
        run = check(
            statics.storage("def exists(self, name):\n    print('x' * 200)\n    return super().exists(name)"),
            statics.carousel,
        )
        self.assertFails(run)
        self.assertEqual([MAP], places(run))

    def test_a_failure_that_another_run_does_not_repeat_is_told(self):
        body = (
            "runs = []\n\n"
            "def post_process(self, paths, *args, **kwargs):\n"
            "    self.runs.append(1)\n"
            "    if len(self.runs) == 1:\n"
            "        raise RuntimeError('only once')\n"
            "    return super().post_process(paths, *args, **kwargs)\n"
        )
        self.assertFails(check(statics.storage(body)), "static.failed")

    def test_a_converter_of_an_older_django_is_reported(self):
        if django_version() < (6, 1):
            self.skipTest("since Django 6.1 it gets one argument more")
        overlay = statics.storage(
            "def url_converter(self, name, hashed_files, template=None):\n"
            "    return super().url_converter(name, hashed_files, template)"
        )
        self.assertFails(check(overlay), "static.failed")


class Settings(StaticTest):
    def test_files_that_whitenoise_serves_from_where_they_are_need_no_static_root(self):
        overlay = {
            faults.SETTINGS: statics.both(
                faults.no_static_root[faults.SETTINGS],
                append("\nWHITENOISE_USE_FINDERS = True\n"),
            )
        }
        run = check(overlay)
        self.assertPasses(run)
        self.assertEqual("INFO", run.finding("static.root-unset")["level"])

    def test_the_old_setting_counts_where_django_reads_it(self):
        run = check(statics.carousel, faults.dead_storage_setting)
        self.assertFails(run, "static.missing-reference" if django_version() < (5, 1) else "static.dead-setting")

    def test_a_static_root_that_is_a_text_may_be_added_to(self):
        body = (
            "def post_process(self, paths, *args, **kwargs):\n"
            "    open(settings.STATIC_ROOT + 'made.txt', 'w').close()\n"
            "    return super().post_process(paths, *args, **kwargs)"
        )
        overlay = statics.storage(body)
        text = replace('BASE_DIR / "staticfiles"', 'str(BASE_DIR / "staticfiles") + "/"')
        self.assertPasses(check({**overlay, faults.SETTINGS: statics.both(overlay[faults.SETTINGS], text)}))

    def test_duplicates_are_not_told_where_one_of_them_is_ignored(self):
        run = check(faults.duplicate_css, collects=["RUN python manage.py collectstatic -i '*.txt'"])
        self.assertNotIn("static.duplicate", [each["id"] for each in run.findings()])

    def test_of_a_not_collected_manifest_says_nothing_where_the_storage_does_without(self):
        run = check(statics.storage("def stored_name(self, name):\n    return name"))
        self.assertEqual([], run.findings())
