"""How late a promise is, and how that is said. Pure; days are calendar days, waiting days do not count."""

from dataclasses import dataclass
from datetime import date

from drumbeat.core.wording import count, days_ago
from drumbeat.core.wording import day as spoken

OPEN, WAITING, DONE, ACCEPTED, DROPPED = "open", "waiting", "done", "accepted", "dropped"
IN_TIME, LATE, MOVED, LEFT, STILL = "in_time", "late", "moved", "left", "still"


@dataclass(frozen=True)
class Facts:
    """What counts of a promise; no text."""

    state: str
    due: date
    done_on: date | None = None
    waiting_since: date | None = None
    waited_days: int = 0
    new_dates: int = 0
    dropped_on: date | None = None


def late_days(facts: Facts, today: date) -> int:
    """Days after the due day, until it was done or until today; below 0 where it is not yet due.

    The clock stands still while somebody else is waited for. What was dropped is never late.
    """
    if facts.state == DROPPED:
        return 0
    until = facts.done_on if facts.state in (DONE, ACCEPTED) and facts.done_on else today
    standing = (until - facts.waiting_since).days if facts.waiting_since else 0
    return (until - facts.due).days - facts.waited_days - max(standing, 0)


def words(facts: Facts, today: date, waiting_for: str = "") -> str:
    """``3 days late``, ``today``, ``Fri 27 November``, ``waiting for Tom since Mon``, ``done Fri``."""
    if facts.state == DROPPED:
        return f"dropped {spoken(facts.dropped_on, today)}"
    late = late_days(facts, today)
    if facts.state in (DONE, ACCEPTED):
        return f"done {_when(facts.done_on, today)}" + (f", {count(late, 'day')} late" if late > 0 else "")
    if facts.state == WAITING:
        return f"waiting for {waiting_for or 'somebody'} since {_when(facts.waiting_since, today)}"
    if late > 0:
        return f"{count(late, 'day')} late"
    if late in (0, -1):
        return days_ago(today, today) if late == 0 else "tomorrow"
    return spoken(facts.due, today)


def became(facts: Facts) -> str:
    """What became of a promise, one of five: kept in time, kept late, given a new date, dropped, still open.

    One that was given a new date counts as that, whatever became of it later, unless it was dropped.
    """
    if facts.state == DROPPED:
        return LEFT
    if facts.new_dates:
        return MOVED
    if facts.state in (DONE, ACCEPTED):
        return LATE if late_days(facts, facts.done_on or facts.due) > 0 else IN_TIME
    return STILL


def _when(day: date | None, today: date) -> str:
    """``today``, ``yesterday``, ``Fri`` within the week, else the day."""
    if day is not None and 0 <= (today - day).days < 7:
        return days_ago(day, today) if (today - day).days < 2 else f"{day:%a}"
    return spoken(day, today)
