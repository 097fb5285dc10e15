"""Managers against the plan of the quarter, out of what was closed and booked day by day."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise

from drumbeat.core.days import add_working_days, working_days
from drumbeat.core.periods import Period, a_year_earlier, quarter_of
from drumbeat.people.models import Person
from drumbeat.plan.figures import Closing
from drumbeat.plan.models import Target
from drumbeat.plan.rules.pace import share_since, taken_over
from drumbeat.plan.targets import Goal
from drumbeat.signals.facts import PlanFacts


class Results:
    """What a manager's people brought day by day in one metric, ready to be added up over any span."""

    def __init__(self, closed: Iterable[Closing], metric: str) -> None:
        amounts: dict[date, Decimal] = defaultdict(Decimal)
        for closing in closed:
            amounts[closing.day] += amount_of(closing, metric)
        self.days = sorted(amounts)
        self.sums = list(accumulate((amounts[day] for day in self.days), initial=Decimal(0)))

    @property
    def known_since(self) -> date | None:
        """The first day on which anything was closed or booked."""
        return self.days[0] if self.days else None

    def between(self, first: date, last: date) -> Decimal:
        """The sum of the days from first to last."""
        return self.sums[bisect_right(self.days, last)] - self.before(first)

    def before(self, day: date) -> Decimal:
        """The sum of all days before."""
        return self.sums[bisect_left(self.days, day)]


def results_of(closed: Sequence[Closing], goal: Goal | None) -> Results:
    """The daily results in the metric of the target; without one, in the usual metric."""
    return Results(closed, goal.metric if goal else _usual_metric(closed))


def plan_facts(person: Person, results: Results, goal: Goal | None, today: date) -> PlanFacts:
    """One manager against the plan of the quarter, out of the daily results."""
    period = quarter_of(today)
    last_period = a_year_earlier(period)
    gone = working_days(period.first, today, person.country, person.region)
    same_day = _after_working_days(last_period, gone, person.country, person.region)
    since = taken_over(period, person.started_on, today)
    known_since = results.known_since
    return PlanFacts(
        manager=person.name,
        key=person.pk,
        actual=results.between(period.first, today),
        share=share_since(period, since, today, person.country, person.region) or 0.0,
        since=since,
        weeks_gone=((today - period.first).days + 1) // 7,
        target=goal.value if goal and quarter_of(today) == period else None,
        last_year=(
            results.between(last_period.first, same_day)
            if known_since is not None and known_since <= last_period.first + timedelta(days=7)
            else None
        ),
        weekly=_weekly(results, today),
        days_in_role=None if person.started_on is None else (today - person.started_on).days,
    )


def amount_of(closing: Closing, metric: str) -> Decimal:
    """What a day brought in the metric of a target."""
    if metric == Target.WON:
        return closing.won_amount
    return closing.booked_amount if metric == Target.BOOKINGS else closing.booked_margin


def _usual_metric(closed: Sequence[Closing]) -> str:
    """Without a target: won deals where there are any, else bookings."""
    return Target.WON if any(c.won_count for c in closed) else Target.BOOKINGS


@lru_cache(maxsize=1024)
def _after_working_days(period: Period, gone: int, country: str, region: str) -> date:
    """The day of a period by whose end as many working days are gone."""
    if gone <= 0:
        return period.first - timedelta(days=1)
    return min(add_working_days(period.first - timedelta(days=1), gone, country, region), period.last)


def _weekly(results: Results, today: date) -> tuple[Decimal, ...]:
    """Results of the whole weeks (to Sunday) before today, latest last, at most 52, none before the first."""
    since = results.known_since
    if since is None:
        return ()
    mondays = _mondays(today - timedelta(days=today.weekday()))
    weeks = min(52, (mondays[-1] - since).days // 7)
    upto = [results.before(monday) for monday in mondays[52 - weeks :]]
    return tuple(later - earlier for earlier, later in pairwise(upto))


@lru_cache(maxsize=64)
def _mondays(last: date) -> tuple[date, ...]:
    """The Monday and the 52 before it, latest last."""
    return tuple(last - timedelta(weeks=n) for n in range(52, -1, -1))
