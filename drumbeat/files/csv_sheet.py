"""CSV files as sheets: encoding and delimiter found, true line numbers, no row stops the others. Pure."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.files.sheet import (
    Block,
    Cell,
    Sheet,
    UnreadableFile,
    WrongEncoding,
    WrongFileType,
    split_ragged,
)

_SCAN = 1 << 20
_HINT = 'write its encoding into the mapping, such as encoding = "cp1250"'
_DELIMITERS = ",;\t"
_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]


class CsvSheet(Sheet):
    """A CSV file. Every cell is a str."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self.path = path
        self._encoding, self._has_nul = _find_encoding(path, encoding)
        with self._open() as file:
            sample = file.read(1 << 18).replace("\0", "")
        self._delimiter, self._records_above, header = _find_header(sample, path.name)
        name = path.name
        super().__init__(path, name, header, title=name, all_text=True)

    def blocks(self, size: int = 500) -> Iterator[Block]:
        """See Sheet. Lines are counted as an editor counts them, also where a cell has line breaks."""
        with self._lines() as lines:
            reader: Any = csv.reader(lines, delimiter=self._delimiter)
            for _ in islice(reader, self._records_above):
                pass
            while True:
                before = reader.line_num
                rows: list[list[Cell]] = []
                failed = False
                try:
                    rows.extend(islice(reader, size))
                except csv.Error:
                    failed = True  # the rows before the failing one stay in the list, and the reader goes on
                if not rows and not failed:
                    return
                numbers = _line_numbers(rows, before, reader.line_num - before)
                block = split_ragged(numbers[: len(rows)], rows, len(self.header))
                if failed:
                    block.broken.append(_failure(numbers, rows, before, reader.line_num))
                yield block

    @contextmanager
    def _lines(self) -> Iterator[Iterable[str]]:
        try:
            with self._open() as file:
                yield (line.replace("\0", "") for line in file) if self._has_nul else file
        except UnicodeDecodeError:
            raise UnreadableFile(f"{self.path.name} was changed while it was read; bring it again.") from None
        except OSError as error:
            raise unreadable(self.path, error) from None

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self._encoding, newline="")


def unreadable(path: Path, error: OSError) -> Refused:
    """The refusal for a file that the system does not let us read."""
    reason = (error.strerror or "the system does not allow it").lower()
    return UnreadableFile(f"{path.name} cannot be read: {reason}.")


def _find_encoding(path: Path, named: str | None) -> tuple[str, bool]:
    """The encoding of the whole file, and whether it holds NULs. A byte order mark outranks what is named."""
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
        guess = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None) or named
        guess = guess or _utf16_without_mark(head)
        if guess:
            if (has_nul := _scan(path, guess)) is None:
                raise WrongEncoding(f"{path.name} is not text in {guess}; {_HINT}.")
            return guess, has_nul
        _refuse_binary(path, head)
        for encoding in ("utf-8", "cp1252"):
            if (has_nul := _scan(path, encoding)) is not None:
                return encoding, has_nul
    except OSError as error:
        raise unreadable(path, error) from None
    raise WrongEncoding(f"{path.name} is neither UTF-8 nor Windows-1252; {_HINT}.")


def _utf16_without_mark(head: bytes) -> str | None:
    """Text of mostly Latin letters in UTF-16 has a NUL in every second byte."""
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd / half > 0.4 and even / half < 0.05:
        return "utf-16-le"
    if even / half > 0.4 and odd / half < 0.05:
        return "utf-16-be"
    return None


def _refuse_binary(path: Path, head: bytes) -> None:
    control = sum(head.count(bytes([code])) for code in range(32) if code not in (0, 9, 10, 12, 13, 26))
    if control > 8 + len(head) / 100 or head.count(0) > len(head) / 10:
        raise WrongFileType(
            f"{path.name} is neither a CSV nor an XLSX file; export the table again as one of them."
        )


def _scan(path: Path, encoding: str) -> bool | None:
    """Decode the whole file once, in pieces: None where that fails, else whether it has NULs.

    Also refuses text that has no line break within a megabyte, so that no line can fill the memory later.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    has_nul = False
    with path.open("rb") as file:
        while piece := file.read(_SCAN):
            try:
                text = decoder.decode(piece)
            except UnicodeError:
                return None
            has_nul = has_nul or "\0" in text
            if len(piece) == _SCAN and "\n" not in text and "\r" not in text:
                raise WrongFileType(
                    f"{path.name} has a line of more than a megabyte, so it is not a table of rows."
                )
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return has_nul


def _find_header(sample: str, name: str) -> tuple[str, int, list[str]]:
    """The delimiter, how many records lie down to the header, it included, and the header."""
    above = 0
    delimiters = _DELIMITERS
    first_line = sample.lstrip("\r\n").split("\n", 1)[0].strip().strip('"').lower()
    if len(first_line) == 5 and first_line.startswith("sep=") and first_line[4] in _DELIMITERS:
        delimiters = first_line[4]
    elif first_line == "sep=":  # the tab went with the white space
        delimiters = "\t"
    if first_line.startswith("sep=") and len(delimiters) == 1:
        above = 1
    best = max(delimiters, key=lambda delimiter: _fit(sample, delimiter, above))
    seen_above = 0
    for number, record in enumerate(_records(sample, best), start=1):
        cells = [cell.strip().strip("\ufeff") for cell in record]
        if any(map(_has_word, cells)):
            seen_above += 1
            if seen_above > above:
                while cells and not cells[-1]:
                    cells.pop()
                return best, number, cells
    raise UnreadableFile(f"{name} is empty; export it again with its header and rows.")


def _has_word(cell: str) -> bool:
    return any(map(str.isalnum, cell))


def _fit(sample: str, delimiter: str, above: int) -> tuple[int, int]:
    """How well a delimiter parts the sample: columns of the header, then rows as wide as it."""
    widths = [len(record) for record in _records(sample, delimiter) if any(map(str.strip, record))][above:]
    return (widths[0], widths.count(widths[0])) if widths else (0, 0)


def _records(sample: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    with suppress(csv.Error):  # a cell longer than the reader takes; what came before shows the header
        records.extend(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    return records


def _line_numbers(rows: list[list[Cell]], before: int, consumed: int) -> Sequence[int]:
    """The line on which each row begins, and one more: where the next would begin."""
    if consumed == len(rows):
        return range(before + 1, before + consumed + 2)
    numbers = [before + 1]
    for row in rows:
        numbers.append(numbers[-1] + 1 + sum(_breaks(cell) for cell in row))
    return numbers


def _breaks(cell: Cell) -> int:
    if not isinstance(cell, str) or ("\n" not in cell and "\r" not in cell):
        return 0
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


def _failure(
    numbers: Sequence[int], rows: list[list[Cell]], before: int, end: int
) -> tuple[int, str, list[Cell]]:
    start = min(numbers[len(rows)] if len(rows) < len(numbers) else before + 1, end)
    if start == end:
        return start, "A cell is longer than 131,072 characters.", []
    return start, f"A quote is opened and not closed before line {end}; the lines between were not read.", []
