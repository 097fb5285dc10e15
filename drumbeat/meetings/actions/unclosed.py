"""A meeting that nobody closed closes by itself: without blame, and without making it held."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from drumbeat.core.encrypted import KeyMissing, KeyWrong
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.carrying import Next, carry, next_of
from drumbeat.meetings.models import Meeting, Minutes, Seat
from drumbeat.meetings.queries.minutes import has_matter, minutes_of
from drumbeat.meetings.rules.closing import ended_at


@action("meeting.close_by_itself")
def close_unclosed(*, actor: Actor, today: date, now: datetime, meetings: Sequence[Meeting]) -> int:
    """Close those of the meetings that still stand open; gives back how many those were.

    What is unfinished goes on to the rhythm's next meeting. Minutes are written where anything was; a
    sealed room whose key is lost closes without them. Takes what ``meetings.unclosed.due`` gives.
    """
    open_still = list(
        Meeting.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in meetings], state=Meeting.PLANNED)
        .select_related("rhythm__chair")
    )
    if not open_still:
        unchanged()
        return 0
    last_seen = Seat.objects.filter(meeting__in=open_still).values_list("meeting_id").annotate(Max("seen_at"))
    seen: dict[int, datetime | None] = dict(last_seen)
    for one in open_still:
        one.state, one.closed_at = Meeting.CLOSED, now
        one.ended_at = ended_at(now, one.ends_at, seen.get(one.pk))
        one.running, one.running_since, one.turn_id = "", None, None
        note(one)
    fields = ["state", "closed_at", "ended_at", "running", "running_since", "turn"]
    Meeting.objects.bulk_update(open_still, fields, batch_size=500)
    to = next_of(open_still, now)
    written = has_matter(open_still)
    minutes = [_minutes(one, to, now) for one in open_still if one.pk in written]
    Minutes.objects.bulk_create([one for one in minutes if one is not None])
    carry(to)
    return len(open_still)


def _minutes(meeting: Meeting, to: dict[int, Next], now: datetime) -> Minutes | None:
    try:
        made = minutes_of(meeting, to.get(meeting.pk))
    except (KeyMissing, KeyWrong):
        return None
    made.written_at = now
    return made
