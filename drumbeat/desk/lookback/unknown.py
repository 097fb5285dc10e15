"""What the look back does not know, in words: left out, never guessed. Pure."""

from collections.abc import Iterator

from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.managers import Hours
from drumbeat.desk.lookback.sources import Sources
from drumbeat.signals.facts import DealFacts
from drumbeat.signals.rules.deals import FACT_WORDS
from drumbeat.signals.rules.words import figure


def what_is_unknown(
    sources: Sources, counter: Counter, facts: DealFacts, hours: Hours | None
) -> Iterator[str]:
    """What is not known, the widest gap first; each a phrase that goes on after "Not known: "."""
    if not sources.deals:
        yield "deals: no file holds any"
    if not sources.people_known:
        yield "managers: no file of people with their managers"
    elif strangers := _strangers(counter):
        yield f"the manager of {_many(strangers, 'rep')}"
    if hours is None:
        yield "your hours and one-to-ones: no calendar"
    if "targets" not in sources.tables:
        yield "targets"
    for fact, word in FACT_WORDS.items():
        if fact not in facts.unowned:
            if sources.deals:
                yield f"{word}s of deals: no column holds them"
        elif count := facts.unowned[fact].count:
            yield f"{word}{'' if count == 1 else 's'} of {_many(count, 'open deal')}"
    if counter.never_created:
        yield f"the age of {_many(counter.never_created, 'open deal')} without a created date"
    if counter.undated:
        yield f"when {_many(counter.undated, 'deal')} closed"
    if counter.unpriced:
        yield f"the amount of {_many(counter.unpriced, 'won deal')}"
    for title, (count, reason) in sources.rejected.items():
        yield f"{_many(count, 'row')} of {title} that cannot be read: {reason}"
    if hours is not None:
        yield from hours.unknown


def _strangers(counter: Counter) -> int:
    """Owners of deals who lead nobody and never had a leader; who has left is no stranger."""
    leaders = set(counter.on_day.leader_of.values())
    people = counter.organisation.people
    return sum(1 for owner in counter.owners if owner not in leaders and not people[owner].lines)


def _many(count: int, noun: str) -> str:
    return f"{figure(count)} {noun}{'' if count == 1 else 's'}"
