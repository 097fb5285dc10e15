"""Quarterly targets: a rep's from what reps usually win, a leader's as the sum of those below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.core.periods import Period, quarter_of
from drumbeat.run.generate.people import Area, Branch, Person
from drumbeat.run.generate.season import level
from drumbeat.run.generate.seeds import seeded


@dataclass(frozen=True, slots=True)
class Target:
    """What one person is to win in a quarter, in whole thousands of euro."""

    owner: Person
    quarter: Period
    value: int


def quarters(first: date, today: date) -> list[Period]:
    """The quarters that have targets: each that began within the span, the running one, and the next."""
    found = [quarter_of(today)]
    while found[0].first > first:
        found.insert(0, quarter_of(found[0].first - timedelta(days=1)))
    if found[0].first < first and len(found) > 1:
        found.pop(0)
    found.append(quarter_of(found[-1].last + timedelta(days=1)))
    return found


def branch_targets(
    branch: Branch, spans: list[Period], rep_quarter: float, seed: int, today: date
) -> Iterator[Target]:
    """Targets of reps, then of managers and the leader, for each quarter.

    ``rep_quarter`` is what a rep with an average book wins in an average quarter. The running and the next
    quarter follow the lines of today; an earlier one those of its first day.
    """
    rng = seeded("targets", seed, branch.number)
    weight = {
        person.email: 0.85 + 0.3 * rng.random()
        for area in branch.areas
        for person in (area.manager, *area.reps, *([area.leaver] if area.leaver else []))
    }
    for quarter in spans:
        day = max(quarter.first, today) if quarter.last >= today else quarter.first
        sums: dict[str, int] = {}
        for area in branch.areas:
            for rep in _carrying(area, day, today):
                share = weight[rep.email] * (0.4 if rep in (area.first_win, area.without_deals) else 1.0)
                value = max(1, round(rep_quarter * share * level(quarter) / 1000)) * 1000
                yield Target(rep, quarter, value)
                leader = rep.leader_on(day)[0]
                sums[leader] = sums.get(leader, 0) + value
        for manager in _managers(branch, sums):
            yield Target(manager, quarter, sums[manager.email])
        yield Target(branch.leader, quarter, sum(sums.values()))


def _carrying(area: Area, day: date, today: date) -> list[Person]:
    """Who carries a target as a rep on that day."""
    people = [*area.reps, *([area.leaver] if area.leaver else [])]
    if area.former_manager and area.former_manager.left_on and day <= area.former_manager.left_on:
        people.append(area.manager)
    return [person for person in people if person.employed_on(min(day, today))]


def _managers(branch: Branch, sums: dict[str, int]) -> list[Person]:
    people = []
    for area in branch.areas:
        people += [area.manager, *([area.former_manager] if area.former_manager else [])]
    return [person for person in people if person.email in sums]
