"""Which table a sheet belongs to. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import Mapping, TableMapping
from drumbeat.files.recognise import recognise, system_of
from drumbeat.files.sheet import Sheet
from drumbeat.files.values import shown

# How many columns a file may have of which one alone is recognised.
MOST_BESIDE = 3
_SAY = "say in a mapping which one counts"


class NoTable(Refused):
    """The file has not the columns of any table that is asked for."""


class TwoTables(Refused):
    """The file could be either of two tables."""


class TwoColumns(Refused):
    """Two columns of the file could be the same field."""


@dataclass
class Assigned:
    """A sheet, the table that it feeds, and how: each column of ``mapping`` is one of the sheet's header.

    ``warnings`` tell what of the file is left out; they come with the first chunk.
    """

    sheet: Sheet
    table: str
    mapping: TableMapping
    warnings: list[str] = field(default_factory=list)


def assign(sheets: Iterable[Sheet], mapping: Mapping | None, allowed_tables: Iterable[str]) -> list[Assigned]:
    """Each sheet with the table that most of whose mapped columns it has, and all of whose required ones.

    Without a mapping each sheet's header is recognised by itself. Sheets of a workbook that belong to no
    table are left out with a warning where another sheet of it belongs to one. Raises NoTable, TwoTables or
    TwoColumns.
    """
    allowed = [table for table in FIELDS if table in set(allowed_tables)]
    result: list[Assigned] = []
    left: dict[Sheet, NoTable] = {}
    for sheet in sheets:
        try:
            result.append(_assign(sheet, mapping, allowed))
        except NoTable as error:
            left[sheet] = error
    for sheet, refusal in left.items():
        other = next((found for found in result if found.sheet.path == sheet.path), None)
        if other is None:
            raise refusal
        other.warnings.append(f"{sheet.title[:1].upper()}{sheet.title[1:]} was left out. {refusal}")
    return result


def _assign(sheet: Sheet, mapping: Mapping | None, allowed: list[str]) -> Assigned:
    source = mapping if mapping is not None else recognise(sheet.header, _sample(sheet))
    here = {
        table: _present(sheet, source.tables[table], recognised=mapping is None)
        for table in allowed
        if table in source.tables
    }
    whole = {table: found for table, found in here.items() if not _missing(table, found)}
    if mapping is None and whole and all(_one_among_many(sheet, found) for found in whole.values()):
        only = shown(next(iter(next(iter(whole.values())).columns.values())))
        raise NoTable(
            f"Of the {len(sheet.header)} columns of {sheet.title} only {only} is known by itself; "
            "name the others in a mapping."
        )
    if not whole:
        raise NoTable(_why_none(sheet, source, here, allowed, given=mapping is not None))
    counts = Counter({table: len(found.columns) for table, found in whole.items()})
    (table, most), *others = counts.most_common(2)
    if others and others[0][1] == most:
        tables = f"{table} or {others[0][0]}"
        raise TwoTables(
            f"{_title(sheet)} could be {tables}; bring it with a mapping that has only one of them."
        )
    chosen = whole[table]
    if table == "opportunities" and not chosen.stages and system_of(sheet.header):
        chosen.other_stages = "open"
    _refuse_two_columns(sheet, chosen)
    return Assigned(sheet, table, chosen)


def _present(sheet: Sheet, table: TableMapping, *, recognised: bool) -> TableMapping:
    """The mapping narrowed to the columns that the sheet has, under the names as they stand in its header."""
    exact = {name: name for name in sheet.header if name}
    loose = {name_key(name): name for name in reversed(sheet.header) if name}
    columns = {}
    fixed = dict(table.fixed)
    for name, column in (table.columns | {} if recognised else table.columns | table.fixed).items():
        own = exact.get(column.strip()) or loose.get(name_key(column))
        if own is not None:
            columns[name] = own
            fixed.pop(name, None)  # a column of that name outranks the word
    return replace(table, columns=columns, fixed=fixed)


def _one_among_many(sheet: Sheet, found: TableMapping) -> bool:
    """A customer's name among columns that nobody knows makes no file of accounts: most likely it holds deals
    in another language.
    """
    return len(found.columns) == 1 and len(sheet.header) > MOST_BESIDE


def _missing(table: str, found: TableMapping) -> list[str]:
    return [
        name
        for name, spec in FIELDS[table].items()
        if spec.required and name not in found.columns and name not in found.fixed
    ]


def _why_none(
    sheet: Sheet, source: Mapping, here: dict[str, TableMapping], allowed: list[str], *, given: bool
) -> str:
    """The sentence that names the nearest table and what of it is missing."""
    title = _title(sheet)
    unsure = [columns for found in here.values() for columns in found.unsure.values()]
    nearest = max(here, key=lambda table: len(here[table].columns), default=None)
    if nearest is None or not here[nearest].columns:
        wanted = _or(allowed)
        ask = "the mapping names none of its columns" if given else "its columns are not known"
        return f"{title} cannot be read as {wanted}: {ask} ({_some(sheet.header)}); name them in a mapping."
    missing = _missing(nearest, here[nearest])
    if unsure and not given:
        return f"{title} has two columns for one field, {_and(unsure[0])}; {_SAY}."
    asked = [source.tables[nearest].columns.get(name, name) for name in missing]
    if given:
        names = _and(asked)
        return f"{title} looks like {nearest} but has no column {names}; correct the mapping or the file."
    fields = " and no ".join(name.replace("_", " ") for name in missing)
    return f"{title} looks like {nearest} but no {fields} was found in it; name the column in a mapping."


def _refuse_two_columns(sheet: Sheet, chosen: TableMapping) -> None:
    for columns in chosen.unsure.values():
        raise TwoColumns(f"{_title(sheet)} has two columns for one field, {_and(columns)}; {_SAY}.")
    for column in chosen.columns.values():
        if sheet.header.count(column) > 1:
            raise TwoColumns(
                f"{_title(sheet)} has the column {shown(column)} twice; rename or delete one of them."
            )


def _sample(sheet: Sheet) -> list[list[object]]:
    block = next(sheet.blocks(200), None)
    return [list(row) for row in islice(block.rows, 200)] if block else []


def _title(sheet: Sheet) -> str:
    return sheet.title[:1].upper() + sheet.title[1:] if sheet.title.startswith("the sheet") else sheet.title


def _some(header: list[str]) -> str:
    names = ", ".join(name[:40] for name in header[:6] if name)
    return f"{names}, …" if len(header) > 6 else names


def _and(names: Iterable[str]) -> str:
    return " and ".join(shown(name) for name in names)


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
