"""Who is in the room: ``Seat.seen_at``, kept fresh while a screen is open. It is no deed and has no line."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from drumbeat.meetings.models import Meeting, Seat
from drumbeat.meetings.telling import tell

BEAT = timedelta(seconds=20)  # between two of an open screen
AWAY = timedelta(seconds=60)  # without one: no longer here


def arrive(meeting: Meeting, person_pk: int, now: datetime) -> None:
    """Somebody's screen opened; the others are told where the person was not here a moment ago."""
    seat = Seat.objects.filter(meeting=meeting, person_id=person_pk)
    with transaction.atomic():
        if seat.filter(Q(seen_at=None) | Q(seen_at__lt=now - AWAY) | Q(seen_at__gt=now + AWAY)).update(
            seen_at=now
        ):
            tell(meeting, "people")


def beat(meeting_pk: int, people: Iterable[int], now: datetime) -> None:
    """These people's screens are still open."""
    Seat.objects.filter(meeting_id=meeting_pk, person_id__in=list(people)).update(seen_at=now)


def leave(meeting: Meeting) -> None:
    """Somebody has been away for so long that the others should see it."""
    with transaction.atomic():
        tell(meeting, "people")
