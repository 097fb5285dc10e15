"""The opportunities of one branch: drawn per owner, then won or lost, with the branch's stories in them.

Closed deals come first (their closing days follow season.py), then what is open today. Amounts are drawn
here and brought to the plan figures in amounts.py.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from drumbeat.run.generate.accounts import Account, Product, accounts_of, products
from drumbeat.run.generate.people import PROMOTED_DAYS_AGO, Area, Branch, Person
from drumbeat.run.generate.plan import Frame, Share
from drumbeat.run.generate.seeds import seeded

OPEN_SHARE = 0.2
WIN_RATE = 0.46
# Managers' win rates differ by this much at most: far less than chance would make of equal skill.
WIN_RATE_SPREAD = 0.04
MEDIAN_AMOUNT = 18_000
AMOUNT_SIGMA = 0.85
SMALLEST_AMOUNT, LARGEST_AMOUNT = 2_000, 400_000
MEDIAN_CYCLE_DAYS, LONGEST_CYCLE_DAYS = 55, 230
PROMOTED_WINS, AREA_WINS_SINCE = 4, 9
FIRST_WIN_NAME = "Halden frame contract"
FIRST_WIN_ACCOUNT = "Halden Systems"


class Deal:
    """One opportunity as of today; days are ordinals, None is unknown. ``slips`` counts moved close dates."""

    __slots__ = (
        "account",
        "amount",
        "area",
        "category",
        "close",
        "created",
        "dice",
        "former_owner",
        "name",
        "number",
        "owner",
        "product",
        "slips",
        "state",
    )

    def __init__(self, number: int, owner: Person, area: Area, account: Account, dice: int) -> None:
        self.number = number
        self.owner = owner
        self.area = area
        self.account: Account | None = account
        self.dice = dice
        self.state = "lost"
        self.category = ""
        self.created: int | None = None
        self.close: int | None = None
        self.amount: int | None = None
        self.product = ""
        self.name = ""
        self.slips = 0
        self.former_owner: Person | None = None


class BranchDeals:
    """The deals and accounts of a branch, in the order of their numbers."""

    def __init__(self, frame: Frame, branch: Branch, shares: list[list[Share]]) -> None:
        self.frame = frame
        self.branch = branch
        self.deals: list[Deal] = []
        self.accounts: list[Account] = []
        self._catalogue = products()
        rng = seeded("deals", frame.seed, branch.number)
        for area, of_area in zip(branch.areas, shares, strict=True):
            self._make_area(rng, area, of_area)

    def _make_area(self, rng: Random, area: Area, shares: list[Share]) -> None:
        made: list[Deal] = []
        for share in shares:
            accounts = self._make_accounts(rng, area, share)
            made += self._make_deals(rng, area, share, accounts)
        closed = sorted((deal for deal in made if deal.state != "open"), key=lambda deal: deal.close or 0)
        _decide(rng, area, closed)
        if area.seat.story == "trouble":
            # Steady weeks: only then is being below plan seen to be more than a bad month.
            won = [deal for deal in closed if deal.state == "won"]
            _evenly(self.frame.first.toordinal(), self.frame.now, won)
        if area.former_manager:
            self._wins_since_promotion(rng, area, closed)
        if area.first_win:
            self._first_win(rng, area, [deal for deal in made if deal.owner is area.first_win])
        _clean_up(rng, made)
        self.deals += made

    def _make_accounts(self, rng: Random, area: Area, share: Share) -> list[Account]:
        start = seeded("accounts", self.frame.seed).randrange(2_000)
        owner = area.reps[0] if share.owner in (area.leaver, area.manager) and area.reps else share.owner
        found = list(accounts_of(rng, owner, share.first_account, share.accounts, start))
        if share.owner is area.first_win and self.branch.number == 0 and found:
            old = found[0]
            found[0] = Account(old.number, FIRST_WIN_ACCOUNT, "Automation", "", owner, 1.6, 0, False)
        self.accounts += found
        return found

    def _make_deals(self, rng: Random, area: Area, share: Share, accounts: list[Account]) -> list[Deal]:
        now, owner = self.frame.now, share.owner
        start = max(self.frame.first.toordinal(), owner.started_on.toordinal() + 14)
        end = min(now, owner.left_on.toordinal()) if owner.left_on else now
        open_count = round(share.deals * OPEN_SHARE)
        if owner is area.first_win:
            open_count = max(0, share.deals - 2)
        days = self.frame.days.spread(rng, share.deals - open_count, start, end)
        numbers = iter(range(share.first_deal, share.first_deal + share.deals))
        made = []
        for close in days:
            deal = self._deal(rng, next(numbers), area, owner, accounts)
            deal.close = close
            deal.created = max(close - _cycle(rng), min(owner.started_on.toordinal(), close))
            made.append(deal)
        for number in numbers:
            deal = self._deal(rng, number, area, owner, accounts)
            _still_open(rng, deal, now)
            if owner.left_on and area.reps:
                # Open deals of somebody who left went to a colleague that day.
                deal.former_owner, deal.owner = owner, area.reps[number % len(area.reps)]
            made.append(deal)
        return made

    def _deal(self, rng: Random, number: int, area: Area, owner: Person, accounts: list[Account]) -> Deal:
        account = accounts[int(rng.random() * len(accounts))]
        deal = Deal(number, owner, area, account, rng.getrandbits(32))
        product: Product = self._catalogue[int(rng.random() * len(self._catalogue))]
        deal.product = product.name
        deal.name = f"{account.name}: {product.line}"
        deal.amount = _amount(rng, account.size)
        return deal

    def _wins_since_promotion(self, rng: Random, area: Area, closed: list[Deal]) -> None:
        """Since the promotion the area won nine deals, evenly spread, four of them the new manager's own."""
        since = self.frame.now - PROMOTED_DAYS_AGO
        own = [deal for deal in closed if deal.state == "won" and deal.owner is area.manager]
        others = [deal for deal in closed if deal.state == "won" and deal.owner is not area.manager]
        mine, theirs = own[-PROMOTED_WINS:], others[PROMOTED_WINS - AREA_WINS_SINCE :]
        chosen = {id(deal) for deal in (*mine, *theirs)}
        earliest = max(self.frame.first.toordinal(), since - 80)
        for deal in (*own, *others):
            if id(deal) not in chosen and (deal.close or 0) >= since:
                days = self.frame.days.spread(rng, 1, earliest, since - 1)
                _move(deal, days[0] if days else since - 1)
        _evenly(since + 1, self.frame.now, rng.sample([*mine, *theirs], len(mine) + len(theirs)))

    def _first_win(self, rng: Random, area: Area, deals: list[Deal]) -> None:
        """The rep's first won deal closes this week; one was lost before; the rest is open."""
        closed = [deal for deal in deals if deal.state != "open"]
        if not closed:
            return
        today = self.frame.today
        monday = today - timedelta(days=today.weekday())
        first, *rest = closed[::-1]
        first.state = "won"
        first.close = (monday + timedelta(days=min(today.weekday(), 4))).toordinal()
        first.created = first.close - 44
        if self.branch.number == 0:
            first.name = FIRST_WIN_NAME
        first.amount = 86_000
        for deal in rest:
            deal.state = "lost"
            deal.close = min(deal.close or 0, first.close - 8)
            deal.created = min(deal.created or 0, deal.close)


