"""Repeating meetings of a calendar as rhythms that fit them. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.relations import rule_days
from drumbeat.meetings.rules.recurrence import LAST, MONTHLY, QUARTERLY, TWO_WEEKS, WEEKLY, Every

# Days between two of a series; what lies in no gap (daily, every two months) fits no rhythm.
GAPS = ((WEEKLY, 5, 10), (TWO_WEEKS, 11, 20), (MONTHLY, 21, 45), (QUARTERLY, 76, 120))
AT_LEAST = 2  # as many times it must stand in the calendar
SHORT, AN_HOUR = 45, 60
SHORTEST, LONGEST = 5, 720
_NTH = re.compile(r"^([1-4]|-1)(?:MO|TU|WE|TH|FR|SA|SU)$")


@dataclass(frozen=True)
class Proposal:
    """A series of the calendar as a rhythm: with whom (ids of persons), how often, when in ``zone``.

    ``names`` are the people's, in the same order; ``sample`` is the id of the kept event whose link is the
    newest.
    """

    uid: str
    template: str
    every: Every
    at: time
    minutes: int
    zone: str
    people: tuple[int, ...]
    names: tuple[str, ...]
    sample: int | None = None


def proposals(found: Iterable[Entry], today: date, zone: ZoneInfo) -> tuple[Proposal, ...]:
    """The series with a direct report, and nobody from outside, that go on: soonest in the week first.

    A series goes on while it stands on a day from today on. ``zone`` is the calendar's.
    """
    series: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in found:
        if one.rule and not one.all_day and one.stands:
            series[one.uid].append(one)
    tried = (_proposal(uid, slots, today, zone) for uid, slots in series.items())
    made = [each for each in tried if each is not None]
    return tuple(sorted(made, key=lambda one: (one.every.weekday, one.at, one.names, one.uid)))


def _proposal(uid: str, slots: list[Entry], today: date, zone: ZoneInfo) -> Proposal | None:
    slots.sort(key=lambda one: (one.slot_day, one.starts_at))
    coming = [one for one in slots if one.slot_day >= today]
    if len(slots) < AT_LEAST or not coming:
        return None
    newest = coming[0]
    frequency = _frequency(newest.rule)
    if frequency is None or not newest.reports or newest.outside or newest.customer or newest.strangers:
        return None
    # What was moved this once says nothing about the rhythm, so the most frequent of what lies ahead counts.
    weekday, at, minutes = Counter(_times(coming, zone)).most_common(1)[0][0]
    starts_on = next((one.slot_day for one in coming if one.slot_day.weekday() == weekday), today)
    people = sorted(newest.people, key=lambda one: (one.name, one.key))
    return Proposal(
        uid=uid,
        template=fitting(frequency, len(people), minutes),
        every=Every(
            frequency,
            weekday,
            starts_on,
            _nth(newest.rule, starts_on) if frequency in (MONTHLY, QUARTERLY) else 1,
            (starts_on.month - 1) % 3 + 1 if frequency == QUARTERLY else 1,
        ),
        at=at,
        minutes=minutes,
        zone=zone.key,
        people=tuple(int(one.key) for one in people),
        names=tuple(one.name for one in people),
        sample=newest.pk,
    )


def fitting(frequency: str, people: int, minutes: int) -> str:
    """The template that fits a series with ``people`` others, of ``minutes`` each.

    With one other person it is their one-to-one, unless it is a monthly hour or longer: that is the plan.
    """
    if people == 1:
        return "monthly_plan_review" if frequency == MONTHLY and minutes >= AN_HOUR else "one_to_one"
    if frequency == QUARTERLY:
        return "quarterly_business_review"
    if frequency == MONTHLY:
        return "monthly_plan_review" if people == 2 and minutes > SHORT else "idea_clinic"
    return "weekly_huddle"


def _frequency(rule: str) -> str | None:
    gap = rule_days(rule)
    if gap is None:
        return None
    return next((name for name, least, most in GAPS if least <= gap <= most), None)


def _times(slots: list[Entry], zone: ZoneInfo) -> Iterator[tuple[int, time, int]]:
    for one in slots:
        starts = one.starts_at.astimezone(zone)
        minutes = int((one.ends_at - one.starts_at) / timedelta(minutes=1))
        at = starts.time().replace(second=0, microsecond=0, fold=0)
        yield starts.weekday(), at, min(max(minutes, SHORTEST), LONGEST)


def _nth(rule: str, day: date) -> int:
    """Which of the month's weekdays: as the rule says it, else where the day lies; the fifth is the last."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    said = parts.get("BYSETPOS", "")
    by_day = _NTH.match(parts.get("BYDAY", ""))
    if by_day:
        said = by_day[1]
    if said in {"1", "2", "3", "4", "-1"}:
        return int(said)
    nth = (day.day - 1) // 7 + 1
    return LAST if nth == 5 else nth
