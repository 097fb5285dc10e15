"""Managers against the plan of the quarter, out of what was closed and booked day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from drumbeat.core.days import working_days
from drumbeat.core.periods import Period, a_year_earlier, quarter_of
from drumbeat.people.models import Person
from drumbeat.plan.figures import Closing
from drumbeat.plan.models import Target
from drumbeat.plan.rules.pace import linear_share
from drumbeat.plan.targets import Goal
from drumbeat.signals.facts import PlanFacts


def plan_facts(person: Person, closed: Iterable[Closing], goal: Goal | None, today: date) -> PlanFacts:
    """One manager against the plan of the quarter, out of the daily closings."""
    closed = list(closed)
    period = quarter_of(today)
    metric = goal.metric if goal else _usual_metric(closed)
    result = {
        day: sum((amount_of(c, metric) for c in rows), Decimal(0)) for day, rows in _by_day(closed).items()
    }
    last_period = a_year_earlier(period)
    gone = working_days(period.first, today, person.country, person.region)
    same_day = _after_working_days(last_period, gone, person)
    taken_over = person.started_on is not None and period.first < person.started_on <= today
    since = person.started_on if taken_over else None
    known_since = min(result, default=None)
    return PlanFacts(
        manager=person.name,
        key=person.pk,
        actual=_between(result, period.first, today),
        share=_share(period, since, today, person),
        since=since,
        weeks_gone=((today - period.first).days + 1) // 7,
        target=goal.value if goal and quarter_of(today) == period else None,
        last_year=(
            _between(result, last_period.first, same_day)
            if known_since is not None and known_since <= last_period.first + timedelta(days=7)
            else None
        ),
        weekly=_weekly(result, today, known_since),
        days_in_role=None if person.started_on is None else (today - person.started_on).days,
    )


def _share(period: Period, since: date | None, today: date, person: Person) -> float:
    """The part of the period's working days that is gone; of somebody who took over within it, since then."""
    gone = linear_share(period, today, person.country, person.region) or 0.0
    if since is None:
        return gone
    return gone - (linear_share(period, since - timedelta(days=1), person.country, person.region) or 0.0)


def amount_of(closing: Closing, metric: str) -> Decimal:
    """What a day brought in the metric of a target."""
    return {
        Target.WON: closing.won_amount,
        Target.BOOKINGS: closing.booked_amount,
        Target.MARGIN: closing.booked_margin,
    }[metric]


def _usual_metric(closed: Sequence[Closing]) -> str:
    """Without a target: won deals where there are any, else bookings."""
    return Target.WON if any(c.won_count for c in closed) else Target.BOOKINGS


def _by_day(closed: Iterable[Closing]) -> dict[date, list[Closing]]:
    found: dict[date, list[Closing]] = defaultdict(list)
    for closing in closed:
        found[closing.day].append(closing)
    return found


def _between(result: Mapping[date, Decimal], first: date, last: date) -> Decimal:
    return sum((amount for day, amount in result.items() if first <= day <= last), Decimal(0))


def _after_working_days(period: Period, gone: int, person: Person) -> date:
    """The day of a period by whose end as many working days are gone."""
    day, left = period.first - timedelta(days=1), gone
    while left > 0 and day < period.last:
        day += timedelta(days=1)
        left -= working_days(day, day, person.country, person.region)
    return day


def _weekly(result: Mapping[date, Decimal], today: date, since: date | None) -> tuple[Decimal, ...]:
    """Results of the whole weeks (to Sunday) before today, latest last, at most 52, none before ``since``."""
    if since is None:
        return ()
    monday = today - timedelta(days=today.weekday())
    weeks = min(52, (monday - since).days // 7)
    return tuple(
        _between(result, monday - timedelta(weeks=n), monday - timedelta(weeks=n - 1, days=1))
        for n in range(weeks, 0, -1)
    )
