"""Periods: a year, a quarter, a month, or whole weeks that end on a day. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from drumbeat.core.refusal import Refused


class NotAPeriod(Refused):
    """The text names no period."""


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``first`` to ``last``, both included, under the name a person would write."""

    first: date
    last: date
    name: str

    def __str__(self) -> str:
        return self.name

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def end(self) -> date:
        """The day after the last one: for half-open comparisons."""
        return self.last + timedelta(days=1)

    @property
    def kind(self) -> str:
        """``year``, ``quarter``, ``month`` or ``weeks``."""
        if re.fullmatch(r"\d{4}", self.name):
            return "year"
        if re.fullmatch(r"\d{4}-Q[1-4]", self.name):
            return "quarter"
        if re.fullmatch(r"\d{4}-\d{2}", self.name):
            return "month"
        return "weeks"

    @property
    def words(self) -> str:
        """As a page writes it: ``Q4 2026``, ``November 2026``, ``2026``."""
        if self.kind == "quarter":
            return f"{self.name[5:]} {self.name[:4]}"
        return f"{self.first:%B %Y}" if self.kind == "month" else self.name

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, next_month(first) - timedelta(days=1), f"{day.year:04d}-{day.month:02d}")


@lru_cache(maxsize=4096)
def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    number = (day.month - 1) // 3 + 1
    first = date(day.year, 3 * number - 2, 1)
    last = next_month(date(day.year, 3 * number, 1)) - timedelta(days=1)
    return Period(first, last, f"{day.year:04d}-Q{number}")


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year:04d}")


def weeks_to(day: date, weeks: int) -> Period:
    """The given number of whole weeks that end on the day (it included)."""
    return Period(day - timedelta(days=7 * weeks - 1), day, f"{weeks} weeks to {day.isoformat()}")


def twelve_months_to(day: date) -> date:
    """The first day of the twelve months that end on the day: 2017-01-01 for 2017-12-31."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1)
    return day.replace(year=day.year - 1) + timedelta(days=1)


def before(period: Period) -> Period:
    """The span just before: the previous year, quarter or month, or as many weeks."""
    eve = period.first - timedelta(days=1)
    if period.kind == "weeks":
        return weeks_to(eve, period.days // 7)
    around: dict[str, Callable[[date], Period]] = {
        "year": year_of,
        "quarter": quarter_of,
        "month": month_of,
    }
    return around[period.kind](eve)


def a_year_earlier(period: Period) -> Period:
    """The same period of the year before; weeks go back 52 weeks so that weekdays match."""
    if period.kind == "weeks":
        return weeks_to(period.last - timedelta(weeks=52), period.days // 7)
    return parse(f"{period.first.year - 1:04d}{period.name[4:]}")


def parse(text: str) -> Period:
    """Read ``2017-Q4``, ``2017-10`` or ``2017``.

    Raises NotAPeriod, with a sentence, for anything else.
    """
    match = re.fullmatch(r"\s*(\d{4})(?:-?[qQ]([1-4])|-(\d{1,2}))?\s*", text)
    if match and 1 <= int(match[1]) <= 9998:
        year = int(match[1])
        if match[2]:
            return quarter_of(date(year, 3 * int(match[2]), 1))
        if match[3] is None:
            return year_of(date(year, 1, 1))
        if 1 <= int(match[3]) <= 12:
            return month_of(date(year, int(match[3]), 1))
    raise NotAPeriod(
        f"“{text}” is not a period; write a quarter as 2017-Q4, a month as 2017-10, or a year as 2017."
    )


def next_month(first: date) -> date:
    """The first day of the month after the one that the day lies in."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
