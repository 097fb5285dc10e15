"""How good a rhythm's meetings are, each part compared with the rhythm's own past only. Pure.

A part of one meeting is a share from 0 to 1; None where it is not known, which counts nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from drumbeat.meetings.rules.agenda import EACH, MUST_WIN
from drumbeat.meetings.rules.closing import Sitter, present
from drumbeat.meetings.rules.held import AWAY, COUNTS, MOVED, NOT_HELD, NOT_KNOWN, PLANNED

SHOWN = 8  # held meetings
ON_TIME = timedelta(minutes=5)
HALF = SHOWN // 2
AT_LEAST = 2  # known ones on each side of a comparison
APART = 0.15  # shares that differ by less are the same
LAST, MOST_OF = 4, 3  # of the last four, three
PARTLY = 0.5  # what "partly" worth the time is as a share
BETTER, LESS, SAME, BEGINNING = "better than before", "less than before", "as before", "too early to compare"


@dataclass(frozen=True)
class Kept:
    """One held meeting as its quality sees it.

    ``prework``: of each person asked and not excused, whether it was in on time. ``worth``: what each
    thought, 1 no, 2 partly, 3 yes.
    """

    starts_at: datetime
    ends_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    prework: tuple[bool, ...] = ()
    sitters: tuple[Sitter, ...] = ()
    worth: tuple[int, ...] = ()
    demands: str = EACH


@dataclass(frozen=True)
class Part:
    """One part over the last held meetings, oldest first, and how the later half stands to the earlier."""

    name: str
    values: tuple[float | None, ...]

    @property
    def mean(self) -> float | None:
        """The mean of those known of the later half."""
        known = _known(self.values[-HALF:])
        return fmean(known) if known else None

    @property
    def trend(self) -> str:
        """The later half against the earlier one, in words."""
        before, later = _known(self.values[:-HALF]), _known(self.values[-HALF:])
        if len(before) < AT_LEAST or len(later) < AT_LEAST:
            return BEGINNING
        step = fmean(later) - fmean(before)
        if abs(step) < APART:
            return SAME
        return BETTER if step > 0 else LESS


def started_on_time(one: Kept) -> float | None:
    """Whether a second person was in the room within five minutes of the time."""
    return None if one.started_at is None else float(one.started_at <= one.starts_at + ON_TIME)


def ended_on_time(one: Kept) -> float | None:
    """Whether it ended no later than five minutes after its time."""
    return None if one.ended_at is None else float(one.ended_at <= one.ends_at + ON_TIME)


def prework_in_time(one: Kept) -> float | None:
    """The part of those asked whose pre-work was in when it was due."""
    return fmean(one.prework) if one.prework else None


def all_spoke(one: Kept) -> float | None:
    """The part of those present who had the word; not known where no round was made."""
    there = present(one.sitters)
    return fmean(each.spoke for each in there) if any(each.spoke for each in there) else None


def left_with_something(one: Kept) -> float | None:
    """The part of those present who left with a promise, or a must-win where that is what goes out; not
    known where nothing has to go out. The chair of a huddle gives none."""
    there = present(one.sitters)
    if one.demands == MUST_WIN:
        there = tuple(each for each in there if not each.chairs)
    if one.demands not in (EACH, MUST_WIN) or not there:
        return None
    return fmean(each.promises > 0 or (one.demands == MUST_WIN and each.must_win) for each in there)


def worth_the_time(one: Kept) -> float | None:
    """What those who said so thought: 0 no, 0.5 partly, 1 yes."""
    return (fmean(one.worth) - 1) / 2 if one.worth else None


PARTS = (
    ("Started on time", started_on_time),
    ("Ended on time", ended_on_time),
    ("Pre-work in time", prework_in_time),
    ("All spoke", all_spoke),
    ("Everyone left with something", left_with_something),
    ("Worth the time", worth_the_time),
)


def parts_of(held: Sequence[Kept]) -> tuple[Part, ...]:
    """The parts over the last eight of the held meetings (oldest first); those never known are left out."""
    last = held[-SHOWN:]
    parts = (Part(name, tuple(share(one) for one in last)) for name, share in PARTS)
    return tuple(part for part in parts if _known(part.values))


def lost_its_use(held: Sequence[Kept], states: Sequence[str]) -> str:
    """Why a rhythm is proposed for change or end, in one sentence; empty where it is not.

    ``held`` and ``states`` are oldest first; the states are of every meeting that was due, held or not.
    """
    due = [one for one in states if one not in (AWAY, MOVED, PLANNED, NOT_KNOWN)][-LAST:]
    missed = due.count(NOT_HELD)
    if len(due) == LAST and missed >= MOST_OF:
        return (
            f"{'None' if missed == LAST else 'Only one'} of the last four was held: "
            "meet less often, at another time, or end it."
        )
    if not COUNTS & set(due):
        return ""
    worth = _known([worth_the_time(one) for one in held[-LAST:]])
    if len(worth) >= MOST_OF and fmean(worth) < PARTLY:
        return "The last meetings were hardly worth the time, say those who were there: change it or end it."
    left = _known([left_with_something(one) for one in held[-LAST:]])
    if len(left) == LAST and not any(left):
        return "Nobody left the last four with anything: change what it is for, or end it."
    return ""


def _known(values: Sequence[float | None]) -> list[float]:
    return [one for one in values if one is not None]
