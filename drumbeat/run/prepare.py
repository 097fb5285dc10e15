"""Making an instance: data directory, keys, database, inbox, static files. Run again, it changes nothing."""

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from drumbeat.core.content import library
from drumbeat.core.encrypted import keys
from drumbeat.run import instance


def prepare() -> list[str]:
    """Make what is missing; returns what was made, in words."""
    instance.require_not_newer()
    made = []
    first, _ = instance.migrations_state()
    if first:
        call_command("migrate", interactive=False, verbosity=0)
        where = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
        if first != "all":
            made.append("the newer tables of the database")
        else:
            made.append(f"the database ({where}) with its tables")
            made.append(f"the default content (version {library()['meta']['version']})")
    _private(Path(str(connection.settings_dict["NAME"])))
    folder = Path(settings.DATA_DIR) / "inbox"
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        made.append(f"the inbox for exports, {folder}")
    if not os.environ.get("DRUMBEAT_KEYS"):
        had = any((Path(settings.DATA_DIR) / "keys").glob("*.key"))
        keys()
        if not had:
            made.append("a key for confidential texts")
    return made


def _private(database: Path) -> None:
    if connection.vendor == "sqlite" and database.is_file():
        database.chmod(0o600)


def collect_static() -> bool:
    """Lay style sheets, scripts and icons out under hashed names; whether anything had changed.

    Done at start rather than in the wheel: one way for a checkout and for an installed Drumbeat, and apps
    added by an update are never forgotten.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    now = _sources()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
        return False
    fresh = root.with_name(root.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    settings.STATIC_ROOT = fresh
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        settings.STATIC_ROOT = root
    (fresh / ".stamp").write_text(now, encoding="ascii")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    return True


def _sources() -> str:
    """A digest of every source file's name, size and time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            about = os.stat(storage.path(path))
            digest.update(f"{path}:{about.st_size}:{about.st_mtime_ns};".encode())
    return digest.hexdigest()
