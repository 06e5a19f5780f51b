"""Settings of the site, read from the environment; the README lists the variables.

With nothing set the site runs to try it out: its own PostgreSQL and secret key under DATA_DIR, this machine only.
With PRODUCTION=1 it refuses to start on anything made up.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import environment
from .secret_key import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

# Which site this is
PRODUCTION = environment.flag("PRODUCTION")
DEBUG = environment.flag("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is '1' while PRODUCTION is '1'. Allowed in production: 0 (no).")
if PRODUCTION:
    for required in ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"]:
        if not environment.text(required):
            raise ImproperlyConfigured(
                f"{required} is not set. Production (PRODUCTION=1) needs a value of your own."
            )

DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / ".data")
ORIGINALS_DIR = DATA_DIR / "originals"
SECRET_KEY = environment.text("SECRET_KEY") or kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

# Where it listens
LISTEN_ADDRESS = environment.text("LISTEN_ADDRESS", default="127.0.0.1")
PORT = environment.integer("PORT", default=8000, minimum=1, maximum=65535)
WEB_WORKERS = environment.integer("WEB_WORKERS", default=2, minimum=1, maximum=64)

# Database: PostgreSQL everywhere
DATABASE = environment.database("DATABASE_URL")
EMBEDDED_DATABASE = DATABASE is None
if DATABASE and not DATABASE["PASSWORD"]:
    DATABASE["PASSWORD"] = environment.text("DATABASE_PASSWORD")
DATABASES = {
    "default": DATABASE or {"ENGINE": "navo_site.embedded_postgres", "NAME": "navo", "OPTIONS": {}},
}
# A thread of a gthread worker keeps its connection between requests, and checks it before use.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Code
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_filters",
    "simple_history",
    "letters",
]
# No LocaleMiddleware: the language follows from the address, never from the visitor's browser (one address, one page).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "navo_site.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "navo_site.urls"
WSGI_APPLICATION = "navo_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Static files, and what is uploaded
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = environment.folder("STATIC_ROOT", DATA_DIR / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINALS_DIR},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A file above 2.5 MB is received on disk, not in memory, and whole: the upload form itself says that one is too large.
MAX_UPLOAD_MB = environment.integer("MAX_UPLOAD_MB", default=20, minimum=1, maximum=500)
MAX_UPLOAD_BYTES = MAX_UPLOAD_MB * 1024 * 1024
# The form of a long letter in the admin has some ten fields for each of its paragraphs and positions.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Accounts
LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]

# What a browser may do with a page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# TLS: in production always, usually ended by a proxy in front
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
HSTS_SECONDS = environment.integer("HSTS_SECONDS", default=31_536_000, minimum=0, maximum=63_072_000)
SECURE_HSTS_SECONDS = HSTS_SECONDS if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# Preloading puts the name in the list that browsers ship, for years: a decision for who owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only a proxy that sets X-Forwarded-Proto itself may be believed: a visitor can send that header too.
if environment.flag("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs: Django's own, and on standard error whatever asks for attention, also without DEBUG
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
