/** Static files that are missing or cannot be collected. */
import { append, type Overlay, replace } from "../project.ts";
import { inDockerfile } from "./places.ts";

const SETTINGS = "mysite/settings.py";
const CSS = "shop/static/shop/shop.css";

/** Line 10 of shop.css asks for what is not there. */
export const missingPng: Overlay = { [CSS]: append('\n.rope {\n  background: url("rope.png");\n}\n') };

export const cssNotUtf8: Overlay = {
  "shop/static/shop/old.css": Buffer.from('.caf\xe9 {\n  content: "d\xe9j\xe0 vu";\n}\n', "latin1"),
};

/** Django 5.1 ignores it without a word, so nothing is hashed any more. */
export const deadStorageSetting: Overlay = {
  [SETTINGS]: replace(
    /^STORAGES = \{[\s\S]*?^\}$/m,
    'STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"',
  ),
};

/** A storage of a package that no requirement installs. */
export const storageNotInstalled: Overlay = {
  [SETTINGS]: replace("django.contrib.staticfiles.storage.Manifest", "whitenoise.storage.CompressedManifest"),
};

/** The image has the files, and the manifest of them. */
export const collected: Overlay = inDockerfile(
  "RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput",
);

export const noStaticRoot: Overlay = { [SETTINGS]: replace(/^STATIC_ROOT = .*$/m, "") };

/** A storage that needs a bucket: replaced for the check, references still verified. */
export const remoteStorage: Overlay = {
  "mysite/bucket.py": `from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import Storage


class Bucket(ManifestFilesMixin, Storage):
    def _open(self, name, mode="rb"):
        raise OSError("no route to the bucket")

    def _save(self, name, content):
        raise OSError("no route to the bucket")

    def exists(self, name):
        raise OSError("no route to the bucket")

    def listdir(self, path):
        raise OSError("no route to the bucket")

    def delete(self, name):
        raise OSError("no route to the bucket")

    def url(self, name):
        return f"https://bucket.example/{name}"
`,
  [SETTINGS]: replace(
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "mysite.bucket.Bucket",
  ),
};
