"""What has to be installed: which package has a module, a library of the system, or a program. Data only.

Only what is well known and often met is here. Debian's names are those of Debian 12 and 13, where the newer names
also answer to the older ones (libmagic1t64 provides libmagic1); Alpine's are those of 3.20 and newer.
"""

import re

# Module → what to put into the requirements, where the two names differ.
MODULES = {
    "allauth": "django-allauth", "anymail": "django-anymail", "bs4": "beautifulsoup4",
    "compressor": "django-compressor", "configurations": "django-configurations",
    "constance": "django-constance", "corsheaders": "django-cors-headers",
    "crispy_forms": "django-crispy-forms", "Crypto": "pycryptodome", "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil", "decouple": "python-decouple", "django_filters": "django-filter",
    "djstripe": "dj-stripe", "docx": "python-docx", "dotenv": "python-dotenv", "environ": "django-environ",
    "fitz": "PyMuPDF", "git": "GitPython",
    "health_check": "django-health-check", "import_export": "django-import-export", "jose": "python-jose",
    "jwt": "PyJWT", "ldap": "python-ldap", "magic": "python-magic", "memcache": "python-memcached",
    "modelcluster": "django-modelcluster", "modeltranslation": "django-modeltranslation", "mptt": "django-mptt",
    "MySQLdb": "mysqlclient", "OpenSSL": "pyOpenSSL",
    "phonenumber_field": "django-phonenumber-field[phonenumbers]", "PIL": "Pillow",
    "psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary",
    "pythonjsonlogger": "python-json-logger", "rest_framework": "djangorestframework",
    "rest_framework_simplejwt": "djangorestframework-simplejwt", "reversion": "django-reversion",
    "serial": "pyserial", "simple_history": "django-simple-history", "sklearn": "scikit-learn",
    "slugify": "python-slugify", "social_django": "social-auth-app-django", "storages": "django-storages",
    "taggit": "django-taggit", "tinymce": "django-tinymce", "treebeard": "django-treebeard", "usb": "pyusb",
    "waffle": "django-waffle", "yaml": "PyYAML", "zmq": "pyzmq",
}  # fmt: skip
# Modules of packages that have the same name.
SAME = {
    "boto3", "botocore", "celery", "channels", "crispy_bootstrap5", "daphne", "dj_database_url",
    "django_celery_beat", "django_celery_results", "django_htmx", "django_redis", "django_tables2",
    "drf_spectacular", "drf_yasg", "dynaconf", "environs", "graphene_django", "gunicorn", "kombu", "lxml",
    "markdown", "numpy", "openpyxl", "pandas", "pydantic", "pydantic_settings", "redis", "requests",
    "sentry_sdk", "stripe", "uvicorn", "wagtail", "weasyprint", "whitenoise",
}  # fmt: skip

# As MODULES, of tools that settings for development have. One that is not in the image says that these settings may be
# the wrong ones.
DEVELOPMENT = {
    "coverage": "coverage", "debug_toolbar": "django-debug-toolbar", "django_browser_reload": "django-browser-reload",
    "django_extensions": "django-extensions", "django_fastdev": "django-fastdev", "factory": "factory_boy",
    "faker": "Faker", "model_bakery": "model-bakery", "nplusone": "nplusone", "pytest": "pytest",
    "pytest_django": "pytest-django", "silk": "django-silk", "template_profiler_panel":
    "django-debug-toolbar-template-profiler", "werkzeug_debugger_runserver": "django-werkzeug-debugger-runserver",
    "zeal": "django-zeal",
}  # fmt: skip

