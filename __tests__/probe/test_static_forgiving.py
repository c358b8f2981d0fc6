"""The project's own collectstatic decides: what its storage forgives is no finding."""

import faults
import statics
from harness import rows
from statics import MAP, PNG, StaticTest, check, places


class Forgiving(StaticTest):
    """Storages that leave alone what they cannot resolve."""

    depends_on = "Django"

    @rows(
        # jschneier/django-storages#1338, hydroshare/hydroshare#4579
        hashed_name=statics.storage("manifest_strict = False\n" + statics.HASHED_NAME),
        # find_string "isinstance(processed, Exception)": several projects with WhiteNoise; Django ticket 31520
        post_process_with_plain_copies=statics.storage(statics.PLAIN_COPIES),
        post_process_that_leaves_files_out=statics.storage(
            """
def post_process(self, *args, **kwargs):
    for each in super().post_process(*args, **kwargs):
        if not isinstance(each[2], Exception):
            yield each
"""
        ),
        # Projects that keep the reference as it is written, also when the converter fails in another way
        url_converter=statics.storage(
            """
def url_converter(self, name, hashed_files, *args, **kwargs):
    convert = super().url_converter(name, hashed_files, *args, **kwargs)

    def convert_if_there(match):
        try:
            return convert(match)
        except Exception:
            return match.group()

    return convert_if_there
"""
        ),
        # fossasia/eventyay#968
        post_process_without_maps=statics.storage(
            """
def post_process(self, paths, *args, **kwargs):
    paths = {name: source for name, source in paths.items() if not name.endswith((".min.js", "shop.css"))}
    return super().post_process(paths, *args, **kwargs)
"""
        ),
        patterns_without_source_maps=statics.storage("patterns = ()"),
        stored_name=statics.storage(
            """
def _stored_name(self, name, hashed_files):
    try:
        return super()._stored_name(name, hashed_files)
    except ValueError:
        return name
"""
        ),
        # Everything that post_process raises ends here
        post_process_that_catches_all=statics.storage(
            """
def post_process(self, paths, dry_run=False, **options):
    try:
        yield from super().post_process(paths, dry_run=dry_run, **options)
    except Exception:
        pass
""",
            before=(
                "class Strict(ManifestStaticFilesStorage):\n"
                "    def post_process(self, *args, **kwargs):\n"
                "        for each in super().post_process(*args, **kwargs):\n"
                "            if isinstance(each[2], Exception):\n"
                "                raise each[2]\n"
                "            yield each\n"
            ),
            bases="Strict",
        ),
        # A storage that does not hash looks at no reference
        plain=statics.storage("pass", bases="StaticFilesStorage"),
    )
    def test_storage_lets_a_missing_file_pass(self, overlay):
        self.assertPasses(check(statics.png_and_map, overlay))

    def test_storage_that_forgives_source_maps_alone_still_fails_on_an_image(self):
        overlay = statics.storage(
            """
def hashed_name(self, name, content=None, filename=None):
    try:
        return super().hashed_name(name, content, filename)
    except ValueError:
        if name.endswith(".map"):
            return name
        raise
"""
        )
        run = check(statics.png_and_map, overlay)
        self.assertFails(run)
        self.assertEqual([PNG], places(run))

    def test_post_process_that_forgives_vendored_files_alone_still_fails_on_the_others(self):
        overlay = statics.storage(
            """
def post_process(self, *args, **kwargs):
    for name, hashed_name, processed in super().post_process(*args, **kwargs):
        if not (name.startswith("vendor/") and isinstance(processed, Exception)):
            yield name, hashed_name, processed
"""
        )
        run = check(statics.png_and_map, overlay)
        self.assertFails(run)
        self.assertEqual([PNG], places(run))

    def test_post_process_that_forgives_a_file_that_is_not_utf8(self):
        overlay = statics.storage(
            """
def post_process(self, paths, *args, **kwargs):
    for name in list(paths):
        if name.endswith("old.css"):
            paths.pop(name)
    return super().post_process(paths, *args, **kwargs)
"""
        )
        self.assertPasses(check(faults.css_not_utf8, overlay))
        run = check(faults.css_not_utf8, faults.missing_png, overlay)
        self.assertFails(run)
        self.assertEqual([PNG], places(run))

    def test_manifest_strict_alone_forgives_nothing(self):
        """It is about templates: wemake-services/django-modern-rest#927."""
        run = check(statics.png_and_map, statics.storage("manifest_strict = False"))
        self.assertFails(run)
        self.assertEqual([PNG, MAP], sorted(places(run)))
