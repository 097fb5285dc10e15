"""A kept calendar as the entries that the rules speak of."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.calendars.circles import Team, customers_among, team_of
from drumbeat.calendars.models import Calendar, Event, EventPerson
from drumbeat.calendars.queries.people import group
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.matching import Present


def entries_of(
    calendar: Calendar, first: date, last: date, day: date, *, team: Team | None = None, titles: bool = False
) -> tuple[Entry, ...]:
    """The entries of the days from first to last, with the owner's team of ``day``; six queries at most.

    ``titles`` opens the encrypted texts: for the owner's own page alone.
    """
    team = team_of(calendar.owner_id, day) if team is None else team
    events = Event.objects.filter(calendar=calendar, day__gte=first, day__lte=last).order_by(
        "starts_at", "ends_at", "uid", "recurrence_id"
    )
    if not titles:
        events = events.defer("title", "place", "link")
    rows = EventPerson.objects.filter(
        event__calendar=calendar, event__day__gte=first, event__day__lte=last
    ).order_by("person__name")
    people = group(rows.values_list("event_id", "person_id", "person__name", "response"), team)
    found = list(events)
    customers = customers_among({domain for one in found for domain in one.outside_domains})
    zone = ZoneInfo(calendar.time_zone)
    return tuple(entry_of_event(one, people.get(one.pk, ()), customers, zone, titles) for one in found)


def entry_of_event(
    event: Any, people: tuple[Present, ...], customers: Collection[str], zone: ZoneInfo, titles: bool
) -> Entry:
    """One kept event (or a row of its columns) as an entry; ``titles`` opens its encrypted texts."""
    return Entry(
        uid=event.uid,
        recurrence_id=event.recurrence_id,
        rule=event.rule,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        day=event.day,
        slot_day=slot_day(event, zone),
        all_day=event.all_day,
        status=event.status,
        people=people,
        outside=tuple(event.outside_domains),
        strangers=event.strangers,
        customer=event.customer or any(domain in customers for domain in event.outside_domains),
        names_customer=event.customer,
        busy=event.busy,
        away=event.away,
        minutes=event.minutes,
        category=event.category or None,
        reason=event.reason,
        title=event.title if titles else "",
        place=event.place if titles else "",
        link=event.link if titles else "",
        time_zone=event.time_zone,
        pk=event.pk,
    )


def slot_day(event: Any, zone: ZoneInfo) -> date:
    """The local day of the slot that the rule gave; of a single event, its own day."""
    if not event.recurrence_id:
        return event.day
    # 20261123T090000Z; strptime takes three times as long, and a page has hundreds of them.
    return datetime.fromisoformat(event.recurrence_id).astimezone(zone).date()
