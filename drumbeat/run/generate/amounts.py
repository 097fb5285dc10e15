"""Brings the amounts of a branch to its plan figures: one factor per manager and quarter.

Won amounts of a quarter become ``pace`` times the target to date (all working days up to today, linear), so
that figures, targets and stories agree. In the first days of a quarter hardly anything is won and the
target to date is tiny: there the factor is kept within bounds, so that single deals stay sensible, and the
quarter before carries the story instead.
"""

from collections.abc import Callable, Iterable
from datetime import date

from drumbeat.core.days import working_days
from drumbeat.core.periods import Period, before, quarter_of
from drumbeat.run.generate.deals import LARGEST_AMOUNT, SMALLEST_AMOUNT, Deal
from drumbeat.run.generate.people import Area, Branch
from drumbeat.run.generate.plan import Frame
from drumbeat.run.generate.seeds import seeded
from drumbeat.run.generate.targets import Target

YOUNG_QUARTER_DAYS = 15
STAR_SHARE = 0.46
LARGEST_OTHER_SHARE = 0.3
COVERAGE_IN_TROUBLE = 1.8
MANY_DEALS = 5
_WIDEST, _WIDEST_OF_FEW = 8.0, 1.7


def bring_to_plan(frame: Frame, branch: Branch, deals: list[Deal], targets: Iterable[Target]) -> None:
    """Scale won amounts, quarter by quarter and manager by manager; then open ones of who is in trouble."""
    value = {(target.owner.email, target.quarter.name): target.value for target in targets}
    by_area: dict[tuple[str, str], list[Deal]] = {}
    quarter_names: dict[int, Period] = {}
    for deal in deals:
        if deal.state == "won" and deal.close is not None:
            if deal.close not in quarter_names:
                quarter_names[deal.close] = quarter_of(date.fromordinal(deal.close))
            area = _area_then(branch, deal)
            by_area.setdefault((area.manager.email, quarter_names[deal.close].name), []).append(deal)
    periods = {period.name: period for period in quarter_names.values()}
    rng = seeded("attainment", frame.seed, branch.number)
    for area in branch.areas:
        for name in sorted(periods):
            drawn = 0.93 + 0.14 * rng.random()
            won = by_area.get((area.manager.email, name), [])
            # Before the promotion the new manager's own target was a rep's.
            former = area.former_manager.email if area.former_manager else ""
            target = value.get((former, name)) or value.get((area.manager.email, name))
            if won and target:
                if area.seat.story == "trouble":
                    _narrow(won)
                _share_out(frame, area, won)
                _scale(won, target * _wanted(frame, area, periods[name], drawn))
    _open_in_trouble(frame, branch, deals, value)


def _area_then(branch: Branch, deal: Deal) -> Area:
    """The area that a deal counted for on its closing day: the owner may have changed managers since."""
    if deal.owner is not deal.area.mover or deal.close is None:
        return deal.area
    leader = deal.owner.leader_on(date.fromordinal(deal.close))[0]
    return next((area for area in branch.areas if area.manager.email == leader), deal.area)


def gone_share(area: Area, quarter: Period, today: date) -> float:
    """Working days of the quarter gone by the end of today, in the manager's country, as a share of all."""
    place = area.seat.places[0]
    gone = working_days(quarter.first, min(today, quarter.last), place.country, place.region)
    return gone / working_days(quarter.first, quarter.last, place.country, place.region)


def _wanted(frame: Frame, area: Area, quarter: Period, drawn: float) -> float:
    """The attainment of the target by today: the story now, on the way to it before, about 1 further back."""
    now = quarter_of(frame.today)
    if quarter == now:
        return area.seat.pace * gone_share(area, quarter, frame.today)
    if quarter == before(now):
        young = working_days(now.first, frame.today) < YOUNG_QUARTER_DAYS
        return area.seat.pace if young else 1 + (area.seat.pace - 1) * 0.4
    return drawn


