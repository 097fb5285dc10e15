"""Deals and plans counted in the database into the facts that the rules are told.

The look back counts the same facts from files (desk/lookback/counting.py); tests/test_same_facts.py
holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from drumbeat.core.periods import Period, a_year_earlier, before, quarter_of, twelve_months_to, weeks_to
from drumbeat.people.models import Person
from drumbeat.plan.figures import Closing, closings, source_of
from drumbeat.plan.targets import Goal, targets_for
from drumbeat.signals.counting import quarter_ends
from drumbeat.signals.facts import (
    Closed,
    DealFacts,
    PlanFacts,
    RepWon,
    Tally,
    TeamFacts,
    WonDeal,
)
from drumbeat.signals.queries.members import FACTS, Member, members_of
from drumbeat.signals.queries.plans import plan_facts, results_of
from drumbeat.signals.queries.wins import wins_of

WEEKS = 13


@dataclass(frozen=True)
class Desk:
    """Everything about deals and plan that This week speaks of, for one leader's managers on a day."""

    managers: list[Person]
    deals: DealFacts
    plans: dict[int, PlanFacts]
    plans_a_week_ago: dict[int, PlanFacts]
    goals: dict[int, Goal]
    wins: list[WonDeal]
    addresses: dict[int, str]
    members: Mapping[int, list[Member]]

    def team(self, manager: Person) -> TeamFacts:
        return next(team for team in self.deals.teams if team.key == manager.pk)


def desk_of(leader: Person, managers: Sequence[Person], today: date) -> Desk:
    """The facts of the teams of a leader's managers, in five statements.

    The managers came through ``plan.figures.with_changed`` (as ``plan.figures.managers`` gives them).
    """
    ids = [person.pk for person in managers]
    source = source_of(managers, today)
    period, span = quarter_of(today), weeks_to(today, WEEKS)
    earlier = a_year_earlier(period)
    first = min(before(span).first, twelve_months_to(today), earlier.first, today - timedelta(weeks=53))
    closed: dict[int, list[Closing]] = defaultdict(list)
    for closing in closings(ids, first, today, today, source):
        closed[closing.leader].append(closing)
    members, measured, longest = members_of(leader.pk, ids, span, source, today)
    goals = targets_for(ids, period, today)
    wins, addresses = wins_of(
        leader.pk, min((c.day for rows in closed.values() for c in rows), default=None), source, today
    )
    results = {person.pk: results_of(closed[person.pk], goals.get(person.pk)) for person in managers}
    week_ago = today - timedelta(days=7)
    return Desk(
        managers=list(managers),
        deals=_deal_facts(managers, closed, members, (measured, longest), span, today),
        plans={p.pk: plan_facts(p, results[p.pk], goals.get(p.pk), today) for p in managers},
        plans_a_week_ago={p.pk: plan_facts(p, results[p.pk], goals.get(p.pk), week_ago) for p in managers},
        goals=goals,
        wins=wins,
        addresses=addresses,
        members=members,
    )


def _deal_facts(
    managers: Sequence[Person],
    closed: Mapping[int, list[Closing]],
    members: Mapping[int, list[Member]],
    ever: tuple[int, int | None],
    span: Period,
    today: date,
) -> DealFacts:
    year = twelve_months_to(today)
    teams = tuple(_team_facts(p, closed[p.pk], members.get(p.pk, []), span, year) for p in managers)
    return DealFacts(
        as_of=today,
        first=span.first,
        last=span.last,
        teams=teams,
        measured=ever[0],
        longest_days=ever[1],
        open_count=sum(m.open for team in members.values() for m in team),
        quarter_ends=quarter_ends(_closings_by_day(chain(*closed.values()), year), year, today),
        unowned={fact: Tally(sum(team.unowned[fact] for team in teams)) for fact in FACTS},
    )


def _team_facts(
    person: Person, closed: list[Closing], members: list[Member], span: Period, year: date
) -> TeamFacts:
    within = [c for c in closed if span.first <= c.day <= span.last]
    earlier = before(span)
    in_earlier = [c for c in closed if earlier.first <= c.day <= earlier.last]
    recent = [c for c in closed if c.day >= year]
    return TeamFacts(
        manager=person.name,
        key=person.pk,
        reps=sum(m.is_rep for m in members),
        reps_without_deals=Tally.of([m.name for m in members if m.is_rep and not m.deals]),
        won_by_rep={m.name: RepWon(m.won_amount, Tally(m.won)) for m in members if m.won},
        won_count=sum(c.won_count for c in within),
        lost_count=sum(c.lost_count for c in within),
        won_amount=sum((c.won_amount for c in within), Decimal(0)),
        won_amount_before=sum((c.won_amount for c in in_earlier), Decimal(0)),
        closed=Closed(sum(c.won_count for c in recent), sum(c.lost_count for c in recent)),
        in_progress=sum(m.in_progress for m in members),
        aged=Tally(sum(m.aged for m in members)),
        unowned={fact: sum(m.unowned[fact] for m in members) for fact in FACTS},
    )


def _closings_by_day(closed: Iterable[Closing], first: date) -> dict[date, Tally]:
    counts: dict[date, int] = defaultdict(int)
    for closing in closed:
        if closing.day >= first:
            counts[closing.day] += closing.won_count + closing.lost_count
    return {day: Tally(count) for day, count in counts.items()}
