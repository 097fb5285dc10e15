"""When deals close: the year's season, growth, working days, and the rush at the end of each quarter."""

from bisect import bisect_left
from datetime import date, timedelta
from random import Random

from drumbeat.core.periods import Period, quarter_of

SEASON = (0.95, 1.02, 0.92, 1.11)
GROWTH_PER_YEAR = 0.06
# A day in the last tenth of a quarter sees this many times the closings of another one: some 22% of them
# fall into 10% of the days.
RUSH = 2.6


class ClosingDays:
    """The working days of a span, each with its weight; draws days by these weights."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first.toordinal()
        self.last = last.toordinal()
        self._upto = [0.0]
        weight = 0.0
        day = first
        while day <= last:
            weight += day_weight(day)
            self._upto.append(weight)
            day += timedelta(days=1)

    def share(self, first: int, last: int) -> tuple[float, float]:
        """The weight gone before ``first`` and by the end of ``last`` (ordinals, cut to the span)."""
        low = min(max(first - self.first, 0), len(self._upto) - 1)
        high = min(max(last - self.first + 1, low), len(self._upto) - 1)
        return self._upto[low], self._upto[high]

    def spread(self, rng: Random, count: int, first: int, last: int) -> list[int]:
        """``count`` days between two ordinals, in order, spread so that each stretch has its due share."""
        low, high = self.share(first, last)
        if count <= 0 or high <= low:
            return []
        step = (high - low) / count
        return [
            self.first + bisect_left(self._upto, low + (i + 0.999 * rng.random() + 0.001) * step) - 1
            for i in range(count)
        ]


def day_weight(day: date) -> float:
    """The relative number of deals that close on a day; 0 at weekends."""
    if day.weekday() > 4:
        return 0.0
    quarter = quarter_of(day)
    left = (quarter.last - day).days
    rush = RUSH if left < quarter.days / 10 else 1.0
    return level(quarter) * rush


def level(quarter: Period) -> float:
    """Season times growth of a quarter, about 1 (growth counts from 2025)."""
    number = (quarter.first.month - 1) // 3
    years = quarter.first.year - 2025 + number / 4
    return float(SEASON[number] * (1 + GROWTH_PER_YEAR) ** years)
