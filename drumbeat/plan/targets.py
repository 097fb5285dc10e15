"""Which target stands for whom in a period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from drumbeat.core.periods import Period
from drumbeat.people.models import Reach
from drumbeat.plan.models import Target

# Where several metrics have a target, the first of these is the one that the page speaks of.
PREFERRED = (Target.WON, Target.BOOKINGS, Target.MARGIN)


@dataclass(frozen=True)
class Goal:
    """A target for a period and what it is measured in."""

    metric: str
    value: Decimal


def targets_for(leaders: Iterable[int], period: Period, today: date) -> dict[int, Goal]:
    """Per leader: the own target of the period, else the sum of the targets of the reps below.

    A period's target is one row of exactly that span, or rows of shorter spans that fill it without gap or
    overlap; a longer one is never cut into pieces. In two statements.
    """
    ids = set(leaders)
    below = list(
        Reach.objects.on(min(max(today, period.first), period.last))
        .filter(leader_id__in=ids)
        .values_list("leader_id", "member_id")
    )
    members = {member for _, member in below}
    rows: dict[int, dict[str, list[tuple[date, date, Decimal]]]] = defaultdict(lambda: defaultdict(list))
    found = Target.objects.filter(starts_on__gte=period.first, ends_on__lte=period.last)
    for owner, metric, first, last, value in found.filter(owner_id__in=ids | members).values_list(
        "owner_id", "metric", "starts_on", "ends_on", "value"
    ):
        rows[owner][metric].append((first, last, value))
    own = {
        who: {m: whole for m, spans in by.items() if (whole := filled(spans, period)) is not None}
        for who, by in rows.items()
    }
    team: dict[int, list[int]] = defaultdict(list)
    for leader, member in below:
        team[leader].append(member)
    goals: dict[int, Goal] = {}
    for leader in ids:
        for metric in PREFERRED:
            given = own.get(leader, {}).get(metric)
            reps = [
                own[rep][metric] for rep in team[leader] if rep not in team and metric in own.get(rep, {})
            ]
            if given is not None or reps:
                goals[leader] = Goal(metric, sum(reps, Decimal(0)) if given is None else given)
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