def _amount(rng: Random, factor: float) -> int:
    drawn = rng.lognormvariate(0.0, AMOUNT_SIGMA) * MEDIAN_AMOUNT * factor
    return int(min(max(drawn, SMALLEST_AMOUNT), LARGEST_AMOUNT) / 10) * 10


def _cycle(rng: Random) -> int:
    """Days from created to closed, never more than LONGEST_CYCLE_DAYS."""
    days = int(rng.lognormvariate(0.0, 0.6) * MEDIAN_CYCLE_DAYS) + 1
    return days if days <= LONGEST_CYCLE_DAYS else int(60 + rng.random() * 150)


def _move(deal: Deal, day: int) -> None:
    """Give a closed deal another closing day and keep its length."""
    length = (deal.close or day) - (deal.created or day)
    deal.close = day
    deal.created = max(day - length, min(day, deal.owner.started_on.toordinal()))


def _evenly(first: int, last: int, won: list[Deal]) -> None:
    """Spread won deals evenly over the working days between two days."""
    for i, deal in enumerate(won):
        day = first + int((i + 0.5) / len(won) * (last - first + 1))
        weekend = max(0, date.fromordinal(day).weekday() - 4)
        _move(deal, day - weekend if day - weekend >= first else day + 3 - weekend)


def _decide(rng: Random, area: Area, closed: list[Deal]) -> None:
    """Won or lost: nearly the same share for each manager and stretch of time, in random order."""
    rate = WIN_RATE + WIN_RATE_SPREAD * (2 * rng.random() - 1)
    carried = rng.random()
    for start in range(0, len(closed), 12):
        block = closed[start : start + 12]
        carried += rate * len(block)
        wins = int(carried)
        carried -= wins
        for deal in rng.sample(block, min(wins, len(block))):
            deal.state = "won"
    slipping = 0.35 if area.seat.story == "optimist" else 0.1
    for deal in closed:
        if rng.random() < slipping:
            deal.slips = 1 + (deal.dice & 1)


