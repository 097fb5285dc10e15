"""Locks that die with their process: who is alive, who is alone.

On SQLite a locked file in the data directory; on PostgreSQL an advisory lock of a connection of its own, so
that it also holds between machines.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings
from django.db import connections


class Lock:
    """A named lock of this instance; ``take()`` says whether it could be had."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._file: IO[bytes] | None = None
        self._connection: Any = None

    def take(self) -> bool:
        """Take the lock now or not at all; again True for one that is held already and still lives."""
        if connections["default"].vendor == "postgresql":
            return self._take_in_database()
        if self._file is None:
            self._file = _locked(_path(self.name))
        return self._file is not None

    def _take_in_database(self) -> bool:
        if self._connection is not None and self._connection.is_usable():
            return True
        held = connections.create_connection("default")
        with held.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(self.name)])
            if cursor.fetchone()[0]:
                self._connection = held
                return True
        held.close()
        return False

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()
            self._file = None
            _path(self.name).unlink(missing_ok=True)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(name: str) -> bool:
    """Whether some living process holds the lock of that name."""
    with Lock(name) as lock:
        return not lock.take()


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Say, while the block runs, that the data directory is in use (shared by web server and worker)."""
    with (data / "running.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def in_use(data: Path) -> bool:
    """Whether a server or a worker runs on this data directory now."""
    path = data / "running.lock"
    if not path.is_file():
        return False
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _path(name: str) -> Path:
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.lock"


def _locked(path: Path) -> IO[bytes] | None:
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _number(name: str) -> int:
    digest = hashlib.sha256(f"drumbeat {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
