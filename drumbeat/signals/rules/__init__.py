"""What speaks: pure rules over counted facts, in one list. The look back, This week, mails and briefs draw
from it.

docs/truths.md explains each in plain words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from drumbeat.signals.facts import CalendarFacts, DealFacts
from drumbeat.signals.rules import deals, hours
from drumbeat.signals.rules.truth import ManagerNumbers, Truth

__all__ = ["CALENDAR_TRUTHS", "DEAL_TRUTHS", "TRUTHS", "ManagerNumbers", "Rule", "Truth", "truths_that_hold"]


@dataclass(frozen=True)
class Rule:
    """A rule under its key: told the deals, or the calendar where it needs one."""

    key: str
    of_deals: Callable[[DealFacts], Truth | None] | None = None
    of_calendar: Callable[[CalendarFacts], Truth | None] | None = None

    def ask(self, facts: DealFacts | None, calendar: CalendarFacts | None) -> Truth | None:
        """The truth, or None where it does not hold, or what it needs was not given."""
        if self.of_deals is not None and facts is not None:
            return self.of_deals(facts)
        if self.of_calendar is not None and calendar is not None:
            return self.of_calendar(calendar)
        return None


DEAL_TRUTHS = [
    Rule("aged_deals", deals.aged_deals),
    Rule("rep_share", deals.rep_share),
    Rule("reps_without_deals", deals.reps_without_deals),
    Rule("win_rate_chance", deals.win_rate_chance),
    Rule("period_end", deals.period_end),
    Rule("unowned_facts", deals.unowned_facts),
]
CALENDAR_TRUTHS = [
    Rule("minutes_mix", of_calendar=hours.minutes_mix),
    Rule("unseen", of_calendar=hours.unseen),
    Rule("rhythm_stopped", of_calendar=hours.rhythm_stopped),
]
TRUTHS = [*DEAL_TRUTHS, *CALENDAR_TRUTHS]


def truths_that_hold(facts: DealFacts | None, calendar: CalendarFacts | None) -> list[Truth]:
    """All truths that hold, in the order of the list. Each part may be unknown."""
    return [truth for rule in TRUTHS if (truth := rule.ask(facts, calendar)) is not None]
