"""Files as sheets of rows: CSV and XLSX. Pure. (Interface first.)"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Cell = str | int | float | date | bool | None


@dataclass
class Sheet:
    """A table in a file: a name, a header, and rows that can be read again and again."""

    name: str
    header: list[str]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its line number in the file."""
        raise NotImplementedError


def open_sheets(path: Path | str, *, encoding: str | None = None) -> list[Sheet]:
    """The sheets of a file."""
    raise NotImplementedError
