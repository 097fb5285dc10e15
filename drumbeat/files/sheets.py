"""Files as sheets of rows: CSV and XLSX; everything else is refused with a sentence. Pure."""

import codecs
from pathlib import Path

from drumbeat.files.csv_sheet import CsvSheet, unreadable
from drumbeat.files.sheet import (
    Block,
    Cell,
    Sheet,
    TooLarge,
    UnreadableFile,
    WrongEncoding,
    WrongFileType,
    is_blank,
    is_footer,
)
from drumbeat.files.xlsx_sheet import open_workbook

__all__ = [
    "Block",
    "Cell",
    "Sheet",
    "TooLarge",
    "UnreadableFile",
    "WrongEncoding",
    "WrongFileType",
    "is_blank",
    "is_footer",
    "open_sheets",
]

_OLD_OFFICE = "an old Excel file or one with a password"
_KINDS: list[tuple[bytes, str]] = [
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"BEGIN:VCARD", "an address card"),
]
_TEXT_KINDS: list[tuple[bytes, str]] = [
    (b"<!doctype html", "a web page, whatever its ending says"),
    (b"<html", "a web page, whatever its ending says"),
    (b"<?xml", "an XML file"),
    (b'{"', "a JSON file"),
    (b"[{", "a JSON file"),
]


def open_sheets(path: Path | str, *, encoding: str | None = None) -> list[Sheet]:
    """The sheets of a file: one for a CSV, one for each filled sheet of a workbook.

    ``encoding`` is needed only where a CSV is neither UTF-8, UTF-16 nor Windows-1252.
    Raises a Refused with one sentence for anything that is not such a file; a header without rows is fine.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name} is a folder; name the file in it.")
        if not path.exists():
            raise UnreadableFile(f"There is no file {path.name}; check its name and place.")
        if not path.is_file():
            raise UnreadableFile(f"{path.name} is not a file.")
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError:
        raise UnreadableFile("The name of the file has a character that no file's name can have.") from None
    if not head.strip(b" \r\n\t\0") and path.stat().st_size < 1024:
        raise UnreadableFile(f"{path.name} is empty; export it again with its header and rows.")
    _refuse_other_kinds(path, head)
    if head.startswith(b"PK\x03\x04"):
        return open_workbook(path)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise WrongEncoding(
                f"“{encoding}” is not an encoding; write one such as cp1250 or utf-8."
            ) from None
    sheet = CsvSheet(path, encoding)
    return [sheet]


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    kind = next((kind for mark, kind in _KINDS if head.startswith(mark)), None)
    kind = kind or next((kind for mark, kind in _TEXT_KINDS if text.startswith(mark)), None)
    if kind == "a calendar":
        raise WrongFileType(f"{path.name} is a calendar; bring it in as a calendar, not as a table.")
    if kind == _OLD_OFFICE:
        raise WrongFileType(f"{path.name} is {kind}; save it as an XLSX without a password, or as CSV.")
    if kind:
        raise WrongFileType(f"{path.name} is {kind}, not a table; export the table as a CSV or XLSX file.")
