"""Working days of a country and region. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays

DEFAULT_WEEKEND = frozenset({5, 6})


@lru_cache(maxsize=512)
def _calendar(country: str, region: str, year: int) -> tuple[frozenset[date], frozenset[int]]:
    """Holidays of one year and the weekend's weekdays; an unknown country has a plain Saturday and Sunday."""
    if not country:
        return frozenset(), DEFAULT_WEEKEND
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:
        try:
            found = holidays.country_holidays(country, years=year)
        except NotImplementedError:
            return frozenset(), DEFAULT_WEEKEND
    return frozenset(found), frozenset(found.weekend)


def is_working_day(day: date, country: str = "", region: str = "") -> bool:
    """Whether people in that country and region work on the day (public holidays and weekends are free)."""
    free, weekend = _calendar(country.upper(), region, day.year)
    return day.weekday() not in weekend and day not in free


@lru_cache(maxsize=4096)
def working_days(first: date, last: date, country: str = "", region: str = "") -> int:
    """How many working days lie from ``first`` to ``last``, both included; 0 when last lies before first."""
    return sum(1 for day in each_day(first, last) if is_working_day(day, country, region))


def add_working_days(day: date, count: int, country: str = "", region: str = "") -> date:
    """The day that is ``count`` working days after (or, negative, before) the given one."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        if is_working_day(day, country, region):
            left -= 1
    return day


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
