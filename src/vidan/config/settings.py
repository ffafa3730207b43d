"""Django's settings: one file, everything that differs between places comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from vidan.config import env
from vidan.kernel import keyfiles

django_stubs_ext.monkeypatch()

ROOT = env.ROOT
PACKAGE = Path(__file__).resolve().parents[1]
HOME = env.home()

DEMO = env.flag("VIDAN_DEMO")
DEBUG = env.flag("VIDAN_DEBUG")
SECRET_KEY = env.text("VIDAN_SECRET_KEY") or keyfiles.read_or_make(HOME / "keys" / "web.key").hex()
VIDAN_MASTER_KEY = HOME / "keys" / "master.key"
VIDAN_FILES = HOME / "files"
VIDAN_CLOCK = env.text("VIDAN_CLOCK")
VIDAN_CLOCK_STARTED = env.text("VIDAN_CLOCK_STARTED")
# The unit whose public page is the root of the site; empty: the only one that receives people.
VIDAN_PORTAL_UNIT = env.text("VIDAN_PORTAL_UNIT", "H15.158" if DEMO else "")
# Behind HTTPS (everywhere but on this very machine) cookies travel encrypted only.
BASE_URL = env.text("VIDAN_BASE_URL", f"http://localhost:{env.number('VIDAN_PORT', 8000)}")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.text("VIDAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

INSTALLED_APPS = [
    "vidan.kernel.apps.KernelConfig",
    "vidan.authorities.apps.AuthoritiesConfig",
    "vidan.people.apps.PeopleConfig",
    "vidan.procedures.apps.ProceduresConfig",
    "vidan.dossiers.apps.DossiersConfig",
    "vidan.payments.apps.PaymentsConfig",
    "vidan.letters.apps.LettersConfig",
    "vidan.config.apps.WiringConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vidan.sites.limits.RequestSizeMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vidan.sites.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "vidan.sites.account.middleware.StaffAccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vidan.config.urls"
WSGI_APPLICATION = "vidan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [PACKAGE / "sites" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "vidan.sites.pages.environment",
            "context_processors": ["vidan.sites.pages.everywhere"],
        },
    },
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

_DATABASE = conninfo_to_dict(env.text("DATABASE_URL", "postgresql:///vidan"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _DATABASE.pop("dbname", "vidan"),
        "USER": _DATABASE.pop("user", ""),
        "PASSWORD": _DATABASE.pop("password", ""),
        "HOST": _DATABASE.pop("host", ""),
        "PORT": str(_DATABASE.pop("port", "")),
        # A pool, so that a request does not pay for a new connection (2.3 times dearer, measured).
        "OPTIONS": {**_DATABASE, "pool": {"min_size": 1, "max_size": 10, "timeout": 10}},
        # A connection is looked at when it leaves the pool: PostgreSQL may have been restarted.
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "vidan_lang"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATICFILES_DIRS = [("vd", PACKAGE / "built" / "static")]
STATIC_ROOT = Path(env.text("VIDAN_STATIC", str(HOME / "static")))
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": _MANIFEST
        if env.flag("VIDAN_STATIC_MANIFEST")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.flag("VIDAN_STATIC_MANIFEST")

# One photographed page is 2-8 MB; a dossier's intake carries several.
VIDAN_MAX_FILE = 20 * 1024 * 1024
VIDAN_MAX_REQUEST = 60 * 1024 * 1024
# The symbol of a unit's fee receipts before the year (a default; the tax office gives the real one).
VIDAN_RECEIPT_SERIES = env.text("VIDAN_RECEIPT_SERIES", "BL")
# The collecting agency's tax code on receipts; empty leaves the line out.
VIDAN_TAX_CODE = env.text("VIDAN_TAX_CODE")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_TEMP_DIR = env.text("VIDAN_UPLOADS") or None

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "vidan.sites.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

from vidan.config.settings_accounts import *  # noqa: E402, F403

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 2,
    "stalled_worker_timeout": 6,
    "shutdown_graceful_timeout": 10,
    "fetch_job_polling_interval": 2,
}

# Tests set this to "1": cheap password hashing only where passwords protect nothing.
if env.flag("VIDAN_TEST"):
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vidan.config.settings")
