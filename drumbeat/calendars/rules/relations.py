"""What a calendar says about the owner and each direct report: one-to-ones and what became of them. Pure.

The marks mean what the look says they mean. What is not known is never counted as missed: nothing is due
where no calendar says so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from statistics import median

from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.facts import DECLINED

HELD, TOOK_PLACE, NOT_HELD = "held", "took_place", "not_held"
NOT_KNOWN, PLANNED, AWAY = "not_known", "planned", "away"
USUAL_WITHOUT_ANY = 14  # days within which a new time counts where no rhythm is known: every two weeks

Away = Callable[[str, date], bool]


def never_away(key: str, day: date) -> bool:
    """Nobody's leave is known."""
    return False


@dataclass(frozen=True, slots=True)
class Span:
    """Which days are over and which of them were read.

    ``over_to`` is the last day that is over, ``read_to`` the last day up to which the calendar was read (a
    calendar that was read on Friday says nothing of what became of Monday). ``covers_from`` is the first
    day it covers.
    """

    over_to: date
    read_to: date
    covers_from: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One one-to-one: ``day`` when it is or was, ``slot_day`` when the rule or first plan had it.

    ``state`` is one of the six above (``held`` only comes from a room; a calendar says ``took_place``).
    """

    report: str
    day: date
    slot_day: date
    state: str
    reason: str
    entry: Entry

    @property
    def moved(self) -> bool:
        """Whether it took, or takes, place on another day than planned."""
        return self.day != self.slot_day

    @property
    def counts(self) -> bool:
        """Whether it counts for the interval."""
        return self.state in {HELD, TOOK_PLACE}


def one_to_ones(
    found: Iterable[Entry],
    span: Span,
    *,
    away: Away = never_away,
    owner: str = "",
    others: Mapping[str, Iterable[Entry]] | None = None,
) -> dict[str, tuple[Meeting, ...]]:
    """Every one-to-one of each report that the calendar knows of, in order of day.

    ``away`` says whether a person (by key; the owner's is ``owner``) is on leave or holiday on a day.
    ``others`` are the reports' own calendars by their key: declined or cancelled there is not held here.
    Slots before ``covers_from`` are left out, and so is a slot that fell out and has a new time: the new
    time stands for it.
    """
    entries = list(found)
    days_away = {
        one.day + timedelta(days=n) for one in entries if one.away and one.stands for n in _days(one)
    }
    by_report: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        report = one.one_to_one_with
        if report is not None and (span.covers_from is None or one.day >= span.covers_from):
            by_report[report].append(one)
    theirs = {key: {one.key: one for one in calendar} for key, calendar in (others or {}).items()}

    def is_away(key: str, day: date) -> bool:
        return day in days_away or away(owner, day) or away(key, day)

    return {
        report: tuple(_marks(report, mine, span, is_away, theirs.get(report, {})))
        for report, mine in sorted(by_report.items())
    }


def _days(one: Entry) -> range:
    length = (one.ends_at - one.starts_at).total_seconds() / 86_400
    return range(max(1, min(366, round(length))) if one.all_day else 1)


def _marks(
    report: str, mine: list[Entry], span: Span, is_away: Away, theirs: Mapping[tuple[str, str], Entry]
) -> list[Meeting]:
    fallen: list[tuple[Entry, str]] = []
    standing: list[Meeting] = []
    for one in mine:
        reason = _fell(one, report, theirs.get(one.key))
        if reason:
            fallen.append((one, reason))
        else:
            state = (
                PLANNED if one.day > span.over_to else TOOK_PLACE if one.day <= span.read_to else NOT_KNOWN
            )
            standing.append(Meeting(report, one.day, one.slot_day, state, _said(state), one))
    interval = usual_days(mine) or USUAL_WITHOUT_ANY
    marks = _with_new_times(report, fallen, standing, interval, span, is_away)
    return sorted(marks, key=lambda mark: (mark.day, mark.entry.starts_at, mark.entry.uid))


def _fell(one: Entry, report: str, theirs: Entry | None) -> str:
    """Why a slot is no more; empty while it stands."""
    if one.status == "fell_out":
        return "left out of the series"
    if one.status == "cancelled":
        return "cancelled"
    if one.status == DECLINED or one.response_of(report) == DECLINED:
        return "declined"
    if theirs is not None and not theirs.stands:
        return "declined" if theirs.status == DECLINED else "cancelled"
    return ""


def _said(state: str) -> str:
    return {PLANNED: "planned", TOOK_PLACE: "took place by the calendar", NOT_KNOWN: "not known"}[state]


def _with_new_times(
    report: str,
    fallen: list[tuple[Entry, str]],
    standing: list[Meeting],
    interval: float,
    span: Span,
    is_away: Away,
) -> list[Meeting]:
    """Give each fallen slot the nearest new time within the interval, each new time to one slot."""
    marks = list(standing)
    free = {place for place, mark in enumerate(marks) if _is_extra(mark)}
    for one, reason in fallen:
        near = [place for place in free if abs((marks[place].day - one.slot_day).days) < interval]
        if near:
            place = min(near, key=lambda p: (abs((marks[p].day - one.slot_day).days), marks[p].day))
            free.discard(place)
            marks[place] = replace(marks[place], slot_day=one.slot_day)
        elif is_away(report, one.slot_day):
            marks.append(Meeting(report, one.slot_day, one.slot_day, AWAY, "away", one))
        elif one.slot_day <= min(span.over_to, span.read_to):
            marks.append(Meeting(report, one.slot_day, one.slot_day, NOT_HELD, reason, one))
        elif one.slot_day <= span.over_to:
            marks.append(Meeting(report, one.slot_day, one.slot_day, NOT_KNOWN, _said(NOT_KNOWN), one))
    return marks


def _is_extra(mark: Meeting) -> bool:
    """Whether a meeting can be the new time of another: it stands by itself, in no series."""
    return not mark.entry.recurrence_id


def usual_days(found: Iterable[Entry]) -> float | None:
    """The usual days between one-to-ones with one report: of the newest rule, else the median gap of two or
    more.

    Takes that report's one-to-one entries. None where neither is known.
    """
    mine = [one for one in found if one.one_to_one_with is not None]
    ruled = [one for one in mine if one.rule and rule_days(one.rule)]
    if ruled:
        return rule_days(max(ruled, key=lambda one: (one.starts_at, one.uid)).rule)
    days = sorted({one.day for one in mine if one.stands})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return float(median(gaps)) if len(gaps) >= 2 else None


@lru_cache(maxsize=4096)
def rule_days(rule: str) -> float | None:
    """The days between two occurrences of an RRULE; None when it does not say."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    length = {"DAILY": 1.0, "WEEKLY": 7.0, "MONTHLY": 365.25 / 12, "YEARLY": 365.25}.get(
        parts.get("FREQ", "")
    )
    if length is None or not re.fullmatch(r"[1-9]\d{0,3}", parts.get("INTERVAL", "1")):
        return None
    times = 1
    if parts["FREQ"] == "WEEKLY" and parts.get("BYDAY"):
        times = len(parts["BYDAY"].split(","))
    if parts["FREQ"] == "DAILY" and parts.get("BYDAY"):
        return round(7.0 / len(parts["BYDAY"].split(",")), 2)
    return round(length * int(parts.get("INTERVAL", "1")) / times, 2)


