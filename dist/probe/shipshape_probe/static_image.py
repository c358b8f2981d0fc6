"""What the image has collected already, perhaps in a stage of the Dockerfile that has more sources than the image."""

import json
import os

from shipshape_probe.static_storage import is_local


class Collected:
    """The project's STATIC_ROOT as it is in the image. Nothing here runs code of the project."""

    def __init__(self, root, storage):
        """root: STATIC_ROOT, "" if there is none. storage: of the static files, which may be in another place now."""
        from django.contrib.staticfiles.storage import ManifestFilesMixin

        self.root = root if is_local(type(storage)) else ""
        self.wants_manifest = isinstance(storage, ManifestFilesMixin)
        self.hashed = self.read_manifest(getattr(storage, "manifest_name", None))

    def read_manifest(self, name):
        """{file: its name with the hash} of the manifest; {} if there is none."""
        try:
            with open(os.path.join(self.root, name), encoding="utf-8") as manifest:
                return dict(json.load(manifest)["paths"])
        except Exception:
            return {}

    def has(self, name):
        """Has the image collected this file?"""
        return bool(self.root) and (name in self.hashed or os.path.exists(os.path.join(self.root, name)))

    def is_whole(self, call):
        """Did a collectstatic end well when the image was built? Then it does not matter in what it fails here.

        A manifest is written last. The files may be in another image, from which they are served; but if nothing is known of
        a collectstatic in the Dockerfile, the manifest alone may be an old one. Without a manifest a file is a sign only if
        the Dockerfile collects: there would be no image otherwise.
        """
        if not self.root:
            return False
        if self.wants_manifest:
            collects = call.must_pass or all(self.is_there(name) for name in self.hashed.values())
            return bool(self.hashed) and collects
        return call.must_pass and any(files for _, _, files in os.walk(self.root))

    def is_there(self, name):
        return isinstance(name, str) and os.path.exists(os.path.join(self.root, name))
