"""Repeating meetings with managers that ended or fell out. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.relations import Away, Span, never_away, rule_days

ENDED, FELL_OUT_THREE_TIMES = "ended", "fell_out"
A_RHYTHM = 3  # as many times it must have been in the calendar
IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Stopped:
    """A rhythm that is no more. ``times`` it stood for ``ended``, fell out in a row for ``fell_out``.

    ``last_on`` is the last day it stood; None when it never did within the days read. The title is the
    owner's.
    """

    uid: str
    title: str
    reports: tuple[str, ...]
    why: str
    times: int
    last_on: date | None


def stopped_rhythms(
    found: Iterable[Entry], span: Span, first: date, *, away: Away = never_away, owner: str = ""
) -> tuple[Stopped, ...]:
    """The rhythms with at least one direct report that stopped between ``first`` and the last day that is
    over.

    One that goes on under another name (a rule split into two, or a new series with the same people within
    two intervals) has not stopped.
    """
    entries = list(found)
    series: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        if one.rule and not one.all_day:
            series[one.uid].append(one)
    begins = {uid: min(one.slot_day for one in slots) for uid, slots in series.items()}
    singles = [one for one in entries if not one.rule and one.one_to_one_with is not None and one.stands]
    stopped = []
    for uid, slots in sorted(series.items()):
        slots.sort(key=lambda one: (one.slot_day, one.starts_at))
        reports = frozenset().union(*(one.reports for one in slots))
        interval = rule_days(slots[-1].rule)
        if not reports or interval is None or len(slots) < A_RHYTHM:
            continue
        standing = [one for one in slots if one.stands and one.day <= span.over_to]
        last_on = standing[-1].day if standing else None
        after = last_on or slots[0].slot_day
        until = after + timedelta(days=round(2 * interval) + 1)
        following = [series[other] for other, day in begins.items() if other != uid and after < day <= until]
        if _goes_on(reports, following, [one for one in singles if one.day > after]):
            continue
        why, times = _why(slots, interval, span, first, lambda day: away(owner, day))
        if why:
            stopped.append(Stopped(uid, slots[-1].title, tuple(sorted(reports)), why, times, last_on))
    return tuple(stopped)


def _why(
    slots: list[Entry], interval: float, span: Span, first: date, is_away: Callable[[date], bool]
) -> tuple[str, int]:
    due = [one for one in slots if one.slot_day <= min(span.over_to, span.read_to)]
    seen = [one for one in due if not is_away(one.slot_day)]
    row = 0
    for one in reversed(seen):
        if one.stands:
            break
        row += 1
    if row >= IN_A_ROW and seen[-1].slot_day >= first:
        return FELL_OUT_THREE_TIMES, row
    last_slot = slots[-1].slot_day
    next_due = last_slot + timedelta(days=round(interval * 1.5))
    if first <= last_slot and next_due <= span.over_to and len(due) == len(slots):
        return ENDED, sum(one.stands for one in slots)
    return "", 0


def _goes_on(reports: frozenset[str], following: list[list[Entry]], singles: list[Entry]) -> bool:
    """Whether another series takes over, or single one-to-ones do.

    A series takes over that begins within two intervals with the same people; one that ran beside it all
    the time does not. Two single meetings stand in for a one-to-one that repeats.
    """
    if any(one.stands and one.reports == reports for slots in following for one in slots):
        return True
    return sum(one.reports == reports for one in singles) >= 2