def _scale(deals: list[Deal], total: float, widest: float = 0) -> None:
    """Multiply amounts so that they add up to ``total``, within the range of sensible amounts.

    A handful of deals is stretched less than many: one deal must not carry a whole quarter.
    """
    widest = widest or (_WIDEST if len(deals) >= MANY_DEALS else _WIDEST_OF_FEW)
    before_all = sum(deal.amount or 0 for deal in deals)
    total = min(max(total, before_all / widest), before_all * widest)
    for _ in range(6):
        have = sum(deal.amount or 0 for deal in deals)
        if not have:
            return
        for deal in deals:
            deal.amount = _sensible((deal.amount or 0) * total / have)


def _narrow(won: list[Deal]) -> None:
    """Amounts within a quarter of their mean: steady weeks need deals of about the same size."""
    mean = sum(deal.amount or 0 for deal in won) / len(won)
    for deal in won:
        deal.amount = _sensible(mean * (0.75 + 0.5 * (deal.dice % 1000) / 1000))


def _sensible(amount: float) -> int:
    return int(min(max(amount, SMALLEST_AMOUNT), LARGEST_AMOUNT) / 10) * 10


def _share_out(frame: Frame, area: Area, won: list[Deal]) -> None:
    """One rep of the story brings 46% of the last weeks' won amount; elsewhere nobody more than 30%."""
    edge = frame.now - 91
    for part in (lambda day: day > edge, lambda day: day <= edge):
        _share_out_part(area, [deal for deal in won if part(deal.close or 0)])


def _share_out_part(area: Area, won: list[Deal]) -> None:
    owners: dict[str, list[Deal]] = {}
    for deal in won:
        owners.setdefault(deal.owner.email, []).append(deal)
    if area.seat.story == "one_rep" and len(owners) > 1:
        _hand_over(area, won, owners)
        star = owners.pop(area.reps[0].email)
        others = sum(deal.amount or 0 for own in owners.values() for deal in own)
        if others:
            _scale(star, others * STAR_SHARE / (1 - STAR_SHARE), 20)
        return
    if len(owners) < 4:
        return
    amount_of: Callable[[list[Deal]], int] = lambda own: sum(deal.amount or 0 for deal in own)  # noqa: E731
    for _ in range(4):
        total = sum(amount_of(own) for own in owners.values())
        for own in owners.values():
            mine = amount_of(own)
            if mine > LARGEST_OTHER_SHARE * total:
                _scale(own, (total - mine) * LARGEST_OTHER_SHARE / (1 - LARGEST_OTHER_SHARE))


def _hand_over(area: Area, won: list[Deal], owners: dict[str, list[Deal]]) -> None:
    """Give the star the largest deals of others until it has a fifth of all: fewer cannot carry it."""
    star = owners.setdefault(area.reps[0].email, [])
    for deal in sorted(won, key=lambda deal: -(deal.amount or 0)):
        if len(star) >= max(1, len(won) // 5) or len(star) + 1 >= len(won):
            return
        if deal.owner is not area.reps[0]:
            owners[deal.owner.email].remove(deal)
            deal.owner = area.reps[0]
            star.append(deal)


def _open_in_trouble(
    frame: Frame, branch: Branch, deals: list[Deal], value: dict[tuple[str, str], int]
) -> None:
    """Of who is in trouble: open deals closing in the quarter are worth 1.8 times what is missing."""
    quarter = quarter_of(frame.today)
    for area in branch.areas:
        target = value.get((area.manager.email, quarter.name), 0)
        if area.seat.story != "trouble" or not target:
            continue
        missing = target * (1 - area.seat.pace * gone_share(area, quarter, frame.today))
        last = quarter.last.toordinal()
        in_quarter = [
            deal
            for deal in deals
            if deal.area is area
            and deal.state == "open"
            and deal.amount
            and deal.close
            and deal.close <= last
        ]
        _scale(in_quarter, missing * COVERAGE_IN_TROUBLE)