_AGED = {"optimist": 0.3, "trouble": 0.22}
_OVERDUE = {"optimist": 0.45, "trouble": 0.12}


def _still_open(rng: Random, deal: Deal, now: int) -> None:
    """An open deal: its age, expected close, forecast category, and what nobody filled in."""
    story = deal.area.seat.story
    deal.state = "open"
    started = deal.owner.started_on.toordinal()
    aged = rng.random() < _AGED.get(story, 0.08)
    age = int(LONGEST_CYCLE_DAYS + 15 + rng.random() * 240 if aged else min(rng.expovariate(1 / 55), 200))
    last = deal.owner.left_on.toordinal() if deal.owner.left_on else now
    deal.created = max(min(now - age, last), min(started, last))
    if rng.random() < _OVERDUE.get(story, 0.06):
        deal.close = max(now - 1 - int(rng.random() * 40), deal.created)
    else:
        deal.close = now + 1 + int(min(rng.expovariate(1 / 38), 210))
    soon = deal.close - now
    commit = 0.75 if story == "optimist" else 0.3
    if soon < 30 and rng.random() < commit:
        deal.category = "commit"
    else:
        deal.category = "best_case" if soon < 60 and rng.random() < 0.5 else "pipeline"
    deal.slips = _slips(rng, story, deal)
    _leave_blank(rng, deal)


_SLIPS: dict[str, Callable[[float], int]] = {
    "optimist": lambda u: 0 if u < 0.25 else 1 if u < 0.55 else 2 if u < 0.85 else 3,
    "trouble": lambda u: 0 if u < 0.75 else 1 if u < 0.88 else 2,
}


def _slips(rng: Random, story: str, deal: Deal) -> int:
    u = rng.random()
    if story in _SLIPS:
        return _SLIPS[story](u)
    return 0 if u < 0.86 else 1 if u < 0.97 else 2


def _leave_blank(rng: Random, deal: Deal) -> None:
    """Some open deals lack one of account, amount, close date and created date."""
    u = rng.random()
    if u < 0.04:
        deal.account = None
        deal.name = f"New enquiry: {deal.product}"
    elif u < 0.09:
        deal.amount = None
    elif u < 0.13:
        deal.close = None
        deal.category = "pipeline"
    elif u < 0.15:
        deal.created = None


def _clean_up(rng: Random, deals: list[Deal]) -> None:
    """The forecast category of what is closed."""
    for deal in deals:
        if deal.state == "won":
            deal.category = "closed"
        elif deal.state == "lost":
            deal.category = "omitted"
