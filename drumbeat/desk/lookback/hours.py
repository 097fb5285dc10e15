"""Calendar files read into facts: where the hours went, and how each manager is met. Pure."""

from collections import Counter as Tallied
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from drumbeat.calendars.rules.beat import beat
from drumbeat.calendars.rules.entries import UNKNOWN, Entry, entries, minutes_by_category
from drumbeat.calendars.rules.facts import ReadCalendar
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.rules.relations import (
    NOT_HELD,
    NOT_KNOWN,
    Meeting,
    Span,
    customer_days,
    last_held,
    minutes_together,
    next_planned,
    one_to_ones,
    usual_days,
)
from drumbeat.calendars.rules.rhythms import FELL_OUT_THREE_TIMES, stopped_rhythms
from drumbeat.core.periods import Period
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import Around, Domains, circle_around
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.managers import Hours, Together
from drumbeat.desk.lookback.result import Entry as EntryRow
from drumbeat.desk.lookback.result import Mark
from drumbeat.desk.lookback.sources import Sources
from drumbeat.signals.facts import CalendarFacts, RelationFacts, StoppedRhythm
from drumbeat.signals.rules.words import day as in_words
from drumbeat.signals.rules.words import hours as in_hours
from drumbeat.signals.rules.words import several

HISTORY = timedelta(days=365)
AHEAD = timedelta(weeks=5)
TOGETHER = timedelta(days=44)
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
    covered_from = max(read.covers_from or as_of, as_of - HISTORY)
    span = Span(over_to=as_of, read_to=as_of, covers_from=read.covers_from)
    met = one_to_ones(found, span, owner="owner")
    visits = customer_days(found, span)
    relations = {
        number: _relation(
            number, met.get(str(number), ()), visits.get(str(number), ()), found, counter, covered_from
        )
        for number in sorted(around.reports)
    }
    inside = [one for one in found if one.day in weeks]
    facts = CalendarFacts(
        as_of=as_of,
        covered_from=covered_from,
        minutes=minutes_by_category(found, weeks.first, weeks.last),
        ids=_by_category(inside),
        relations=tuple(relations.values()),
        stopped=_stopped(found, span, weeks, counter),
    )
    return Hours(
        facts=facts,
        of_manager={
            number: _together(relation, met.get(str(number), ()), visits.get(str(number), ()), found, span)
            for number, relation in relations.items()
        },
        entries=read.events,
        owner=read.owner_address,
        rows={_id(one): _row(one) for one in found},
        unknown=tuple(_unknown(read, facts, weeks, around, managers_known=bool(counter.on_day.managers))),
    )


def _relation(
    number: int,
    meetings: Sequence[Meeting],
    visits: Sequence[date],
    found: Sequence[Entry],
    counter: Counter,
    covered_from: date,
) -> RelationFacts:
    as_of, weeks, key = counter.as_of, counter.span, str(number)
    last_on = last_held(meetings)
    away = _days_away(found) if last_on else set()
    held = [one for one in meetings if one.counts]
    covered = (as_of - covered_from).days >= TOGETHER.days
    return RelationFacts(
        manager=counter.organisation.label(number),
        key=number,
        covered_from=covered_from,
        last_on=last_on,
        usual_days=usual_days(one for one in found if one.one_to_one_with == key and one.day <= as_of),
        next_on=next_planned(meetings),
        away_days=sum(1 for day in away if last_on and last_on < day <= as_of),
        one_to_ones=sum(1 for one in held if one.day in weeks),
        customer_days=sum(1 for day in visits if day in weeks),
        minutes_together=minutes_together(found, weeks.first, weeks.last).get(key, 0),
        together_45=minutes_together(found, as_of - TOGETHER, as_of).get(key, 0) if covered else None,
        ids=tuple(_id(one.entry) for one in held),
    )


def _days_away(found: Iterable[Entry]) -> set[date]:
    days: set[date] = set()
    for one in found:
        if one.away and one.stands:
            length = round((one.ends_at - one.starts_at).total_seconds() / 86_400) if one.all_day else 1
            days |= {one.day + timedelta(days=offset) for offset in range(max(1, min(366, length)))}
    return days


def _together(
    relation: RelationFacts,
    meetings: Sequence[Meeting],
    visits: Sequence[date],
    found: Sequence[Entry],
    span: Span,
) -> Together:
    ahead = {
        one.day
        for one in found
        if one.customer and one.stands and one.day > span.over_to and str(relation.key) in one.teams
    }
    marks, days = [], []
    for place, week in enumerate(beat(meetings, [*visits, *ahead], span, span.over_to + timedelta(days=1))):
        for mark in week.marks:
            marks.append(
                Mark(place, _kind(mark.meeting, mark.again), f"{in_words(mark.meeting.day)}: {mark.words}")
            )
        for day in week.customer_days:
            kind, said = ("planned", "planned") if day > span.over_to else ("was", "at a customer together")
            days.append(Mark(place, kind, f"{in_words(day)}: {said}"))
    return Together(relation, tuple(marks), tuple(days))


def _kind(meeting: Meeting, again: bool) -> str:
    if meeting.state == NOT_KNOWN:
        return "unknown"
    if meeting.state == NOT_HELD and again:
        return "not_held_again"
    return meeting.state


def _by_category(inside: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    ids: dict[str, list[str]] = {}
    for one in inside:
        if one.minutes:
            ids.setdefault(one.category or UNKNOWN, []).append(_id(one))
    return {category: tuple(each) for category, each in ids.items()}


def _stopped(
    found: Sequence[Entry], span: Span, weeks: Period, counter: Counter
) -> tuple[StoppedRhythm, ...]:
    ids: dict[str, list[str]] = {}
    for one in found:
        if one.day <= span.over_to:
            ids.setdefault(one.uid, []).append(_id(one))
    label = counter.organisation.label
    return tuple(
        StoppedRhythm(
            title=one.title,
            times=one.times,
            why="fell out" if one.why == FELL_OUT_THREE_TIMES else "ended",
            last_on=one.last_on,
            managers=tuple(label(int(key)) for key in one.reports),
            ids=tuple(ids.get(one.uid, ())),
        )
        for one in stopped_rhythms(found, span, weeks.first, owner="owner")
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


def _id(one: Entry) -> str:
    return f"{one.uid} {one.recurrence_id}".strip()


def _row(one: Entry) -> EntryRow:
    category = CATEGORY_WORDS.get(one.category or "", "not known")
    return EntryRow(
        _id(one), one.day, one.title, one.minutes, f"{category}: {one.reason}" if one.reason else category
    )
