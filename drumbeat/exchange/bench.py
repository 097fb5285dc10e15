"""What an import costs beside a bare load of the same rows: for ``drumbeat bench``.

Both begin with the file. The bare load reads it with the csv module and puts the rows, by ``executemany`` or
``COPY``, into a table with the same columns, keys and indexes in one transaction, on the same database.
"""

import csv
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection

from drumbeat.customers.models import Account, Product
from drumbeat.exchange.imports import Result, bring_in
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person

TODAY = date(2026, 11, 23)
HEADER = (
    "external_id", "name", "owner", "account", "product", "stage", "forecast_category", "created_on",
    "close_on", "amount",
)  # fmt: skip
BARE = "bare_opportunity"
HELD_ROWS = 100_000
STAGES = ("open", "open", "won", "won", "lost")


def measure(rows: int, folder: Path, *, people: int = 1000) -> dict[str, Any]:
    """Seconds and ratios of first import, other order and same bytes, in an instance without deals.

    ``memory_mib`` is the peak of this process, so call it in a fresh one. ``save_wait_seconds`` is the
    longest that another process's save waited while a further 100,000 rows at most were brought in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file, other = folder / "deals.csv", folder / "deals-other-order.csv"
    roster = folder / "people.csv"
    roster.write_text("name,external_id\n" + "".join(f"Rep {n},R{n}\n" for n in range(people)))
    _write(file, rows, people)
    _bring("people", roster, folder)
    first, result = _timed(lambda: _bring("crm", file, folder))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again, same = _timed(lambda: _bring("crm", file, folder))
    _write_other_order(file, other)
    shuffled, unchanged = _timed(lambda: _bring("crm", other, folder))
    assert result.tables["opportunities"].created == rows, result
    assert same.tables["opportunities"].unchanged == unchanged.tables["opportunities"].unchanged == rows
    bare, _ = _timed(lambda: bare_load(file))
    wait = save_wait(min(rows, HELD_ROWS), folder, people)
    return {
        "database": connection.vendor,
        "rows": rows,
        "bare_seconds": round(bare, 2),
        "first_seconds": round(first, 2),
        "other_order_seconds": round(shuffled, 2),
        "same_bytes_seconds": round(again, 3),
        "first_to_bare": round(first / bare, 2),
        "other_order_to_first": round(shuffled / first, 3),
        "same_bytes_to_first": round(again / first, 4),
        "save_wait_seconds": round(wait, 2),
        "memory_mib": round(memory),
    }


# Somebody else at work: saves a person again and again, and tells the longest wait when told to stop.
SAVER = """
import select, sys, time
import django; django.setup()
from drumbeat.people.models import Person
pk = Person.objects.values_list("pk", flat=True).first()
longest = count = 0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.02)[0]:
    began = time.perf_counter()
    count += 1
    Person.objects.filter(pk=pk).update(title=str(count))
    longest = max(longest, time.perf_counter() - began)
print(longest)
"""


def save_wait(rows: int, folder: Path, people: int) -> float:
    """The longest that another process's save waits while so many new rows are brought in, in seconds."""
    file = folder / "more-deals.csv"
    _write(file, rows, people, "MORE")
    command = [sys.executable, "-c", SAVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as saver:  # noqa: S603
        assert saver.stdin is not None
        assert saver.stdout is not None
        saver.stdout.readline()
        result = _bring("crm", file, folder)
        assert result.tables["opportunities"].created == rows
        told, _ = saver.communicate("stop\n")
    return float(told)


def bare_load(file: Path) -> None:
    """Load the file into a table like that of the opportunities, without any check."""
    owners = dict(Person.objects.values_list("external_id", "pk"))
    accounts = dict(Account.objects.values_list("name", "pk"))
    products = dict(Product.objects.values_list("name", "pk"))
    if connection.vendor == "sqlite":
        _bare_sqlite(file, lambda: _bare_rows(file, owners, accounts, products))
    else:
        _bare_postgres(lambda: _bare_rows(file, owners, accounts, products))


def _bare_rows(
    file: Path, owners: dict[str | None, int], accounts: dict[str, int], products: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.reader(opened)
        next(reader)
        for row in reader:
            yield (
                row[0], row[0], row[1], accounts[row[3]], products[row[4]], owners[row[2]], row[5], row[5],
                row[6], row[7] or None, row[8] or None, row[9] or None, "2026-11-23",
            )  # fmt: skip


COLUMNS = (
    "key, external_id, name, account_id, product_id, owner_id, stage, state, forecast_category, created_on,"
    " close_on, amount, first_seen_on"
)


def _bare_sqlite(file: Path, rows: Callable[[], Iterator[tuple[Any, ...]]]) -> None:
    """In a database file of its own with the same settings."""
    path = file.with_name("bare.sqlite3")
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    bare = sqlite3.connect(path, isolation_level=None)
    bare.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'plan_opportunity' AND sql IS NOT NULL"
        )
        for (statement,) in cursor.fetchall():
            bare.execute(statement)
    bare.execute("BEGIN")
    marks = ", ".join("?" * 13)
    bare.executemany(f"INSERT INTO plan_opportunity ({COLUMNS}) VALUES ({marks})", rows())
    bare.execute("COMMIT")
    bare.close()
    path.unlink()


def _bare_postgres(rows: Callable[[], Iterator[tuple[Any, ...]]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {BARE}")
        cursor.execute(f"CREATE TABLE {BARE} (LIKE plan_opportunity INCLUDING ALL)")
    raw = connection.connection
    with (
        raw.transaction(),
        raw.cursor() as cursor,
        cursor.copy(f"COPY {BARE} ({COLUMNS}) FROM STDIN") as copy,
    ):
        for row in rows():
            copy.write_row(row)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {BARE}")


def _write(file: Path, rows: int, people: int, prefix: str = "OPP") -> None:
    chance = Random(4)  # noqa: S311
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        for number in range(rows):
            created = TODAY - timedelta(days=chance.randrange(20, 700))
            closes = created + timedelta(days=chance.randrange(5, 200))
            writer.writerow(
                (
                    f"{prefix}-{number:08d}",
                    f"Frame order {number % 9973}",
                    f"R{chance.randrange(people)}",
                    f"Customer {chance.randrange(max(10, rows // 50))}",
                    f"Product {chance.randrange(40)}",
                    chance.choice(STAGES),
                    "",
                    created.isoformat(),
                    closes.isoformat(),
                    chance.randrange(1000, 900_000),
                )
            )


def _write_other_order(file: Path, other: Path) -> None:
    head, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    Random(5).shuffle(lines)  # noqa: S311
    other.write_text(head + "".join(lines), encoding="utf-8")


def _bring(kind: str, file: Path, folder: Path) -> Result:
    return bring_in(kind, [file], actor=SYSTEM, today=TODAY, source="command", data_dir=folder)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
