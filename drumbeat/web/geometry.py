"""Where the marks of a beat and a bullet stand. Pure; the drawing is in the components.

A beat is drawn in its own units: eighteen weeks of twenty and a breath around the line; week 0 is the oldest
of the thirteen behind the line, week 13 the first one after it ("this week").
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

WEEKS_BACK = 13
WEEKS_AHEAD = 5
WEEKS = WEEKS_BACK + WEEKS_AHEAD
STEP = 20
BREATH = 8
WIDTH = WEEKS * STEP + BREATH
HEIGHT = 58
LINE = WEEKS_BACK * STEP + BREATH // 2
MARK_Y = 23
DAY_Y = 46

WORDS = {
    "held": "held",
    "took_place": "took place by the calendar",
    "not_held": "not held",
    "not_held_again": "not held again",
    "unknown": "not known",
    "planned": "planned",
    "away": "away",
    "moved": "held on another day",
}
DAY_WORDS = {"was": "at a customer together", "planned": "at a customer together, planned"}
_TOOK_PLACE = ("held", "took_place", "moved")
_NOT_HELD = ("not_held", "not_held_again")


class NotAMark(ValueError):
    """A mark outside the eighteen weeks, or of a kind that the beat does not draw."""


class Placed(NamedTuple):
    """One mark where it stands: the middle of its shape, its kind, what it says, and where it leads."""

    x: int
    y: int
    kind: str
    label: str
    url: str
    tip_x: int
    tip_anchor: str


def value(thing: Any, name: str, default: Any = None) -> Any:
    """A field of a mapping or an attribute of an object, whichever was given."""
    if isinstance(thing, dict):
        return thing.get(name, default)
    return getattr(thing, name, default)


def centre(week: int) -> int:
    """The middle of a week, 0 to 17.

    Raises NotAMark outside.
    """
    if not 0 <= week < WEEKS:
        raise NotAMark(f"A beat has weeks 0 to {WEEKS - 1}, not {week}.")
    return week * STEP + STEP // 2 + (BREATH if week >= WEEKS_BACK else 0)


def place(marks: Iterable[Any], *, days: bool = False) -> list[Placed]:
    """The marks of one line where they stand, oldest first; with ``days`` the triangles below.

    Raises NotAMark for a week outside the beat or an unknown kind.
    """
    words = DAY_WORDS if days else WORDS
    placed = []
    for mark in sorted(marks, key=lambda one: int(value(one, "week"))):
        kind = value(mark, "kind")
        if kind not in words:
            raise NotAMark(f"A beat draws {', '.join(words)}, not “{kind}”.")
        x = centre(int(value(mark, "week")))
        # A hint near an edge grows inwards, so that it is never cut.
        anchor, at = ("start", 0) if x < 90 else ("end", WIDTH) if x > WIDTH - 90 else ("middle", x)
        label = value(mark, "label") or words[kind]
        placed.append(Placed(x, DAY_Y if days else MARK_Y, kind, label, value(mark, "url") or "", at, anchor))
    return placed


def summary(name: str, marks: Iterable[Any], days: Iterable[Any]) -> str:
    """The beat in words, for who does not see it; what is not known is said as that, never as missed."""
    kinds = [value(mark, "kind") for mark in marks]
    took, fell = sum(kind in _TOOK_PLACE for kind in kinds), sum(kind in _NOT_HELD for kind in kinds)
    said = [f"{took} one-to-one{'' if took == 1 else 's'} took place", f"{fell} did not"]
    for kind, word in (("unknown", "not known"), ("planned", "planned")):
        if kind in kinds:
            said.append(f"{kinds.count(kind)} {word}")
    together = sum(value(day, "kind") == "was" for day in days)
    said.append(f"{together} day{'' if together == 1 else 's'} at customers together")
    text = ", ".join(said)
    if not any(kinds) and not together:
        text = "nothing was due or planned"
    whose = f"{name}: " if name else ""
    return f"{whose}{text}; thirteen weeks back and five ahead"


def months(this_week: date) -> list[tuple[int, str]]:
    """Where the name of each month stands above a beat whose week 13 holds the given day.

    A month is named at the week in which it begins, the oldest week also by its own; names that would touch
    each other or the line are left out.
    """
    monday = this_week - timedelta(days=this_week.weekday() + 7 * WEEKS_BACK)
    named: list[tuple[int, str]] = []
    for week in range(WEEKS_BACK):
        first = monday + timedelta(weeks=week)
        last = first + timedelta(days=6)
        begins = first.day == 1 or first.month != last.month
        if week and not begins:
            continue
        named.append((week * STEP + 2, f"{last if week else first:%b}"))
    following = [x for x, _ in named[1:]] + [LINE + 2]
    return [one for one, x in zip(named, following, strict=True) if x - one[0] >= 30]


class Bullet(NamedTuple):
    """A bar from 0 to 100: how far, and where it should be; None where not known."""

    filled: float
    due: float | None
    top: float


def bullet(reached: Any, due: Any) -> Bullet:
    """Place a share of the whole target (1 = all of it) against the share due by today.

    More than the whole stretches the scale, so that nothing is cut; below zero (credits) stands at zero.
    """
    got = max(float(reached), 0.0)
    should = None if due is None else max(float(due), 0.0)
    top = max(1.0, got, should or 0.0)
    return Bullet(round(100 * got / top, 2), None if should is None else round(100 * should / top, 2), top)
