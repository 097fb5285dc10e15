"""Truths about a leader's own calendar. The same shape as those about deals."""

from collections.abc import Mapping

from drumbeat.signals.facts import CalendarFacts, RelationFacts
from drumbeat.signals.rules.truth import ManagerNumbers, Truth, share_of
from drumbeat.signals.rules.words import day, days, hours, listed, percent, sentence, several

COVERED = 0.7
UNSEEN_TIMES = 1.5

# The words after "… hours".
SPENT_ON = {
    "coach_managers": "on coaching your managers",
    "customers_joint": "with customers",
    "plan_execution": "on plan and forecast",
    "team_meetings": "in team meetings",
    "hiring_bench": "on hiring",
    "suppliers": "with suppliers",
    "fires": "on fires",
    "internal_admin": "on internal matters",
    "own_learning": "on your own learning",
}


def minutes_mix(facts: CalendarFacts) -> Truth | None:
    """Where the hours went: minutes by category beside the share of minutes whose category is known.

    Guard: at least 70% of the minutes are known.
    """
    covered = facts.covered
    if covered is None or covered < COVERED:
        return None
    known = {name: minutes for name, minutes in facts.minutes.items() if name in SPENT_ON and minutes}
    if not known:
        return None
    first, second = _two_to_speak_of(known)
    text = f"You spent {hours(known[first])} {SPENT_ON[first]}"
    if second:
        text += f" and {_less(known[first], known.get(second, 0))} {SPENT_ON[second]}"
    return Truth(
        "minutes_mix",
        text + ".",
        f"That is from {percent(covered)} of the hours in your calendar; what the rest was is not known.",
        {**facts.minutes, "covered": share_of(covered)},
        rows=tuple(one for name in (first, second) for one in facts.ids.get(name, ())),
        row_kind="events",
        how="Each entry has one category, by who was there, their mail domains, and words in its title.",
    )


def _two_to_speak_of(known: Mapping[str, int]) -> tuple[str, str]:
    """The category with most minutes, and coaching beside it; the second most where coaching is the first."""
    first = max(known, key=lambda name: known[name])
    if first != "coach_managers":
        return first, "coach_managers"
    return first, max((name for name in known if name != first), key=lambda name: known[name], default="")


def _less(most: int, minutes: int) -> str:
    """``9`` beside 61 hours, ``45 minutes`` where it is under one, ``none``."""
    if not minutes:
        return "none"
    return hours(minutes).split()[0] if most >= 60 and minutes >= 60 else hours(minutes)


def unseen(facts: CalendarFacts) -> Truth | None:
    """Managers without a one-to-one for longer than 1.5 times their usual interval.

    Guard: managers without any one-to-one in the calendar, or without a usual interval, are left out.
    """
    late = [each for each in facts.relations if is_unseen(each, facts)]
    if not late:
        return None
    late.sort(key=lambda each: (-days_since(each, facts) / (each.usual_days or 1), each.manager))
    first = late[0]
    since, usual = days_since(first, facts), first.usual_days or 0
    text = f"{first.manager}: no one-to-one for {days(since)}."
    more = [each.manager for each in late[1:]]
    detail = f"Usually you meet every {days(usual)}." if round(usual) != 1 else "Usually you meet every day."
    if more:
        detail += f" {listed(more)} {'waits' if len(more) == 1 else 'wait'} longer than usual too."
    return Truth(
        "unseen",
        text,
        detail,
        {"manager": first.manager, "days": since, "usual": round(usual, 1)},
        tuple(
            ManagerNumbers(r.manager, {"days": days_since(r, facts), "usual": round(r.usual_days or 0, 1)})
            for r in late
        ),
        tuple(one for each in late for one in each.ids),
        row_kind="events",
        how=f"Days to {facts.as_of.isoformat()} since the last one-to-one that took place, against the "
        "median days between them. Whoever you never met one-to-one is left out.",
    )


def days_since(relation: RelationFacts, facts: CalendarFacts) -> int:
    """Days from the last one-to-one to the day; days on which either was away do not count."""
    if relation.last_on is None:
        raise ValueError("there was no one-to-one")
    return max(0, (facts.as_of - relation.last_on).days - relation.away_days)


def is_unseen(relation: RelationFacts, facts: CalendarFacts) -> bool:
    """Whether the manager waits longer than 1.5 times the usual interval."""
    if relation.last_on is None or not relation.usual_days:
        return False
    return days_since(relation, facts) > UNSEEN_TIMES * relation.usual_days


def rhythm_stopped(facts: CalendarFacts) -> Truth | None:
    """A repeating meeting with managers that ended, or fell out three times in a row. Only its owner sees
    the title.
    """
    if not facts.stopped:
        return None
    first = min(facts.stopped, key=lambda each: (each.why == "ended", -each.times, each.title))
    name = f"“{first.title}”" if first.title else "A repeating meeting with your managers"
    if first.why == "ended":
        text = f"{name} ended on {day(first.last_on)}." if first.last_on else f"{name} has ended."
    else:
        text = f"{name} fell out {several(first.times, 'time')} in a row."
    detail = f"It was with {listed(first.managers)}." if first.managers else ""
    if len(facts.stopped) > 1:
        others = len(facts.stopped) - 1
        detail += f" {sentence(several(others, 'other rhythm'))} stopped too."
    return Truth(
        "rhythm_stopped",
        text,
        detail.strip(),
        {"title": first.title, "times": first.times},
        tuple(
            ManagerNumbers(name, {"title": s.title, "times": s.times})
            for s in facts.stopped
            for name in s.managers
        ),
        tuple(one for each in facts.stopped for one in each.ids),
        row_kind="events",
        how="A repeating meeting with at least one of your managers that ended, or whose last three dates "
        "were cancelled, declined or left out.",
    )
