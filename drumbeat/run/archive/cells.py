"""One neutral form for every cell, whichever database it comes from or goes to."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from drumbeat.core.encrypted import EncryptedText

# Sessions are not saved: who restores signs in again, and a stolen file opens no session.
LEFT_OUT = frozenset({"django_session", "django_migrations"})


@dataclass(frozen=True)
class Column:
    """A column, how its cells are written (``kind``), decimal places where it has them."""

    name: str
    kind: str
    places: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "places": self.places}


def tables() -> dict[str, list[Column]]:
    """Every table that is saved, with its columns, by name."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.managed and not model._meta.proxy and table not in LEFT_OUT:
            found[table] = [_column(field) for field in model._meta.local_concrete_fields]
    return dict(sorted(found.items()))


def _column(field: "models.Field[Any, Any]") -> Column:
    plain = field
    while isinstance(plain, models.ForeignKey):
        plain = plain.target_field
    name = field.column or field.name
    for kind, classes in _KINDS.items():
        if isinstance(plain, classes):
            return Column(name, kind, getattr(plain, "decimal_places", 0) or 0)
    return Column(name, "text")


_KINDS: "dict[str, tuple[type[models.Field[Any, Any]], ...]]" = {
    "encrypted": (EncryptedText,),
    "boolean": (models.BooleanField,),
    "decimal": (models.DecimalField,),
    "moment": (models.DateTimeField,),
    "date": (models.DateField,),
    "time": (models.TimeField,),
    "json": (models.JSONField,),
    "uuid": (models.UUIDField,),
    "binary": (models.BinaryField,),
    "float": (models.FloatField,),
    "integer": (models.IntegerField, models.AutoField),
}

Convert = Callable[[Any], Any]


def to_neutral(column: Column) -> Convert | None:
    """What makes a neutral cell of what a database gave; None where it is one already."""
    places = Decimal(1).scaleb(-column.places)
    table: dict[str, Convert] = {
        "boolean": bool,
        "decimal": lambda cell: str(Decimal(str(cell)).quantize(places)),
        "moment": _moment,
        "date": lambda cell: cell.isoformat() if isinstance(cell, date) else str(cell),
        "time": lambda cell: cell.isoformat() if isinstance(cell, time) else str(cell),
        "uuid": lambda cell: cell.hex if isinstance(cell, UUID) else str(cell).replace("-", ""),
        "binary": lambda cell: base64.b64encode(bytes(cell)).decode(),
    }
    return table.get(column.kind)


def _moment(cell: Any) -> str:
    """UTC without a zone, as SQLite holds it: ``2026-11-23 06:00:00.123456``."""
    if isinstance(cell, datetime):
        return str(cell.astimezone(UTC).replace(tzinfo=None))
    return str(cell)


def for_sqlite(kind: str) -> Convert | None:
    """What makes a cell for SQLite of a neutral one."""
    table: dict[str, Convert] = {"boolean": int, "binary": base64.b64decode}
    return table.get(kind)


def for_postgresql(kind: str) -> Convert | None:
    """What makes a cell for COPY of a neutral one; PostgreSQL reads the rest from its text."""
    table: dict[str, Convert] = {
        "moment": lambda cell: f"{cell}+00",
        "binary": lambda cell: base64.b64decode(cell),
    }
    return table.get(kind)


def converted(row: list[Any], converts: list[Convert | None]) -> list[Any]:
    """The row with each cell converted; null stays null."""
    return [
        cell if cell is None or convert is None else convert(cell)
        for cell, convert in zip(row, converts, strict=True)
    ]
