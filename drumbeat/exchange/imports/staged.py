"""One table's rows in staging: numbered, with where they came from, and repeats found."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.rejects import Rejects
from drumbeat.exchange.imports.result import Counts
from drumbeat.exchange.imports.tables import Table


class StagedTable:
    """Takes chunks of rows; ``given`` are the columns that the files have."""

    def __init__(self, table: Table, staging: Staging) -> None:
        self.table = table
        self.staging = staging
        self.counts = Counts()
        self.given: set[str] = set()
        self.rows = 0
        self.repeated = 0
        self.made = 0
        self._parts: list[tuple[int, int, frozenset[str], Any]] = []
        self._hashes: list[Any] = []
        staging.create(table.staged, table.columns)

    def add(self, sheet: int, lines: Sequence[int], columns: dict[str, list[Any]]) -> None:
        """Stage some rows; a column that the file lacks is left out of ``columns``."""
        count = len(lines)
        if not count:
            return
        kinds = self.table.columns
        cells = {
            name: (kinds[name], [cell or "" for cell in column] if name in self.table.empty else column)
            for name, column in columns.items()
        }
        self.staging.write(self.table.staged, cells, self.rows + 1)
        numbers = lines if isinstance(lines, range) else np.array(lines, dtype=np.int32)
        self._parts.append((self.rows + 1, sheet, frozenset(columns), numbers))
        self.given |= columns.keys()
        self.rows += count
        keys = [columns[name] for name in self.table.key]
        self._hashes.append(
            np.fromiter(map(hash, keys[0] if len(keys) == 1 else zip(*keys, strict=True)), np.int64, count)
        )

    def place(self, row: int) -> tuple[int, int]:
        """The sheet and the line that a row came from."""
        starts = [part[0] for part in self._parts]
        first, sheet, _, lines = self._parts[int(np.searchsorted(starts, row, side="right")) - 1]
        return sheet, int(lines[row - first])

    def spans_without(self, column: str) -> list[tuple[int, int]]:
        """The row numbers (first, last) of parts whose file lacks the column."""
        return [
            (first, first + len(lines) - 1) for first, _, names, lines in self._parts if column not in names
        ]

    def take_out_repeats(self, rejects: Rejects, label: str) -> None:
        """Keep the first row of each key: an equal later one is dropped, a different one rejected."""
        suspects = self._suspects()
        if not suspects:
            return
        names = list(self.table.columns)
        name = f"suspects_{self.table.name}"
        self.staging.numbers(name, suspects)
        keys = ", ".join(f"s.{key}" for key in self.table.key)
        listed = ", ".join(f"s.{column}" for column in names)
        rows = self.staging.rows(
            f"SELECT s.row_no, {listed} FROM {self.table.staged} s JOIN {name} x ON x.row_no = s.row_no"
            f" ORDER BY {keys}, s.row_no"
        )
        places = [1 + names.index(key) for key in self.table.key]
        gone: list[int] = []
        first: tuple[Any, ...] | None = None
        for row in rows:
            if first is None or any(row[place] != first[place] for place in places):
                first = row
                continue
            gone.append(row[0])
            if row[1:] == first[1:]:
                self.repeated += 1
            else:
                sheet, line = self.place(row[0])
                _, before = self.place(first[0])
                rejects.add(sheet, line, f"{label} stands in line {before} already with other values.")
                self.counts.rejected += 1
        self.staging.numbers(f"gone_{self.table.name}", gone)
        self.staging.run(
            f"DELETE FROM {self.table.staged} WHERE row_no IN (SELECT row_no FROM gone_{self.table.name})"
        )
        self.counts.read -= self.repeated

    def settle(self) -> None:
        """After the last row: what one file of the table lacks and another has stays as it is known."""
        self.staging.analyse(self.table.staged, "row_no", *self.table.key)
        keys = " AND ".join(f"o.{key} = {self.table.staged}.{key}" for key in self.table.key)
        for column in sorted(self.given & set(self.table.compared)):
            for first, last in self.spans_without(column):
                self.staging.run(
                    f"UPDATE {self.table.staged} SET {column} = (SELECT o.{column} FROM {self.table.target} o"
                    f" WHERE {keys}) WHERE row_no BETWEEN %s AND %s",
                    [first, last],
                )

    def _suspects(self) -> list[int]:
        """Rows whose key's hash occurs more than once; hashes keep a million keys in eight megabytes."""
        if not self._hashes:
            return []
        hashes = np.concatenate(self._hashes)
        self._hashes.clear()
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        same = ordered[1:] == ordered[:-1]
        if not same.any():
            return []
        marked = np.zeros(len(ordered), dtype=bool)
        marked[1:] |= same
        marked[:-1] |= same
        return [int(place) + 1 for place in np.sort(order[marked])]
