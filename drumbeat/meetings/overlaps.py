"""Meetings of one chair that are at the same time."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day as spoken_day
from drumbeat.meetings.facts import Facts
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.planned import AHEAD, zone_of
from drumbeat.meetings.rules.recurrence import days_between, moment
from drumbeat.people.models import Person


class Overlaps(Refused):
    """Two meetings of one chair at the same time; allowed once it has been asked."""


def check_rhythm(facts: Facts, chair: Person, today: date, now: datetime, without: int | None = None) -> None:
    """Raise Overlaps where a rhythm's first quarter meets another meeting that the person chairs.

    ``without`` is the id of the rhythm itself, where it is changed. One query.
    """
    zone, length = zone_of(facts.time_zone), timedelta(minutes=facts.minutes)
    begin = max(today, facts.starts_on)
    days = days_between(facts.every(), begin, min(begin + AHEAD, date.max))
    times = [(at, at + length) for at in (moment(day, facts.at, zone) for day in days) if at > now]
    if times:
        others = _chaired(chair, times[0][0], times[-1][1]).exclude(rhythm=without)
        _raise_at_first(times, list(others), zone.key)


def check_meeting(meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    """Raise Overlaps where the new time of a meeting meets another that its chair chairs. One query."""
    others = _chaired(meeting.rhythm.chair, starts_at, ends_at).exclude(pk=meeting.pk)
    _raise_at_first([(starts_at, ends_at)], list(others), meeting.rhythm.time_zone)


def _chaired(chair: Person, first: datetime, last: datetime):  # type: ignore[no-untyped-def]
    rows = Meeting.objects.filter(rhythm__chair=chair, state=Meeting.PLANNED)
    rows = rows.filter(starts_at__lt=last, ends_at__gt=first).select_related("rhythm").defer("word")
    return rows.order_by("starts_at")


def _raise_at_first(
    times: Collection[tuple[datetime, datetime]], others: Collection[Meeting], zone: str
) -> None:
    for begins, ends in times:
        for one in others:
            if one.starts_at < ends and begins < one.ends_at:
                at = one.starts_at.astimezone(zone_of(zone))
                raise Overlaps(
                    f"On {spoken_day(at)} it overlaps with “{one.rhythm.name}” at {at.hour}:{at:%M}. "
                    "Choose another time, or keep both."
                )
