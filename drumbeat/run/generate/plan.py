"""How a made company's numbers are shared out: how many deals and accounts each owner has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.run.generate.people import Area, Branch, Person, Tree
from drumbeat.run.generate.season import ClosingDays, level, quarter_of

DEALS_PER_ACCOUNT = 12
SHORTEST_WEEKS = 14
LONGEST_WEEKS = 520


class WrongLength(Refused):
    """Fewer weeks than a quarter tell no story; more than ten years are a typing slip."""


class TooManyDeals(Refused):
    """Fewer than no opportunities."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one owner gets: numbers of deals and accounts, each run beginning at a number of its own."""

    owner: Person
    first_deal: int
    deals: int
    first_account: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The settings that every table is made from."""

    seed: int
    today: date
    first: date
    weeks: int
    opportunities: int
    deals_per_owner: float
    days: ClosingDays

    @property
    def now(self) -> int:
        """Today as an ordinal."""
        return self.today.toordinal()

    @property
    def average_level(self) -> float:
        """The mean of season and growth over the span."""
        weeks = [self.first + timedelta(weeks=i) for i in range(self.weeks)]
        return sum(level(quarter_of(day)) for day in weeks) / len(weeks)


def frame(tree: Tree, opportunities: int, weeks: int, seed: int, today: date) -> Frame:
    """Check the settings and lay out the span of whole weeks that ends on the day."""
    if opportunities < 0:
        raise TooManyDeals(f"{opportunities} opportunities cannot be made; give 0 or more.")
    if not SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS:
        raise WrongLength(f"{weeks} weeks cannot be made; give {SHORTEST_WEEKS} to {LONGEST_WEEKS}.")
    first = today - timedelta(days=7 * weeks - 1)
    weight = sum(_weight(area, owner) for area in _areas(tree) for owner in area.dealing)
    per_owner = opportunities / weight if weight else 0.0
    return Frame(seed, today, first, weeks, opportunities, per_owner, ClosingDays(first, today))


def shares(tree: Tree, opportunities: int) -> Iterator[tuple[Branch, list[list[Share]]]]:
    """For each branch the shares of each area's owners; the deals add up to what was asked for."""
    total = sum(_weight(area, owner) for area in _areas(tree) for owner in area.dealing)
    accounts = opportunities // DEALS_PER_ACCOUNT
    seen, deals_gone, accounts_gone = 0.0, 0, 0
    for branch in tree.branches:
        of_branch = []
        for area in branch.areas:
            of_area = []
            for owner in area.dealing:
                seen += _weight(area, owner)
                fraction = seen / total
                deals = round(opportunities * fraction) - deals_gone
                own_accounts = max(1, round(accounts * fraction) - accounts_gone) if deals else 0
                of_area.append(Share(owner, deals_gone, deals, accounts_gone, own_accounts))
                deals_gone += deals
                accounts_gone += own_accounts
            of_branch.append(of_area)
        yield branch, of_branch


def _areas(tree: Tree) -> Iterator[Area]:
    for branch in tree.branches:
        yield from branch.areas


def _weight(area: Area, owner: Person) -> float:
    """A rep who began a few weeks ago has a tenth of the others' deals."""
    return 0.1 if owner is area.first_win else 1.0
