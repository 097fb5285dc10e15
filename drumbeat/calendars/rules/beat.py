"""The beat: thirteen weeks back and five ahead, what stands in each. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.calendars.rules.relations import AWAY, NOT_HELD, NOT_KNOWN, Meeting, Span

BACK, AHEAD = 13, 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its meeting, and whether it is the second or later in a row that was not held."""

    meeting: Meeting
    again: bool = False

    @property
    def words(self) -> str:
        """What the mark says to a reader who does not see it."""
        state = self.meeting.state
        if state == NOT_HELD:
            return "not held again" if self.again else "not held"
        if self.meeting.moved and self.meeting.counts:
            return "held on another day" if state == "held" else "took place on another day"
        return state.replace("_", " ") + (" by the calendar" if state == "took_place" else "")


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a beat. A week that no calendar covers has no marks and ``covered`` False."""

    first: date
    marks: tuple[Mark, ...]
    customer_days: tuple[date, ...]
    ahead: bool
    covered: bool

    @property
    def last(self) -> date:
        """Its seventh day."""
        return self.first + timedelta(days=6)


def beat(
    meetings: Iterable[Meeting],
    days_at_customers: Iterable[date],
    span: Span,
    this_week: date,
    *,
    back: int = BACK,
    ahead: int = AHEAD,
) -> tuple[Week, ...]:
    """The weeks before ``this_week`` (a first day of seven) and from it on, with what stood in each.

    Nothing stands where nothing was due, and nothing is drawn before the calendar begins.
    """
    marks = _in_a_row(meetings)
    customers = sorted(set(days_at_customers))
    weeks = []
    for number in range(-back, ahead):
        first = this_week + timedelta(weeks=number)
        last = first + timedelta(days=6)
        covered = span.covers_from is not None and last >= span.covers_from
        weeks.append(
            Week(
                first,
                tuple(mark for mark in marks if first <= mark.meeting.day <= last) if covered else (),
                tuple(day for day in customers if first <= day <= last),
                number >= 0,
                covered,
            )
        )
    return tuple(weeks)


def _in_a_row(meetings: Iterable[Meeting]) -> list[Mark]:
    marks = []
    missed = False
    for one in sorted(meetings, key=lambda meeting: (meeting.day, meeting.entry.starts_at)):
        marks.append(Mark(one, again=missed and one.state == NOT_HELD))
        if one.state not in {AWAY, NOT_KNOWN}:
            missed = one.state == NOT_HELD
    return marks
