"""A leader and each direct report in the leader's calendar: facts for the rules, marks for the beat. Pure.

The look back tells it of files, This week and the person page of what is kept of a calendar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from drumbeat.calendars.rules.beat import beat
from drumbeat.calendars.rules.entries import UNKNOWN, Entry, minutes_by_category
from drumbeat.calendars.rules.relations import (
    NOT_HELD,
    NOT_KNOWN,
    Away,
    Meeting,
    Span,
    customer_days,
    last_held,
    minutes_together,
    never_away,
    next_planned,
    one_to_ones,
    usual_days,
)
from drumbeat.calendars.rules.rhythms import FELL_OUT_THREE_TIMES, stopped_rhythms
from drumbeat.core.periods import Period
from drumbeat.core.wording import day as in_words
from drumbeat.desk.merging import Merged, Room, merged
from drumbeat.signals.facts import CalendarFacts, RelationFacts, StoppedRhythm

TOGETHER_DAYS = 45


@dataclass(frozen=True)
class Mark:
    """A mark of the beat: its week (13 is this week), kind, words, and the day it stands for."""

    week: int
    kind: str
    label: str
    day: date
    url: str = ""


@dataclass(frozen=True)
class Relation:
    """One direct report in the leader's calendar."""

    facts: RelationFacts
    marks: tuple[Mark, ...]
    days: tuple[Mark, ...]


@dataclass(frozen=True)
class OwnCalendar:
    """What the leader's calendar says; ``of`` holds each direct report by key."""

    facts: CalendarFacts
    of: Mapping[str, Relation]


def own_calendar(
    found: Sequence[Entry],
    reports: Mapping[str, str],
    span: Span,
    weeks: Period,
    *,
    this_week: date,
    away: Away = never_away,
    on_leave: Away = never_away,
    others: Mapping[str, Iterable[Entry]] | None = None,
    rooms: Mapping[str, Sequence[Room]] | None = None,
) -> OwnCalendar:
    """The facts and marks of each report (key → name), within ``weeks`` and as of its last day.

    ``rooms`` are the meetings of rhythms with each report: held in a room or by the calendar is one thing.

    ``this_week`` is the first day of the week after the beat's line. On days ``away`` nothing is missed
    (leave, holidays, weekends); of them those ``on_leave`` do not count as days that somebody waited. A
    calendar that covers nothing yet gives facts with nothing in them.
    """
    covered_from = span.covers_from or weeks.last
    met = one_to_ones(found, span, owner="owner", away=away, others=others)
    visits = customer_days(found, span)
    common = _Common(
        weeks,
        covered_from,
        alone=[one for one in found if one.one_to_one_with is not None and one.day <= weeks.last],
        free=_days_away(found),
        minutes=minutes_together(found, weeks.first, weeks.last),
        minutes_45=minutes_together(found, weeks.last - timedelta(days=TOGETHER_DAYS - 1), weeks.last),
        on_leave=on_leave,
    )
    relations = {}
    for key, name in reports.items():
        mine, days_out = list((rooms or {}).get(key, ())), visits.get(key, ())
        together = merged(met.get(key, ()), mine, key)
        facts = _facts(key, name, together.meetings, days_out, common, mine)
        drawn = replace(span, covers_from=_begins(span.covers_from, mine))
        marks, days = _beat(key, together, days_out, found, drawn, this_week)
        relations[key] = Relation(facts, marks, days)
    return OwnCalendar(
        CalendarFacts(
            as_of=weeks.last,
            covered_from=covered_from,
            minutes=minutes_by_category(found, weeks.first, weeks.last),
            ids=_by_category(found, weeks),
            relations=tuple(each.facts for each in relations.values()),
            stopped=_stopped(found, span, weeks, reports, away),
        ),
        relations,
    )


def without_hours(own: OwnCalendar) -> OwnCalendar:
    """The same where no calendar was read: minutes together are not known, and whoever has no room is not
    known at all."""
    of = {
        key: replace(each, facts=replace(each.facts, together_45=None))
        for key, each in own.of.items()
        if each.marks
    }
    relations = tuple(each.facts for each in of.values())
    return OwnCalendar(replace(own.facts, relations=relations), of)


def entry_id(one: Entry) -> str:
    """What an entry is called among the rows behind a truth."""
    return f"{one.uid} {one.recurrence_id}".strip()


