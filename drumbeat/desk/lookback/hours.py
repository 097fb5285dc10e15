"""Calendar files read into facts: where the hours went, and how each manager is met. Pure."""

from collections import Counter as Tallied
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from drumbeat.calendars.rules.entries import UNKNOWN, Entry, entries
from drumbeat.calendars.rules.facts import ReadCalendar
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.rules.relations import Span
from drumbeat.core.periods import Period
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import Around, Domains, circle_around
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.managers import Hours
from drumbeat.desk.lookback.result import Entry as EntryRow
from drumbeat.desk.lookback.sources import Sources
from drumbeat.desk.relations import entry_id, own_calendar
from drumbeat.signals.facts import CalendarFacts
from drumbeat.signals.rules.words import day as in_words
from drumbeat.signals.rules.words import hours as in_hours
from drumbeat.signals.rules.words import several

HISTORY = timedelta(days=365)
AHEAD = timedelta(weeks=5)
CATEGORY_WORDS = {
    "coach_managers": "Coaching managers",
    "customers_joint": "Customers",
    "plan_execution": "Plan and forecast",
    "team_meetings": "Team meetings",
    "hiring_bench": "Hiring and bench",
    "suppliers": "Suppliers",
    "fires": "Fires",
    "internal_admin": "Internal and administration",
    "own_learning": "Own learning",
}


class NoCalendar(Refused):
    """A calendar file that is not there or cannot be opened."""


def read_calendars(paths: Sequence[Path], me: str, as_of: date) -> ReadCalendar:
    """One reading of all files, a year back and five weeks ahead; each event once. Raises Refused with a
    sentence.
    """
    read: list[ReadCalendar] = []
    for path in paths:
        try:
            read.append(read_ics(path, as_of - HISTORY, as_of + AHEAD, owner=me))
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            raise NoCalendar(f"The calendar {path.name} cannot be read: {reason}.") from None
    first = max(read, key=lambda one: one.events)
    known: dict[tuple[str, str], object] = {}
    begins = [one.covers_from for one in read if one.covers_from]
    return replace(
        first,
        occurrences=tuple(o for one in read for o in one.occurrences if known.setdefault(o.key, o) is o),
        left_out=tuple(o for one in read for o in one.left_out if known.setdefault(o.key, o) is o),
        covers_from=min(begins, default=None),
        events=sum(one.events for one in read),
        unreadable=sum(one.unreadable for one in read),
        too_many=sum(one.too_many for one in read),
    )


def outside_domains(read: ReadCalendar, sources: Sources, counter: Counter) -> list[tuple[str, int]]:
    """The outside mail domains in the calendar with the number of entries each is in, most often first."""
    around = circle_around(read.owner_address, sources, counter, Domains(), ())
    found = Tallied(
        domain for one in entries(read, around.circle) if one.counts for domain in set(one.outside)
    )
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def read_hours(
    sources: Sources, counter: Counter, calendars: Sequence[Path], me: str, domains: Domains
) -> Hours:
    """What the calendars say of the weeks looked at."""
    as_of, weeks = counter.as_of, counter.span
    read = read_calendars(calendars, me, as_of)
    seen = {person.domain for one in read.occurrences for person in one.people if person.domain}
    around = circle_around(read.owner_address, sources, counter, domains, seen)
    found = entries(read, around.circle)
    begins = max(read.covers_from, as_of - HISTORY) if read.covers_from else None
    own = own_calendar(
        found,
        {str(number): counter.organisation.label(number) for number in sorted(around.reports)},
        Span(over_to=as_of, read_to=as_of, covers_from=begins),
        weeks,
        this_week=as_of + timedelta(days=1),
    )
    return Hours(
        facts=own.facts,
        of_manager={int(key): relation for key, relation in own.of.items()},
        entries=read.events,
        owner=read.owner_address,
        rows={entry_id(one): _row(one) for one in found},
        unknown=tuple(_unknown(read, own.facts, weeks, around, managers_known=bool(counter.on_day.managers))),
    )


def _unknown(
    read: ReadCalendar, facts: CalendarFacts, weeks: Period, around: Around, *, managers_known: bool
) -> Iterable[str]:
    if not sum(facts.minutes.values()):
        yield "your hours: the calendar holds no entry of these weeks"
    elif read.covers_from is not None and read.covers_from > weeks.first:
        yield f"your hours before {in_words(read.covers_from)}, where the calendar begins"
    if minutes := facts.minutes.get(UNKNOWN, 0):
        yield f"what {in_hours(minutes)} in your calendar were for"
    if managers_known and not around.reports:
        yield "who of your calendar is one of your managers"
    if read.unreadable:
        yield f"{several(read.unreadable, 'calendar entry', 'calendar entries')} that cannot be read"


def _row(one: Entry) -> EntryRow:
    category = CATEGORY_WORDS.get(one.category or "", "not known")
    return EntryRow(
        entry_id(one),
        one.day,
        one.title,
        one.minutes,
        f"{category}: {one.reason}" if one.reason else category,
    )
