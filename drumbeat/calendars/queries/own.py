"""A leader's own calendar for a page with a tight budget: events, who was there, what fell out elsewhere."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from drumbeat.calendars.circles import Team
from drumbeat.calendars.queries.entries import entry_of_event
from drumbeat.calendars.queries.people import group
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.matching import Present

CUSTOMER = "customer"


# Rows rather than objects: a page has hundreds of them, and objects take four times as long.
_EVENTS = """
    SELECT e.id, e.uid, e.recurrence_id, e.rule, e.starts_at, e.ends_at, e.day, e.all_day, e.status,
        e.outside_domains, e.strangers, e.customer, e.busy, e.away, e.minutes, e.category, e.reason,
        e.time_zone, c.owner_id, c.id, c.time_zone, c.covers_from || '', c.read_on || ''
    FROM calendars_event e JOIN calendars_calendar c ON c.id = e.calendar_id
    WHERE e.day BETWEEN %s AND %s AND (c.owner_id = %s OR (
        c.owner_id IN ({reports}) AND e.status IN ('cancelled', 'declined', 'fell_out') AND e.uid IN (
            SELECT m.uid FROM calendars_event m JOIN calendars_calendar k ON k.id = m.calendar_id
            WHERE k.owner_id = %s AND m.day BETWEEN %s AND %s)))
    ORDER BY e.starts_at, e.ends_at, e.uid, e.recurrence_id
"""

_THERE = """
    SELECT a.event_id, a.person_id, p.name, a.response
    FROM calendars_eventperson a JOIN calendars_event e ON e.id = a.event_id
        JOIN people_person p ON p.id = a.person_id
    WHERE e.calendar_id = %s AND e.day >= %s
    UNION ALL
    SELECT 0, 0, d.domain, 'customer' FROM calendars_maildomain d
    WHERE d.domain IN ({domains}) AND d.kind = 'customer'
    UNION ALL
    SELECT 0, 0, k.domain, 'customer' FROM customers_account k
    WHERE k.domain IN ({domains}) AND k.domain NOT IN (SELECT domain FROM calendars_maildomain)
"""


class Row(NamedTuple):
    """What a page needs of an event; no title is in it."""

    pk: int
    uid: str
    recurrence_id: str
    rule: str
    starts_at: datetime
    ends_at: datetime
    day: date
    all_day: bool
    status: str
    outside_domains: tuple[str, ...]
    strangers: int
    customer: bool
    busy: bool
    away: bool
    minutes: int
    category: str
    reason: str
    time_zone: str
    owner_id: int


@dataclass(frozen=True)
class KeptCalendar:
    """What a page asks of the calendar itself."""

    pk: int
    time_zone: str
    covers_from: date | None
    read_on: date | None


@dataclass(frozen=True)
class Kept:
    """What is kept of the owner's calendar between two days; no title is in it.

    ``others`` holds the same meetings that fell out of the reports' own calendars, by report.
    """

    calendar: KeptCalendar
    entries: tuple[Entry, ...]
    others: dict[str, list[Entry]] = field(default_factory=dict)


def kept_of(owner_id: int, team: Team, reports: Collection[str], first: date, last: date) -> Kept | None:
    """The owner's calendar with the given team, in two queries; None where none was read or nothing is in it.

    Of the reports' calendars only this is asked: did a meeting that stands in the owner's fall out there?
    """
    calendar, found = _events(owner_id, [int(key) for key in reports], first, last)
    if calendar is None:
        return None
    own = [event for event in found if event.owner_id == owner_id]
    people, customers = _there(calendar, own, team)
    zone = ZoneInfo(calendar.time_zone)
    entries = tuple(entry_of_event(one, people.get(one.pk, ()), customers, zone, titles=False) for one in own)
    alone = {one.key: one for one in entries if one.one_to_one_with is not None}
    others: dict[str, list[Entry]] = {}
    for event in found:
        if event.owner_id == owner_id:
            continue
        met, theirs = alone.get((event.uid, event.recurrence_id)), str(event.owner_id)
        if met and met.one_to_one_with == theirs:
            others.setdefault(theirs, []).append(replace(met, status=event.status))
    return Kept(calendar, entries, others)


def _events(
    owner_id: int, reports: list[int], first: date, last: date
) -> tuple[KeptCalendar | None, list[Row]]:
    """The owner's calendar, None where it holds nothing, and its events with those gone at the reports'."""
    marks = ", ".join(["%s"] * len(reports)) or "-1"
    with connection.cursor() as cursor:
        cursor.execute(
            _EVENTS.format(reports=marks), [first, last, owner_id, *reports, owner_id, first, last]
        )
        rows = cursor.fetchall()
    calendar = None
    for row in rows:
        if row[18] == owner_id:
            calendar = KeptCalendar(row[19], row[20], _day(row[21]), _day(row[22]))
            break
    return calendar, [
        Row._make((*row[:4], _utc(row[4]), _utc(row[5]), *row[6:9], _domains(row[9]), *row[10:19]))
        for row in rows
    ]


def _utc(moment: datetime) -> datetime:
    """SQLite hands out a moment without its zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=4096)
def _domains(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _there(
    calendar: KeptCalendar, events: Sequence[Row], team: Team
) -> tuple[dict[int, tuple[Present, ...]], set[str]]:
    """Who was at which event, and which of the outside domains are customers': one query for both.

    A domain is a customer's where somebody sorted it so, or where it is an account's and nobody sorted it.
    """
    seen = sorted({domain for event in events for domain in event.outside_domains})
    marks = ", ".join(["%s"] * len(seen)) or "''"
    with connection.cursor() as cursor:
        cursor.execute(_THERE.format(domains=marks), [calendar.pk, events[0].day, *seen, *seen])
        found = cursor.fetchall()
    present = sorted((row for row in found if row[3] != CUSTOMER), key=lambda row: row[2])
    return group(present, team), {row[2] for row in found if row[3] == CUSTOMER}
