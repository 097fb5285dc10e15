"""To which day a meeting moves when somebody whom it needs is not there. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

PLANNED, AWAY = "planned", "away"
# With exactly two people, these cannot do without either of them.
OF_TWO = frozenset({"one_to_one", "skip_level", "new_manager_checkin"})


@dataclass(frozen=True, slots=True)
class Place:
    """The day of a meeting; AWAY: on no day before the next one is everybody there, so it falls out."""

    day: date
    state: str = PLANNED


def needed(template: str, chair: int, people: Collection[int]) -> tuple[int, ...]:
    """Whose absence moves a meeting: the chair's; in a talk of two, the other's too."""
    if template in OF_TWO and len(people) == 1:
        return (chair, *people)
    return (chair,)


def place(slot: date, following: date | None, here: Callable[[date], bool]) -> Place:
    """Where a meeting of ``slot`` takes place: there, or on the next day before ``following``, the rhythm's
    next one, on which everybody who is needed is ``here``."""
    day = slot
    while following is None or day < following:
        if here(day):
            return Place(day)
        if day == date.max or (following is None and day - slot > timedelta(days=31)):
            break
        day += timedelta(days=1)
    return Place(slot, AWAY)
