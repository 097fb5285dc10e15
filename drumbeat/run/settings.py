"""The one settings file. Every setting has a safe default and fails loudly when it is wrong.

Read from the environment (docs/settings.md lists them all; a test keeps that list true).
"""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DRUMBEAT_DATA") or Path.home() / ".drumbeat").expanduser().absolute()


def _instance_secret() -> str:
    """The signing key of this instance, made once and kept beside the database."""
    given = os.environ.get("DRUMBEAT_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("DRUMBEAT_SECRET_KEY must have at least 32 characters.")
        return given
    path = DATA_DIR / "secret_key"
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        kept = ""
    if kept:
        return kept
    if not DATA_DIR.is_dir():
        # Commands that need no instance (look-back) run with a key that nobody keeps.
        return secrets.token_urlsafe(48)
    fresh = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(fresh)
    return fresh


SECRET_KEY = _instance_secret()
DEBUG = env.bool("DRUMBEAT_DEBUG", default=False)
DEMO = env.bool("DRUMBEAT_DEMO", default=False)
ALLOWED_HOSTS = env.list("DRUMBEAT_HOSTS", default=["*"])
CSRF_TRUSTED_ORIGINS = env.list("DRUMBEAT_ORIGINS", default=[])

INSTALLED_APPS = [
    # First, so that its pages stand before those that allauth brings.
    "drumbeat.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "drumbeat.core",
    "drumbeat.journal",
    "drumbeat.people",
    "drumbeat.customers",
    "drumbeat.calendars",
    "drumbeat.plan",
    "drumbeat.promises",
    "drumbeat.recognition",
    "drumbeat.meetings",
    "drumbeat.signals",
    "drumbeat.desk",
    "drumbeat.exchange",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "drumbeat.web.middleware.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "drumbeat.web.middleware.Edge",
    "drumbeat.web.first_run.FirstRun",
]

ROOT_URLCONF = "drumbeat.web.urls"
ASGI_APPLICATION = "drumbeat.run.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "drumbeat.web.context.shell",
            ],
            "builtins": ["drumbeat.web.templatetags.drumbeat", "template_partials.templatetags.partials"],
        },
    }
]

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that will write takes the write lock at its start and so can wait for it;
    # SQLite's default deferred transactions fail at once under three writers.
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA busy_timeout=60000;"
    ),
}

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": env.db("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"] not in (
        "django.db.backends.postgresql",
        "django.db.backends.sqlite3",
    ):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
else:
    _database = os.environ.get("DRUMBEAT_DATABASE_FILE") or str(DATA_DIR / "drumbeat.sqlite3")
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _database}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)

# Wakes the screens of a room in other web processes at once; without it they look four times a second.
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "drumbeat.web.adapter.ClosedAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Cookies do not know ports: two instances on one machine must not share them.
_INSTANCE = "demo" if DEMO else "own"
SESSION_COOKIE_NAME = f"drumbeat_{_INSTANCE}_session"
CSRF_COOKIE_NAME = f"drumbeat_{_INSTANCE}_csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.bool("DRUMBEAT_HTTPS", default=False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("DRUMBEAT_STATIC") or DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "uploads"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

if os.environ.get("EMAIL_URL"):
    globals().update(env.email_url("EMAIL_URL"))
    MAIL_IS_SET = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    MAIL_IS_SET = False
DEFAULT_FROM_EMAIL = env.str("DRUMBEAT_MAIL_FROM", default="Drumbeat <drumbeat@localhost>")

# Uploads stream to disk above 2.5 MB; larger than this is refused with a sentence before it is read.
DRUMBEAT_MAX_UPLOAD_MB = env.int("DRUMBEAT_MAX_UPLOAD_MB", default=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
# Calendar addresses inside the server's own network are refused unless the administrator says otherwise.
DRUMBEAT_PRIVATE_CALENDARS = env.bool("DRUMBEAT_PRIVATE_CALENDARS", default=False)
DRUMBEAT_AS_OF = env.str("DRUMBEAT_AS_OF", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"structured": {"()": "drumbeat.core.logs.Structured"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": env.str("DRUMBEAT_LOG_LEVEL", default="WARNING")},
    "loggers": {
        "drumbeat": {"level": env.str("DRUMBEAT_LOG_LEVEL", default="INFO")},
        # It warns of every ordinary stop.
        "django_tasks_db": {"level": "ERROR"},
    },
}

# The demonstration: who stands for which role ("executive=elena@…"), and where one's own instance answers.
DEMO_CAST = dict(pair.split("=", 1) for pair in env.list("DRUMBEAT_DEMO_CAST", default=[]))
OWN_ADDRESS = env.str("DRUMBEAT_OWN_ADDRESS", default="")
