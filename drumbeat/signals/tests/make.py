"""Facts for tests: a plain company that says nothing, changed where a test says so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from drumbeat.signals.facts import (
    CalendarFacts,
    Closed,
    DealFacts,
    PlanFacts,
    RelationFacts,
    RepWon,
    Tally,
    TeamFacts,
    WonDeal,
)

TODAY = date(2017, 12, 31)


def team(manager: str | None = "Ana Weber", **changes) -> TeamFacts:
    return replace(TeamFacts(manager=manager, key=manager, reps=4), **changes)


def won(**amounts: int) -> dict[str, RepWon]:
    return {name: RepWon(Decimal(amount), Tally(1, (f"won-{name}",))) for name, amount in amounts.items()}


def deals(teams: Iterable[TeamFacts] = (), **changes) -> DealFacts:
    facts = DealFacts(
        as_of=TODAY,
        first=date(2017, 10, 2),
        last=TODAY,
        teams=tuple(teams) or (team(),),
        measured=30,
        longest_days=138,
    )
    return replace(facts, **changes)


def tally(count: int, mark: str = "d") -> Tally:
    return Tally(count, tuple(f"{mark}{place}" for place in range(count)))


def closed(won_count: int, lost_count: int) -> Closed:
    return Closed(won_count, lost_count)


def relation(manager: str = "Ana Weber", **changes) -> RelationFacts:
    return replace(RelationFacts(manager=manager, key=manager, covered_from=date(2017, 7, 1)), **changes)


def calendar(**changes) -> CalendarFacts:
    return replace(CalendarFacts(as_of=TODAY, covered_from=date(2017, 7, 1)), **changes)


def plan(**changes) -> PlanFacts:
    steady = tuple(Decimal(100) for _ in range(8))
    facts = PlanFacts("Ana Weber", Decimal(800), 0.5, 8, key="ana", target=Decimal(1600), weekly=steady)
    return replace(facts, **changes)


def won_deal(**changes) -> WonDeal:
    base = WonDeal("d1", "Piotr Zając", "Joanna Lis", TODAY, Decimal(50_000), account="Halden", key="joanna")
    return replace(base, **changes)
