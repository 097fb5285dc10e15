"""Rows of a backup into an empty schema of its own age, which is then brought up to date."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from drumbeat.run.archive.cells import Column, converted, for_postgresql, for_sqlite
from drumbeat.run.archive.read import Archive, NewerBackup


def load(archive: Archive) -> None:
    """Fill the database that the settings name: tables as of the backup, its rows, then newer migrations.

    On PostgreSQL all of it, with dropping what was there, is one transaction. On SQLite the caller gives an
    empty file and moves it into place afterwards.
    """
    _refuse_unknown_migrations(archive)
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _drop_all()
            _fill(archive)
    else:
        _fill(archive)


def _fill(archive: Archive) -> None:
    for app, names in archive.manifest["migrations"].items():
        call_command("migrate", app, names[-1], interactive=False, verbosity=0)
    put = _put_postgresql if connection.vendor == "postgresql" else _put_sqlite
    with connection.constraint_checks_disabled(), transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in archive.manifest["tables"]:
                cursor.execute(f'DELETE FROM "{table}"')
            for table, about in archive.manifest["tables"].items():
                columns = [Column(**column) for column in about["columns"]]
                put(cursor, table, columns, archive.rows(table))
            if connection.vendor == "postgresql":
                # A table with pending checks cannot be altered by the migrations that follow.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)
    _reset_sequences()


def _refuse_unknown_migrations(archive: Archive) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for app, names in archive.manifest["migrations"].items():
        for name in names:
            if (app, name) not in known:
                raise NewerBackup(
                    f"The backup knows a change of the database that this Drumbeat does not ({app}.{name}); "
                    "update Drumbeat first."
                )


def _put_sqlite(cursor: Any, table: str, columns: list[Column], rows: Iterable[list[Any]]) -> None:
    converts = [for_sqlite(column.kind) for column in columns]
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    for block in _blocks(converted(row, converts) for row in rows):
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', block)


def _put_postgresql(cursor: Any, table: str, columns: list[Column], rows: Iterable[list[Any]]) -> None:
    converts = [for_postgresql(column.kind) for column in columns]
    names = ", ".join(f'"{column.name}"' for column in columns)
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(converted(row, converts))


def _blocks(rows: Iterator[list[Any]], size: int = 2000) -> Iterator[list[list[Any]]]:
    while block := list(islice(rows, size)):
        yield block


def _drop_all() -> None:
    """Every table in our schema goes, with all that hangs on it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            cursor.execute("DROP TABLE " + ", ".join(f'"{name}"' for name in names) + " CASCADE")


def _reset_sequences() -> None:
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
