"""What changed in a room is told to its open screens: a row of the event table, in the same transaction."""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from drumbeat.meetings.live import post
from drumbeat.meetings.models import Meeting, RoomEvent

ROOMS = 0x524F4F4D  # the class of our advisory locks
EVERYTHING = "*"  # in place of a part: fetch them all
# Readers of this process (live/hub.py); each is called with the id of a meeting, from any thread.
LISTENERS: set[Callable[[int], None]] = set()


def tell(meeting: Meeting, *parts: str) -> None:
    """Say that the parts of the room's page changed; open screens are woken once that is committed.

    It is the last thing an action does: others who tell of the same meeting wait for its commit, so that a
    lower id is never seen after a higher one.
    """
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ROOMS, meeting.pk % 2**31])
    now = timezone.now()
    RoomEvent.objects.bulk_create([RoomEvent(meeting=meeting, part=part, at=now) for part in parts])
    transaction.on_commit(lambda: wake(meeting.pk))


def wake(meeting_pk: int) -> None:
    """Readers of this process look at once; those of others by Redis, or within a quarter of a second."""
    for listener in list(LISTENERS):
        listener(meeting_pk)
    post.publish(meeting_pk)
