"""A leader's relation to each direct report, out of the leader's calendar: for This week, a person, mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from drumbeat.calendars.circles import Team, team_of
from drumbeat.calendars.models import Calendar, Event
from drumbeat.calendars.queries.entries import entries_of
from drumbeat.calendars.rules.beat import AHEAD, BACK, Week, beat
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.relations import (
    Meeting,
    Span,
    customer_days,
    minutes_together,
    one_to_ones,
    usual_days,
)
from drumbeat.calendars.rules.rhythms import Stopped, stopped_rhythms
from drumbeat.core.days import is_working_day
from drumbeat.people.models import Leave, Person

HISTORY, FUTURE = timedelta(days=400), timedelta(weeks=AHEAD + 1)


@dataclass(frozen=True)
class Relations:
    """What a leader's calendar says as of a day. Keys are ids of persons as text.

    ``calendar`` is None where none was read: then everything is unknown and all is empty. ``span`` says
    which days are over and read. No title is in it.
    """

    calendar: Calendar | None
    span: Span
    team: Team
    found: tuple[Entry, ...] = ()
    meetings: Mapping[str, tuple[Meeting, ...]] = field(default_factory=dict)
    at_customers: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    stopped: tuple[Stopped, ...] = ()
    leaves: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)

    def beat_of(self, report: str, this_week: date) -> tuple[Week, ...]:
        """The beat with one report; ``this_week`` is the Monday after the line."""
        return beat(self.meetings.get(report, ()), self.at_customers.get(report, ()), self.span, this_week)

    def minutes_with(self, first: date, last: date) -> dict[str, int]:
        """Minutes together on the days from first to last, by report; a report without any has 0."""
        found = minutes_together(self.found, first, last)
        return {report: found.get(report, 0) for report in self.team.reports}

    def usual_days_of(self, report: str) -> float | None:
        """The usual days between two one-to-ones with the report."""
        return usual_days(one for one in self.found if one.one_to_one_with == report)


def relations_of(leader: Person, today: date) -> Relations:
    """Everything about the leader's reports that the leader's calendar says, whatever its length, in ten
    queries.

    Today itself is not over. Leave and holidays of both sides count as away.
    """
    team = team_of(leader.pk, today)
    yesterday = today - timedelta(days=1)
    calendar = Calendar.objects.filter(owner=leader).first()
    if calendar is None or calendar.read_on is None:
        return Relations(None, Span(yesterday, yesterday), team)
    span = Span(yesterday, min(calendar.read_on, today), calendar.covers_from)
    first = today - HISTORY
    found = entries_of(calendar, first, today + FUTURE, today, team=team)
    days_off = _DaysOff(leader, team, first, today + FUTURE)
    own = str(leader.pk)
    return Relations(
        calendar=calendar,
        span=span,
        team=team,
        found=found,
        meetings=one_to_ones(found, span, away=days_off, owner=own, others=_declined_by(team, found)),
        at_customers=customer_days(found, span),
        stopped=stopped_rhythms(found, span, today - timedelta(weeks=BACK), away=days_off, owner=own),
        leaves=days_off.leaves,
    )


class _DaysOff:
    """Whether a person is on leave or has a free day; weekends count as free."""

    def __init__(self, leader: Person, team: Team, first: date, last: date) -> None:
        ids = [leader.pk, *(int(key) for key in team.reports)]
        self.places = {
            str(pk): (country, region)
            for pk, country, region in Person.objects.filter(pk__in=ids).values_list(
                "pk", "country", "region"
            )
        }
        leaves: dict[str, list[tuple[date, date]]] = {}
        rows = Leave.objects.filter(person_id__in=ids, ends_on__gte=first, starts_on__lte=last)
        for person, starts, ends in rows.values_list("person_id", "starts_on", "ends_on"):
            leaves.setdefault(str(person), []).append((starts, ends))
        self.leaves = {person: tuple(spans) for person, spans in leaves.items()}

    def __call__(self, key: str, day: date) -> bool:
        if any(starts <= day <= ends for starts, ends in self.leaves.get(key, ())):
            return True
        country, region = self.places.get(key, ("", ""))
        return bool(country) and not is_working_day(day, country, region)


def _declined_by(team: Team, found: tuple[Entry, ...]) -> dict[str, list[Entry]]:
    """What the reports' own calendars say of the same meetings: only that they fell out there."""
    wanted = {one.key: one for one in found if one.one_to_one_with is not None}
    gone = Event.objects.filter(
        calendar__owner_id__in=[int(key) for key in team.reports],
        status__in=[Event.CANCELLED, Event.DECLINED, Event.FELL_OUT],
        uid__in={uid for uid, _ in wanted},
    ).values_list("calendar__owner_id", "uid", "recurrence_id", "status")
    theirs: dict[str, list[Entry]] = {}
    for owner, uid, recurrence_id, status in gone:
        mine = wanted.get((uid, recurrence_id))
        if mine is not None and mine.one_to_one_with == str(owner):
            theirs.setdefault(str(owner), []).append(replace(mine, status=status))
    return theirs
