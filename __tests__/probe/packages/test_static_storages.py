"""Storages and commands of packages: WhiteNoise, django-storages, django-compressor, and what projects make of them."""

import faults
import statics
from harness import rows
from projects import replace
from statics import MAP, PNG, StaticTest, check, places

WHITENOISE = "from whitenoise.storage import CompressedManifestStaticFilesStorage, CompressedStaticFilesStorage\n"
S3 = (
    "from django.contrib.staticfiles.storage import ManifestFilesMixin, StaticFilesStorage\n"
    "from storages.backends.s3 import S3ManifestStaticStorage, S3StaticStorage, S3Storage\n"
)
FORGIVING_POST_PROCESS = "manifest_strict = False\n" + statics.PLAIN_COPIES


def named(storage, settings=""):
    """A project whose storage is one of a package's."""
    overlay = {faults.SETTINGS: replace(faults.manifest_storage, storage)}
    return with_settings(overlay, settings)


def with_settings(overlay, settings):
    change = statics.both(overlay[faults.SETTINGS], lambda before: "%s\n%s\n" % (before, settings))
    return {**overlay, faults.SETTINGS: change}


BUCKET = 'AWS_STORAGE_BUCKET_NAME = "acme-static"\nAWS_S3_REGION_NAME = "eu-central-1"'


class WhiteNoise(StaticTest):
    @rows(
        # Django ticket 31520, and several projects
        post_process=statics.storage(
            FORGIVING_POST_PROCESS, "CompressedManifestStaticFilesStorage", imports=WHITENOISE
        ),
        hashed_name=statics.storage(statics.HASHED_NAME, "CompressedManifestStaticFilesStorage", imports=WHITENOISE),
        only_missing_files=statics.storage(
            FORGIVING_POST_PROCESS.replace("Exception", "MissingFileError"),
            "CompressedManifestStaticFilesStorage",
            imports=WHITENOISE + "from whitenoise.storage import MissingFileError\n",
        ),
        no_references=named("whitenoise.storage.CompressedStaticFilesStorage"),
        # evansd/whitenoise: only hashed files are kept
        hashed_files_only=with_settings(
            statics.storage(FORGIVING_POST_PROCESS, "CompressedManifestStaticFilesStorage", imports=WHITENOISE),
            "WHITENOISE_KEEP_ONLY_HASHED_FILES = True",
        ),
    )
    def test_storage_that_forgives(self, overlay):
        self.assertPasses(check(statics.png_and_map, overlay))

    @rows(
        as_it_is="",
        not_strict="WHITENOISE_MANIFEST_STRICT = False",
        hashed_files_only="WHITENOISE_KEEP_ONLY_HASHED_FILES = True",
    )
    def test_storage_that_does_not_forgive(self, settings):
        overlay = named("whitenoise.storage.CompressedManifestStaticFilesStorage", settings)
        run = check(statics.png_and_map, overlay)
        self.assertFails(run)
        self.assertEqual([PNG, MAP], sorted(places(run)))
        self.assertPasses(check(overlay))

    def test_what_is_compressed_is_there_for_whoever_reads_it(self):
        """A storage that looks at the compressed files, as one that uploads them does."""
        body = (
            "def compress_files(self, paths):\n"
            "    import brotli, gzip\n"
            "    found = list(super().compress_files(paths))\n"
            "    for name, compressed in found:\n"
            "        data = open(self.path(compressed), 'rb').read()\n"
            "        read = gzip.decompress if compressed.endswith('.gz') else brotli.decompress\n"
            "        if read(data) != open(self.path(name), 'rb').read():\n            raise RuntimeError(name)\n"
            "    if not {'.gz', '.br'} <= {compressed[-3:] for _, compressed in found}:\n"
            "        raise RuntimeError('nothing was compressed')\n"
            "    return found"
        )
        self.assertPasses(check(statics.storage(body, "CompressedManifestStaticFilesStorage", imports=WHITENOISE)))

    def test_a_compression_that_fails_in_production_fails_here(self):
        body = "def compress_files(self, paths):\n    return super().compress_files({*paths, 'gone.css'})"
        overlay = statics.storage(body, "CompressedManifestStaticFilesStorage", imports=WHITENOISE)
        self.assertFails(check(overlay), "static.failed")


