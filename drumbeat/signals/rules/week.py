"""What speaks on This week beyond the truths: a manager who waits, a plan that slips, one above plan who is
never met, and one thing worth a thank-you. Formulas: docs/truths.md. Pure.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from statistics import fmean
from typing import Any

from drumbeat.signals.facts import PlanFacts, RelationFacts, WonDeal
from drumbeat.signals.rules.words import days, figure, percent

UNSEEN_TIMES, UNSEEN_RED = 1.5, 2.0
BOOKED_WITHIN = 7
PACE_MARGIN, PACE_RED, PACE_WEEKS = 0.07, 0.15, 3
NOISE = 1.3
UNCOACHED_DAYS, SETTLED_DAYS, NEW_DAYS = 45, 182, 90
THANKS_DAYS, FIRST_HISTORY = 7, 90
SEVERITIES = ("red", "amber", "info")


@dataclass(frozen=True)
class Action:
    """The one next thing to do: ``kind`` is ``mail``, ``slots`` (copy two free slots) or ``rows`` (open the
    rows).
    """

    kind: str
    label: str


@dataclass(frozen=True)
class Signal:
    """One thing that speaks today about a person: the sentence, its numbers and threshold, the rows behind
    it.

    ``about`` is the person's key, ``severity`` one of SEVERITIES, ``own_debt`` what the reader owes.
    """

    key: str
    about: Hashable
    sentence: str
    numbers: Mapping[str, Any]
    threshold: str
    rows: tuple[str, ...]
    action: Action
    name: str = ""
    detail: str = ""
    severity: str = "amber"
    own_debt: bool = False
    order: tuple[float, ...] = field(default=(), compare=False)


def unmet(relation: RelationFacts, *, today: date, agreed_days: int = 14) -> Signal | None:
    """A manager without a one-to-one for 1.5 intervals; red from 2.0.

    The interval is the usual one, or ``agreed_days`` where there is none yet. One never met counts from the
    first day that the calendar covers. Days away do not count; one booked within a week says nothing.
    """
    interval = relation.usual_days or float(agreed_days)
    waited = (today - (relation.last_on or relation.covered_from)).days - relation.away_days
    booked = relation.next_on is not None and today <= relation.next_on <= today + timedelta(
        days=BOOKED_WITHIN
    )
    if booked or waited <= UNSEEN_TIMES * interval:
        return None
    since = (
        f"no one-to-one for {days(waited)}"
        if relation.last_on
        else f"no one-to-one in {days(waited)} of calendar"
    )
    every = "usually you meet every" if relation.usual_days else "you want one every"
    return Signal(
        key="unmet",
        about=relation.key or relation.manager,
        name=relation.manager,
        sentence=f"{relation.manager}: {since}; {every} {days(interval)}.",
        numbers={"days": waited, "interval": round(interval, 1)},
        threshold=f"more than 1.5 times the interval, that is {days(UNSEEN_TIMES * interval)}",
        rows=relation.ids,
        action=Action("slots", "Copy two free slots"),
        severity="red" if waited > UNSEEN_RED * interval else "amber",
        order=(-waited / interval,),
    )


def pace(plan: PlanFacts) -> float | None:
    """Actual against the target to date, A / (T · share), linear; without a target, against last year's
    same span.
    """
    if plan.target is not None and plan.target > 0 and plan.share > 0:
        return float(plan.actual) / (float(plan.target) * plan.share)
    if plan.target is None and plan.last_year is not None and plan.last_year > 0:
        return float(plan.actual / plan.last_year)
    return None


def bad_month_line(weekly: Sequence[Any], weeks_gone: int, margin: float = PACE_MARGIN) -> float | None:
    """The pace under which it is more than a bad month: 1 − max(m, 1.3 c / √k).

    ``c`` the coefficient of variation of the weekly results, ``k`` whole weeks gone. None where k < 3,
    where fewer than 3 weeks are known, where the mean is not positive, or where c > 1: then the results say
    nothing about pace.
    """
    values = [float(value) for value in weekly]
    if weeks_gone < PACE_WEEKS or len(values) < PACE_WEEKS or (middle := fmean(values)) <= 0:
        return None
    # statistics.stdev reckons in exact fractions: forty times slower, and the same to ten places.
    c = sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1)) / middle
    return None if c > 1 else 1 - max(margin, NOISE * c / sqrt(weeks_gone))


def plan_pace(plan: PlanFacts) -> Signal | None:
    """A manager's pace is below what chance explains (``bad_month_line``); red with a margin of 0.15.

    Guard: not in the first 90 days in the role, when the numbers still tell of the one before.
    """
    if plan.days_in_role is not None and plan.days_in_role < NEW_DAYS:
        return None
    reached, line = pace(plan), bad_month_line(plan.weekly, plan.weeks_gone)
    if reached is None or line is None or reached >= line:
        return None
    red_line = bad_month_line(plan.weekly, plan.weeks_gone, PACE_RED)
    against = "plan to date" if plan.target is not None else "last year’s same weeks"
    return Signal(
        key="plan_pace",
        about=plan.key or plan.manager,
        name=plan.manager,
        sentence=f"{plan.manager}: this is more than a bad month. {percent(reached)} of {against}.",
        numbers={"pace": round(reached, 4), "actual": str(plan.actual), "weeks": plan.weeks_gone},
        threshold=f"under {percent(line)}, what ordinary ups and downs of the weeks explain",
        rows=plan.rows,
        action=Action("rows", "See the deals"),
        severity="red" if red_line is not None and reached < red_line else "amber",
        order=(reached,),
    )


def above_plan_unmet(plan: PlanFacts, relation: RelationFacts, *, today: date) -> Signal | None:
    """A manager at or above plan to date with whom the executive spent no minute in 45 days.

    Guard: the calendar covers the 45 days; at least half a year in the role, where that is known.
    """
    reached = pace(plan)
    if plan.target is None or reached is None or reached < 1 or relation.together_45 != 0:
        return None
    if (today - relation.covered_from).days < UNCOACHED_DAYS:
        return None
    if plan.days_in_role is not None and plan.days_in_role < SETTLED_DAYS:
        return None
    return Signal(
        key="above_plan_unmet",
        about=plan.key or plan.manager,
        name=plan.manager,
        sentence=f"{plan.manager}, {percent(reached)} of plan: no time with you for {days(UNCOACHED_DAYS)}.",
        numbers={"pace": round(reached, 4), "minutes": 0, "days": UNCOACHED_DAYS},
        threshold=f"at or above plan, and no minute together in {days(UNCOACHED_DAYS)}",
        rows=plan.rows,
        action=Action("slots", "Copy two free slots"),
        order=(-reached,),
    )


def thank_you(wins: Iterable[WonDeal], *, today: date) -> Signal | None:
    """The one thing of the last seven days worth a thank-you: a rep's first won deal, else the largest for
    its rep.

    A first counts as one only where the deals reach back 90 days before it. The largest is the one with the
    greatest ratio to the rep's usual amount, where that is known, then the greatest amount.
    """
    fresh = [win for win in wins if today - timedelta(days=THANKS_DAYS) < win.won_on <= today]
    if not fresh:
        return None

    def weight(win: WonDeal) -> tuple[bool, float, float, str]:
        times = float(win.amount / win.usual) if win.amount is not None and win.usual else 1.0
        return _is_first(win), times, float(win.amount or 0), win.id

    best = max(fresh, key=weight)
    rep = f"{best.rep}" if not best.manager else f"{best.rep} ({best.manager}’s team)"
    what = best.name or (f"the deal with {best.account}" if best.account else "a deal")
    amount = f", {figure(best.amount)}" if best.amount else ""
    text = f"{rep} won {what}{amount}: the first one." if _is_first(best) else f"{rep} won {what}{amount}."
    return Signal(
        key="thank_you",
        about=best.key or best.rep,
        name=best.rep,
        sentence=text,
        numbers={"amount": None if best.amount is None else str(best.amount), "first": _is_first(best)},
        threshold="a deal won in the last seven days",
        rows=(best.id,),
        action=Action("mail", "Write two lines"),
        severity="info",
    )


def _is_first(win: WonDeal) -> bool:
    return win.earlier_wins == 0 and win.history_days >= FIRST_HISTORY
