"""``restore``: the state of a backup, or the state before; never between."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.run import instance
from drumbeat.run.archive.read import Archive, opened


class NotEmpty(Refused):
    """There is something that would be lost."""


class StillRunning(Refused):
    """Drumbeat runs on the database that is to be replaced."""


def restore(path: Path, *, replace: bool) -> dict[str, Any]:
    """Bring a backup in; gives back what came, and which keys are missing or wrong.

    Raises NotEmpty, StillRunning and what ``read.opened`` raises.
    """
    data = instance.data_dir()
    instance.make_data_dir()
    target = _sqlite_target(data)
    fresh = target.with_name(target.name + ".restoring") if target else None
    if fresh is not None:
        # The settings are read for the first time below: they see the file that is being filled.
        _remove_database(fresh)
        os.environ.pop("DATABASE_URL", None)
        os.environ["DRUMBEAT_DATABASE_FILE"] = str(fresh)
    instance.set_up()
    from drumbeat.run import alive
    from drumbeat.run.archive.load import load

    with opened(path) as archive:
        if not replace and (_holds_people(target) if target else _database_holds_people()):
            raise NotEmpty(
                f"{data} holds an instance already; restore into an empty place with --data-dir, "
                "or add --replace to give up what is there."
            )
        if alive.in_use(data):
            raise StillRunning("Drumbeat is running here; stop it (Ctrl+C in its window), then restore.")
        try:
            load(archive)
            _put_files(archive, data)
            if target is not None and fresh is not None:
                _move_into_place(fresh, target)
        finally:
            if fresh is not None:
                _remove_database(fresh)
        return _result(archive, data)


def _sqlite_target(data: Path) -> Path | None:
    """The database file of the instance; None on PostgreSQL."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        return Path(os.environ.get("DRUMBEAT_DATABASE_FILE") or data / "drumbeat.sqlite3")
    return Path(given.removeprefix("sqlite:///")) if given.startswith("sqlite:///") else None


def _holds_people(database: Path) -> bool:
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
            return bool(source.execute("SELECT EXISTS (SELECT 1 FROM people_person)").fetchone()[0])
    except sqlite3.OperationalError as fault:
        return "no such table" not in str(fault)
    except sqlite3.DatabaseError:
        return True


def _database_holds_people() -> bool:
    from django.db import connection

    from drumbeat.people.models import Person

    with connection.cursor() as cursor:
        there = Person._meta.db_table in connection.introspection.table_names(cursor)
    return there and Person.objects.exists()


def _put_files(archive: Archive, data: Path) -> None:
    """Lay the files out beside, then move each folder in whole."""
    beside = data / "restoring.part"
    shutil.rmtree(beside, ignore_errors=True)
    for name in archive.files():
        place = beside / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(archive.read_file(name))
    for part in sorted(beside.iterdir()) if beside.is_dir() else ():
        there = data / part.name
        if part.name == "keys":
            # Keys are added, never taken away: texts of elsewhere may need the others.
            there.mkdir(mode=0o700, exist_ok=True)
            for key in part.iterdir():
                key.replace(there / key.name)
            continue
        if there.is_dir():
            shutil.rmtree(there)
        part.replace(there)
    shutil.rmtree(beside, ignore_errors=True)


def _move_into_place(fresh: Path, target: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if target.is_file():
        # What still lies in the old write-ahead log belongs to the old file, and must not meet the new one.
        try:
            with closing(sqlite3.connect(target)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError:
            pass
        for ending in ("-wal", "-shm", "-journal"):
            Path(f"{target}{ending}").unlink(missing_ok=True)
    fresh.chmod(0o600)
    fresh.replace(target)


def _remove_database(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def _result(archive: Archive, data: Path) -> dict[str, Any]:
    from drumbeat.core.encrypted import keys_folder, known_keys
    from drumbeat.run.archive.write import fingerprint

    here = known_keys()
    missing = [name for name in archive.manifest["keys"] if name not in here]
    wrong = [
        name
        for name, print_ in archive.manifest["keys"].items()
        if name in here and print_ and fingerprint(here[name]) != print_
    ]
    return {
        "data_dir": str(data),
        "made_at": archive.manifest["made_at"],
        "rows": sum(about["rows"] for about in archive.manifest["tables"].values()),
        "files": len(archive.files()),
        "missing_keys": missing,
        "wrong_keys": wrong,
        "keys_folder": str(keys_folder()),
    }
