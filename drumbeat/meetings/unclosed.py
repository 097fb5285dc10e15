"""The clock's part in closing: which meetings nobody closed, and closing them some at a time."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from drumbeat.journal.record import SYSTEM
from drumbeat.meetings.actions.unclosed import close_unclosed
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.rules.closing import BY_ITSELF, closes_by_itself_after

AT_ONCE = 500


def close_all() -> None:
    """Close what nobody closed in three working days. Called by the clock, which has no day of its own."""
    now = timezone.now()
    today = timezone.localdate(now)
    while found := due(today, now):
        close_unclosed(actor=SYSTEM, today=today, now=now, meetings=found)


def due(today: date, now: datetime) -> list[Meeting]:
    """The meetings whose three working days, in the chair's country, are over; the oldest first.

    At most AT_ONCE; of those that wait for a holiday, as many as there are are passed over.
    """
    found: list[Meeting] = []
    rows = (
        Meeting.objects.filter(state=Meeting.PLANNED, ends_at__lt=now - timedelta(days=BY_ITSELF))
        .select_related("rhythm__chair")
        .defer("word", "rhythm__join_link", "rhythm__dial_in")
        .order_by("ends_at", "pk")
    )
    for one in rows.iterator(chunk_size=AT_ONCE):
        chair = one.rhythm.chair
        if closes_by_itself_after(one.day, chair.country, chair.region) < today:
            found.append(one)
        if len(found) == AT_ONCE:
            break
    return found
