"""The reader's own calendar out of what is kept of it. Nobody else's is ever read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from drumbeat.calendars.queries import entries_of
from drumbeat.calendars.rules.entries import Entry, minutes_by_category
from drumbeat.calendars.rules.relations import Span
from drumbeat.calendars.rules.slots import Slot, free_slots
from drumbeat.core.days import is_working_day
from drumbeat.core.periods import weeks_to
from drumbeat.desk.relations import OwnCalendar, own_calendar
from drumbeat.people.models import Leave, Person

HISTORY, AHEAD = timedelta(weeks=53), timedelta(weeks=5)
WEEKS = 13


@dataclass(frozen=True)
class LoadedCalendar:
    """What the reader's calendar says as of a day, with two free slots to offer."""

    own: OwnCalendar
    entries: tuple[Entry, ...]
    four_weeks: dict[str, int]
    slots: list[Slot]


def load_calendar(owner: Person, reports: Mapping[str, str], today: date) -> LoadedCalendar | None:
    """The owner's calendar with the given reports (key → name); None where none was brought in.

    Days of leave and, for the owner, holidays count as away, so that nothing on them is missed.
    """
    kept = entries_of(owner, today - HISTORY, today + AHEAD)
    if kept is None:
        return None
    leaves = _leaves([owner.pk, *(int(key) for key in reports)], today)

    def away(key: str, day: date) -> bool:
        pk = owner.pk if key == "owner" else int(key)
        if any(first <= day <= last for first, last in leaves.get(pk, ())):
            return True
        return key == "owner" and day.weekday() < 5 and not is_working_day(day, owner.country, owner.region)

    span = Span(over_to=today - timedelta(days=1), read_to=kept.read_to, covers_from=kept.covers_from)
    monday = today - timedelta(days=today.weekday())
    return LoadedCalendar(
        own=own_calendar(kept.entries, reports, span, weeks_to(today, WEEKS), this_week=monday, away=away),
        entries=kept.entries,
        four_weeks=minutes_by_category(kept.entries, today - timedelta(days=27), today),
        slots=free_slots(
            kept.entries, today, ZoneInfo(owner.time_zone), country=owner.country, region=owner.region
        ),
    )


def _leaves(people: list[int], today: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    rows = Leave.objects.filter(
        person_id__in=people, ends_on__gte=today - HISTORY, starts_on__lte=today + AHEAD
    )
    for person, first, last in rows.values_list("person_id", "starts_on", "ends_on"):
        found.setdefault(person, []).append((first, last))
    return found
