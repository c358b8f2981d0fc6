"""Storages that write to other places than STATIC_ROOT, remote ones above all."""

import os

import faults
import statics
from harness import rows
from projects import replace
from statics import MAP, PNG, StaticTest, check, places


class Elsewhere(StaticTest):
    """Storages that write to other places than STATIC_ROOT."""

    def test_a_folder_of_the_storages_own_stays_empty(self):
        body = "def __init__(self, *args, **kwargs):\n    super().__init__(location=settings.BASE_DIR / 'public')"
        run = check(statics.storage(body))
        self.assertPasses(run)
        self.assertFalse(os.path.exists(run.project.path("public")))

    def test_a_property_that_names_the_folder_is_replaced(self):
        body = "@property\ndef location(self):\n    return str(settings.BASE_DIR / 'public')"
        run = check(statics.storage(body, bases="FileSystemStorage"))
        self.assertPasses(run)
        self.assertFalse(os.path.exists(run.project.path("public")))

    def test_a_location_in_the_options_is_replaced(self):
        run = check(
            {
                faults.SETTINGS: replace(
                    '{"BACKEND": "%s"}' % faults.manifest_storage,
                    '{"BACKEND": "%s", "OPTIONS": {"location": "/nowhere/public"}}' % faults.manifest_storage,
                )
            },
            statics.carousel,
        )
        self.assertFails(run)
        self.assertFalse(os.path.exists("/nowhere"))

    def test_a_manifest_that_is_kept_elsewhere_is_not_written_there(self):
        """Django's documentation of manifest_storage has such a class."""
        body = (
            "def __init__(self, *args, **kwargs):\n"
            "    manifests = StaticFilesStorage(location=settings.BASE_DIR / 'manifests')\n"
            "    super().__init__(*args, manifest_storage=manifests, **kwargs)"
        )
        run = check(statics.storage(body))
        self.assertPasses(run)
        self.assertFalse(os.path.exists(run.project.path("manifests")))

    def test_settings_that_name_static_root_too_are_changed_and_keep_their_type(self):
        body = (
            "def post_process(self, paths, *args, **kwargs):\n"
            "    (settings.STATIC_ROOT / 'assets.json').write_text('{}')\n"
            "    with open(settings.CACHE_OF_FILES + 'more.json', 'w') as file:\n"
            "        file.write('{}')\n"
            "    return super().post_process(paths, *args, **kwargs)"
        )
        settings = faults.end_of_settings('CACHE_OF_FILES = str(STATIC_ROOT) + "/"')
        overlay = statics.storage(body)
        change = statics.both(overlay[faults.SETTINGS], settings[faults.SETTINGS])
        run = check({**overlay, faults.SETTINGS: change})
        self.assertPasses(run)
        self.assertFalse(os.path.exists(run.project.path("staticfiles")))

    def test_another_object_of_the_same_class_keeps_its_folder(self):
        """Only the storage of the static files is moved: one for uploads may be of the same class."""
        body = (
            "folder = 'public'\n\n"
            "@property\ndef location(self):\n    return str(settings.BASE_DIR / self.folder)\n\n"
            "def post_process(self, paths, *args, **kwargs):\n"
            "    other = StaticStorage()\n"
            "    other.folder = 'uploads'\n"
            "    if not isinstance(self, StaticStorage) or not other.path('x').endswith('/app/uploads/x'):\n"
            "        raise RuntimeError(other.path('x'))\n"
            "    return iter(())"
        )
        run = check(statics.storage(body, bases="FileSystemStorage"))
        self.assertPasses(run)
        self.assertFalse(os.path.exists(run.project.path("public")))

    def test_a_static_root_that_was_kept_before_is_no_fault(self):
        body = (
            "def post_process(self, paths, *args, **kwargs):\n"
            "    open(os.path.join(ROOT, 'shop', 'shop.css')).close()\n"
            "    return super().post_process(paths, *args, **kwargs)"
        )
        run = check(statics.storage(body, before="ROOT = settings.STATIC_ROOT\n"))
        self.assertPasses(run)
        self.assertIn("keeps the path of its STATIC_ROOT", run.finding("static.not-checked")["message"])

    def test_a_folder_that_user_may_not_write_is_no_fault_of_the_files(self):
        body = (
            "def post_process(self, paths, *args, **kwargs):\n"
            "    raise PermissionError(13, 'Permission denied', '/var/cache/assets')"
        )
        run = check(statics.storage(body))
        self.assertPasses(run)
        self.assertIn("/var/cache/assets, which the image's USER may not", run.finding("static.not-checked")["message"])


