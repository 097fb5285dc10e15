"""One import at a time: a lock in a database, which dies with the process that holds it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from drumbeat.core.refusal import Refused

KEY = 7_204_119  # any number that no other advisory lock of ours uses
WAIT_SECONDS = 3600.0
LOOK_AGAIN = 0.1


class AnotherImportRuns(Refused):
    """Another import has run for longer than anybody waits."""


@contextmanager
def one_at_a_time(data_dir: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of imports, waiting at most ``wait`` seconds for whoever holds it.

    PostgreSQL: an advisory lock of the session. SQLite: an exclusive transaction on a small database file of
    its own, so that nobody's saves wait. Neither outlives its process. Raises AnotherImportRuns.
    """
    if connection.vendor == "postgresql":
        with _advisory(wait):
            yield
    else:
        with _file(data_dir / "importing.sqlite3", wait):
            yield


@contextmanager
def _advisory(wait: float) -> Iterator[None]:
    until = time.monotonic() + wait
    while not _asked("SELECT pg_try_advisory_lock(%s)"):
        _wait(until)
    try:
        yield
    finally:
        # A broken connection has let go by itself, as has a session that another call reconnected.
        if connection.connection is not None and not connection.connection.closed:
            _released()


def _asked(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [KEY])
        return bool(cursor.fetchone()[0])


def _released() -> None:
    if connection.needs_rollback:
        return  # only in tests, whose transaction ends with the session's own release below
    _asked("SELECT pg_advisory_unlock(%s)")


@contextmanager
def _file(path: Path, wait: float) -> Iterator[None]:
    until = time.monotonic() + wait
    path.parent.mkdir(parents=True, exist_ok=True)
    holder = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        while not _began(holder):
            _wait(until)
        yield
    finally:
        holder.close()


def _began(holder: sqlite3.Connection) -> bool:
    try:
        holder.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as fault:
        if "locked" not in str(fault) and "busy" not in str(fault):
            raise
        return False
    return True


def _wait(until: float) -> None:
    if time.monotonic() > until:
        raise AnotherImportRuns(
            "Another import is still running; wait until it is done, and bring this one again."
        )
    time.sleep(LOOK_AGAIN)
