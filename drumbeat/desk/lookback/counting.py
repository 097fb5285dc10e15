"""Deals in columns counted into facts, in one pass. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from drumbeat.core.periods import Period, twelve_months_to
from drumbeat.desk.lookback.organisation import OnDay, Organisation
from drumbeat.signals.counting import quarter_ends
from drumbeat.signals.facts import Closed, DealFacts, RepWon, Tally, TeamFacts

FACTS = ("account", "amount", "close_date")
COLUMN_OF = {"account": "account", "amount": "amount", "close_date": "close_on"}


class Deal(NamedTuple):
    """A deal as the files have it; ``state`` is open, won or lost."""

    id: str
    owner: str
    state: str
    account: str | None
    created_on: date | None
    close_on: date | None
    amount: Decimal | None
    name: str | None


@dataclass
class _Team:
    won_by_rep: dict[int, tuple[Decimal, list[str]]] = field(default_factory=dict)
    won_count: int = 0
    lost_count: int = 0
    won_before: Decimal = Decimal(0)
    closed_by_rep: dict[int, list[int]] = field(default_factory=dict)
    in_progress: list[tuple[date, str]] = field(default_factory=list)
    unowned: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FACTS, 0))


class Counter:
    """Counts deals as of a day. Feed ``add`` with deals, then ask for ``facts``.

    Won and lost belong to who led the owner on the close date, open deals to who leads on the day. A
    manager's own deals belong to the manager from the day on which he or she leads somebody.
    """

    def __init__(self, organisation: Organisation, as_of: date, span: Period, before: Period) -> None:
        self.organisation, self.as_of, self.span, self.before = organisation, as_of, span, before
        self.on_day: OnDay = organisation.on(as_of)
        self._led = organisation.led_by(self.on_day.managers)
        self.year_first = twelve_months_to(as_of)
        self.teams: dict[int | None, _Team] = {}
        self.owners: set[int] = set()
        self.measured = self.open_count = self.undated = self.unpriced = self.never_created = 0
        self.longest: int | None = None
        self.missing: dict[str, list[str]] = {fact: [] for fact in FACTS}
        self.closings: dict[date, list[str]] = {}
        self._number: dict[str, int] = {}

    def add(self, deals: Iterable[Deal]) -> None:
        """Count the deals in."""
        as_of = self.as_of
        numbers = self._number
        for deal in deals:
            owner = numbers.get(deal.owner)
            if owner is None:
                owner = numbers[deal.owner] = self.organisation.find_or_add(deal.owner)
                self.owners.add(owner)
            if deal.state != "open":
                if deal.close_on is None:
                    self.undated += 1
                    continue
                if deal.close_on <= as_of:
                    self._closed(deal, owner, deal.close_on)
                    continue
            if deal.created_on is None or deal.created_on <= as_of:
                self._open(deal, owner)

    def rep_name(self, owner: str) -> str:
        """The name of the person whom the files call ``owner``."""
        number = self._number.get(owner)
        return owner if number is None else self.organisation.label(number)

    def team_of(self, owner: int, day: date) -> int | None:
        """Whose team a deal of the owner belongs to on the day."""
        if any(first <= day < end for first, end in self._led.get(owner, ())):
            return owner
        return self.organisation.leader_on(owner, day)

    def _team(self, manager: int | None) -> _Team:
        team = self.teams.get(manager)
        if team is None:
            team = self.teams[manager] = _Team()
        return team

    def _closed(self, deal: Deal, owner: int, day: date) -> None:
        if deal.created_on is not None:
            length = (day - deal.created_on).days
            if length >= 0:
                self.measured += 1
                if self.longest is None or length > self.longest:
                    self.longest = length
        if day < self.before.first and day < self.year_first:
            return
        team, is_won = self._team(self.team_of(owner, day)), deal.state == "won"
        if day >= self.year_first:
            pair = team.closed_by_rep.setdefault(owner, [0, 0])
            pair[0 if is_won else 1] += 1
            self.closings.setdefault(day, []).append(deal.id)
        if day >= self.span.first:
            if not is_won:
                team.lost_count += 1
                return
            team.won_count += 1
            amount, ids = team.won_by_rep.get(owner, (Decimal(0), []))
            ids.append(deal.id)
            if deal.amount is None:
                self.unpriced += 1
            team.won_by_rep[owner] = (amount + (deal.amount or 0), ids)
        elif is_won and deal.amount is not None and self.before.first <= day <= self.before.last:
            team.won_before += deal.amount

    def _open(self, deal: Deal, owner: int) -> None:
        self.open_count += 1
        team = self._team(self.team_of(owner, self.as_of))
        if deal.created_on is None:
            self.never_created += 1
        else:
            team.in_progress.append((deal.created_on, deal.id))
        for fact, value in (
            ("account", deal.account),
            ("amount", deal.amount),
            ("close_date", deal.close_on),
        ):
            if value is None:
                team.unowned[fact] += 1
                self.missing[fact].append(deal.id)

    def facts(self, columns: Iterable[str]) -> DealFacts:
        """The facts; ``columns`` are those that the files have, so that a fact without one is not called
        missing.
        """
        known = set(columns)
        told = [fact for fact in FACTS if COLUMN_OF[fact] in known]
        reps = self._reps_by_team()
        names: dict[int | None, str | None] = {
            n: self.organisation.label(n) for n in {*self.teams, *reps} if n is not None
        }
        order = sorted({*self.teams, *reps}, key=lambda n: (n is None, names.get(n) or "", n or 0))
        return DealFacts(
            as_of=self.as_of,
            first=self.span.first,
            last=self.span.last,
            teams=tuple(self._team_facts(n, names.get(n), reps.get(n, []), told) for n in order),
            measured=self.measured,
            longest_days=self.longest,
            open_count=self.open_count,
            quarter_ends=quarter_ends(
                {day: Tally.of(ids) for day, ids in self.closings.items()}, self.year_first, self.as_of
            ),
            unowned={fact: Tally.of(self.missing[fact]) for fact in told},
        )

    def _reps_by_team(self) -> dict[int | None, list[int]]:
        """The reps of the day under whoever leads them; owners without a known leader under None."""
        reps: dict[int | None, list[int]] = {}
        leader_of, leaders = self.on_day.leader_of, set(self.on_day.leader_of.values())
        strangers = [
            n
            for n in sorted(self.owners)
            if n not in leader_of and self.organisation.people[n].left_on is None
        ]
        for number in [*self.on_day.reps, *strangers]:
            if number not in leaders:
                reps.setdefault(leader_of.get(number), []).append(number)
        return reps

    def _team_facts(
        self, number: int | None, name: str | None, reps: list[int], told: list[str]
    ) -> TeamFacts:
        team = self.teams.get(number, _Team())
        line = self.as_of - timedelta(days=self.longest) if self.longest is not None else date.min
        label = self.organisation.label
        won = {label(n): RepWon(amount, Tally.of(ids)) for n, (amount, ids) in team.won_by_rep.items()}
        closed = {label(n): Closed(*pair) for n, pair in team.closed_by_rep.items()}
        return TeamFacts(
            manager=name,
            key=number,
            reps=len(reps),
            reps_without_deals=Tally.of([label(n) for n in reps if n not in self.owners]),
            won_by_rep=won,
            won_count=team.won_count,
            lost_count=team.lost_count,
            won_amount=sum((each.amount for each in won.values()), Decimal(0)),
            won_amount_before=team.won_before,
            closed=Closed(sum(c.won for c in closed.values()), sum(c.lost for c in closed.values())),
            closed_by_rep=closed,
            in_progress=len(team.in_progress),
            aged=Tally.of([one for created, one in team.in_progress if created < line]),
            unowned={fact: team.unowned[fact] for fact in told},
        )


def deals_of(
    columns: Mapping[str, list[Any]], lines: Sequence[int], without_id: dict[str, int]
) -> list[Deal]:
    """The deals of a chunk's columns. Without an id column account and name are the id, told apart by
    order.
    """
    size = len(lines)
    nothing: list[Any] = [None] * size

    def of(field_name: str) -> list[Any]:
        return columns.get(field_name, nothing)

    ids = (
        of("external_id")
        if "external_id" in columns
        else _made_ids(of("account"), of("name"), lines, without_id)
    )
    return list(
        map(
            Deal,
            ids,
            of("owner"),
            of("state"),
            of("account"),
            of("created_on"),
            of("close_on"),
            of("amount"),
            of("name"),
        )
    )


def _made_ids(accounts: list[Any], names: list[Any], lines: Sequence[int], seen: dict[str, int]) -> list[str]:
    ids = []
    for account, name, line in zip(accounts, names, lines, strict=True):
        base = " · ".join(part for part in (account, name) if part) or f"line {line}"
        seen[base] = count = seen.get(base, 0) + 1
        ids.append(base if count == 1 else f"{base} ({count})")
    return ids
