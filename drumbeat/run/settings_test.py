"""Settings of the test suite: a throwaway data directory, cheap passwords, everything else as in life.

DRUMBEAT_TEST_DATABASE=postgres runs it on PostgreSQL (TEST_DATABASE_URL, default the local one).
"""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="drumbeat-test-")
os.environ["DRUMBEAT_DATA"] = _folder
os.environ.setdefault("DRUMBEAT_LOG_LEVEL", "ERROR")
if os.environ.get("DRUMBEAT_TEST_DATABASE") == "postgres":
    os.environ["DATABASE_URL"] = os.environ.get(
        "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
    )
else:
    os.environ.pop("DATABASE_URL", None)
os.environ.pop("REDIS_URL", None)

from drumbeat.run.settings import *  # noqa: E402, F403

DATABASES["default"]["TEST"] = {  # noqa: F405
    "NAME": os.environ.get("DRUMBEAT_TEST_NAME")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")  # noqa: F405
    else os.environ.get("DRUMBEAT_TEST_NAME") or f"test_drumbeat_{os.getpid()}"
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
