"""Counts that files and database share, whatever their rows were read from. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from drumbeat.core.periods import quarter_of
from drumbeat.signals.facts import QuarterEnds, Tally

LATE_PART = 10


def quarter_ends(closings: Mapping[date, Tally], year_first: date, as_of: date) -> QuarterEnds:
    """Closings in the last tenth (9 of 90 to 92) of their quarter's days; the days begin with the first
    closing, on ``year_first`` at the earliest.
    """
    known = {day: tally for day, tally in sorted(closings.items()) if tally.count}
    if not known:
        return QuarterEnds()
    first = max(year_first, min(known))
    days = [first + timedelta(days=offset) for offset in range((as_of - first).days + 1)]
    late = {day for day in days if _is_late(day)}
    in_late = [tally for day, tally in known.items() if day in late]
    return QuarterEnds(
        closed=sum(tally.count for tally in known.values()),
        late=Tally(
            sum(tally.count for tally in in_late), tuple(one for tally in in_late for one in tally.ids)
        ),
        days=len(days),
        late_days=len(late),
    )


def _is_late(day: date) -> bool:
    quarter = quarter_of(day)
    return (quarter.last - day).days < quarter.days // LATE_PART