class Remote(StaticTest):
    """Storages whose service cannot be reached: the class keeps its methods, its files are here."""

    @rows(
        a_mixin_over_a_backend=("pass", "ManifestFilesMixin, Bucket"),
        a_forgiving_one=("manifest_strict = False\n" + statics.HASHED_NAME, "ManifestFilesMixin, Bucket"),
        one_that_adds_to_what_the_backend_does=(
            "def _save(self, name, content):\n"
            "    if self.exists(name):\n        self.delete(name)\n"
            "    return super()._save(name, content)\n\n"
            "def url(self, name, *args, **kwargs):\n    return super().url(name, *args, **kwargs).split('?')[0]",
            "ManifestFilesMixin, Bucket",
        ),
        one_whose_constructor_connects=(
            "def __init__(self, *args, **kwargs):\n    super().__init__(*args, **kwargs)\n    self.client()",
            "ManifestFilesMixin, Bucket",
        ),
        one_whose_backend_connects_at_once=("pass", "ManifestFilesMixin, Connecting"),
        one_that_wants_a_token=("pass", "ManifestFilesMixin, Token"),
        one_that_wraps_another=("pass", "ManifestFilesMixin, Wrapper"),
        one_with_a_decorated_method=("pass", "ManifestFilesMixin, Retrying"),
        # django-compressor's documentation: a local copy of what goes to S3
        one_that_keeps_a_copy_here=(
            "def __init__(self, *args, **kwargs):\n    super().__init__(*args, **kwargs)\n"
            "    self.local_storage = StaticFilesStorage()\n\n"
            "def save(self, name, content, max_length=None):\n"
            "    self.local_storage.save(name, content)\n"
            "    content.seek(0)\n"
            "    return super().save(name, content, max_length)",
            "ManifestFilesMixin, Bucket",
        ),
        # etianen/django-s3-storage#56, antonagestam/collectfast#204
        one_whose_manifest_is_elsewhere=(
            "def __init__(self, *args, **kwargs):\n    super().__init__(*args, manifest_storage=Bucket(), **kwargs)",
            "ManifestFilesMixin, Bucket",
        ),
        one_that_signs_its_urls=("pass", "ManifestFilesMixin, Signing"),
        one_that_has_paths=("pass", "ManifestFilesMixin, Mounted"),
    )
    def test_storage_is_checked_without_its_service(self, body, bases):
        overlay = statics.storage(body, bases=bases, before=statics.BACKEND + MORE_BACKENDS)
        run = check(overlay)
        self.assertPasses(run)
        self.assertEqual(["static.remote-storage"], [each["id"] for each in run.findings()])
        self.assertGreater(run.check("static")["counts"]["post_processed"], 100)
        if "hashed_name" not in body:
            faulty = check(statics.png_and_map, overlay)
            self.assertFails(faulty)
            self.assertEqual([PNG, MAP], sorted(places(faulty)))

    def test_forgiving_storage_forgives(self):
        body = "manifest_strict = False\n" + statics.HASHED_NAME
        self.assertPasses(
            check(
                statics.png_and_map,
                statics.storage(body, bases="ManifestFilesMixin, Bucket", before=statics.BACKEND),
            )
        )

    def test_a_backend_that_is_no_class_is_called_as_django_does(self):
        overlay = {
            "mysite/storages.py": statics.IMPORTS
            + statics.BACKEND
            + "\n\nclass Hashing(ManifestFilesMixin, Bucket):\n    pass\n\n\ndef StaticStorage():\n    return Hashing()\n",
            faults.SETTINGS: replace(faults.manifest_storage, "mysite.storages.StaticStorage"),
        }
        self.assertPasses(check(overlay))
        self.assertFails(check(overlay, statics.carousel))

    @rows(
        the_end_of_a_save="def _save(self, name, content):\n    super()._save(name, content)\n    self.client().invalidate(name)",
        a_post_process="def post_process(self, paths, *args, **kwargs):\n    self.client().purge()",
    )
    def test_what_still_wants_the_service_is_not_checked(self, body):
        run = check(statics.storage(body, bases="ManifestFilesMixin, Bucket", before=statics.BACKEND), statics.carousel)
        self.assertPasses(run)
        self.assertIn("needs a service", run.finding("static.not-checked")["message"])

    def test_a_wrong_option_is_told(self):
        overlay = statics.storage("pass", bases="ManifestFilesMixin, Bucket", before=statics.BACKEND)
        options = replace(
            '{"BACKEND": "mysite.storages.StaticStorage"}',
            '{"BACKEND": "mysite.storages.StaticStorage", "OPTIONS": {"buket_name": "acme"}}',
        )
        run = check({**overlay, faults.SETTINGS: statics.both(overlay[faults.SETTINGS], options)})
        self.assertFails(run, "static.storage")

    def test_a_variable_that_the_storage_wants_is_named_and_no_error(self):
        overlay = statics.storage(
            "def __init__(self):\n    self.bucket = os.environ['STATIC_BUCKET']\n    super().__init__()",
            bases="ManifestFilesMixin, Bucket",
            before=statics.BACKEND,
        )
        run = check(overlay)
        self.assertPasses(run)
        self.assertIn("STATIC_BUCKET with the input env", run.finding("static.not-checked")["message"])
        self.assertFails(check(overlay, statics.carousel, env={"STATIC_BUCKET": "acme"}))


MORE_BACKENDS = """


class Connecting(Bucket):
    def __init__(self):
        super().__init__()
        self.connection = self.client()


class Token(Bucket):
    def __init__(self):
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured("You must configure an auth token in the settings")


class Wrapper(Storage):
    def __init__(self):
        self.inner = Bucket()

    def _save(self, name, content):
        return self.inner._save(name, content)

    def _open(self, name, mode="rb"):
        return self.inner._open(name, mode)

    def exists(self, name):
        return self.inner.exists(name)

    def delete(self, name):
        return self.inner.delete(name)

    def get_modified_time(self, name):
        return self.inner.get_modified_time(name)

    def url(self, name):
        return self.inner.url(name)


def retried(function):
    def again(*args, **kwargs):
        for _ in range(3):
            try:
                return function(*args, **kwargs)
            except OSError:
                pass
        return function(*args, **kwargs)

    return again


class Retrying(Bucket):
    @retried
    def _save(self, name, content):
        return super()._save(name, content)

    @retried
    def exists(self, name):
        return self.client().exists(name)


class Signing(Bucket):
    def url(self, name):
        return self.client().sign(name)


class Mounted(Bucket):
    def path(self, name):
        return "/mnt/assets/" + name
"""
