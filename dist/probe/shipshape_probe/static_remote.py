"""Remote storages (S3 and the like) without their network: what they read and write is in a folder here.

Only where the bytes are is replaced. A storage class is mostly several: the project's own, mixins, and the backend that
talks to the service. The methods that reach the service are those that do not pass the call on, neither to a base class
(`super()`) nor to another storage that the object holds. These get a local version, in the class itself, so that
subclasses, wrappers and other instances have it too. All other methods stay as they are, above all those that hash names
and post-process files. This process is thrown away after the check.
"""

import datetime
import errno
import functools
import inspect
import os
import posixpath
import re
from urllib.parse import urljoin

from shipshape_probe.services import needs_service


class Buckets:
    """Keeps the files of every remote storage below one folder."""

    def __init__(self, folder, owns):
        """`owns(path)` says whether a source file belongs to the project."""
        self.folder = folder
        self.owns = owns
        self.failed = []  # exceptions of constructors that need the network or credentials
        self.replaced = set()  # classes

    def replace(self, kind):
        """Replace the file access of this class and of every remote storage class that is loaded."""
        for each in remote_classes(kind) - self.replaced:
            self.replaced.add(each)
            for name, function in list(vars(each).items()):
                version = self.local_version(name, function, each)
                if version:
                    setattr(each, name, version)

    def local_version(self, name, function, kind):
        """What takes the place of a class's method. None if it stays."""
        if name == "__init__" and inspect.isfunction(function):
            return self.tolerant(function)
        if name not in REACHING or calls_super(function, kind):
            return None
        if name == "url":
            return self.url(function) if inspect.isfunction(function) else None
        is_method = callable(getattr(function, "__func__", function))
        return redirected(function, functools.partial(LOCAL[name], self)) if is_method else None

    def tolerant(self, original):
        """A constructor that goes on without the service: mixins set up the rest of the object."""

        @functools.wraps(original)
        def __init__(storage, *args, **kwargs):
            try:
                original(storage, *args, **kwargs)
            except Exception as error:
                if not needs_service(error):
                    raise
                self.failed.append(error)

        return __init__

    def url(self, original):
        """The project's own `url`. A package's wants credentials to sign; only the last part of its answer counts."""
        own = self.owns(original.__code__.co_filename)

        @functools.wraps(original)
        def url(storage, name, *args, **kwargs):
            if own or not is_remote(storage):
                try:
                    return original(storage, name, *args, **kwargs)
                except Exception as error:
                    if not is_remote(storage) or not needs_service(error):
                        raise
            return plain_url(name)

        return url

    def path(self, storage, name):
        name = clean(name)
        if name.startswith("../"):
            raise FileNotFoundError(errno.ENOENT, "It is outside of the storage", name)
        return os.path.join(self.folder, self.bucket(storage), name)

    def bucket(self, storage):
        """Two objects of one class with one location see the same files, as they do in the service."""
        try:
            location = str(getattr(storage, "location", ""))
        except Exception:
            location = ""
        return "%s-%s" % (type(storage).__name__, re.sub(r"\W+", "-", location)[:100])


def remote_classes(kind):
    """This class and all subclasses of Storage, if they are not local, with their bases outside of Django."""
    from django.core.files.storage import FileSystemStorage, Storage

    found, waiting = set(), [kind, Storage]
    while waiting:
        kind = waiting.pop()
        if not isinstance(kind, type) or issubclass(kind, FileSystemStorage):
            continue
        waiting.extend(kind.__subclasses__() if issubclass(kind, Storage) else ())
        for base in kind.__mro__:
            if base is not object and not base.__module__.startswith("django."):
                found.add(base)
    return found


def is_remote(storage):
    from django.core.files.storage import FileSystemStorage

    return not isinstance(storage, FileSystemStorage)


def redirected(original, local):
    """A method that works on the local folder, unless the object passes the call on to a storage that it holds."""
    used = {name for code in codes(original) for name in code.co_names}

    @functools.wraps(getattr(original, "__func__", original))
    def method(storage, *args, **kwargs):
        if is_remote(storage) and not holds_storage(storage, used):
            return local(storage, *args, **kwargs)
        return original.__get__(storage, type(storage))(*args, **kwargs)

    return method


