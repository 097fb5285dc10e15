"""Rhythms and meetings for tests of any app, as the library's templates say, in the chair's zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.models import Meeting, Rhythm, Seat
from drumbeat.meetings.rules.agenda import from_library
from drumbeat.meetings.rules.prework import due_at
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY


def rhythm(
    chair: Person, people: Iterable[Person] = (), template: str = "one_to_one", **values: Any
) -> Rhythm:
    """A weekly rhythm from TODAY on, at 9:00; ``values`` are fields of Rhythm. No meetings are planned."""
    row = meeting_templates()[template]
    fields: dict[str, Any] = {
        "name": row["name"],
        "confidential": row["confidential"],
        "frequency": Rhythm.WEEKLY,
        "weekday": TODAY.weekday(),
        "starts_on": TODAY,
        "at": time(9),
        "time_zone": chair.time_zone,
        "minutes": row["duration_min"],
    }
    made = Rhythm.objects.create(template=template, chair=chair, **{**fields, **values})
    made.people.set(people)
    return made


def meeting(of: Rhythm, day: date = TODAY, at: str = "09:00", **values: Any) -> Meeting:
    """A meeting of a rhythm on a local day, with a seat for the chair and each of its people.

    Pre-work is due as the template says; ``values`` are fields of Meeting.
    """
    starts_at = datetime.combine(day, time.fromisoformat(at), ZoneInfo(of.time_zone)).astimezone(UTC)
    fields: dict[str, Any] = {
        "slot_day": day,
        "day": day,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=of.minutes),
    }
    made = Meeting.objects.create(rhythm=of, **{**fields, **values})
    body = from_library(meeting_templates()[of.template])
    place = {"country": of.chair.country, "region": of.chair.region, "zone": of.time_zone}
    due = due_at(day, body.prework_days, body.prework_at, **place)
    Seat.objects.create(meeting=made, person=of.chair, chairs=True)
    Seat.objects.bulk_create(Seat(meeting=made, person=one, prework_due_at=due) for one in of.people.all())
    return made
