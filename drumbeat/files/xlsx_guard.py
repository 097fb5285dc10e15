"""How large a workbook really is, found before anything else opens it. Pure.

A workbook of a kilobyte can unpack to gigabytes, or hold one cell in the farthest corner, for which the
reader would reserve memory for every cell before it and end the process. So each part is unpacked in pieces
and counted, whatever sizes its directory claims, and its cells' positions are followed.
"""

import re
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from drumbeat.core.refusal import Refused
from drumbeat.files.sheet import TooLarge, WrongFileType

MAX_PARTS = 5_000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_CELLS = 16_000_000
MAX_ELEMENTS_APART = 20_000_000

_PIECE = 1 << 18
_ROWS, _COLUMNS = 1_048_576, 16_384
_POSITION = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NOT_XML = re.compile(r".*\.(png|jpe?g|gif|emf|wmf|bin|vml|svg|tiff?|bmp|ttf|odttf|txt|json)", re.IGNORECASE)


class _Doctype(Exception):
    """A workbook never has one; a hostile file may."""


def check_workbook(path: Path) -> None:
    """Refuse what is not a workbook, unpacks to too much, or spreads its cells too far. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OverflowError,
    ):
        raise WrongFileType(
            f"{path.name} is damaged or protected; save it again as an XLSX without a password."
        ) from None
    except (expat.ExpatError, _Doctype, UnicodeError):
        raise WrongFileType(
            f"{path.name} is damaged: a part of it is not what a workbook holds; save it again."
        ) from None


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise WrongFileType(f"{path.name} is a binary workbook; save it as an XLSX or CSV file.")
    if "xl/workbook.xml" not in {name.lower() for name in names}:
        raise WrongFileType(
            f"{path.name} is an archive and not a workbook; give the CSV or XLSX file itself."
        )
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise TooLarge(
            f"{path.name} has {len(entries):,} parts, more than any table; save the one sheet as CSV."
        )
    room = MAX_UNPACKED
    cells = 0
    for entry in entries:
        part = _Part()
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise _too_large(path)
                part.feed(piece, entry.filename)
        part.close(entry.filename)
        cells += part.rows * part.columns
        if cells > MAX_CELLS or part.elements > MAX_ELEMENTS_APART + 3 * MAX_CELLS:
            raise TooLarge(
                f"{path.name} spreads over more than {MAX_CELLS:,} cells; save the one sheet as CSV."
            )


def _too_large(path: Path) -> Refused:
    size = MAX_UNPACKED // (1024 * 1024)
    return TooLarge(
        f"{path.name} unpacks to more than {size} MB; save the one sheet as CSV, which may be larger."
    )


class _Part:
    """Follows one part of a workbook: the rows and columns down to its last filled cell."""

    def __init__(self) -> None:
        self.rows = self.columns = self.elements = 0
        self._row = self._column = 0
        self._letters: dict[str, int] = {}
        self._parser: expat.XMLParserType | None = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._tail = b""

    def feed(self, piece: bytes, name: str) -> None:
        if self._parser is not None and not _NOT_XML.fullmatch(name):
            self._parser.Parse(piece, False)
        elif b"sheetData" in self._tail + piece:
            raise ValueError("cells in a part that is not XML")
        else:
            self._tail = piece[-16:]

    def close(self, name: str) -> None:
        if self._parser is not None and not _NOT_XML.fullmatch(name) and not name.endswith("/"):
            self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r"))
        elif name in ("v", "is", "f"):
            # Only a filled cell counts: workbooks often carry formats down to their last row.
            if self._row > self.rows:
                self.rows = self._row
            if self._column > self.columns:
                self.columns = self._column
        elif name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() else self._row + 1
            self._column = 0

    def _cell(self, position: str | None) -> None:
        if position is None:
            self._column += 1
            return
        match = _POSITION.fullmatch(position)
        if match is None:
            raise ValueError("a cell without a place")
        letters, row = match.groups()
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._letters[letters] = column
        self._column = column
        self._row = int(row)
        if self._row > _ROWS or column > _COLUMNS:
            raise ValueError("a cell outside the sheet")

    def _doctype(self, *_: object) -> None:
        raise _Doctype
