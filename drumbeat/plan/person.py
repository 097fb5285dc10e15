"""One person's plan figures of a period: of a leader with everyone below, of a rep the own work alone.

Each figure is the sum of the rows that it opens (plan.rows), by construction.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from drumbeat.core.periods import Period
from drumbeat.people.models import Person
from drumbeat.plan.figures import money
from drumbeat.plan.history import deals_on
from drumbeat.plan.models import Target
from drumbeat.plan.rows import WHAT, Row, newest_rows, rows_sql
from drumbeat.plan.rules.pace import attainment, linear_pace, linear_share, share_since, taken_over
from drumbeat.plan.targets import Goal, targets_for


@dataclass(frozen=True)
class Sum:
    """What the rows behind one figure add up to; amounts are None where none of them is known."""

    count: int = 0
    amount: Decimal | None = None
    margin: Decimal | None = None


@dataclass(frozen=True)
class PersonPlan:
    """A person's figures of a period as of a day; what is unknown is None.

    ``actual`` is in the metric of the target; ``share`` is the part of the target that the working days gone
    ask for (0 to 1), ``pace`` the actual against that part (1.0 is exactly on plan). Of somebody who took
    over within the period (``since``), both count the days from then on, as on This week; ``whole_pace`` is
    the pace of the whole period to date.
    """

    period: Period
    won: Sum
    lost: Sum
    open: Sum
    booked: Sum
    metric: str | None
    actual: Decimal | None
    target: Decimal | None
    attainment: float | None
    pace: float | None
    share: float | None
    since: date | None
    whole_pace: float | None
    wins: list[Row]

    @property
    def win_rate(self) -> float | None:
        """Won of all closed, by count; None where nothing was closed."""
        closed = self.won.count + self.lost.count
        return self.won.count / closed if closed else None

    @property
    def due(self) -> Decimal | None:
        """The part of the target that the working days gone ask for."""
        if self.target is None or self.share is None:
            return None
        return money(float(self.target) * self.share)

    @property
    def difference(self) -> Decimal | None:
        """The actual minus what is due by today."""
        return None if self.actual is None or self.due is None else self.actual - self.due

    @property
    def metric_words(self) -> str:
        """What the target is measured in."""
        return {Target.WON: "won", Target.BOOKINGS: "booked", Target.MARGIN: "in margin"}.get(
            self.metric or "", ""
        )

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known: no deal, no booking, no target."""
        counted = self.won.count + self.lost.count + self.open.count + self.booked.count
        return not counted and self.target is None and not self.wins


def plan_of(person: Person, period: Period, today: date, *, wins_since: date, most: int = 12) -> PersonPlan:
    """The figures of the period, and at most so many deals won from a day on, the newest first."""
    deals = deals_on(today)
    sums = _sums(person, period, today, deals)
    goal = targets_for([person.pk], period, today).get(person.pk)
    actual = _actual(goal, sums)
    target = goal.value if goal else None
    whole = linear_share(period, today, person.country, person.region)
    since = taken_over(period, person.started_on, today)
    share = share_since(period, since, today, person.country, person.region)
    recent = rows_sql(person, "won", Period(wins_since, today, "since"), today, deals=deals)
    return PersonPlan(
        period=period,
        won=sums["won"],
        lost=sums["lost"],
        open=sums["open"],
        booked=sums["booked"],
        metric=goal.metric if goal else None,
        actual=actual,
        target=target,
        attainment=attainment(actual, target),
        pace=linear_pace(actual, target, share),
        share=share,
        since=since,
        whole_pace=linear_pace(actual, target, whole),
        wins=newest_rows(*recent, most),
    )


def _sums(person: Person, period: Period, today: date, deals: tuple[str, list[date]]) -> dict[str, Sum]:
    """What the rows behind each figure add up to, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for what in WHAT:
        sql, bound = rows_sql(person, what, period, today, deals=deals)
        parts.append(f"SELECT '{what}' AS what, x.amount AS amount, x.margin AS margin FROM ({sql}) x")
        values += bound
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, COUNT(*), COUNT(amount), SUM(amount), COUNT(margin), SUM(margin)"
            f" FROM ({' UNION ALL '.join(parts)}) y GROUP BY what",
            values,
        )
        found = {
            what: Sum(count, money(total) if known else None, money(margin) if margins else None)
            for what, count, known, total, margins, margin in cursor.fetchall()
        }
    return {what: found.get(what, Sum()) for what in WHAT}


def _actual(goal: Goal | None, sums: dict[str, Sum]) -> Decimal | None:
    if goal is None:
        return None
    rows = sums["won"] if goal.metric == Target.WON else sums["booked"]
    reached = rows.margin if goal.metric == Target.MARGIN else rows.amount
    return Decimal(0) if reached is None and not rows.count else reached
