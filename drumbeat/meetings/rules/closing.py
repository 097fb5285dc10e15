"""What is still asked before a meeting closes, of whom, and what becomes of its times. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drumbeat.core.days import add_working_days
from drumbeat.meetings.rules.agenda import EACH, MUST_WIN

BY_ITSELF = 3  # working days after its day, in the chair's country
UNDONE_FOR = timedelta(hours=12)
ALONE = timedelta(minutes=15)
WORTH = {3: "yes", 2: "partly", 1: "no"}
ONE_WORD = ("clear", "useful", "lively", "rushed", "too long", "unclear")


@dataclass(frozen=True)
class Sitter:
    """One person at a meeting as its closing sees it; ``promises`` are the dated ones that he or she owes
    out of it. ``spoke`` and ``must_win``: said something, gave a must-win in the round."""

    person: int
    chairs: bool = False
    came: bool = False
    absent: bool = False
    spoke: bool = False
    nothing: bool = False
    promises: int = 0
    must_win: bool = False

    @property
    def gave(self) -> bool:
        """Whether anything of this person stands in the meeting, and so the person was there."""
        return self.came or self.spoke or self.must_win or self.promises > 0


def present(sitters: Collection[Sitter]) -> tuple[Sitter, ...]:
    """Who counts as present: in a room that two or more entered, those; else all not said to be absent.

    With one screen open, or none, the room cannot know: a talk of two often has one screen on the table,
    and one in the car has none. Nobody is absent just because of that.
    """
    there = [one for one in sitters if not one.absent]
    if sum(one.came for one in there) >= 2:
        there = [one for one in there if one.gave or one.chairs]
    return tuple(there)


def still_asked(demands: str, sitters: Collection[Sitter]) -> tuple[Sitter, ...]:
    """Of whom a word is still asked: a dated promise, or in a huddle the must-win, or "nothing from …".

    The chair of a huddle gives no must-win: the round is the managers'. Absent people are never asked.
    """
    if demands == EACH:
        return tuple(one for one in present(sitters) if not one.promises and not one.nothing)
    if demands == MUST_WIN:
        return tuple(
            one for one in present(sitters) if not (one.chairs or one.must_win or one.promises or one.nothing)
        )
    return ()


def closes_by_itself_after(day: date, country: str, region: str) -> date:
    """The last day on which somebody may still close it; from the next on it has closed by itself."""
    return add_working_days(day, BY_ITSELF, country, region)


def ended_at(now: datetime, ends_at: datetime, last_seen: datetime | None) -> datetime | None:
    """When a meeting that is closed now ended: now, while somebody is in the room or its time has just run.

    Closed later, it ended when the last one was seen; where nobody was, that is not known.
    """
    if last_seen is not None and now - last_seen > ALONE:
        return last_seen
    if last_seen is None and now - ends_at > ALONE:
        return None
    return now
