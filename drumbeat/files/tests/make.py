"""Files for the tests of reading, as plain functions."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from drumbeat.files.assign import Assigned, assign
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import Mapping, parse_mapping
from drumbeat.files.sheets import open_sheets
from drumbeat.files.typed import Chunk, typed_chunks

EXPORTS = Path(__file__).parent / "exports"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def csv_file(folder: Path, text: str | bytes, name: str = "deals.csv") -> Path:
    """A file with the given text in UTF-8, or with the given bytes."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def assigned(path: Path, mapping: str | None = None, *, encoding: str | None = None) -> Assigned:
    """The one sheet of a file, given to its table."""
    parsed: Mapping | None = parse_mapping(mapping) if mapping else None
    [found] = assign(open_sheets(path, encoding=encoding), parsed, FIELDS)
    return found


def typed(path: Path, mapping: str | None = None, *, encoding: str | None = None) -> Chunk:
    """A small file read as one chunk."""
    [chunk] = typed_chunks(assigned(path, mapping, encoding=encoding))
    return chunk


def rows_of(chunk: Chunk, *fields: str) -> list[tuple[Any, ...]]:
    """The rows of a chunk, with the fields asked for."""
    return list(zip(*(chunk.columns[field] for field in fields), strict=True))


def cell(position: str, value: Any) -> str:
    """A cell of a workbook; a value of text that begins with < is taken as it is."""
    if isinstance(value, bool):
        return f'<c r="{position}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{position}"><v>{value}</v></c>'
    if str(value).startswith("<"):
        return f'<c r="{position}">{value}</c>'
    return f'<c r="{position}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as a worksheet; None leaves a cell out."""
    body = []
    for number, row in enumerate(rows, start=1):
        cells = [
            cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row) if value is not None
        ]
        body.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(body)}</sheetData></worksheet>'


def workbook(path: Path, sheets: dict[str, str], extra: dict[str, bytes] | None = None) -> Path:
    """A workbook of the given sheets, name to XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        )
        for number, xml in zip(numbers, sheets.values(), strict=True):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path
