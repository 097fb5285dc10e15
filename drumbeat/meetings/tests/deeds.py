"""What tests of the room do again and again."""

from datetime import UTC, datetime
from typing import Any

from drumbeat.meetings.models import Meeting, PreWork, RoomEvent
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 9:00 in Berlin


def by(person: Person, now: datetime = NINE) -> dict[str, Any]:
    """Who does something, when."""
    return {"actor": person, "today": TODAY, "now": now}


def prework(meeting: Meeting, person: Person, text: str) -> PreWork:
    """What a person sent in for the room."""
    row = PreWork(meeting=meeting, person=person, in_at=NINE, changed_at=NINE)
    row.put(text, confidential=meeting.rhythm.confidential).save()
    return row


def told(meeting: Meeting) -> list[str]:
    """Which parts the open screens were told of, in order."""
    return list(RoomEvent.objects.filter(meeting=meeting).order_by("pk").values_list("part", flat=True))
