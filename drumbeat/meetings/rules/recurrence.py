"""On which days a rhythm meets, and at which moment that is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

WEEKLY, TWO_WEEKS, MONTHLY, QUARTERLY = "weekly", "two_weeks", "monthly", "quarterly"
LAST = -1
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_MONTHS = {1: "first", 2: "second", 3: "third"}


@dataclass(frozen=True)
class Every:
    """How often: ``weekday`` from 0, Monday; ``nth`` of the month, 1 to 4 or LAST; ``month`` of the quarter,
    1 to 3. Nothing lies before ``starts_on``; every two weeks are counted from there.
    """

    frequency: str
    weekday: int
    starts_on: date
    nth: int = 1
    month: int = 1

    def words(self) -> str:
        """``every second Tuesday``, ``the last Friday of the month``."""
        day = WEEKDAYS[self.weekday]
        if self.frequency == WEEKLY:
            return f"every {day}"
        if self.frequency == TWO_WEEKS:
            return f"every second {day}"
        if self.frequency == MONTHLY:
            return f"the {_NTH[self.nth]} {day} of the month"
        return f"the {_NTH[self.nth]} {day} of the {_MONTHS[self.month]} month of the quarter"


def days_from(every: Every, first: date) -> Iterator[date]:
    """The rhythm's days from ``first`` on (included), in order, without end until the year 9999."""
    first = max(first, every.starts_on)
    if every.frequency in (WEEKLY, TWO_WEEKS):
        yield from _by_weeks(every, first)
    else:
        yield from _by_months(every, first)


def days_between(every: Every, first: date, last: date) -> list[date]:
    """The rhythm's days from ``first`` to ``last``, both included."""
    return list(takewhile(lambda day: day <= last, days_from(every, first)))


def next_day(every: Every, day: date) -> date | None:
    """The rhythm's first day after ``day``; None at the end of the calendar."""
    return None if day == date.max else next(days_from(every, day + timedelta(days=1)), None)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time. An hour that a clock change leaves out is the one after it; of one
    that comes twice, the first."""
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def _by_weeks(every: Every, first: date) -> Iterator[date]:
    step = 7 if every.frequency == WEEKLY else 14
    begin = every.starts_on.toordinal() + (every.weekday - every.starts_on.weekday()) % 7
    number = begin + -(-max(0, first.toordinal() - begin) // step) * step
    while number <= date.max.toordinal():
        yield date.fromordinal(number)
        number += step


def _by_months(every: Every, first: date) -> Iterator[date]:
    step = 1 if every.frequency == MONTHLY else 3
    year, month = first.year, first.month
    if step == 3:
        month = (month - 1) // 3 * 3 + every.month
    while year <= date.max.year:
        day = nth_weekday(year, month, every.weekday, every.nth)
        if day >= first:
            yield day
        year, month = year + (month + step - 1) // 12, (month + step - 1) % 12 + 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first to fourth, or the LAST, of a weekday in a month."""
    if nth == LAST:
        end = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    begin = date(year, month, 1)
    return begin + timedelta(days=(weekday - begin.weekday()) % 7 + 7 * (nth - 1))