def last_held(meetings: Iterable[Meeting]) -> date | None:
    """The last day on which one was held or took place."""
    return max((one.day for one in meetings if one.counts), default=None)


def next_planned(meetings: Iterable[Meeting]) -> date | None:
    """The first day on which one is planned."""
    return min((one.day for one in meetings if one.state == PLANNED), default=None)


def customer_days(found: Iterable[Entry], span: Span) -> dict[str, tuple[date, ...]]:
    """The days at a customer together, by report: owner, report or one of the team, and somebody of a
    customer.

    Several meetings on one local day are one day. Only what stands and is over and read.
    """
    days: defaultdict[str, set[date]] = defaultdict(set)
    for one in found:
        if one.customer and one.stands and one.day <= min(span.over_to, span.read_to):
            for report in one.teams:
                days[report].add(one.day)
    return {report: tuple(sorted(seen)) for report, seen in sorted(days.items())}


def minutes_together(found: Iterable[Entry], first: date, last: date) -> dict[str, int]:
    """Minutes in which a report was the only one of the owner's reports there, alone or with others.

    A huddle with everybody is nobody's own time.
    """
    total: defaultdict[str, int] = defaultdict(int)
    for one in found:
        if first <= one.day <= last and len(one.reports) == 1:
            total[next(iter(one.reports))] += one.minutes
    return dict(sorted(total.items()))
