"""What became of a meeting: one word from what is known about it. Pure.

Held: somebody closed it, or two people were in its room. Took place by the calendar: its time is over, it
still stood in a calendar that was read, and neither side declined. Not held: it fell out without a new time
in the interval, or one of the two says so. Not known is none of these, and counts nowhere.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from drumbeat.calendars.rules.relations import AWAY, HELD, NOT_HELD, NOT_KNOWN, PLANNED, TOOK_PLACE

MOVED = "moved"
STATES = (HELD, TOOK_PLACE, NOT_HELD, NOT_KNOWN, PLANNED, AWAY, MOVED)
COUNTS = frozenset({HELD, TOOK_PLACE})
WORDS = {
    HELD: "held",
    TOOK_PLACE: "took place by the calendar",
    NOT_HELD: "not held",
    NOT_KNOWN: "not known",
    PLANNED: "planned",
    AWAY: "away",
    MOVED: "left out, with a new time",
}
DAYS = {"weekly": 7, "two_weeks": 14, "monthly": 31, "quarterly": 92}


@dataclass(frozen=True)
class Facts:
    """What is known of a meeting.

    ``corrected`` is held, not_held or empty; ``closed`` that a person closed it (by itself it does not
    count); ``stood`` that it stood in a calendar that was read after it was over; ``fell`` that it was
    cancelled, declined or deleted there; ``new_time`` that it has another time within the interval.
    """

    over: bool = False
    corrected: str = ""
    closed: bool = False
    two_in_room: bool = False
    left_out: bool = False
    away: bool = False
    stood: bool = False
    fell: bool = False
    new_time: bool = False


def state_of(facts: Facts) -> str:
    """One of STATES. What a person says wins over the room, the room over the calendar."""
    if facts.corrected:
        return HELD if facts.corrected == HELD else NOT_HELD
    if facts.closed or facts.two_in_room:
        return HELD
    if facts.left_out:
        return MOVED if facts.new_time else NOT_HELD
    if facts.away:
        return AWAY
    if not facts.over:
        return PLANNED
    if facts.stood:
        return TOOK_PLACE
    if facts.fell:
        return MOVED if facts.new_time else NOT_HELD
    return NOT_KNOWN


@dataclass(frozen=True)
class Entry:
    """One event of a calendar, of two colleagues or more: where it stands, and who is in it.

    ``day`` is where it lies now, ``slot_day`` where its series had it. ``read`` says that its calendar was
    read after it was over; ``others`` that somebody unknown is in it too.
    """

    uid: str
    day: date
    slot_day: date
    stands: bool
    read: bool
    people: frozenset[int]
    declined: frozenset[int] = frozenset()
    others: bool = False
    single: bool = False


@dataclass(frozen=True)
class Known:
    """What a calendar is looked through for: a meeting's slot, day, people and series."""

    slot_day: date
    day: date
    chair: int
    people: frozenset[int]
    uid: str = ""
    interval: int = 14


def by_calendar(known: Known, entries: Collection[Entry], taken: Collection[date] = ()) -> Facts:
    """What the calendars say of a meeting: ``stood``, ``fell`` and ``new_time``, all else as unknown.

    An entry is the meeting's where it is of the rhythm's series and slot, or a talk of the same two on that
    day. Where both sides' calendars have it, a no of one side is a no. ``taken`` are the days of the
    rhythm's other meetings: what lies there is no new time of this one.
    """
    copies: defaultdict[tuple[str, date], list[Entry]] = defaultdict(list)
    for one in entries:
        if _is_of(known, one):
            copies[one.uid, one.slot_day].append(one)
    standing = [
        each for each in copies.values() if all(one.stands and not _said_no(known, one) for one in each)
    ]
    new_time = any(
        one.single
        and one.stands
        and one.day not in {*taken, known.day}
        and abs((one.day - known.slot_day).days) < known.interval
        and _two(known, one)
        for one in entries
    )
    stood = any(one.read for each in standing for one in each)
    fell = bool(copies) and not standing
    return Facts(stood=stood, fell=fell, new_time=new_time)


def _is_of(known: Known, one: Entry) -> bool:
    if known.uid and one.uid == known.uid:
        return known.slot_day in (one.day, one.slot_day) or known.day == one.day
    return one.day == known.day and _two(known, one)


def _two(known: Known, one: Entry) -> bool:
    """Whether the meeting is one of two people, and the entry is of the same two and nobody else."""
    return len(known.people) == 2 and one.people == known.people and not one.others


def _said_no(known: Known, one: Entry) -> bool:
    """Either side: the chair, or everybody else."""
    rest = known.people - {known.chair}
    return known.chair in one.declined or (bool(rest) and rest <= one.declined)
