"""What speaks on This week of promises, pre-work and what was told alone (docs/truths.md). Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from drumbeat.core.days import add_working_days
from drumbeat.signals.facts import OwedFacts, PreworkFacts, ToldFacts
from drumbeat.signals.rules.week import Action, Signal
from drumbeat.signals.rules.words import days, number, several

GRACE = 3  # working days after its day until a promise counts as late here
IN_A_ROW = 2


def promise_late(
    owed: Iterable[OwedFacts], *, today: date, country: str = "", region: str = ""
) -> list[Signal]:
    """Who waits for what the reader promised: due more than three working days ago, one signal a person.

    The working days are the reader's. What waits for somebody says nothing: its clock stands still.
    """
    line = add_working_days(today, -GRACE, country, region)
    by_person: dict[object, list[OwedFacts]] = {}
    for one in owed:
        if not one.waiting and one.due < line:
            by_person.setdefault(one.key if one.key is not None else one.to, []).append(one)
    return [_late(sorted(each, key=lambda one: (one.due, one.id)), today) for each in by_person.values()]


def _late(late: Sequence[OwedFacts], today: date) -> Signal:
    first = late[0]
    waited = (today - first.due).days
    more = f", and for {several(len(late) - 1, 'more thing')}" if len(late) > 1 else ""
    return Signal(
        key="promise_late",
        about=first.key if first.key is not None else first.to,
        name=first.to,
        sentence=f"{first.to} has waited {days(waited)} for what you promised{more}.",
        numbers={"days": waited, "promises": len(late)},
        threshold=f"due more than {number(GRACE)} working days ago",
        rows=tuple(one.id for one in late),
        action=Action("rows", "Do it, move it or drop it"),
        severity="red",
        own_debt=True,
        order=(-float(waited),),
    )


def prework_twice(facts: PreworkFacts) -> Signal | None:
    """Somebody whose pre-work was not in by its time before the last two meetings of a rhythm.

    Guard: where the reader's own pre-work was asked before these meetings, it was in on time.
    """
    last = facts.in_time[:IN_A_ROW]
    if len(last) < IN_A_ROW or any(last) or not all(facts.own_in_time[:IN_A_ROW]):
        return None
    row = next((place for place, good in enumerate(facts.in_time) if good), len(facts.in_time))
    return Signal(
        key="prework_twice",
        about=facts.key if facts.key is not None else facts.person,
        name=facts.person,
        sentence=f"{facts.person}: no pre-work in time for {facts.rhythm}, {number(row)} times in a row.",
        numbers={"times": row},
        threshold="two meetings in a row without pre-work by its time",
        rows=facts.ids[:row],
        action=Action("mail", "Ask what makes it hard"),
        order=(-float(row),),
    )


def told_alone_waits(told: Iterable[ToldFacts]) -> list[Signal]:
    """What was told to the reader alone and was not seen or not answered in time: two and five working days.

    One signal a person, the one that is latest; no word of what was told.
    """
    latest: dict[object, ToldFacts] = {}
    for one in told:
        key = one.key if one.key is not None else one.author
        if one.late > 0 and (key not in latest or (one.late, one.id) > (latest[key].late, latest[key].id)):
            latest[key] = one
    return [_waits(one) for one in latest.values()]


def _waits(one: ToldFacts) -> Signal:
    ending = "waits for an answer" if one.seen else "does not know whether you saw it"
    return Signal(
        key="told_alone_waits",
        about=one.key if one.key is not None else one.author,
        name=one.author,
        sentence=f"{one.author} told you something {days(one.waited)} ago and {ending}.",
        numbers={"days": one.waited, "late": one.late},
        threshold="seen within two working days, answered within five",
        rows=(one.id,),
        action=Action("rows", "Read and answer"),
        severity="red",
        own_debt=True,
        order=(-float(one.late),),
    )
