"""What a file is, and by which mapping it is read: the saved ones, else its own column names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.tables import KINDS
from drumbeat.exchange.models import SavedMapping
from drumbeat.files.assign import Assigned, NoTable, TwoColumns, TwoTables, assign
from drumbeat.files.columns import AmbiguousDates, as_text
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import Mapping, parse_mapping
from drumbeat.files.sheet import Block, Cell, Sheet
from drumbeat.files.sheets import open_sheets

ASKED = (NoTable, TwoTables, TwoColumns, AmbiguousDates)
KIND_OF = {table: kind for kind, tables in KINDS.items() for table in tables}
SAMPLE_ROWS = 200
LOOKED_THROUGH = 50_000
FEW_VALUES = 40
LONGEST_CELL = 200


@dataclass(frozen=True)
class Sorted:
    """A file with the kinds that it can be brought in as, and the text of the saved mapping that reads it."""

    path: Path
    kinds: tuple[str, ...]
    mapping: str


def sort(path: Path) -> Sorted:
    """What a file is: by the mapping that knows most of its columns.

    Raises one of ASKED where a person has to say which column is what, another Refused where it is no table.
    """
    sheets = open_sheets(path)
    best: tuple[int, str, list[Assigned]] | None = None
    reason: Refused | None = None
    try:
        found = assign(sheets, None, FIELDS)
        best = (_known(found), "", found)
    except ASKED as refusal:
        reason = refusal
    for text in SavedMapping.objects.order_by("-last_used_on", "name").values_list("text", flat=True):
        try:
            mapping = parse_mapping(text)
            found = assign(
                open_sheets(path, encoding=mapping.encoding) if mapping.encoding else sheets, mapping, FIELDS
            )
        except Refused:
            continue
        if best is None or _known(found) >= best[0]:
            best = (_known(found), text, found)
    if best is None:
        assert reason is not None
        raise reason
    kinds = {KIND_OF[each.table] for each in best[2]}
    return Sorted(path, tuple(kind for kind in KINDS if kind in kinds), best[1])


def _known(assigned: Sequence[Assigned]) -> int:
    return sum(len(each.mapping.columns) for each in assigned)


class KeptSheet(Sheet):
    """A sample of a sheet, kept with the file at work, so that no page has to open the file."""

    def __init__(self, kept: dict[str, Any]) -> None:
        super().__init__(Path(kept["file"]), kept["name"], kept["header"], title=kept["title"], all_text=True)
        self._rows: list[list[Cell]] = kept["rows"]

    def blocks(self, size: int = 10_000):  # type: ignore[no-untyped-def]
        """The rows of the sample, numbered as if they were the file."""
        if self._rows:
            yield Block(range(2, 2 + len(self._rows)), self._rows)


def sample(path: Path) -> dict[str, Any]:
    """Header and some rows of a file's first sheet: the first ones, and those that show a further value of a
    column that has few, such as the stages. Raises what ``open_sheets`` raises."""
    sheet = open_sheets(path)[0]
    width = len(sheet.header)
    seen: list[set[str] | None] = [set() for _ in range(width)]
    rows: list[list[str]] = []
    for _, cells in islice(sheet.rows(), LOOKED_THROUGH):
        row = [as_text(cell)[:LONGEST_CELL] for cell in cells[:width]]
        row += [""] * (width - len(row))
        if _shows_more(row, seen) or len(rows) < SAMPLE_ROWS:
            rows.append(row)
    return {"file": path.name, "name": sheet.name, "title": sheet.title, "header": sheet.header, "rows": rows}


def _shows_more(row: Sequence[str], seen: list[set[str] | None]) -> bool:
    more = False
    for place, cell in enumerate(row):
        known = seen[place]
        if known is None or cell in known:
            continue
        known.add(cell)
        more = True
        if len(known) > FEW_VALUES:
            seen[place] = None
    return more


def mapping_of(text: str) -> Mapping | None:
    """The mapping of a file at work; None where its columns are recognised."""
    return parse_mapping(text) if text else None


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of what a given mapping names."""
    kinds = {KIND_OF[table] for table in parse_mapping(text).tables}
    return tuple(kind for kind in KINDS if kind in kinds)
