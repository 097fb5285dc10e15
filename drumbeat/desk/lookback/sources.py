"""Files read for the look back: people, deals in columns, accounts; and what was left out, in sentences.
Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.counting import Deal, deals_of
from drumbeat.desk.lookback.organisation import Organisation
from drumbeat.files.assign import Assigned, assign
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import Mapping
from drumbeat.files.sheets import open_sheets
from drumbeat.files.typed import typed_chunks

CALENDAR_MARK = b"BEGIN:VCALENDAR"


class NothingToLookAt(Refused):
    """No file was given."""


@dataclass
class Booked:
    """Invoiced or ordered revenue, by owner and day."""

    owner: str
    on: date
    amount: Decimal
    margin: Decimal | None


@dataclass
class Sources:
    """What the files hold. ``deals`` are in the order of the files, each id once; ``columns`` the fields
    they have.
    """

    organisation: Organisation = field(default_factory=Organisation)
    deals: list[Deal] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    bookings: list[Booked] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    domains: dict[str, str] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, tuple[int, str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def people_known(self) -> bool:
        """Whether a people file was among them."""
        return "people" in self.tables


def is_calendar(path: Path) -> bool:
    """Whether the file begins as a calendar does; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(CALENDAR_MARK)
    except OSError:
        return False


def assign_files(paths: Sequence[Path], mapping: Mapping | None = None) -> list[Assigned]:
    """Each sheet of the files with its table and mapping. Raises Refused with a sentence where that is not
    clear.
    """
    if not paths:
        raise NothingToLookAt("Name at least one file: the export of your CRM as CSV or XLSX.")
    encoding = mapping.encoding if mapping else None
    sheets = [sheet for path in paths for sheet in open_sheets(path, encoding=encoding)]
    return assign(sheets, mapping, tuple(FIELDS))


def read_sources(assigned: Iterable[Assigned]) -> Sources:
    """Read the assigned sheets, people first, in chunks of typed columns."""
    sources = Sources()
    order = ("people", "accounts", "products", "opportunities", "bookings", "targets")
    for each in sorted(assigned, key=lambda one: order.index(one.table)):
        _read(sources, each)
    return sources


def _read(sources: Sources, assigned: Assigned) -> None:
    title = assigned.sheet.title
    read = rejected = 0
    reason = ""
    people: list[dict[str, Any]] = []
    intake = _Deals(sources)
    for chunk in typed_chunks(assigned):
        read += len(chunk.lines)
        rejected += len(chunk.rejects)
        reason = reason or (chunk.rejects[0][1] if chunk.rejects else "")
        sources.warnings += [warning for warning in chunk.warnings if warning not in sources.warnings]
        columns = chunk.columns
        if chunk.table == "people":
            people += [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        elif chunk.table == "opportunities":
            intake.take(columns, chunk.lines)
        elif chunk.table == "accounts":
            _take_accounts(sources, columns)
        elif chunk.table == "bookings":
            margins = columns.get("margin") or [None] * len(chunk.lines)
            rows = zip(columns["owner"], columns["booked_on"], columns["amount"], margins, strict=True)
            sources.bookings += [Booked(*row) for row in rows]
    if people:
        sources.organisation.add_rows(people)
    if intake.repeated:
        rejected, reason = rejected + intake.repeated, reason or "Its id stands on an earlier, different row."
    sources.tables[assigned.table] = sources.tables.get(assigned.table, 0) + read
    if rejected:
        sources.rejected[title] = (rejected, reason)


def _take_accounts(sources: Sources, columns: dict[str, list[Any]]) -> None:
    names = columns["name"]
    sources.accounts += names
    for name, domain in zip(names, columns.get("domain") or [None] * len(names), strict=True):
        if domain:
            sources.domains[domain.strip().lower().removeprefix("www.")] = name


class _Deals:
    """Takes deals in: of an id that is repeated equal rows count once, later different ones are left out."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.seen: dict[str, Deal] = {}
        self.without_id: dict[str, int] = {}
        self.repeated = 0

    def take(self, columns: dict[str, list[Any]], lines: Sequence[int]) -> None:
        self.sources.columns.update(columns)
        deals = deals_of(columns, lines, self.without_id)
        seen = self.seen
        fresh = {deal.id: deal for deal in deals}
        if len(fresh) == len(deals) and not (seen.keys() & fresh.keys()):
            seen.update(fresh)
            self.sources.deals += deals
            return
        for deal in deals:
            earlier = seen.setdefault(deal.id, deal)
            if earlier is deal:
                self.sources.deals.append(deal)
            elif earlier != deal:
                self.repeated += 1
