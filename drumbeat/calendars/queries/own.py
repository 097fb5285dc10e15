"""A leader's own calendar for a page with a tight budget: events, who was there, what fell out elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Q, Value

from drumbeat.calendars.circles import Team
from drumbeat.calendars.models import Event, EventPerson, MailDomain
from drumbeat.calendars.queries.entries import entry_of_event
from drumbeat.calendars.queries.people import group
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.matching import Present
from drumbeat.customers.models import Account

CUSTOMER = "customer"
GONE = (Event.CANCELLED, Event.DECLINED, Event.FELL_OUT)


# What a page needs of an event and its calendar: rows of columns come in half the time of objects.
COLUMNS = (
    *("pk", "uid", "recurrence_id", "rule", "starts_at", "ends_at", "day", "all_day", "status"),
    *("outside_domains", "strangers", "customer", "busy", "away", "minutes", "category", "reason"),
    *("time_zone", "calendar_id", "calendar__owner_id", "calendar__time_zone"),
    *("calendar__covers_from", "calendar__read_on"),
)


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
    mine = Q(calendar__owner_id=owner_id)
    gone_there = Q(
        calendar__owner_id__in=[int(key) for key in reports],
        status__in=GONE,
        uid__in=Event.objects.filter(mine, day__gte=first, day__lte=last).values("uid"),
    )
    found: list[Any] = list(
        Event.objects.filter(mine | gone_there, day__gte=first, day__lte=last)
        .order_by("starts_at", "ends_at", "uid", "recurrence_id")
        .values_list(*COLUMNS, named=True)
    )
    own = [event for event in found if event.calendar__owner_id == owner_id]
    if not own:
        return None
    one = own[0]
    calendar = KeptCalendar(
        one.calendar_id, one.calendar__time_zone, one.calendar__covers_from, one.calendar__read_on
    )
    people, customers = _there(calendar, own, team)
    zone = ZoneInfo(calendar.time_zone)
    entries = tuple(entry_of_event(one, people.get(one.pk, ()), customers, zone, titles=False) for one in own)
    alone = {one.key: one for one in entries if one.one_to_one_with is not None}
    others: dict[str, list[Entry]] = {}
    for event in found:
        met, theirs = alone.get((event.uid, event.recurrence_id)), str(event.calendar__owner_id)
        if event.calendar__owner_id != owner_id and met and met.one_to_one_with == theirs:
            others.setdefault(theirs, []).append(replace(met, status=event.status))
    return Kept(calendar, entries, others)


def _there(
    calendar: KeptCalendar, events: list[Any], team: Team
) -> tuple[dict[int, tuple[Present, ...]], set[str]]:
    """Who was at which event, and which of the outside domains are customers': one query for both."""
    seen = {domain for event in events for domain in event.outside_domains}
    people = EventPerson.objects.filter(event__calendar=calendar.pk, event__day__gte=events[0].day).order_by()
    by_hand = MailDomain.objects.filter(domain__in=seen).order_by()
    accounts = Account.objects.filter(domain__in=seen).exclude(domain__in=by_hand.values("domain")).order_by()
    nobody = Value(0, output_field=BigIntegerField())
    rows = people.values_list("event_id", "person_id", "person__name", "response").union(
        by_hand.filter(kind=MailDomain.CUSTOMER).values_list(nobody, nobody, "domain", Value(CUSTOMER)),
        accounts.values_list(nobody, nobody, "domain", Value(CUSTOMER)),
        all=True,
    )
    found = list(rows)
    present = sorted((row for row in found if row[3] != CUSTOMER), key=lambda row: row[2])
    return group(present, team), {row[2] for row in found if row[3] == CUSTOMER}
