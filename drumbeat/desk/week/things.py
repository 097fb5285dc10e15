"""Which things stand on This week: the signals, and the truths told as things. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from drumbeat.desk.relations import OwnCalendar
from drumbeat.signals.facts import DealFacts, PlanFacts, RelationFacts, WonDeal
from drumbeat.signals.rules import truths_that_hold
from drumbeat.signals.rules.choose import Silenced, choose, confirmed
from drumbeat.signals.rules.truth import Truth
from drumbeat.signals.rules.week import Action, Signal, above_plan_unmet, plan_pace, thank_you, unmet

# What a truth is good for on a Monday: the key, and the words that open its rows. The look back tells the
# others too (how chance plays, how closings bunch): they ask for nothing this week.
TELLS = {
    "aged_deals": "See the deals",
    "rep_share": "See the deals won",
    "reps_without_deals": "See the team",
    "unowned_facts": "See the deals",
    "rhythm_stopped": "See my hours",
    "minutes_mix": "See my hours",
}


def signals_of(
    plans: Mapping[int, PlanFacts], calendar: OwnCalendar | None, *, agreed_days: int = 14
) -> list[Signal]:
    """Everything that speaks of a manager: plans as of their day, talks as of the calendar's."""
    found: list[Signal | None] = []
    for key, plan in plans.items():
        relation = relation_of(calendar, key)
        found.append(plan_pace(plan))
        if relation is not None and calendar is not None:
            today = calendar.facts.as_of
            found.append(unmet(relation, today=today, agreed_days=agreed_days))
            found.append(above_plan_unmet(plan, relation, today=today))
    return [_about_whom(signal) for signal in found if signal is not None]


def relation_of(calendar: OwnCalendar | None, key: int) -> RelationFacts | None:
    """What the calendar says of a manager; None without a calendar that covers anything."""
    if calendar is None or str(key) not in calendar.of:
        return None
    return calendar.of[str(key)].facts


def things_of(
    now: Iterable[Signal],
    a_week_ago: Iterable[Signal],
    truths: Iterable[Truth],
    *,
    today: date,
    silenced: Silenced,
    me: Hashable,
) -> list[Signal]:
    """At most three things: signals first, then truths that ask for something."""
    told = [_told(truth, me) for truth in truths if _asks(truth)]
    return choose([*confirmed(now, a_week_ago), *told], today=today, silenced=silenced)


def truths_of(deals: DealFacts, calendar: OwnCalendar | None) -> list[Truth]:
    """The truths that hold today: the same rules as in the look back."""
    return truths_that_hold(deals, calendar.facts if calendar else None)


def thanks_of(wins: Iterable[WonDeal], silenced: Silenced, today: date) -> Signal | None:
    """One thing worth a thank-you that was not put off."""
    quiet = {about for (key, about) in silenced if key == "thank_you"}
    return thank_you([win for win in wins if win.key not in quiet], today=today)


def _asks(truth: Truth) -> bool:
    """Whether a truth is worth a thing. Where no rep at all has a deal, none were brought in: no news."""
    if truth.key == "reps_without_deals" and truth.numbers["count"] == truth.numbers["of"]:
        return False
    return truth.key in TELLS


def _told(truth: Truth, me: Hashable) -> Signal:
    """A truth as a thing; it is about the reader's own team as a whole, so it may stand beside any other."""
    return Signal(
        key=truth.key,
        about=(me, truth.key),
        sentence=truth.sentence,
        detail=truth.detail,
        numbers=truth.numbers,
        threshold=truth.how,
        rows=truth.rows,
        action=Action("rows", TELLS[truth.key]),
        severity="info",
    )


def _about_whom(signal: Signal) -> Signal:
    """The same person has the same key, whichever rule speaks: relations know it as text."""
    return Signal(**{**vars(signal), "about": int(str(signal.about))})
