"""Before a meeting: how far its pre-work is, for lists; no text is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from drumbeat.meetings.models import Meeting, PreWork, Seat
from drumbeat.people.models import Person

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class State:
    """How far the pre-work of a meeting is. ``asked`` leaves out who is excused, unless it came in anyway."""

    came_in: int = 0
    asked: int = 0
    excused: int = 0

    @property
    def words(self) -> str:
        """``2 of 3 in, 1 excused``; empty where nothing is asked."""
        if not self.asked and not self.excused:
            return ""
        if not self.asked:
            return "excused" if self.excused == 1 else "all excused"
        told = "all in" if self.came_in == self.asked > 1 else f"{self.came_in} of {self.asked} in"
        if self.asked == 1:
            told = "in" if self.came_in else "not in yet"
        return f"{told}, {self.excused} excused" if self.excused else told


def prework_state(meetings: Iterable[Meeting]) -> dict[int, State]:
    """The state of every meeting given, by its id; one statement."""
    pks = [meeting.pk for meeting in meetings]
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    seats = _asked().filter(meeting_id__in=pks).values_list("meeting_id", "excused", "came_in")
    for meeting, excused, came_in in seats:
        row = counted[meeting]
        row[0] += came_in
        row[1] += came_in or not excused
        row[2] += excused and not came_in
    return {pk: State(*counted[pk]) if pk in counted else State() for pk in pks}


@dataclass(frozen=True)
class Missing:
    """A coming meeting whose pre-work was due and is not in, and of whom (who is excused is left out)."""

    meeting: Meeting
    people: tuple[Person, ...]
    due_at: datetime


def prework_missing(leader: Person, now: datetime) -> list[Missing]:
    """Meetings of the next seven days that the leader chairs and whose pre-work is overdue, soonest first.

    What the leader owes as well is not in it: see ``prework_owed``.
    """
    found: dict[int, list[Seat]] = defaultdict(list)
    for seat in _overdue(now).filter(meeting__rhythm__chair=leader).exclude(person=leader):
        found[seat.meeting_id].append(seat)
    return [
        Missing(seats[0].meeting, tuple(seat.person for seat in seats), _due(seats[0]))
        for seats in found.values()
    ]


def prework_owed(person: Person, now: datetime) -> list[Missing]:
    """Meetings of the next seven days for which the person's own pre-work is not in, soonest first."""
    seats = _open(now).filter(person=person)
    return [Missing(seat.meeting, (seat.person,), _due(seat)) for seat in seats]


def _due(seat: Seat) -> datetime:
    assert seat.prework_due_at is not None  # only seats that are asked are looked at
    return seat.prework_due_at


def _asked() -> QuerySet[Any]:
    sent = PreWork.objects.filter(meeting_id=OuterRef("meeting_id"), person_id=OuterRef("person_id"))
    return Seat.objects.filter(prework_due_at__isnull=False).annotate(came_in=Exists(sent))


def _open(now: datetime) -> QuerySet[Any]:
    return (
        _asked()
        .filter(meeting__state=Meeting.PLANNED, meeting__starts_at__range=(now, now + AHEAD))
        .filter(came_in=False, excused=False)
        .select_related("meeting__rhythm", "person")
        .defer("excused_word", "meeting__word", "meeting__rhythm__join_link", "meeting__rhythm__dial_in")
        .order_by("meeting__starts_at", "meeting_id", "person__name_key")
    )


def _overdue(now: datetime) -> QuerySet[Any]:
    return _open(now).filter(prework_due_at__lte=now)
