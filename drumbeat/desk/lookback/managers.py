"""The rows of the look back: one a manager, everyone below included. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.result import Entry, ManagerRow
from drumbeat.desk.lookback.sources import Booked
from drumbeat.desk.relations import Relation
from drumbeat.signals.facts import CalendarFacts, DealFacts, TeamFacts
from drumbeat.signals.rules.sentence import manager_sentence


@dataclass(frozen=True)
class Hours:
    """What the calendars say: facts, each manager by number, and the entries behind them."""

    facts: CalendarFacts
    of_manager: Mapping[int, Relation]
    entries: int
    owner: str
    rows: Mapping[str, Entry] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def manager_rows(
    facts: DealFacts, counter: Counter, bookings: Sequence[Booked], hours: Hours | None
) -> tuple[ManagerRow, ...]:
    """A row for each manager with reps on the day, and for whoever else won or lost something; sorted by
    name.

    The last one, where there is one, is for reps whose manager is not known.
    """
    booked = _booked(counter, bookings)
    below = _below(facts, counter)
    rows = []
    for team in facts.teams:
        if not (team.reps or team.won_count or team.lost_count or team.won_amount_before):
            continue
        teams = below[team.key]
        together = hours.of_manager.get(team.key) if hours and isinstance(team.key, int) else None
        relation = together.facts if together else None
        rows.append(
            ManagerRow(
                manager=team.manager,
                team=_office(counter, team),
                reps=sum(each.reps for each in teams),
                won_amount=sum((each.won_amount for each in teams), Decimal(0)),
                won_count=sum(each.won_count for each in teams),
                lost_count=sum(each.lost_count for each in teams),
                won_amount_before=sum((each.won_amount_before for each in teams), Decimal(0)),
                sentence=manager_sentence(team, facts, hours.facts if hours else None, relation),
                one_to_ones=relation.one_to_ones if relation else None,
                customer_days=relation.customer_days if relation else None,
                minutes_together=relation.minutes_together if relation else None,
                marks=together.marks if together else (),
                days=together.days if together else (),
                booked_amount=_sum(booked, teams, 0),
                booked_amount_before=_sum(booked, teams, 1),
            )
        )
    return tuple(rows)


def _below(facts: DealFacts, counter: Counter) -> dict[object, list[TeamFacts]]:
    """Each team with the teams of the managers below it."""
    below: dict[object, list[TeamFacts]] = {team.key: [team] for team in facts.teams}
    for team in facts.teams:
        if isinstance(team.key, int):
            for above in counter.on_day.above(team.key):
                if above in below and above != team.key:
                    below[above].append(team)
    return below


def _office(counter: Counter, team: TeamFacts) -> str | None:
    """The team's name: the manager's own, else the one that all reps share."""
    if not isinstance(team.key, int):
        return None
    people = counter.organisation.people
    own = people[team.key].team
    if own:
        return own
    names = {people[n].team for n in counter.on_day.reps if counter.on_day.leader_of[n] == team.key}
    return names.pop() if len(names) == 1 else None


def _booked(counter: Counter, bookings: Iterable[Booked]) -> dict[object, tuple[Decimal, Decimal]] | None:
    """Booked amount within the weeks and within those before, by team; None without bookings."""
    sums: dict[object, tuple[Decimal, Decimal]] = {}
    any_booked = False
    for each in bookings:
        any_booked = True
        if not counter.before.first <= each.on <= counter.span.last:
            continue
        team = counter.team_of(counter.organisation.find_or_add(each.owner), each.on)
        now, earlier = sums.get(team, (Decimal(0), Decimal(0)))
        if each.on >= counter.span.first:
            now += each.amount
        else:
            earlier += each.amount
        sums[team] = (now, earlier)
    return sums if any_booked else None


def _sum(
    booked: Mapping[object, tuple[Decimal, Decimal]] | None, teams: Iterable[TeamFacts], place: int
) -> Decimal | None:
    if booked is None:
        return None
    return sum((booked[team.key][place] for team in teams if team.key in booked), Decimal(0))
