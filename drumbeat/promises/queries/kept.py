"""How many promises were kept, both ways, month by month. Counts only; nobody is ranked."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from drumbeat.promises.models import Promise
from drumbeat.promises.rules.ageing import IN_TIME, LATE, LEFT, MOVED, STILL, Facts, became


@dataclass(frozen=True)
class Kept:
    """What became of the promises of one month, one way; the five add up to ``all``."""

    in_time: int = 0
    late: int = 0
    moved: int = 0
    left: int = 0
    still: int = 0

    @property
    def all(self) -> int:
        return self.in_time + self.late + self.moved + self.left + self.still


@dataclass(frozen=True)
class Month:
    """The promises first due in a month: the person's own, and those of others to the person."""

    first: date
    mine: Kept
    theirs: Kept


def kept_both_ways(person_id: int, today: date, months: int = 6, *, other: int | None = None) -> list[Month]:
    """The last ``months`` months, this one last, up to today; one statement.

    A promise belongs to the month in which it was first due, so a new date moves it out of no month. With
    ``other`` only what these two owe each other. What one owes oneself is not counted.
    """
    firsts = [_month_before(today, apart) for apart in range(months - 1, -1, -1)]
    pair = Q(owner_id=person_id) | Q(asked_by_id=person_id)
    if other is not None:
        pair &= Q(owner_id=other) | Q(asked_by_id=other)
    counted: Counter[tuple[date, bool, str]] = Counter()
    found = (
        Promise.objects.filter(pair, first_due__gte=firsts[0], first_due__lte=today)
        .exclude(owner_id=F("asked_by_id"))
        .values_list(
            "owner_id", "first_due", "state", "due", "done_on", "waiting_since", "waited_days", "new_dates"
        )
    )
    for owner, first_due, *values in found:
        facts: list[Any] = values
        counted[first_due.replace(day=1), owner == person_id, became(Facts(*facts))] += 1
    return [Month(first, _kept(counted, first, True), _kept(counted, first, False)) for first in firsts]


def _kept(counted: Counter[tuple[date, bool, str]], first: date, mine: bool) -> Kept:
    return Kept(*(counted[first, mine, outcome] for outcome in (IN_TIME, LATE, MOVED, LEFT, STILL)))


def _month_before(today: date, apart: int) -> date:
    months = today.year * 12 + today.month - 1 - apart
    return date(months // 12, months % 12 + 1, 1)
