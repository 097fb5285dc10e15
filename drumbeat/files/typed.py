"""Rows of text to typed columns, chunk by chunk. Pure. (Interface first; the reading follows.)"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from drumbeat.files.assign import Assigned
from drumbeat.files.fields import FIELDS, FieldSpec

__all__ = ["FIELDS", "Chunk", "FieldSpec", "typed_chunks"]


@dataclass
class Chunk:
    """Some thousand rows of one table, by column.

    ``columns`` has a list of equal length for each mapped field (str, Decimal, date or None); helpers are left out,
    and opportunities always have ``state`` and ``forecast_category``. ``lines`` are the rows' line numbers in the
    file. ``rejects`` are the rows left out: line, reason, cells. ``currencies`` are those seen in the file so far.
    """

    table: str
    lines: list[int]
    columns: dict[str, list[Any]]
    rejects: list[tuple[int, str, list[str]]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    currencies: frozenset[str] = frozenset()


def typed_chunks(assigned: Assigned, *, size: int = 10_000) -> Iterator[Chunk]:
    """Read an assigned sheet as chunks of at most ``size`` rows."""
    raise NotImplementedError
