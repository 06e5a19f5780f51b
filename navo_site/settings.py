"""Settings of the site, read from the environment; the README lists the variables.

With nothing set the site runs to try it out: its own PostgreSQL and secret key under DATA_DIR, this machine only.
With PRODUCTION=1 it refuses to start on anything made up.
"""

from datetime import timedelta
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
    for required in ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "TAG_AUTHORITY"]:
        if not environment.text(required):
            raise ImproperlyConfigured(
                f"{required} is not set. Production (PRODUCTION=1) needs a value of your own."
            )
    if not (environment.text("DATA_DIR") or environment.text("S3_BUCKET")):
        raise ImproperlyConfigured(
            "DATA_DIR and S3_BUCKET are not set. Production (PRODUCTION=1) needs one of them, to keep originals in."
        )

DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / ".data")
MEDIA_ROOT = DATA_DIR / "originals"
SECRET_KEY = (
    environment.secret("SECRET_KEY")
    if PRODUCTION
    else environment.text("SECRET_KEY") or kept_secret_key(DATA_DIR)
)
ALLOWED_HOSTS = environment.hosts(
    "ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"), any_host=not PRODUCTION
)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
# In the names that entries of feeds have for ever (letters/atom.py): never the host of a request, nor ALLOWED_HOSTS, which
# may change. So production must state it.
TAG_AUTHORITY = environment.domain("TAG_AUTHORITY", default="navo-brieven.invalid")

# Where it listens
LISTEN_ADDRESS = environment.text("LISTEN_ADDRESS", default="127.0.0.1")
PORT = environment.integer("PORT", default=8000, minimum=1, maximum=65535)
WEB_WORKERS = environment.integer("WEB_WORKERS", default=2, minimum=1, maximum=64)
WEB_THREADS = environment.integer("WEB_THREADS", default=4, minimum=1, maximum=64)

# Databases: PostgreSQL everywhere. `default` is the primary; visitors read from `public` (navo_site/replicas.py), which
# is the same server, or whichever standby answers.
DATABASE = environment.database("DATABASE_URL")
REPLICA = environment.database("DATABASE_REPLICA_URL")
EMBEDDED_DATABASE = DATABASE is None
if REPLICA and EMBEDDED_DATABASE:
    raise ImproperlyConfigured(
        "DATABASE_REPLICA_URL is set, but DATABASE_URL, which it is a replica of, is not."
    )
for database in filter(None, [DATABASE, REPLICA]):
    database["PASSWORD"] = database["PASSWORD"] or environment.text("DATABASE_PASSWORD")
PRIMARY = DATABASE or {"ENGINE": "navo_site.embedded_postgres", "NAME": "navo", "OPTIONS": {}}
# A thread of a gthread worker keeps its connections between requests, and checks them before use.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
PUBLIC_STATEMENT_TIMEOUT = environment.integer("PUBLIC_STATEMENT_TIMEOUT", default=10, minimum=1, maximum=600)
DATABASES = {
    "default": PRIMARY | KEPT,
    "public": environment.for_visitors(REPLICA or PRIMARY, PUBLIC_STATEMENT_TIMEOUT) | KEPT,
}
DATABASE_ROUTERS = ["navo_site.replicas.Router"]
PUBLIC_DATABASE = "public"
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
    "axes",
    "csp",
    "django_filters",
    "simple_history",
    "letters",
]
# What sets headers comes before whatever may answer by itself, so that every response has them.
MIDDLEWARE = [
    "navo_site.language.speak_as_addressed",
    "navo_site.request_log.request_log",
    # Whatever may refuse or fail is inside it: the API answers with problem+json, and programs elsewhere may read that.
    "letters.api.everywhere.answer_as_api",
    "csp.middleware.CSPMiddleware",
    "navo_site.middleware.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "navo_site.health.answer_from_inside",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "navo_site.conditional.Conditional",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Needs to know who asks. CSRF is checked, which reads the whole body, when all of these have let a request through.
    "navo_site.middleware.refuse_large_bodies",
    "navo_site.replicas.ReadFrom",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
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

# The API: JSON, to read only, the same for everyone
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["letters.api.rendering.Renderer"],  # one form, also in a browser
    "DEFAULT_PARSER_CLASSES": [],  # it takes nothing in
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "letters.api.negotiation.ContentNegotiation",
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # and asks nobody who they are
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "letters.api.problems.handler",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a key like any other: unknown
}
SPECTACULAR_SETTINGS = {
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,  # it stands in `servers`
    # Lists of values stay where they are used; the rest is filled in by our own hook.
    "POSTPROCESSING_HOOKS": ["letters.api.schema.finish"],
}
# To whom programmers write, in the description of the API. Under .invalid nothing can be mailed: then none was set.
CONTACT_EMAIL = environment.email("CONTACT_EMAIL", default="niet-ingesteld@voorbeeld.invalid")

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
    # Originals of letters: under MEDIA_ROOT on this machine, or where several machines share them
    "default": environment.object_storage() or {"BACKEND": "navo_site.disk_storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A file above 2.5 MB is received on disk, not in memory, and whole: the upload form itself says that one is too large.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "navo_site.uploads.NamelessFileUploadHandler",
]
UPLOADS_DIR = DATA_DIR / "uploads"  # what is being received: in a container /tmp may be memory
MAX_UPLOAD_MB = environment.integer("MAX_UPLOAD_MB", default=20, minimum=1, maximum=500)
MAX_UPLOAD_BYTES = MAX_UPLOAD_MB * 1024 * 1024
MAX_REQUEST_BYTES = 10 * MAX_UPLOAD_BYTES  # the files of one letter together; more is refused unread
MAX_FORM_BYTES = (
    64 * 1024
)  # of who is not logged in; the proxy takes as much before it asks the site (Caddyfile)
# The form of a long letter in the admin has some ten fields for each of its paragraphs and positions.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Accounts
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day

# Guessing passwords: navo_site/login_throttle.py says what counts
AXES_HANDLER = "navo_site.login_throttle.LoginThrottle"
AXES_CLIENT_IP_CALLABLE = "navo_site.login_throttle.client_address"
AXES_LOCKOUT_CALLABLE = "navo_site.login_throttle.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that the page tells to wait is the time
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # nobody needs to know who logged in when
AXES_ENABLE_ADMIN = False

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

# TLS: in production always, ended by a proxy in front
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    # With this prefix a browser takes the cookie only over HTTPS, for this host, from this host.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]  # asked from inside, where there is no TLS
HSTS_SECONDS = environment.integer("HSTS_SECONDS", default=31_536_000, minimum=0, maximum=63_072_000)
SECURE_HSTS_SECONDS = HSTS_SECONDS if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# Preloading puts the name in the list that browsers ship, for years: a decision for who owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only a proxy that sets X-Forwarded-Proto and X-Forwarded-For itself may be believed: a visitor can send them too.
BEHIND_TLS_PROXY = environment.flag("BEHIND_TLS_PROXY")
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs: on standard error whatever asks for attention, also without DEBUG; in production as JSON, without persons
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "navo_site.request_log.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers go: one prints for DEBUG, the other mails whole requests to administrators.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Whoever sends another name than ours is no error of the site: the line of the request says 400.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # It names who failed to log in.
        "axes": {"level": "CRITICAL"},
        # That Django leaves it to the server to keep the body of an answer to HEAD to itself.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
if PRODUCTION:
    # Refusals (4xx) stand in the line of the request.
    LOGGING["loggers"] |= {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}}
