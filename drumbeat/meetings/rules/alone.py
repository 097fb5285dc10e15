"""The two clocks of a line told alone: seen within two, answered within five of the chair's working days."""

from dataclasses import dataclass
from datetime import date

from drumbeat.core.content import library
from drumbeat.core.days import add_working_days, working_days

SEE, ANSWER = "see", "answer"


@dataclass(frozen=True)
class Clock:
    """Until when a line is to be seen and answered, and which of the two is next (neither: answered).

    ``late`` counts working days after ``due``, 0 while there is time, ``answer_late`` those after
    ``answer_by``; ``waited`` those since it was said.
    """

    see_by: date
    answer_by: date
    next: str
    due: date | None
    late: int
    answer_late: int
    waited: int


def clock_of(
    said_on: date,
    today: date,
    *,
    seen_on: date | None = None,
    answered_on: date | None = None,
    country: str = "",
    region: str = "",
) -> Clock:
    """The clocks of one line on a day, in working days of the chair's country and region."""
    waits = library()["clocks"]
    see_by = add_working_days(said_on, waits["issue_ack_working_days"], country, region)
    answer_by = add_working_days(said_on, waits["issue_answer_working_days"], country, region)
    after = _after(said_on, today, country, region)
    if answered_on:
        return Clock(see_by, answer_by, "", None, 0, 0, after)
    due = answer_by if seen_on else see_by
    late, answer_late = (_after(day, today, country, region) for day in (due, answer_by))
    return Clock(see_by, answer_by, ANSWER if seen_on else SEE, due, late, answer_late, after)


def _after(day: date, today: date, country: str, region: str) -> int:
    """How many working days lie after the day, up to and with today."""
    return (
        working_days(day, today, country, region) - working_days(day, day, country, region)
        if (today > day)
        else 0
    )