class S3Storages(StaticTest):
    @rows(
        # jschneier/django-storages#1338: presigned URLs, and nobody has credentials here
        signed=statics.storage(
            "location = 'static'\nmanifest_strict = False\n" + statics.HASHED_NAME,
            "ManifestFilesMixin, S3Storage",
            imports=S3,
        ),
        static=statics.storage(statics.HASHED_NAME, "S3ManifestStaticStorage", imports=S3),
        # jschneier/django-storages#841: the manifest stays in the image
        local_manifest=statics.storage(
            "def __init__(self, *args, **kwargs):\n"
            "    manifests = StaticFilesStorage()\n"
            "    super().__init__(*args, manifest_storage=manifests, **kwargs)\n" + statics.HASHED_NAME,
            "S3ManifestStaticStorage",
            imports=S3,
        ),
        no_manifest=statics.storage("location = 'static'", "S3StaticStorage", imports=S3),
        # jschneier/django-storages#1255
        own_domain=statics.storage(
            "custom_domain = 'static.acme-goods.com'\npatterns = ()", "S3ManifestStaticStorage", imports=S3
        ),
    )
    def test_storage_that_forgives(self, overlay):
        run = check(statics.png_and_map, with_settings(overlay, BUCKET))
        self.assertPasses(run)
        self.assertEqual("mysite.storages.StaticStorage", run.finding("static.remote-storage")["object"])

    @rows(
        manifest=named("storages.backends.s3.S3ManifestStaticStorage", BUCKET),
        signed=with_settings(statics.storage("pass", "ManifestFilesMixin, S3Storage", imports=S3), BUCKET),
        zipped=named("storages.backends.s3.S3ManifestStaticStorage", BUCKET + "\nAWS_IS_GZIPPED = True"),
        not_overwritten=named(
            "storages.backends.s3.S3ManifestStaticStorage", BUCKET + "\nAWS_S3_FILE_OVERWRITE = False"
        ),
        without_bucket=named("storages.backends.s3.S3ManifestStaticStorage"),
    )
    def test_storage_that_does_not_forgive(self, overlay):
        run = check(statics.png_and_map, overlay)
        self.assertFails(run)
        self.assertEqual([PNG, MAP], sorted(places(run)))
        self.assertPasses(check(overlay))

    @rows(
        # Django refuses both at once: the class says so when it is made
        an_option_that_there_is_not=(
            '"OPTIONS": {"bucket": "acme"}',
            "Invalid setting 'bucket'",
        ),
        a_location_with_a_slash=('"OPTIONS": {"location": "/static"}', "cannot begin with a leading slash"),
    )
    def test_storage_that_refuses_its_options(self, options, message):
        storage = "storages.backends.s3.S3StaticStorage"
        overlay = named(storage)
        change = replace('{"BACKEND": "%s"}' % storage, '{"BACKEND": "%s", %s}' % (storage, options))
        run = check({faults.SETTINGS: statics.both(overlay[faults.SETTINGS], change)})
        self.assertFails(run, "static.storage")
        self.assertIn(message, run.finding("static.storage")["message"])


class Compressor(StaticTest):
    """django-compressor: a finder of its own, and a folder that is STATIC_ROOT unless the settings say another."""

    SETTINGS = (
        'INSTALLED_APPS.append("compressor")\n'
        "STATICFILES_FINDERS = [\n"
        '    "django.contrib.staticfiles.finders.FileSystemFinder",\n'
        '    "django.contrib.staticfiles.finders.AppDirectoriesFinder",\n'
        '    "compressor.finders.CompressorFinder",\n'
        "]\n"
    )

    def test_finder(self):
        overlay = named(faults.manifest_storage, self.SETTINGS)
        self.assertPasses(check(overlay))
        run = check(statics.png_and_map, overlay)
        self.assertFails(run)
        self.assertEqual([PNG, MAP], sorted(places(run)))

    def test_copy_of_what_goes_to_s3(self):
        body = (
            "def __init__(self, *args, **kwargs):\n"
            "    super().__init__(*args, **kwargs)\n"
            "    self.local_storage = CompressorFileStorage()\n\n"
            "def save(self, name, content, max_length=None):\n"
            "    self.local_storage.save(name, content)\n"
            "    super().save(name, self.local_storage._open(name))\n"
            "    return name\n"
        )
        imports = S3 + "from compressor.storage import CompressorFileStorage\n"
        overlay = statics.storage(body, "S3StaticStorage", imports=imports)
        run = check(with_settings(overlay, self.SETTINGS + BUCKET))
        self.assertPasses(run)
        self.assertEqual(["static.remote-storage"], [each["id"] for each in run.findings()])