# (what the library's name begins with, without "lib"; Debian's packages; Alpine's packages)
LIBRARIES = (
    ("gdal", "gdal-bin", "gdal"),
    ("geos", "libgeos-c1v5", "geos"),
    ("proj", "proj-bin", "proj"),
    ("(mod_)?spatialite", "libsqlite3-mod-spatialite", "libspatialite"),
    ("pq", "libpq5", "libpq"),
    ("(mysqlclient|mariadb)", "libmariadb3", "mariadb-connector-c"),
    ("magic($|[.])", "libmagic1", "libmagic"),
    # WeasyPrint asks for GObject first, and for these next.
    ("(gobject|pango|harfbuzz)", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "pango"),
    ("cairo", "libcairo2", "cairo"),
    ("(glib|gthread|gio)-", "libglib2.0-0", "glib"),
    ("gdk_pixbuf", "libgdk-pixbuf-2.0-0", "gdk-pixbuf"),
    ("fontconfig", "libfontconfig1", "fontconfig"),
    ("freetype", "libfreetype6", "freetype"),
    ("GL[.]", "libgl1", "mesa-gl"),
    ("xmlsec1", "libxmlsec1-openssl", "xmlsec"),
    ("xml2", "libxml2", "libxml2"),
    ("e?xslt", "libxslt1.1", "libxslt"),
    ("(ldap|lber)(_r)?-2[.]5", "libldap-2.5-0", "libldap"),
    ("(ldap|lber)", "libldap2", "libldap"),
    ("sasl2", "libsasl2-2", "libsasl"),
    ("jpeg", "libjpeg62-turbo", "libjpeg-turbo"),
    ("tiff", "libtiff6", "tiff"),
    ("webp", "libwebp7 libwebpmux3 libwebpdemux2", "libwebp"),
    ("openjp2", "libopenjp2-7", "openjpeg"),
    ("heif", "libheif1", "libheif"),
    ("vips", "libvips42", "vips"),
    ("magickwand", "libmagickwand-dev", "imagemagick-dev"),
    ("zbar", "libzbar0", "zbar"),
    ("gomp", "libgomp1", "libgomp"),
    ("stdc[+][+]", "libstdc++6", "libstdc++"),
    ("gcc_s", "libgcc-s1", "libgcc"),
    ("aio", "libaio1", "libaio"),
    ("odbc", "unixodbc", "unixodbc"),
    ("sodium", "libsodium23", "libsodium"),
    ("zmq", "libzmq5", "libzmq"),
    ("memcached", "libmemcached11", "libmemcached-libs"),
    ("rdkafka", "librdkafka1", "librdkafka"),
    ("curl", "libcurl4", "libcurl"),
    ("ffi[.]", "libffi8", "libffi"),
    ("expat", "libexpat1", "expat"),
    ("sqlite3", "libsqlite3-0", "sqlite-libs"),
    ("snappy", "libsnappy1v5", "snappy"),
)
# Libraries that say that what was installed was made on another system, and why.
MISFITS = (
    (r"libc\.musl|ld-musl", "it was installed on Alpine, and this image is not Alpine"),
    (r"ld-linux|libc\.so\.6", "it was installed on Debian or a system like it, and this image is Alpine"),
    (r"lib(ssl|crypto)\.so\.1", "it was installed on an older system, which had OpenSSL 1"),
    (r"libpython3", "it was installed for another Python than the image's"),
)

# Program → (Debian's package, Alpine's package).
PROGRAMS = {
    "bash": ("bash", "bash"), "chromium": ("chromium", "chromium"), "convert": ("imagemagick", "imagemagick"),
    "curl": ("curl", "curl"), "dot": ("graphviz", "graphviz"), "exiftool": ("libimage-exiftool-perl", "exiftool"),
    "ffmpeg": ("ffmpeg", "ffmpeg"), "ffprobe": ("ffmpeg", "ffmpeg"), "git": ("git", "git"),
    "gpg": ("gnupg", "gnupg"), "gs": ("ghostscript", "ghostscript"), "java": ("default-jre-headless", "openjdk21-jre"),
    "magick": ("imagemagick", "imagemagick"), "msgfmt": ("gettext", "gettext"), "mysql": ("mariadb-client", "mariadb-client"),
    "mysqldump": ("mariadb-client", "mariadb-client"), "node": ("nodejs", "nodejs"), "npm": ("npm", "npm"),
    "openssl": ("openssl", "openssl"), "pandoc": ("pandoc", "pandoc"), "pdftoppm": ("poppler-utils", "poppler-utils"),
    "pdftotext": ("poppler-utils", "poppler-utils"), "pg_dump": ("postgresql-client", "postgresql-client"),
    "ps": ("procps", "procps"), "psql": ("postgresql-client", "postgresql-client"),
    "redis-cli": ("redis-tools", "redis"), "rsync": ("rsync", "rsync"), "soffice": ("libreoffice-nogui", "libreoffice"),
    "sqlite3": ("sqlite3", "sqlite"), "ssh": ("openssh-client", "openssh-client"),
    "tesseract": ("tesseract-ocr", "tesseract-ocr"), "unzip": ("unzip", "unzip"), "wget": ("wget", "wget"),
    "zip": ("zip", "zip"),
}  # fmt: skip


def distribution_for(module):
    """What to put into the requirements for a module, or "" where that is not known to be another name."""
    return DEVELOPMENT.get(top(module)) or MODULES.get(module) or MODULES.get(top(module)) or ""


def is_for_development(module):
    return top(module) in DEVELOPMENT


def top(module):
    return module.split(".")[0]


def packages_of_library(name):
    """(Debian's, Alpine's) packages of a library of the system, or None."""
    stem = re.sub("^lib", "", name.rsplit("/", 1)[-1])
    for pattern, debian, alpine in LIBRARIES:
        if re.match(pattern, stem, re.IGNORECASE):
            return debian, alpine
    return None


def misfit_of_library(name):
    """Why a package that asks for this library was made for another system. "" if nothing says so."""
    return next((why for pattern, why in MISFITS if re.search(pattern, name)), "")
