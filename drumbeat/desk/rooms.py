"""The reader's own meetings: who has a seat, what became of them, how far their pre-work is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from drumbeat.desk.merging import Room
from drumbeat.meetings.models import Meeting, PreWork, Seat
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.rules.held import DAYS
from drumbeat.meetings.rules.planning import OF_TWO
from drumbeat.people.models import Person

# Texts of a meeting and its rhythm: sealed, and shown on neither This week nor a person's page.
TEXTS = ("word", "rhythm__join_link", "rhythm__dial_in")


@dataclass(frozen=True)
class Sitting:
    """One meeting with everybody's seat at it, and since when each one's pre-work is in."""

    meeting: Meeting
    seats: tuple[Seat, ...]
    came_in: Mapping[int, datetime]

    def other(self, me: int) -> int | None:
        """The one other person there; None in a larger company."""
        others = [seat.person_id for seat in self.seats if seat.person_id != me]
        return others[0] if len(others) == 1 and len(self.seats) == 2 else None

    def in_time(self, person: int) -> bool | None:
        """Whether the person's pre-work was in by its time; None where none was asked, or with a word."""
        seat = next((one for one in self.seats if one.person_id == person), None)
        if seat is None or seat.prework_due_at is None or seat.excused or seat.absent:
            return None
        came = self.came_in.get(person)
        return came is not None and came <= seat.prework_due_at


def sittings_of(person: Person, first: date, last: date, other: int | None = None) -> list[Sitting]:
    """Every meeting of those days at which the person has a seat (``other`` too), in order of time.

    Three queries; with ``other`` two, since of a talk of two nobody asks for its pre-work there.
    """
    mine = Seat.objects.filter(person=person, meeting__day__range=(first, last)).values("meeting_id")
    if other is not None:
        mine = mine.filter(meeting__in=Seat.objects.filter(person=other).values("meeting_id"))
    meetings = list(
        Meeting.objects.filter(pk__in=mine).select_related("rhythm").defer(*TEXTS).order_by("starts_at", "pk")
    )
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(meeting__in=mine).defer("excused_word").order_by("pk"):
        seats[seat.meeting_id].append(seat)
    came: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
    sent = PreWork.objects.filter(meeting__in=mine).values_list("meeting_id", "person_id", "in_at")
    for meeting, who, at in sent if other is None else ():
        came[meeting][who] = at
    return [Sitting(one, tuple(seats[one.pk]), came[one.pk]) for one in meetings]


def rooms_with(
    me: int, others: Collection[int], sittings: Iterable[Sitting], now: datetime
) -> dict[str, list[Room]]:
    """The talks of two, by the other one's key, with what became of each. Three queries at most.

    A plan review is no one-to-one, even where only two come to it.
    """
    pairs = [(one.other(me), one.meeting) for one in sittings if one.meeting.rhythm.template in OF_TWO]
    found = [(other, meeting) for other, meeting in pairs if other is not None and other in others]
    states = states_of([meeting for _, meeting in found], now)
    rooms: defaultdict[str, list[Room]] = defaultdict(list)
    for other, meeting in found:
        rooms[str(other)].append(_room(meeting, states[meeting.pk]))
    return dict(rooms)


def _room(meeting: Meeting, state: str) -> Room:
    return Room(
        pk=meeting.pk,
        day=meeting.day,
        slot_day=meeting.slot_day,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state=state,
        days=float(DAYS[meeting.rhythm.frequency]),
        uid=meeting.rhythm.source_uid,
        url=reverse("meetings:room", args=[meeting.pk]),
        fixed=bool(meeting.correction),
    )
