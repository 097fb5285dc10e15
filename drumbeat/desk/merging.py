"""Rooms and calendar together: one meeting of two is never drawn twice. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.relations import AWAY, NOT_HELD, NOT_KNOWN, PLANNED, Meeting

MOVED = "moved"  # left out, with a new time: the new time stands for it
SAID = {AWAY: "away", NOT_HELD: "not held", NOT_KNOWN: "not known", PLANNED: "planned"}


@dataclass(frozen=True)
class Room:
    """A meeting of a rhythm between the leader and one report, and what became of it.

    ``state`` is a word of meetings.rules.held, ``days`` how far apart the rhythm's meetings lie, ``uid`` the
    calendar series that the rhythm was taken from, ``fixed`` that a person said what became of it.
    """

    pk: int
    day: date
    slot_day: date
    starts_at: datetime
    ends_at: datetime
    state: str
    days: float
    uid: str = ""
    url: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Merged:
    """The meetings in order of day, and the address of the room of those that have one, by their entry."""

    meetings: tuple[Meeting, ...]
    urls: dict[tuple[str, str], str]


def merged(meetings: Sequence[Meeting], rooms: Iterable[Room], report: str) -> Merged:
    """Each room joined with the calendar's meeting that it is, the rest as they are.

    A room is the calendar's meeting of its series and slot, else of its day, else of its slot's day. What the
    room knows wins; what it does not know the calendar tells.
    """
    left = list(meetings)
    made: list[Meeting] = []
    urls: dict[tuple[str, str], str] = {}
    for room in sorted(rooms, key=lambda one: (one.starts_at, one.pk)):
        same = _same(room, left)
        if same is not None:
            left.remove(same)
            one = _joined(room, same)
        elif room.state == MOVED:
            continue
        else:
            one = _alone(room, report)
        made.append(one)
        urls[one.entry.key] = room.url
    found = sorted([*left, *made], key=lambda one: (one.day, one.entry.starts_at, one.entry.uid))
    return Merged(tuple(found), urls)


def _same(room: Room, left: Sequence[Meeting]) -> Meeting | None:
    fits = [(rank, one) for one in left if (rank := _rank(room, one)) is not None]
    if not fits:
        return None
    return min(
        fits, key=lambda fit: (fit[0], abs(fit[1].entry.starts_at - room.starts_at), fit[1].entry.uid)
    )[1]


def _rank(room: Room, one: Meeting) -> int | None:
    of_series = bool(room.uid) and one.entry.uid == room.uid
    if of_series and (one.slot_day == room.slot_day or one.day == room.day):
        return 0
    if one.day == room.day:
        return 1
    return 2 if one.slot_day == room.slot_day and not room.uid else None


def _joined(room: Room, one: Meeting) -> Meeting:
    """What the two know together: the room's word, unless it knows less than the calendar."""
    weak = room.state in (MOVED, NOT_KNOWN) or (room.state == AWAY and one.counts)
    if weak and not room.fixed:
        return one
    day = room.day if room.state not in SAID or room.state == PLANNED else one.day
    return replace(
        one, day=day, slot_day=room.slot_day, state=room.state, reason=SAID.get(room.state, "held")
    )


def _alone(room: Room, report: str) -> Meeting:
    entry = Entry(
        uid=f"room {room.pk}",
        recurrence_id="",
        rule="",
        starts_at=room.starts_at,
        ends_at=room.ends_at,
        day=room.day,
        slot_day=room.slot_day,
        all_day=False,
        status="confirmed",
    )
    return Meeting(report, room.day, room.slot_day, room.state, SAID.get(room.state, "held"), entry)
