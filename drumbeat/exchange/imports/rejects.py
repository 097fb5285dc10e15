"""Rows that are left out: which lines, why, and the file that a person mends and brings again."""

import csv
from collections.abc import Iterable
from pathlib import Path

from drumbeat.core.refusal import Refused
from drumbeat.files.assign import Assigned
from drumbeat.files.columns import as_text

KEPT_CELLS = 20_000


class NoRoom(Refused):
    """The disk is full, or a folder cannot be written."""


class Rejects:
    """Reasons by sheet and line. Cells are read again from the file, or kept where they are few."""

    def __init__(self) -> None:
        self._sheets: list[Assigned] = []
        self._reasons: list[dict[int, str]] = []
        self._cells: list[dict[int, list[str]]] = []

    def sheet(self, assigned: Assigned) -> int:
        """Begin a sheet; its number is what ``add`` takes."""
        self._sheets.append(assigned)
        self._reasons.append({})
        self._cells.append({})
        return len(self._sheets) - 1

    def add(self, sheet: int, line: int, reason: str, cells: list[str] | None = None) -> None:
        known = self._reasons[sheet].get(line)
        self._reasons[sheet][line] = f"{known} {reason}" if known else reason
        if cells is not None and len(self._cells[sheet]) < KEPT_CELLS:
            self._cells[sheet][line] = cells

    def add_all(self, sheet: int, found: Iterable[tuple[int, str, list[str]]]) -> int:
        """Add what ``typed_chunks`` left out; returns how many."""
        count = 0
        for line, reason, cells in found:
            self.add(sheet, line, reason, cells)
            count += 1
        return count

    def __len__(self) -> int:
        return sum(map(len, self._reasons))

    def examples(self, most: int = 20) -> list[tuple[str, int, str]]:
        """The first few as (file, line, reason)."""
        found = [
            (assigned.sheet.name, line, reasons[line])
            for assigned, reasons in zip(self._sheets, self._reasons, strict=True)
            for line in sorted(reasons)[:most]
        ]
        return found[:most]

    def write(self, path: Path) -> None:
        """Write line, reason and the original cells as CSV, under the names of the original columns.

        Rows of several sheets share one file; columns of the same name are one. Raises NoRoom.
        """
        bad = [number for number, reasons in enumerate(self._reasons) if reasons]
        header: dict[str, int] = {}
        for number in bad:
            for column in self._sheets[number].sheet.header:
                header.setdefault(column, len(header))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(["line", "reason", *header])
                for number in bad:
                    self._write_sheet(writer, number, header)
        except OSError as fault:
            path.unlink(missing_ok=True)
            raise NoRoom(
                f"The rejects file cannot be written ({fault.strerror}); make room and bring it again."
            ) from None

    def _write_sheet(self, writer, number: int, header: dict[str, int]) -> None:  # type: ignore[no-untyped-def]
        places = [header[column] for column in self._sheets[number].sheet.header]
        reasons = self._reasons[number]
        for line, cells in self._cells_of(number):
            row = [""] * len(header)
            for place, cell in zip(places, cells, strict=False):
                row[place] = cell
            writer.writerow([line, reasons[line], *row])

    def _cells_of(self, number: int) -> Iterable[tuple[int, list[str]]]:
        reasons, kept = self._reasons[number], self._cells[number]
        if reasons.keys() == kept.keys():
            yield from sorted(kept.items())
            return
        left = set(reasons)
        for line, cells in self._sheets[number].sheet.rows():
            if line in left:
                left.discard(line)
                yield line, [as_text(cell) for cell in cells]
                if not left:
                    return
        for line in sorted(left):
            yield line, kept.get(line, [])
