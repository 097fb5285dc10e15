"""One loader a page: the plan figures of a leader's managers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from drumbeat.core.periods import Period
from drumbeat.people.models import Person
from drumbeat.plan import figures
from drumbeat.plan.models import Target
from drumbeat.plan.rules.pace import attainment, linear_pace, linear_share, share_since, taken_over
from drumbeat.plan.targets import Goal, targets_for


@dataclass(frozen=True)
class ReportRow:
    """One manager's plan figures of a period as of a day; None is not known.

    Of somebody who took over within the period, ``since`` is that day and ``pace_since`` counts from it.
    """

    manager: Person
    reps: int
    won_amount: Decimal
    won_count: int
    lost_count: int
    win_rate: float | None
    booked_amount: Decimal | None
    booked_margin: Decimal | None
    open_amount: Decimal | None
    open_count: int
    metric: str | None
    actual: Decimal | None
    target: Decimal | None
    attainment: float | None
    pace: float | None
    median_cycle_days: float | None
    since: date | None = None
    pace_since: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as commands.md writes it; what later work brings is null."""
        return {
            "manager": self.manager.name,
            "email": self.manager.email,
            "reps": self.reps,
            "won_amount": text(self.won_amount),
            "won_count": self.won_count,
            "lost_count": self.lost_count,
            "win_rate": self.win_rate,
            "booked_amount": text(self.booked_amount),
            "booked_margin": text(self.booked_margin),
            "open_amount": text(self.open_amount),
            "open_count": self.open_count,
            "target": text(self.target),
            "attainment": self.attainment,
            "pace": self.pace,
            "landing": None,
            "landing_low": None,
            "landing_high": None,
            "coverage": None,
            "required_coverage": None,
            "median_cycle_days": whole(self.median_cycle_days),
        }


@dataclass(frozen=True)
class Report:
    """The report of a leader's managers, by name."""

    as_of: date
    period: Period
    rows: list[ReportRow]

    def as_json(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of.isoformat(),
            "period": self.period.name,
            "rows": [row.as_json() for row in self.rows],
        }


def team_report(leader: Person | None, period: Period, today: date) -> Report:
    """Plan figures, one row a manager: ``report team``. The same number of statements for any team.

    With a leader: the direct reports who lead somebody. Without: all who lead a person who leads nobody.
    """
    people = figures.managers(leader, today)
    ids = [person.pk for person in people]
    source = figures.source_of(people, today)
    closed: dict[int, list[figures.Closing]] = {pk: [] for pk in ids}
    for closing in figures.closings(ids, period.first, period.last, today, source):
        closed[closing.leader].append(closing)
    still_open = figures.open_deals(ids, today, source)
    cycles = figures.cycle_medians(ids, period.first, period.last, today, source)
    reps = figures.reps_below(ids, today)
    goals = targets_for(ids, period, today)
    return Report(
        today,
        period,
        [
            _row(
                person,
                closed[person.pk],
                still_open.get(person.pk),
                goals.get(person.pk),
                reps=reps.get(person.pk, 0),
                cycle=cycles.get(person.pk),
                in_period=(period, today),
            )
            for person in people
        ],
    )


def _row(
    person: Person,
    closed: list[figures.Closing],
    still_open: figures.Open | None,
    goal: Goal | None,
    *,
    reps: int,
    cycle: float | None,
    in_period: tuple[Period, date],
) -> ReportRow:
    period, today = in_period
    place = person.country, person.region
    since = taken_over(period, person.started_on, today)
    won, lost = sum(c.won_count for c in closed), sum(c.lost_count for c in closed)
    booked = sum(c.booked_count for c in closed)
    actual = {
        Target.WON: sum((c.won_amount for c in closed), Decimal(0)),
        Target.BOOKINGS: sum((c.booked_amount for c in closed), Decimal(0)),
        Target.MARGIN: sum((c.booked_margin for c in closed), Decimal(0)),
    }
    target = goal.value if goal else None
    reached = actual[goal.metric] if goal else None
    return ReportRow(
        manager=person,
        reps=reps,
        won_amount=actual[Target.WON],
        won_count=won,
        lost_count=lost,
        win_rate=won / (won + lost) if won + lost else None,
        booked_amount=actual[Target.BOOKINGS] if booked else None,
        booked_margin=actual[Target.MARGIN] if sum(c.margin_count for c in closed) else None,
        open_amount=still_open.amount if still_open else None,
        open_count=still_open.count if still_open else 0,
        metric=goal.metric if goal else None,
        actual=reached,
        target=target,
        attainment=attainment(reached, target),
        pace=linear_pace(reached, target, linear_share(period, today, *place)),
        median_cycle_days=cycle,
        since=since,
        pace_since=linear_pace(reached, target, share_since(period, since, today, *place)) if since else None,
    )


def text(amount: Decimal | None) -> str | None:
    """Money as a decimal string without needless zeros after the point: 311148, 12.5 becomes 12.50."""
    if amount is None:
        return None
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def whole(days: float | None) -> int | float | None:
    """Days as they are written: 34, or 34.5."""
    return int(days) if days is not None and days == int(days) else days
