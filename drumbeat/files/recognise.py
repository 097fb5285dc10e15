"""Which mapping a header asks for by itself: the usual systems' exports, and plain column names. Pure."""

import re
from collections.abc import Mapping as Names
from collections.abc import Sequence
from typing import Any

from drumbeat.core.names import name_key
from drumbeat.files.fields import FIELDS, required_fields
from drumbeat.files.headings import CHANGES, HEADINGS, SYSTEMS
from drumbeat.files.mapping import Mapping, TableMapping
from drumbeat.files.values import BadValue
from drumbeat.files.words import read_status

_CAMEL = re.compile(r"(?<=[a-zäöüß0-9])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")
_DEAL = re.compile(r"deal - ", re.IGNORECASE)


def recognise(header: Sequence[str], sample_rows: Sequence[Sequence[Any]] = ()) -> Mapping:
    """The mapping that the column names of a usual export ask for.

    It has every table whose required fields are all found, fullest first; where there is none, the one table
    that is nearest, incomplete; where nothing is known, no table. A field for which two columns are as likely
    is left out and stands in the table's ``unsure``. ``sample_rows`` tell whether a status column says open,
    won and lost.
    """
    known = _by_heading(header)
    tables = {table: _table(table, known, header, sample_rows) for table in FIELDS}
    if known.keys() & CHANGES:
        del tables["opportunities"]
    found = {table: mapping for table, mapping in tables.items() if mapping.columns}
    ordered = sorted(found, key=lambda table: -len(found[table].columns))
    whole = [
        table for table in ordered if all(name in found[table].columns for name in required_fields(table))
    ]
    return Mapping({table: found[table] for table in whole or ordered[:1]})


def system_of(header: Sequence[str]) -> str | None:
    """The system that the header comes from, None where it is none of the known."""
    names = {_heading(name) for name in header} | {name_key(name) for name in header}
    return next((system for system, marks in SYSTEMS.items() if names.intersection(marks)), None)


def _table(
    table: str, known: Names[str, list[str]], header: Sequence[str], sample_rows: Sequence[Sequence[Any]]
) -> TableMapping:
    mapping = TableMapping()
    for field in FIELDS[table]:
        taken = set(mapping.columns.values())
        for group in _groups(table, field):
            columns = [
                column for heading in group for column in known.get(heading, ()) if column not in taken
            ]
            if len(columns) == 1 or len(set(columns)) == 1:
                mapping.columns[field] = columns[0]
            elif columns:
                mapping.unsure[field] = columns
            if columns:
                break
    if table == "opportunities":
        _finish_opportunities(mapping, known, header, sample_rows)
    if table == "targets" and mapping.columns and "metric" not in mapping.columns:
        mapping.fixed["metric"] = "won_amount"
    return mapping


def _finish_opportunities(
    mapping: TableMapping,
    known: Names[str, list[str]],
    header: Sequence[str],
    sample_rows: Sequence[Sequence[Any]],
) -> None:
    system = system_of(header)
    if system:
        mapping.other_stages = "open"
    status = known.get("status", [])
    if "status" not in mapping.columns and len(status) == 1 and status[0] not in mapping.columns.values():
        mapping.columns["status"] = status[0]
    column = mapping.columns.get("status")
    if column is not None and not _says_states(column, header, sample_rows):
        del mapping.columns["status"]
    if (
        "close_on" not in mapping.columns
        and "close_on" not in mapping.unsure
        and "closed_on" in mapping.columns
    ):
        mapping.columns["close_on"] = mapping.columns.pop("closed_on")


def _says_states(column: str, header: Sequence[str], sample_rows: Sequence[Sequence[Any]]) -> bool:
    """Whether at least half of what stands in a column is open, won or lost.

    A stray word rejects its row later.
    """
    place = list(header).index(column)
    words = [str(row[place]) for row in sample_rows if len(row) > place and row[place] not in (None, "")]
    return 2 * sum(map(_is_state, words)) >= len(words)


def _is_state(word: str) -> bool:
    try:
        return read_status(word) is not None
    except BadValue:
        return False


def _groups(table: str, field: str) -> list[list[str]]:
    written = HEADINGS[table].get(field, "")
    groups = [[_heading(name) for name in group.split("|")] for group in written.split(";") if group.strip()]
    return [[_heading(field)], *groups]


def _by_heading(header: Sequence[str]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for column in header:
        if heading := _heading(column):
            known.setdefault(heading, []).append(column)
    return known


def _heading(text: str) -> str:
    """A heading as it is compared: ``Deal - Won time`` and ``WonTime`` are ``won time``."""
    parted = _CAMEL.sub(" ", _DEAL.sub("", text.strip(), count=1) if _DEAL.match(text.strip()) else text)
    return _SIGNS.sub(" ", parted.replace("(", " ")).strip().lower().removesuffix(" c") if parted else ""
