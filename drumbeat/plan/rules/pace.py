"""Attainment and pace. Pure; formulas of docs/plan-figures.md."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from drumbeat.core.days import working_days
from drumbeat.core.periods import Period


def attainment(actual: Decimal | None, target: Decimal | None) -> float | None:
    """Actual divided by target, as a fraction of one; None where either is unknown or the target is 0."""
    if actual is None or target is None or target <= 0:
        return None
    return float(actual / target)


def linear_share(period: Period, today: date, country: str = "", region: str = "") -> float | None:
    """w/W: working days gone, today included, of all working days of the period.

    1 after the period; None before it, and for a period without a working day.
    """
    if today < period.first:
        return None
    every = working_days(period.first, period.last, country, region)
    if not every:
        return None
    return working_days(period.first, min(today, period.last), country, region) / every


def taken_over(period: Period, started_on: date | None, today: date) -> date | None:
    """The first day in the role where that lies within the period and is not its first; None otherwise."""
    return started_on if started_on is not None and period.first < started_on <= today else None


def share_since(
    period: Period, since: date | None, today: date, country: str = "", region: str = ""
) -> float | None:
    """The share of the period's working days gone; of somebody who took over within it, gone since then."""
    gone = linear_share(period, today, country, region)
    if gone is None or since is None:
        return gone
    return gone - (linear_share(period, since - timedelta(days=1), country, region) or 0.0)


def linear_pace(actual: Decimal | None, target: Decimal | None, share: float | None) -> float | None:
    """A / (T·w/W): the actual against the part of the target that the working days gone ask for.

    1.0 is exactly on plan; None where the target or the share is unknown or nothing was to be reached yet.
    """
    reached = attainment(actual, target)
    if reached is None or not share:
        return None
    return reached / share


def median(ordered: Sequence[float]) -> float | None:
    """The middle of ordered values; the mean of the two middle ones of an even number; None of none."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
