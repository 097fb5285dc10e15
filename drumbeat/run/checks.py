"""What ``doctor`` looks at. Each check says what it found and, for a fault, the mend."""

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, models
from django.utils import timezone

from drumbeat.core.encrypted import EncryptedText, known_keys
from drumbeat.core.refusal import Refused
from drumbeat.run import alive, instance

FREE_LEAST = 1_000_000_000  # bytes


@dataclass(frozen=True)
class Finding:
    """What one check found; ``mend`` is empty where nothing is wrong."""

    name: str
    says: str
    mend: str = ""

    @property
    def fine(self) -> bool:
        return not self.mend


def examine() -> list[Finding]:
    """Every check in order; those that need the database stand behind the one that tries it."""
    found = [settings_(), data_directory(), disk()]
    database_found = database()
    found.append(database_found)
    if database_found.fine:
        found += [_guarded(check) for check in (tables, keys, worker, inbox)]
    return [*found, mail()]


def _guarded(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Refused as refusal:
        return Finding(check.__name__, str(refusal), "do what the sentence says")
    except Exception as fault:
        return Finding(check.__name__, f"the check itself failed ({type(fault).__name__})", "see the logs")


def settings_() -> Finding:
    """Settings that were read but are unwise."""
    if settings.DEBUG:
        return Finding("settings", "DRUMBEAT_DEBUG is on", "leave it out where others can reach the server")
    if settings.CSRF_TRUSTED_ORIGINS and not settings.SESSION_COOKIE_SECURE:
        return Finding(
            "settings",
            "DRUMBEAT_ORIGINS names an address, but cookies may travel without encryption",
            "set DRUMBEAT_HTTPS=1 where the proxy speaks https",
        )
    return Finding("settings", "all readable")


def data_directory() -> Finding:
    """The data directory, and that it is closed to others."""
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        return Finding("data directory", f"{folder} is not there", "drumbeat init")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(
            "data directory", f"{folder} cannot be written to", f"see who owns it: ls -ld {folder}"
        )
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return Finding("data directory", f"others on this machine can open {folder}", f"chmod 700 {folder}")
    return Finding("data directory", str(folder))


def disk() -> Finding:
    """Room for the next import and the next backup."""
    folder = Path(settings.DATA_DIR)
    folder = folder if folder.is_dir() else Path.home()
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free"
    if free < FREE_LEAST:
        return Finding("disk", says, f"make room on the disk of {folder}: an import needs at least 1 GB")
    return Finding("disk", says)


def database() -> Finding:
    """Whether the database answers and is whole."""
    try:
        if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).is_file():
            return Finding("database", "there is none yet", "drumbeat init")
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                cursor.execute("SELECT 1")
                return Finding("database", "PostgreSQL answers")
            cursor.execute("PRAGMA quick_check(1)")
            answer = cursor.fetchone()[0]
    except Exception as fault:
        said = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        return Finding(
            "database", f"it does not answer: {said}", "start it, or mend DATABASE_URL; else drumbeat restore"
        )
    if answer != "ok":
        return Finding("database", f"the file is damaged: {answer}", "drumbeat restore FILE --replace")
    return Finding("database", "SQLite is whole")


def tables() -> Finding:
    """Whether the tables are of this version."""
    try:
        instance.require()
    except Refused as refusal:
        newer = "newer" in str(refusal)
        return Finding("tables", str(refusal), "update Drumbeat" if newer else "drumbeat init")
    return Finding("tables", "of this version")


def keys() -> Finding:
    """Whether every key that a text was encrypted with is here."""
    here, needed = known_keys(), _keys_needed()
    missing = sorted(needed - set(here))
    if missing:
        names = ", ".join(f"{name}.key" for name in missing)
        return Finding(
            "keys",
            f"confidential texts cannot be read: {names} is missing",
            f"put it back into {Path(settings.DATA_DIR) / 'keys'}, from the copy that you keep",
        )
    return Finding("keys", f"{len(here)} here, {len(needed)} in use")


def _keys_needed() -> set[str]:
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table, column in _encrypted_columns():
            if connection.vendor == "sqlite":
                cut = f"""substr("{column}", 1, instr("{column}", '.') - 1)"""
            else:
                cut = f"""split_part("{column}", '.', 1)"""
            cursor.execute(f"""SELECT DISTINCT {cut} FROM "{table}" WHERE "{column}" <> ''""")
            found.update(row[0] for row in cursor.fetchall() if row[0])
    return found


def _encrypted_columns() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedText)
    ]


def worker() -> Finding:
    """Whether background jobs are being done."""
    from django_tasks_db.models import DBTaskResult

    lives = alive.is_held("clock")
    waiting = DBTaskResult.objects.ready().count()
    served = alive.in_use(Path(settings.DATA_DIR))
    if not lives and (served or waiting):
        what = f"no worker runs, {waiting} jobs wait" if waiting else "the server runs without a worker"
        return Finding("worker", what, "drumbeat up (or drumbeat worker beside your own web server)")
    yesterday = timezone.now() - timedelta(days=1)
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=yesterday)
    if count := failed.count():
        paths = ", ".join(sorted(set(failed.values_list("task_path", flat=True)))[:3])
        return Finding(
            "worker", f"{count} jobs failed since yesterday: {paths}", "see the log for the reason"
        )
    return Finding("worker", f"running, {waiting} jobs wait" if lives else "not started, nothing waits")


def inbox() -> Finding:
    """The folder for the next exports."""
    folder = Path(settings.DATA_DIR) / "inbox"
    if not folder.is_dir():
        return Finding("inbox", f"{folder} is not there", "drumbeat init")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding("inbox", f"{folder} cannot be read and emptied", f"chmod 700 {folder}")
    model = apps.get_model("exchange", "FileAtWork")
    failed: models.QuerySet[models.Model] = model._default_manager.filter(state="failed", source="inbox")
    if count := failed.count():
        return Finding("inbox", f"{count} files could not be brought in", "the page Imports says why")
    return Finding("inbox", str(folder))


def mail() -> Finding:
    """Whether mail leaves, where it is set."""
    if not settings.MAIL_IS_SET:
        return Finding("mail", "not set: invitations are links to copy")
    try:
        sender = get_connection(timeout=10)
        sender.open()
        sender.close()
    except Exception as fault:
        said = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        return Finding("mail", f"the mail server does not take us: {said}", "mend EMAIL_URL")
    return Finding("mail", "the mail server answers")
