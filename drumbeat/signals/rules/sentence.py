"""The sentence at the end of a manager's row: the one most telling thing. Pure."""

from decimal import Decimal

from drumbeat.signals.facts import CalendarFacts, DealFacts, PlanFacts, RelationFacts, TeamFacts
from drumbeat.signals.rules.deals import AGED_SHARE, MIN_CLOSED, REP_SHARE, leading_rep
from drumbeat.signals.rules.hours import days_since, is_unseen
from drumbeat.signals.rules.words import days, figure, number, percent, sentence, several

CHANGED = Decimal("0.2")


def manager_sentence(
    team: TeamFacts,
    facts: DealFacts,
    calendar: CalendarFacts | None = None,
    relation: RelationFacts | None = None,
) -> str:
    """One sentence: what waits, then what stands out against the company, then what changed, then plain
    counts.

    The order is fixed, so that the same facts always give the same sentence; each step has the guard of its
    truth.
    """
    return (
        _waits(calendar, relation)
        or _one_rep(team)
        or _aged(team, facts, above_company=True)
        or _idle(team)
        or _changed(team)
        or _aged(team, facts, above_company=False)
        or _counts(team)
    )


def weeks_below(plan: PlanFacts) -> str:
    """The sentence of a manager whose pace is more than a bad month: for how many of the last eight weeks.

    A week is below when it brought less than an even part of the target would be, or of what the weeks before
    brought on average where there is none.
    """
    recent = plan.weekly[-8:]
    even = plan.target / 13 if plan.target is not None else sum(plan.weekly, Decimal(0)) / len(plan.weekly)
    below = sum(1 for week in recent if week < even)
    return sentence(f"more than a bad month: {number(below)} of the last {number(len(recent))} weeks below.")


def _waits(calendar: CalendarFacts | None, relation: RelationFacts | None) -> str:
    if calendar is None or relation is None or not is_unseen(relation, calendar):
        return ""
    usual = relation.usual_days or 0
    return f"No one-to-one for {days(days_since(relation, calendar))}; usually it is every {days(usual)}."


def _one_rep(team: TeamFacts) -> str:
    rep, share = leading_rep(team)
    return f"{rep} alone brings {percent(share)} of the won amount." if share >= REP_SHARE else ""


def _aged(team: TeamFacts, facts: DealFacts, *, above_company: bool) -> str:
    of = sum(each.in_progress for each in facts.teams)
    all_aged = sum(each.aged.count for each in facts.teams)
    if facts.longest_days is None or facts.measured < MIN_CLOSED or not team.in_progress:
        return ""
    share = team.aged.count / team.in_progress
    if share < AGED_SHARE or (above_company and (share <= all_aged / of or len(facts.teams) < 2)):
        return ""
    verb = "is" if team.aged.count == 1 else "are"
    return (
        f"Of {several(team.in_progress, 'deal')} in progress, "
        f"{number(team.aged.count)} {verb} older than any deal you ever closed."
    )


def _idle(team: TeamFacts) -> str:
    count = team.reps_without_deals.count
    if not count:
        return ""
    verb = "has" if count == 1 else "have"
    if count == team.reps:
        return "None of the reps has a deal." if count > 1 else "The one rep has no deal at all."
    return sentence(f"{several(count, 'rep')} of {number(team.reps)} {verb} no deal at all.")


def _changed(team: TeamFacts) -> str:
    if team.won_amount_before <= 0:
        return ""
    change = team.won_amount / team.won_amount_before - 1
    if abs(change) < CHANGED:
        return ""
    return (
        f"{percent(float(abs(change)))} {'more' if change > 0 else 'less'} won than in the same span before."
    )


def _counts(team: TeamFacts) -> str:
    if not team.won_count and not team.lost_count:
        return "No deal won or lost in these weeks."
    return f"Won {figure(team.won_count)} and lost {figure(team.lost_count)} in these weeks."
