"""What is unfinished goes to the rhythm's next meeting, and back when a closing is taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from drumbeat.meetings.models import Meeting, Topic

UNFINISHED = (Topic.OPEN, Topic.PARKED)


@dataclass(frozen=True)
class Next:
    """The meeting that takes over."""

    pk: int
    day: date


def next_of(meetings: Collection[Meeting], now: datetime) -> dict[int, Next]:
    """By each meeting's id the rhythm's next planned one that is not over, where there is one. One query."""
    following = Meeting.objects.filter(
        rhythm=OuterRef("rhythm"),
        state=Meeting.PLANNED,
        starts_at__gt=OuterRef("starts_at"),
        ends_at__gt=now,
    ).order_by("starts_at", "pk")
    rows = Meeting.objects.filter(pk__in=[one.pk for one in meetings]).annotate(
        next_pk=Subquery(following.values("pk")[:1]), next_day=Subquery(following.values("day")[:1])
    )
    return {
        pk: Next(next_pk, day)
        for pk, next_pk, day in rows.values_list("pk", "next_pk", "next_day")
        if next_pk is not None
    }


def carry(to: dict[int, Next]) -> int:
    """Move what is open or parked at the meetings to those that take over; gives back how much that was."""
    found = list(Topic.objects.filter(meeting__in=list(to), state__in=UNFINISHED).defer("plain", "sealed"))
    for topic in found:
        topic.meeting_id = to[topic.meeting_id].pk
        topic.carried += 1
    Topic.objects.bulk_update(found, ["meeting", "carried"], batch_size=500)
    return len(found)


def carry_back(meeting: Meeting) -> None:
    """What the closing of the meeting carried on comes back to it."""
    if meeting.closed_at is None:
        return
    to = next_of([meeting], meeting.closed_at).get(meeting.pk)
    if to is None:
        return
    found = list(
        Topic.objects.filter(
            meeting=to.pk,
            carried__gt=0,
            made_at__lte=meeting.closed_at,
            first__starts_at__lte=meeting.starts_at,
        ).defer("plain", "sealed")
    )
    for topic in found:
        topic.meeting_id = meeting.pk
        topic.carried -= 1
    Topic.objects.bulk_update(found, ["meeting", "carried"], batch_size=500)
