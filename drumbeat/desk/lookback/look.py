"""The look back itself: files and calendars in, what is true and new out. Needs neither Django nor an
instance.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from drumbeat.core.periods import Period, before, weeks_to
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import Domains
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.managers import manager_rows
from drumbeat.desk.lookback.result import LookBack
from drumbeat.desk.lookback.rows import rows_behind
from drumbeat.desk.lookback.sources import Sources, assign_files, is_calendar, read_sources
from drumbeat.desk.lookback.unknown import what_is_unknown
from drumbeat.files.assign import Assigned
from drumbeat.files.mapping import Mapping
from drumbeat.signals.rules import truths_that_hold

MOST_WEEKS = 520


class BadWeeks(Refused):
    """A number of weeks that cannot be looked back on."""


@dataclass
class Question:
    """What is looked back on: the calendar files, whose they are, the sorted domains, how many weeks to
    which day.
    """

    as_of: date
    weeks: int = 13
    calendars: Sequence[Path] = ()
    me: str = ""
    domains: Domains = field(default_factory=Domains)

    @property
    def span(self) -> Period:
        """The whole weeks that end on the day. Raises BadWeeks."""
        if not 1 <= self.weeks <= MOST_WEEKS:
            raise BadWeeks(f"The number of weeks must lie between 1 and {MOST_WEEKS}, not {self.weeks}.")
        return weeks_to(self.as_of, self.weeks)


def look_back(
    files: Sequence[Path],
    mapping: Mapping | None = None,
    calendars: Sequence[Path] = (),
    me: str = "",
    suppliers: Collection[str] = (),
    *,
    as_of: date,
    weeks: int = 13,
) -> LookBack:
    """The last whole weeks to the day ``as_of``, from files alone.

    ``files`` are tables (CSV, XLSX) and may hold calendars too; ``me`` is the address of the calendars'
    owner, without it the one in most events; ``suppliers`` are mail domains. Raises Refused with one
    sentence for anything that cannot be read.
    """
    tables = [path for path in files if not is_calendar(path)]
    more = [path for path in files if path not in tables]
    domains = Domains(
        suppliers=frozenset(domain.strip().lower().lstrip("@") for domain in suppliers if domain.strip())
    )
    question = Question(as_of, weeks, [*calendars, *more], me, domains)
    return answer(assign_files(tables, mapping), question)


def answer(assigned: Iterable[Assigned], question: Question) -> LookBack:
    """The look back over sheets whose tables are known already."""
    return look_at(read_sources(assigned), question)


def look_at(sources: Sources, question: Question) -> LookBack:
    """The look back over sources that were read already."""
    span = question.span
    counter = Counter(sources.organisation, question.as_of, span, before(span))
    counter.add(sources.deals)
    facts = counter.facts(sources.columns)
    hours = None
    if question.calendars:
        from drumbeat.desk.lookback.hours import read_hours

        hours = read_hours(sources, counter, question.calendars, question.me, question.domains)
    calendar = hours.facts if hours else None
    truths = tuple(truths_that_hold(facts, calendar))
    rows = manager_rows(facts, counter, sources.bookings, hours)
    return LookBack(
        as_of=question.as_of,
        first=span.first,
        last=span.last,
        truths=truths,
        managers=rows,
        minutes=dict(calendar.minutes) if calendar else None,
        unknown=tuple(what_is_unknown(sources, counter, facts, hours)),
        read=sources.tables,
        entries=hours.entries if hours else None,
        owner=hours.owner if hours else "",
        rows=rows_behind(truths, sources.deals, hours.rows if hours else {}, counter.rep_name),
    )