def holds_storage(storage, names):
    """Is one of these attributes a storage? Properties are not asked, for they may connect."""
    from django.core.files.storage import Storage

    own, kind = getattr(storage, "__dict__", {}), type(storage)
    return any(isinstance(own.get(name, getattr(kind, name, None)), Storage) for name in names)


def calls_super(function, kind, methods=None):
    """Does a method pass the call on to a base class? `methods` are the names under which it may do so."""
    bases = {base.__name__ for base in kind.__mro__[1:]}
    for code in codes(function):
        names = set(code.co_names)
        if names.intersection(methods or REACHING) and ("super" in names or names & bases):
            return True
    return False


def codes(function, depth=4):
    """Yield the code of a function, of those inside it, and of what decorators have wrapped."""
    function = getattr(function, "__func__", function)
    waiting = [getattr(function, "__code__", None)]
    while waiting:
        code = waiting.pop()
        if code is not None:
            yield code
            waiting.extend(each for each in code.co_consts if inspect.iscode(each))
    for cell in getattr(function, "__closure__", None) or ():
        try:
            inner = cell.cell_contents
        except ValueError:
            continue
        if depth and inspect.isfunction(inner):
            yield from codes(inner, depth - 1)


# The local versions


def clean(name):
    name = posixpath.normpath(str(name).replace("\\", "/")).lstrip("/")
    return "" if name == "." else name


def plain_url(name):
    from django.conf import settings
    from django.utils.encoding import filepath_to_uri

    return urljoin(settings.STATIC_URL or "/", filepath_to_uri(name).lstrip("/"))


def _save(buckets, storage, name, content, *args, **kwargs):
    path = buckets.path(storage, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    chunks = content.chunks() if hasattr(content, "chunks") else [content.read()]
    with open(path, "wb") as file:
        for chunk in chunks:
            file.write(chunk.encode() if isinstance(chunk, str) else chunk)
    return clean(name)


def _open(buckets, storage, name, mode="rb", *args, **kwargs):
    from django.core.files import File

    path = buckets.path(storage, name)
    if not mode.startswith("r"):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    return File(open(path, mode), name)


def save(buckets, storage, name, content, max_length=None, **kwargs):
    from django.core.files.storage import Storage

    return Storage.save(storage, name, content, max_length=max_length)


def open_(buckets, storage, name, mode="rb", **kwargs):
    return storage._open(name, mode)


def delete(buckets, storage, name, *args, **kwargs):
    try:
        os.remove(buckets.path(storage, name))
    except FileNotFoundError:
        pass


def exists(buckets, storage, name, *args, **kwargs):
    try:
        return os.path.isfile(buckets.path(storage, name))
    except FileNotFoundError:
        return False


def listdir(buckets, storage, path="", *args, **kwargs):
    try:
        entries = list(os.scandir(buckets.path(storage, path)))
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    folders = [entry.name for entry in entries if entry.is_dir()]
    return folders, [entry.name for entry in entries if entry.name not in folders]


def size(buckets, storage, name, *args, **kwargs):
    return os.path.getsize(buckets.path(storage, name))


def path(buckets, storage, name, *args, **kwargs):
    return buckets.path(storage, name)


def time(buckets, storage, name, *args, **kwargs):
    from django.conf import settings

    zone = datetime.timezone.utc if settings.USE_TZ else None
    return datetime.datetime.fromtimestamp(os.path.getmtime(buckets.path(storage, name)), tz=zone)


LOCAL = {
    "_open": _open,
    "_save": _save,
    "open": open_,
    "save": save,
    "delete": delete,
    "exists": exists,
    "listdir": listdir,
    "size": size,
    "path": path,
    "get_accessed_time": time,
    "get_created_time": time,
    "get_modified_time": time,
}
REACHING = {*LOCAL, "url"}