@dataclass(frozen=True)
class _Common:
    """What was found once for all reports."""

    weeks: Period
    covered_from: date
    alone: list[Entry]
    free: set[date]
    minutes: Mapping[str, int]
    minutes_45: Mapping[str, int]
    on_leave: Away


def _begins(covers_from: date | None, rooms: Iterable[Room]) -> date | None:
    """The first day of which anything is known: of the calendar, or of the first room."""
    return min(filter(None, (covers_from, *(min(one.day, one.slot_day) for one in rooms))), default=None)


def _facts(
    key: str,
    name: str,
    meetings: Sequence[Meeting],
    visits: Sequence[date],
    common: _Common,
    rooms: Sequence[Room],
) -> RelationFacts:
    weeks, covered_from, on_leave = common.weeks, common.covered_from, common.on_leave
    today, last_on = weeks.last, last_held(meetings)
    held = [one for one in meetings if one.counts]
    since = last_on or covered_from
    gone = [since + timedelta(days=n) for n in range(1, max(0, (today - since).days) + 1)]
    covered = (today - covered_from).days >= TOGETHER_DAYS - 1
    return RelationFacts(
        manager=name,
        key=key,
        covered_from=covered_from,
        last_on=last_on,
        usual_days=max(rooms, key=lambda one: one.starts_at).days
        if rooms
        else usual_days(one for one in common.alone if one.one_to_one_with == key),
        next_on=next_planned(meetings),
        away_days=sum(
            1 for day in gone if day in common.free or on_leave("owner", day) or on_leave(key, day)
        ),
        one_to_ones=sum(1 for one in held if one.day in weeks),
        customer_days=sum(1 for day in visits if day in weeks),
        minutes_together=common.minutes.get(key, 0),
        together_45=common.minutes_45.get(key, 0) if covered else None,
        ids=tuple(entry_id(one.entry) for one in held),
    )


def _beat(
    key: str,
    together: Merged,
    visits: Sequence[date],
    found: Sequence[Entry],
    span: Span,
    this_week: date,
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    ahead = {
        one.day
        for one in found
        if one.customer and one.stands and one.day > span.over_to and key in one.teams
    }
    marks, days = [], []
    for place, week in enumerate(beat(together.meetings, [*visits, *ahead], span, this_week)):
        for mark in week.marks:
            meeting = mark.meeting
            marks.append(
                Mark(
                    place,
                    _kind(meeting, mark.again),
                    f"{in_words(meeting.day, span.over_to)}: {mark.words}",
                    meeting.day,
                    together.urls.get(meeting.entry.key, ""),
                )
            )
        for day in week.customer_days:
            kind, said = ("planned", "planned") if day > span.over_to else ("was", "at a customer together")
            days.append(Mark(place, kind, f"{in_words(day, span.over_to)}: {said}", day))
    return tuple(marks), tuple(days)


def _kind(meeting: Meeting, again: bool) -> str:
    if meeting.state == NOT_KNOWN:
        return "unknown"
    if meeting.state == NOT_HELD and again:
        return "not_held_again"
    return meeting.state


def _days_away(found: Iterable[Entry]) -> set[date]:
    days: set[date] = set()
    for one in found:
        if one.away and one.stands:
            length = round((one.ends_at - one.starts_at).total_seconds() / 86_400) if one.all_day else 1
            days |= {one.day + timedelta(days=offset) for offset in range(max(1, min(366, length)))}
    return days


def _by_category(found: Iterable[Entry], weeks: Period) -> dict[str, tuple[str, ...]]:
    ids: dict[str, list[str]] = {}
    for one in found:
        if one.minutes and one.day in weeks:
            ids.setdefault(one.category or UNKNOWN, []).append(entry_id(one))
    return {category: tuple(each) for category, each in ids.items()}


def _stopped(
    found: Sequence[Entry], span: Span, weeks: Period, reports: Mapping[str, str], away: Away
) -> tuple[StoppedRhythm, ...]:
    ids: dict[str, list[str]] = {}
    for one in found:
        if one.day <= span.over_to:
            ids.setdefault(one.uid, []).append(entry_id(one))
    return tuple(
        StoppedRhythm(
            title=one.title,
            times=one.times,
            why="fell out" if one.why == FELL_OUT_THREE_TIMES else "ended",
            last_on=one.last_on,
            managers=tuple(reports[key] for key in one.reports if key in reports),
            ids=tuple(ids.get(one.uid, ())),
        )
        for one in stopped_rhythms(found, span, weeks.first, owner="owner", away=away)
    )
