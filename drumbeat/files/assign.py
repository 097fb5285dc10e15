"""Which table a sheet belongs to. Pure. (Interface first.)"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from drumbeat.files.mapping import Mapping, TableMapping
from drumbeat.files.sheets import Sheet


@dataclass
class Assigned:
    """A sheet, the table that it feeds, and how."""

    sheet: Sheet
    table: str
    mapping: TableMapping
    warnings: list[str] = field(default_factory=list)


def assign(sheets: Iterable[Sheet], mapping: Mapping | None, allowed_tables: Iterable[str]) -> list[Assigned]:
    """Each sheet with the table that it belongs to."""
    raise NotImplementedError
