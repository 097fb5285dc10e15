"""What every kind of file is read as: sheets of rows. Pure."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from drumbeat.core.refusal import Refused

Cell = str | int | float | date | bool | None

MAX_COLUMNS = 2_000


class UnreadableFile(Refused):
    """The file is missing, a folder, empty, or cannot be read."""


class WrongFileType(Refused):
    """The file is neither CSV nor XLSX."""


class WrongEncoding(Refused):
    """The text of the file is in an encoding other than the one tried."""


class TooLarge(Refused):
    """The file unpacks to more than may be read."""


@dataclass
class Block:
    """Some rows of a sheet.

    ``rows`` are as wide as the header, ``broken`` line, reason, cells of the rest.
    """

    lines: Sequence[int]
    rows: list[list[Cell]]
    broken: list[tuple[int, str, list[Cell]]] = field(default_factory=list)


class Sheet(ABC):
    """A table in a file: a name, a header, and rows that can be read again and again.

    ``title`` names it in a sentence. ``all_text`` says that every cell is a str, as in a CSV file.
    """

    def __init__(self, path: Path, name: str, header: list[str], *, title: str, all_text: bool) -> None:
        self.path = path
        self.name = name
        self.header = header
        self.title = title
        self.all_text = all_text
        if len(header) > MAX_COLUMNS:
            raise WrongFileType(
                f"{title} has {len(header):,} columns; a table of at most {MAX_COLUMNS:,} can be read."
            )

    @abstractmethod
    def blocks(self, size: int = 500) -> Iterator[Block]:
        """The rows below the header in blocks of at most ``size``, in order, without footers."""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its line number in the file; rows that are too short or too long come as they are."""
        for block in self.blocks():
            whole = (
                (line, row) for line, row in zip(block.lines, block.rows, strict=True) if not is_blank(row)
            )
            if not block.broken:
                yield from whole
            else:
                ragged = ((line, cells) for line, _, cells in block.broken)
                yield from sorted(chain(whole, ragged), key=lambda pair: pair[0])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title}>"


# What Salesforce writes below the rows of a report, each in a line of its own after empty ones.
_FOOTER = re.compile(
    r"\s*(grand (totals?|summaries)\b|confidential information\b|copyright \(c\)|copyright ©).*",
    re.IGNORECASE | re.DOTALL,
)


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether no cell of the row holds anything."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def is_footer(cells: Sequence[Cell]) -> bool:
    """Whether the row is a line that a system writes below its report, not a record."""
    first = cells[0] if cells else None
    return isinstance(first, str) and is_blank(cells[1:]) and bool(_FOOTER.fullmatch(first))


def split_ragged(lines: Sequence[int], rows: list[list[Cell]], width: int) -> Block:
    """Part the rows as wide as the header from the others; empty rows and footers are dropped."""
    if set(map(len, rows)) <= {width}:
        return Block(lines, rows)
    block = Block(kept := [], [])
    for line, row in zip(lines, rows, strict=True):
        if len(row) > width and is_blank(row[width:]):
            row = row[:width]
        if len(row) == width:
            kept.append(line)
            block.rows.append(row)
        elif not is_blank(row) and not is_footer(row):
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            block.broken.append((line, f"The row has {cells}, the header {width}.", row))
    return block
