"""The reader's own calendar out of what is kept of it. Nobody else's is ever shown here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from drumbeat.calendars.circles import Team
from drumbeat.calendars.queries.own import kept_of
from drumbeat.calendars.rules.entries import Entry, minutes_by_category
from drumbeat.calendars.rules.relations import Span
from drumbeat.calendars.rules.slots import Slot, free_slots
from drumbeat.core.days import is_working_day
from drumbeat.core.periods import weeks_to
from drumbeat.desk.merging import Room
from drumbeat.desk.relations import OwnCalendar, own_calendar, without_hours
from drumbeat.people.models import Leave, Person

HISTORY, AHEAD = timedelta(weeks=53), timedelta(weeks=5)
WEEKS = 13
Rooms = Mapping[str, Sequence[Room]]


@dataclass(frozen=True)
class LoadedCalendar:
    """What the reader's calendar and rooms say, with two free slots to offer.

    ``read_on`` is the day of the calendar's last reading; None where only rooms are known.
    """

    read_on: date | None
    own: OwnCalendar
    entries: tuple[Entry, ...]
    four_weeks: dict[str, int]
    slots: list[Slot]


def load_calendar(
    owner: Person, reports: Sequence[Person], team: Team, today: date, rooms: Rooms | None = None
) -> LoadedCalendar | None:
    """The owner's calendar and rooms with the given reports; None where there is neither. Three queries.

    ``team`` says for whom of the reports everyone works. Leave and holidays of either side count as away, so
    that nothing on them is missed. Today itself is not over. What came after the last reading is not known:
    waiting days and hours are counted to that day.
    """
    kept = kept_of(owner.pk, team, [str(person.pk) for person in reports], today - HISTORY, today + AHEAD)
    if kept is None or kept.calendar.read_on is None:
        return _of_rooms(owner, rooms, reports, today) if rooms else None
    off = _DaysOff(owner, reports, today)
    known_to = min(today, kept.calendar.read_on)
    yesterday = today - timedelta(days=1)
    span = Span(yesterday, min(kept.calendar.read_on, yesterday), kept.calendar.covers_from)
    return LoadedCalendar(
        read_on=kept.calendar.read_on,
        own=own_calendar(
            kept.entries,
            {str(person.pk): person.name for person in reports},
            span,
            weeks_to(known_to, WEEKS),
            this_week=today - timedelta(days=today.weekday()),
            away=off,
            on_leave=off.on_leave,
            others=kept.others,
            rooms=rooms,
        ),
        entries=kept.entries,
        four_weeks=minutes_by_category(kept.entries, known_to - timedelta(days=27), known_to),
        slots=free_slots(
            kept.entries, today, ZoneInfo(owner.time_zone), country=owner.country, region=owner.region
        ),
    )


def _of_rooms(owner: Person, rooms: Rooms, reports: Sequence[Person], today: date) -> LoadedCalendar:
    """Without a calendar: the talks that rooms know of, no hours."""
    off = _DaysOff(owner, reports, today)
    yesterday = today - timedelta(days=1)
    begins = min(min(one.day, one.slot_day) for each in rooms.values() for one in each)
    own = own_calendar(
        (),
        {str(person.pk): person.name for person in reports},
        Span(yesterday, yesterday, min(begins, today)),
        weeks_to(today, WEEKS),
        this_week=today - timedelta(days=today.weekday()),
        away=off,
        on_leave=off.on_leave,
        rooms=rooms,
    )
    return LoadedCalendar(None, without_hours(own), (), {}, [])


class _DaysOff:
    """Whether somebody (by key; the owner is ``owner``) is on leave or has a holiday. One query."""

    def __init__(self, owner: Person, reports: Sequence[Person], today: date) -> None:
        self.people = {"owner": owner, **{str(person.pk): person for person in reports}}
        self.leaves: dict[int, list[tuple[date, date]]] = {}
        rows = Leave.objects.filter(
            person__in=list(self.people.values()), ends_on__gte=today - HISTORY, starts_on__lte=today + AHEAD
        )
        for person, first, last in rows.values_list("person_id", "starts_on", "ends_on"):
            self.leaves.setdefault(person, []).append((first, last))

    def on_leave(self, key: str, day: date) -> bool:
        person = self.people.get(key)
        return person is not None and any(
            first <= day <= last for first, last in self.leaves.get(person.pk, ())
        )

    def __call__(self, key: str, day: date) -> bool:
        person = self.people.get(key)
        if person is None or not person.country:
            return self.on_leave(key, day)
        return self.on_leave(key, day) or not is_working_day(day, person.country, person.region)
