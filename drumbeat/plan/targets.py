"""Which target stands for whom in a period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from drumbeat.core.periods import Period
from drumbeat.plan.figures import as_date, money, places
from drumbeat.plan.models import Target

# Where several metrics have a target, the first of these is the one that the page speaks of.
PREFERRED = (Target.WON, Target.BOOKINGS, Target.MARGIN)


@dataclass(frozen=True)
class Goal:
    """A target for a period and what it is measured in."""

    metric: str
    value: Decimal


# The own targets of the leaders, and those of everyone below them who leads nobody on the day.
_ROWS = """
    SELECT t.owner_id AS leader, t.owner_id AS owner, 1 AS own, t.metric, t.starts_on, t.ends_on, t.value
    FROM plan_target t WHERE t.owner_id IN ({ids}) AND t.starts_on >= %s AND t.ends_on <= %s
    UNION ALL
    SELECT r.leader_id, t.owner_id, 0, t.metric, t.starts_on, t.ends_on, t.value
    FROM plan_target t JOIN people_reach r ON r.member_id = t.owner_id AND r.leader_id IN ({ids})
        AND r.starts_on <= %s AND r.ends_on > %s
    WHERE t.starts_on >= %s AND t.ends_on <= %s AND NOT EXISTS (
        SELECT 1 FROM people_reach led
        WHERE led.leader_id = t.owner_id AND led.starts_on <= %s AND led.ends_on > %s)
"""


def targets_for(leaders: Iterable[int], period: Period, today: date) -> dict[int, Goal]:
    """Per leader: the own target of the period, else the sum of the targets of the reps below.

    A period's target is one row of exactly that span, or rows of shorter spans that fill it without gap or
    overlap; a longer one is never cut into pieces. One statement.
    """
    ids = sorted(set(leaders))
    day = min(max(today, period.first), period.last)
    within = [period.first, period.last]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(ids=places(ids)), [*ids, *within, *ids, day, day, *within, day, day])
        rows = cursor.fetchall()
    spans: dict[tuple[int, int, int, str], list[tuple[date, date, Decimal]]] = defaultdict(list)
    for leader, owner, own, metric, first, last, value in rows:
        spans[leader, owner, own, metric].append((as_date(first), as_date(last), money(value)))
    own_ones: dict[tuple[int, str], Decimal] = {}
    of_reps: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for (leader, _, own, metric), each in spans.items():
        whole = filled(each, period)
        if whole is not None and own:
            own_ones[leader, metric] = whole
        elif whole is not None:
            of_reps[leader, metric] += whole
    goals: dict[int, Goal] = {}
    for leader in ids:
        for metric in PREFERRED:
            value = own_ones.get((leader, metric), of_reps.get((leader, metric)))
            if value is not None:
                goals[leader] = Goal(metric, value)
                break
    return goals


def filled(spans: list[tuple[date, date, Decimal]], period: Period) -> Decimal | None:
    """The target of a whole period: a span that is exactly it, else shorter ones that fill it."""
    for first, last, value in spans:
        if (first, last) == (period.first, period.last):
            return value
    day, total = period.first, Decimal(0)
    for first, last, value in sorted(spans):
        if first != day:
            return None
        total, day = total + value, last + timedelta(days=1)
    return total if spans and day == period.end else None
