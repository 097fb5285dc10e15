"""What the truths and signals are told: counted facts, whatever counted them.

Files in memory (the look back) and SQL (This week) both fill these, so that a rule is written once. A
``Tally`` carries the ids behind its count where they are at hand; a loader that would have to fetch a
million of them leaves them out, and its page leads to the filtered list instead. What is not known is
``None``, never zero. Pure.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Tally:
    """How many, and which."""

    count: int = 0
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, ids: list[str] | tuple[str, ...]) -> "Tally":
        """The tally of the given ids."""
        return cls(len(ids), tuple(ids))


@dataclass(frozen=True)
class RepWon:
    """What one rep won within the weeks looked at: amount of the deals whose amount is known, and the
    deals.
    """

    amount: Decimal
    deals: Tally


@dataclass(frozen=True)
class Closed:
    """Deals won and lost within the twelve months to the day."""

    won: int = 0
    lost: int = 0

    @property
    def all(self) -> int:
        """Won and lost together."""
        return self.won + self.lost


@dataclass(frozen=True)
class TeamFacts:
    """One manager's own team. Teams share no deal, so that their counts may be compared and added.

    ``manager`` is None for the deals of owners whose manager is not known. ``reps`` counts persons who lead
    nobody, with or without deals; ``won_by_rep`` and ``closed_by_rep`` are by the rep's name.
    ``in_progress`` are open deals with a created date, ``aged`` those of them that are older than any deal
    ever closed.
    """

    manager: str | None
    key: Hashable = None
    reps: int = 0
    reps_without_deals: Tally = Tally()
    won_by_rep: Mapping[str, RepWon] = field(default_factory=dict)
    won_count: int = 0
    lost_count: int = 0
    won_amount: Decimal = Decimal(0)
    won_amount_before: Decimal = Decimal(0)
    closed: Closed = Closed()
    closed_by_rep: Mapping[str, Closed] = field(default_factory=dict)
    in_progress: int = 0
    aged: Tally = Tally()
    unowned: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class QuarterEnds:
    """Deals closed in the twelve months to the day, and those closed in the last tenth of a quarter's days.

    ``days`` are the days looked at, from the first known closing at the earliest, and ``late_days`` those
    of them that lie in the last tenth of their quarter (9 of 90 to 92).
    """

    closed: int = 0
    late: Tally = Tally()
    days: int = 0
    late_days: int = 0


@dataclass(frozen=True)
class DealFacts:
    """The deals of a company as of a day; ``first`` to ``last`` are the weeks looked at.

    ``measured`` counts the deals ever closed whose age at closing is known, ``longest_days`` is the
    greatest of these ages. ``unowned`` holds, for each fact that the files have a column for (account,
    amount, close_date), the open deals without it.
    """

    as_of: date
    first: date
    last: date
    teams: tuple[TeamFacts, ...] = ()
    measured: int = 0
    longest_days: int | None = None
    open_count: int = 0
    quarter_ends: QuarterEnds = QuarterEnds()
    unowned: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def managers_known(self) -> bool:
        """Whether any deal or rep has a known manager; if not, sentences speak of reps."""
        return any(team.manager is not None for team in self.teams)


@dataclass(frozen=True)
class RelationFacts:
    """One manager in the executive's calendar.

    ``last_on`` the last one-to-one that took place, ``usual_days`` the median days between them (None under
    two), ``next_on`` the next one planned, ``covered_from`` the first day that the calendar covers,
    ``away_days`` the days since ``last_on`` on which either was on leave, ``together_45`` minutes of any
    meeting together in the last 45 days.
    """

    manager: str
    covered_from: date
    key: Hashable = None
    last_on: date | None = None
    usual_days: float | None = None
    next_on: date | None = None
    away_days: int = 0
    one_to_ones: int = 0
    customer_days: int = 0
    minutes_together: int = 0
    together_45: int | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoppedRhythm:
    """A repeating meeting with managers that is no more: ``why`` is "ended" or "fell out" (three times in a
    row).
    """

    title: str
    times: int
    why: str
    last_on: date | None = None
    managers: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class CalendarFacts:
    """A leader's own calendar within the weeks looked at.

    ``minutes`` by attention category, and ``unknown`` for what has none. ``ids`` the events of each.
    """

    as_of: date
    covered_from: date
    minutes: Mapping[str, int] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: tuple[RelationFacts, ...] = ()
    stopped: tuple[StoppedRhythm, ...] = ()

    @property
    def covered(self) -> float | None:
        """The share of all minutes that have a category; None without a minute."""
        total = sum(self.minutes.values())
        return (total - self.minutes.get("unknown", 0)) / total if total else None


@dataclass(frozen=True)
class PlanFacts:
    """A manager against the plan of a period, as of a day.

    ``actual`` so far, ``target`` of the whole period or None, ``share`` of the period's working days gone
    (0 to 1), ``last_year`` the actual of the same span a year earlier or None, ``weeks_gone`` whole weeks
    of the period gone, ``weekly`` the results of the whole weeks before the day, latest last (up to 52; at
    least those of the period). Of somebody who took over within the period, ``since`` is that day and
    ``share`` counts from it.
    """

    manager: str
    actual: Decimal
    share: float
    weeks_gone: int
    key: Hashable = None
    target: Decimal | None = None
    last_year: Decimal | None = None
    weekly: tuple[Decimal, ...] = ()
    days_in_role: int | None = None
    since: date | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class WonDeal:
    """A deal won in the last days. ``earlier_wins`` counts the rep's won deals before it, None where unknown;
    ``history_days`` is how far back the deals reach before it; ``usual`` the median amount of the rep's
    earlier ones.
    """

    id: str
    rep: str
    manager: str | None
    won_on: date
    amount: Decimal | None
    account: str | None = None
    name: str | None = None
    earlier_wins: int | None = None
    history_days: int = 0
    usual: Decimal | None = None
    key: Hashable = None


@dataclass(frozen=True)
class OwedFacts:
    """A promise that the reader owes: to whom, and since when it is due, days of waiting added.

    ``waiting`` says that it waits for somebody now, which stops its clock.
    """

    id: str
    to: str
    due: date
    key: Hashable = None
    waiting: bool = False


@dataclass(frozen=True)
class PreworkFacts:
    """One person's pre-work for a rhythm that the reader chairs.

    ``in_time`` tells of the meetings gone, the latest first, whether it was in by its due time; meetings
    from which the person was excused or away are left out. ``own_in_time`` says the same of the reader's
    own pre-work for these meetings, where any was asked.
    """

    person: str
    rhythm: str
    key: Hashable = None
    in_time: tuple[bool, ...] = ()
    own_in_time: tuple[bool, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldFacts:
    """A line told to the reader alone that waits: ``late`` in working days past its clock (2 to see, 5 to
    answer), ``waited`` in days since it was said.
    """

    id: str
    author: str
    seen: bool
    late: int
    waited: int
    key: Hashable = None
