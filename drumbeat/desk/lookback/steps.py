"""From dropped files to the answer, step by step: which tables, which columns, which domains, then the
look. No Django.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from drumbeat.core.periods import before
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import Domains, circle_around
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.look import Question, look_at
from drumbeat.desk.lookback.page import as_page
from drumbeat.desk.lookback.sources import Sources, read_sources
from drumbeat.desk.lookback.store import Asked, Folder
from drumbeat.files.assign import Assigned, assign
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import parse_mapping
from drumbeat.files.sheet import Sheet
from drumbeat.files.sheets import open_sheets
from drumbeat.files.typed import AmbiguousDates

MOST_DOMAINS, FEW_DOMAINS = 8, 3
MOST_ROWS = 20_000
STALE = timedelta(days=28)


@dataclass(frozen=True)
class Unclear:
    """A sheet that cannot be read by itself, under the key that a mapping for it is kept by; ``why`` in a
    sentence.
    """

    key: str
    sheet: Sheet
    why: str


def check(path: Path) -> None:
    """Whether a file is a table or a calendar at all. Raises Refused with a sentence."""
    open_sheets(path)


def sort_sheets(folder: Folder, asked: Asked) -> tuple[list[Assigned], list[Unclear]]:
    """The sheets that are clear, by themselves or by a mapping given, and those that are not."""
    clear: list[Assigned] = []
    unclear: list[Unclear] = []
    for path in folder.tables:
        sheets = open_sheets(path)
        found: list[Unclear] = []
        before_it = len(clear)
        for sheet in sheets:
            key = key_of(sheet)
            if key in asked.left_out:
                continue
            text = asked.mappings.get(key)
            try:
                clear += assign([sheet], parse_mapping(text) if text else None, tuple(FIELDS))
            except Refused as refusal:
                found.append(Unclear(key, sheet, str(refusal)))
        # Of a workbook the sheets that belong to no table are left aside where another one does.
        if len(clear) == before_it or any(each.key in asked.mappings for each in found):
            unclear += found
    return clear, unclear


def key_of(sheet: Sheet) -> str:
    """What a mapping for the sheet is kept by."""
    return f"{sheet.path.name}#{sheet.name}"


def read_all(clear: Iterable[Assigned]) -> tuple[Sources | None, list[Unclear]]:
    """The sources; where a column's dates can be read in two ways, the sheets whose order must be named."""
    clear = list(clear)
    try:
        return read_sources(clear), []
    except AmbiguousDates:
        return None, [found for each in clear if (found := _ambiguous(each)) is not None]


def unclear_sheets(folder: Folder, asked: Asked) -> list[Unclear]:
    """Every sheet about which something must be said before it can be read."""
    clear, unclear = sort_sheets(folder, asked)
    return unclear or read_all(clear)[1]


def _ambiguous(assigned: Assigned) -> Unclear | None:
    try:
        read_sources([assigned])
    except AmbiguousDates as refusal:
        return Unclear(key_of(assigned.sheet), assigned.sheet, str(refusal))
    return None


@dataclass(frozen=True)
class SeenDomain:
    """An outside mail domain with the number of entries it is in and what it looks like: ``customer`` or
    nothing.
    """

    name: str
    entries: int
    guess: str


def domains_to_sort(folder: Folder, sources: Sources, asked: Asked) -> list[SeenDomain]:
    """The outside domains seen most often, with a guess from the accounts; none without a calendar."""
    if not folder.calendars:
        return []
    from drumbeat.desk.lookback.hours import outside_domains, read_calendars

    counter = _counter(sources, asked)
    read = read_calendars(folder.calendars, asked.me, asked.as_of)
    seen = _worth_asking(outside_domains(read, sources, counter))
    around = circle_around(read.owner_address, sources, counter, Domains(), [name for name, _ in seen])
    customers = around.circle.customers
    return [SeenDomain(name, count, "customer" if name in customers else "") for name, count in seen]


def _worth_asking(seen: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most frequent ones; who stands in a single entry is asked about only where hardly anybody else
    does.
    """
    often = [(name, count) for name, count in seen if count > 1]
    return (often if len(often) >= FEW_DOMAINS else seen)[:MOST_DOMAINS]


def _counter(sources: Sources, asked: Asked) -> Counter:
    question = Question(asked.as_of, asked.weeks)
    return Counter(sources.organisation, asked.as_of, question.span, before(question.span))


def answer(folder: Folder, sources: Sources, asked: Asked) -> dict[str, Any]:
    """Look back, keep the answer in the folder, and give its page."""
    question = Question(asked.as_of, asked.weeks, folder.calendars, asked.me, asked.sorted_domains)
    look = look_at(sources, question)
    page = as_page(look) | {
        "owner": look.owner,
        "newest": newest(sources, asked.as_of),
        "file_names": [path.name for path in folder.files],
    }
    folder.keep_answer(page, {key: _table(*table) for key, table in look.rows.items()})
    return page


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The rows as they are kept for the page; of very many the first ones, with how many there are."""
    return {"header": header, "rows": rows[:MOST_ROWS], "total": len(rows)}


def newest(sources: Sources, as_of: date) -> str:
    """The day of the newest deal, where all of them lie long before the day asked for; else nothing."""
    days = [deal.created_on if deal.state == "open" else deal.close_on for deal in sources.deals]
    last = max((day for day in days if day is not None), default=None)
    return last.isoformat() if last is not None and as_of - last > STALE else ""
