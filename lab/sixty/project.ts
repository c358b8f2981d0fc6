/**
 * A Django project of sixty apps: 360 models with relations inside and across apps, their migrations, admin,
 * views, templates, and six hundred static files that refer to each other. The same bytes every time.
 */
import { appFiles, appName, models, views } from "./app.ts";

const APPS = 60;

/** All files of the project by path, ready to be written. */
export function sixtyApps(): Record<string, string | Uint8Array> {
  const files: Record<string, string | Uint8Array> = {
    Dockerfile: DOCKERFILE,
    ".dockerignore": ".git\n",
    "manage.py": MANAGE,
    "big/__init__.py": "",
    "big/settings.py": SETTINGS,
    "big/urls.py": URLS,
    "big/wsgi.py": WSGI,
  };
  for (let app = 0; app < APPS; app++) Object.assign(files, appFiles(app));
  return files;
}

/** The change of an ordinary working day: one method of one model and one view. `round` makes each its own. */
export function codeChange(round: number): Record<string, string> {
  const name = appName(30);
  return {
    [`${name}/models.py`]: models(30).replace("return self.name", `return f"{self.name} ({${round}})"`),
    [`${name}/views.py`]: views(30).replace("[:50]", `[:${50 + round}]`),
  };
}

/** A field that has no migration: what the migrations check is for. */
export function missingMigration(round: number): Record<string, string> {
  const field = `    extra_${round} = models.IntegerField(default=0)\n`;
  return {
    [`${appName(31)}/models.py`]: models(31).replace("(models.Model):\n", (line) => `${line}${field}`),
  };
}

const DOCKERFILE = `ARG PYTHON=3.13
FROM python:\${PYTHON}-slim
ARG DJANGO=5.2.*
RUN pip install --no-cache-dir --root-user-action=ignore "django==\${DJANGO}"
WORKDIR /app
COPY . .
CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]
`;

const MANAGE = `#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "big.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`;

const SETTINGS = `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *[f"app{number:02}" for number in range(${APPS})],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "big.urls"
WSGI_APPLICATION = "big.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
`;

const URLS = `from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *[path(f"app{number:02}/", include(f"app{number:02}.urls")) for number in range(${APPS})],
]
`;

const WSGI = `import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "big.settings")

application = get_wsgi_application()
`;
