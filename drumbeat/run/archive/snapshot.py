"""Reading every table as of one moment while others write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Protocol

import psycopg
from django.db import connection
from psycopg.types.json import set_json_loads

from drumbeat.run.archive.cells import Column


class Snapshot(Protocol):
    """One moment of the database."""

    def rows(self, table: str, columns: list[Column]) -> Iterator[list[Any]]:
        """Every row of a table, in the order of its first column."""


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Hold one moment of this instance's database; nobody waits for it."""
    if connection.vendor == "postgresql":
        with _postgresql() as held:
            yield held
    else:
        with _sqlite() as held:
            yield held


class _Reader:
    def __init__(self, source: Any) -> None:
        self.source = source

    def _sql(self, table: str, columns: list[Column]) -> str:
        names = ", ".join(f'"{column.name}"' for column in columns)
        return f'SELECT {names} FROM "{table}" ORDER BY 1'


class _Sqlite(_Reader):
    def rows(self, table: str, columns: list[Column]) -> Iterator[list[Any]]:
        for row in self.source.execute(self._sql(table, columns)):
            yield list(row)


class _Postgresql(_Reader):
    def rows(self, table: str, columns: list[Column]) -> Iterator[list[Any]]:
        with self.source.cursor(name="backup") as cursor:
            cursor.itersize = 5000
            cursor.execute(self._sql(table, columns))
            for row in cursor:
                yield list(row)


@contextmanager
def _sqlite() -> Iterator[Snapshot]:
    # In WAL mode a read transaction is one moment and holds up no writer.
    address = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source:
        source.execute("PRAGMA busy_timeout=60000")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield _Sqlite(source)


@contextmanager
def _postgresql() -> Iterator[Snapshot]:
    parameters = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(ours, None)
    with psycopg.connect(**parameters) as source:
        # JSON travels as its text.
        set_json_loads(lambda text: text.decode() if isinstance(text, bytes) else text, source)
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        source.read_only = True
        source.execute("SET LOCAL TIME ZONE 'UTC'")
        yield _Postgresql(source)
