"""The staging tables: in SQLite's temporary database, a file of its own; on PostgreSQL temporary tables.

Both belong to the session and die with it, so a killed import leaves nothing behind. Rows come in by
``executemany`` or ``COPY``; everything after that is set-based SQL that both databases understand.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

KINDS = {
    "sqlite": {"id": "integer", "text": "text", "date": "date", "amount": "decimal"},
    "postgresql": {"id": "bigint", "text": "text", "date": "date", "amount": "numeric(18, 2)"},
}
CACHE_MIB = 96
WORK_MIB = 64


class Staging:
    """The staging tables of one import. Use as a context; they are gone at its end."""

    def __init__(self) -> None:
        self.vendor = connection.vendor
        self._made: list[str] = []
        self._days = _Iso()

    def __enter__(self) -> "Staging":
        connection.ensure_connection()
        self._own_file(True)
        if self.vendor == "postgresql":
            self.run(f"SET work_mem = '{WORK_MIB}MB'")
        return self

    def __exit__(self, *fault: object) -> None:
        if connection.connection is not None and not connection.needs_rollback and connection.is_usable():
            for name in self._made:
                self.run(f"DROP TABLE IF EXISTS {name}")
            self._own_file(False)
            if self.vendor == "postgresql":
                self.run("RESET work_mem")

    def create(self, name: str, columns: dict[str, str]) -> None:
        """Make a staging table: ``row`` is its number, the rest is column → kind (id, text, date, amount)."""
        kinds = KINDS[self.vendor]
        row = "row_no integer PRIMARY KEY" if self.vendor == "sqlite" else "row_no bigint"
        rest = "".join(f", {column} {kinds[kind]}" for column, kind in columns.items())
        self.run(f"CREATE TEMPORARY TABLE {name} ({row}{rest})")
        self._made.append(name)

    def create_as(self, name: str, select: str, values: Sequence[Any] = ()) -> None:
        """Make a staging table from a query."""
        self.run(f"CREATE TEMPORARY TABLE {name} AS {select}", values)
        self._made.append(name)

    def write(self, name: str, columns: dict[str, tuple[str, list[Any]]], first_row: int) -> None:
        """Add rows, given by column as (kind, values); they are numbered from ``first_row``."""
        count = len(next(iter(columns.values()))[1])
        if not count:
            return
        names = ", ".join(["row_no", *columns])
        numbers = range(first_row, first_row + count)
        if self.vendor == "sqlite":
            values = [self._bound(kind, cells) for kind, cells in columns.values()]
            marks = ", ".join("?" * (len(values) + 1))
            with self.batch():
                connection.connection.executemany(
                    f"INSERT INTO {name} ({names}) VALUES ({marks})", zip(numbers, *values, strict=True)
                )
        else:
            texts = [_copied(kind, cells) for kind, cells in columns.values()]
            lines = "\n".join(map("\t".join, zip(map(str, numbers), *texts, strict=True)))
            with (
                connection.connection.cursor() as cursor,
                cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy,
            ):
                copy.write(lines + "\n")

    def numbers(self, name: str, rows: list[int]) -> None:
        """Make a staging table that has nothing but the given row numbers."""
        self.create(name, {})
        if self.vendor == "sqlite":
            with self.batch():
                connection.connection.executemany(f"INSERT INTO {name} VALUES (?)", [(row,) for row in rows])
        else:
            with connection.connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
                copy.write("".join(f"{row}\n" for row in rows))
            self.analyse(name)

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; returns how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def one(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The single value of a query."""
        return self.rows(statement, values)[0][0]

    def count(self, table: str, where: str = "1 = 1") -> int:
        return int(self.one(f"SELECT COUNT(*) FROM {table} WHERE {where}"))

    def index(self, table: str, column: str) -> None:
        self.run(f"CREATE INDEX {table}_{column} ON {table} ({column})")

    def analyse(self, table: str, *columns: str) -> None:
        """Let PostgreSQL know how large a staging table is, and of some columns how varied: it plans badly
        otherwise."""
        if self.vendor == "postgresql":
            self.run(f"ANALYZE {table} ({', '.join(columns)})" if columns else f"ANALYZE {table}")

    def month(self, day: str) -> str:
        """SQL for the first day of the month of a column."""
        if self.vendor == "sqlite":
            return f"SUBSTR({day}, 1, 8) || '01'"
        return f"DATE_TRUNC('month', {day})::date"

    def cents(self, amount: str) -> str:
        """SQL for an amount in whole cents: SQLite adds decimals as floating point."""
        return f"ROUND({amount}, 2)" if self.vendor == "sqlite" else amount

    def differs(self, left: str, right: str) -> str:
        """SQL: whether two values differ, where two unknown ones do not."""
        return f"{left} IS NOT {right}" if self.vendor == "sqlite" else f"{left} IS DISTINCT FROM {right}"

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction over the temporary tables alone; the company's data is not locked by it."""
        if self.vendor != "sqlite" or connection.in_atomic_block:
            yield
            return
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        except BaseException:
            connection.connection.execute("ROLLBACK")
            raise
        connection.connection.execute("COMMIT")

    def _own_file(self, on: bool) -> None:
        """Put SQLite's temporary tables into a file rather than memory, with a cache for a large import."""
        if self.vendor != "sqlite" or connection.in_atomic_block:
            return
        if on:
            self._cache = self.one("PRAGMA cache_size")
            self.run("PRAGMA temp_store=FILE")
            self.run("PRAGMA temp.cache_size=-32000")
            self.run(f"PRAGMA main.cache_size=-{CACHE_MIB * 1024}")
        else:
            self.run(f"PRAGMA main.cache_size={self._cache}")
            self.run("PRAGMA temp_store=MEMORY")

    def _bound(self, kind: str, cells: list[Any]) -> list[Any]:
        if kind == "date":
            return list(map(self._days.__getitem__, cells))
        if kind == "amount":
            return [cell if cell is None else round(float(cell), 2) for cell in cells]
        return cells


class _Iso(dict[date | None, str | None]):
    """Days as SQLite keeps them; a column of dates repeats itself."""

    def __missing__(self, day: date | None) -> str | None:
        text = None if day is None else day.isoformat()
        if len(self) < 100_000:
            self[day] = text
        return text


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


def _copied(kind: str, cells: list[Any]) -> list[str]:
    """A column as the text that COPY reads."""
    if kind != "text":
        return ["\\N" if cell is None else str(cell) for cell in cells]
    whole = "".join([cell for cell in cells if cell])
    if any(sign in whole for sign in "\\\t\n\r\0"):
        return ["\\N" if cell is None else cell.translate(_ESCAPES) for cell in cells]
    return ["\\N" if cell is None else cell for cell in cells]
