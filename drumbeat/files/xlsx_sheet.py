"""XLSX workbooks as sheets, one each; a formula's cell gives the value last computed. Pure."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, load_workbook

from drumbeat.files.sheet import Block, Cell, Sheet, UnreadableFile, WrongFileType, is_blank
from drumbeat.files.xlsx_guard import check_workbook


class XlsxSheet(Sheet):
    """One sheet of a workbook. Cells are str, float, bool, date, datetime or None."""

    def __init__(self, path: Path, source: CalamineSheet, *, alone: bool) -> None:
        self._source = source
        self._header_at, header = self._find_header()
        title = path.name if alone else f"the sheet “{source.name}” of {path.name}"
        super().__init__(path, source.name, header, title=title, all_text=False)

    def blocks(self, size: int = 500) -> Iterator[Block]:
        """See Sheet. The line is the row's number in the sheet."""
        width = len(self.header)
        rows = enumerate(self._source.iter_rows(), start=1)
        below = islice(rows, self._header_at + 1, None)
        while chunk := list(islice(below, size)):
            block = Block(lines := [], [])
            for line, raw in chunk:
                row = [_plain(cell) for cell in raw]
                if is_blank(row):
                    continue
                if len(row) > width and not is_blank(row[width:]):
                    block.broken.append((line, f"The row has {len(row)} cells, the header {width}.", row))
                else:
                    lines.append(line)
                    block.rows.append((row + [None] * width)[:width])
            yield block

    def _find_header(self) -> tuple[int, list[str]]:
        for index, row in enumerate(self._source.iter_rows()):
            cells = [str(_plain(cell) if cell is not None else "").strip() for cell in row]
            cells = ["" if cell == "None" else cell for cell in cells]
            if any(cells):
                while not cells[-1]:
                    cells.pop()
                return index, cells
        return 0, []


def open_workbook(path: Path) -> list[Sheet]:
    """The sheets of a workbook that hold anything. Raises Refused."""
    check_workbook(path)
    try:
        workbook = load_workbook(str(path))
        names = workbook.sheet_names
        sources = [workbook.get_sheet_by_index(index) for index in range(len(names))]
        sheets = [XlsxSheet(path, source, alone=len(sources) == 1) for source in sources]
    except BaseException as error:
        # The reader is written in Rust: what it panics on arrives as a BaseException of its own.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        if isinstance(error, WrongFileType):
            raise
        raise WrongFileType(
            f"{path.name} is not a workbook that can be read; save it again as XLSX or CSV."
        ) from None
    filled: list[Sheet] = [sheet for sheet in sheets if sheet.header]
    if not filled:
        raise UnreadableFile(f"{path.name} is empty; export it again with its header and rows.")
    return filled


def _plain(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell.replace("\0", "") or None
    if isinstance(cell, time | timedelta):
        return str(cell)
    if cell is None or isinstance(cell, bool | int | float | date):
        return cell
    return str(cell)
