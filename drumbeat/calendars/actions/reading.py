"""What a reading of the calendar says, kept: only what changed is written."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from drumbeat.calendars.actions.corrections import BY_HAND
from drumbeat.calendars.models import Calendar, Event, EventPerson
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.facts import ReadCalendar
from drumbeat.journal.record import Actor, action, note, unchanged

FIELDS = (
    "rule",
    "starts_at",
    "ends_at",
    "day",
    "all_day",
    "time_zone",
    "status",
    "busy",
    "away",
    "strangers",
    "customer",
    "outside_domains",
    "minutes",
    "category",
    "reason",
    "title",
    "place",
    "link",
)
Key = tuple[str, str]
People = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Window:
    """The days that were read, both included."""

    first: date
    last: date


@dataclass
class Kept:
    """What was written: events made, changed, taken away and left as they were, and what the file itself
    said.
    """

    made: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    unreadable: int = 0
    notes: tuple[str, ...] = field(default=())


@action("calendar.read")
def keep_reading(
    *,
    actor: Actor,
    today: date,
    calendar: Calendar,
    read: ReadCalendar,
    found: tuple[Entry, ...],
    window: Window,
    at: datetime,
) -> Kept:
    """Keep the entries ``found`` in the days of ``window``, read at the moment ``at``.

    An event that stood and stands no more: a series slot that no rule gives any longer is forgotten, for
    nothing is due there; a single event that was still to come at the last reading fell out, where the file
    covers its day; what had taken place by then stays. What lies before the window is older than is kept,
    and goes.
    """
    # Two readings of one calendar at once would both make what is new: the second waits here.
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    Event.objects.filter(calendar=calendar, day__lt=window.first).delete()
    wanted = {one.key: one for one in found}
    known = _known(calendar, window, wanted)
    plan = _plan(wanted, known, calendar, window)
    gone = [event for key, event in known.items() if key not in wanted]
    fallen, forgotten = _fall_out(gone, calendar, read)
    Event.objects.filter(pk__in=forgotten).delete()
    Event.objects.bulk_create(plan.made.values(), batch_size=200)
    Event.objects.bulk_update([*plan.changed, *fallen], FIELDS, batch_size=100)
    _write_people({**known, **plan.made}, plan.people)
    touched = {event.pk for event in plan.changed} | {known[key].pk for key in plan.people if key in known}
    kept = Kept(
        made=len(plan.made),
        changed=len(touched) + len(fallen),
        removed=len(forgotten),
        same=len(wanted) - len(plan.made) - len(touched),
        unreadable=read.unreadable,
        notes=read.notes,
    )
    _keep_dates(calendar, read, window, at, today, kept)
    return kept


@dataclass
class _Plan:
    """What is to be written: new events, changed ones, and who is at which where that changed."""

    made: dict[Key, Event] = field(default_factory=dict)
    changed: list[Event] = field(default_factory=list)
    people: dict[Key, People] = field(default_factory=dict)


def _known(calendar: Calendar, window: Window, wanted: dict[Key, Entry]) -> dict[Key, Event]:
    """The kept events of the window, and those that moved into it from a day outside."""
    mine = Event.objects.filter(calendar=calendar)
    inside = mine.filter(day__gte=window.first, day__lte=window.last)
    known = {(one.uid, one.recurrence_id): one for one in inside}
    outside = mine.filter(day__gt=window.last)
    moved = [pk for pk, *key in outside.values_list("pk", "uid", "recurrence_id") if tuple(key) in wanted]
    return known | {(one.uid, one.recurrence_id): one for one in mine.filter(pk__in=moved)}


def _plan(wanted: dict[Key, Entry], known: dict[Key, Event], calendar: Calendar, window: Window) -> _Plan:
    plan, people = _Plan(), _people_before(calendar, window)
    for key, entry in wanted.items():
        event, values, who = known.get(key), _values(entry, calendar), _who(entry)
        if event is None:
            plan.made[key] = Event(calendar=calendar, uid=key[0], recurrence_id=key[1], **values)
            plan.people[key] = who
            continue
        if event.corrected:
            values.update(category=event.category, reason=BY_HAND)
        if _set(event, values):
            plan.changed.append(event)
        if people.get(event.pk, ()) != who:
            plan.people[key] = who
    return plan


def _people_before(calendar: Calendar, window: Window) -> dict[int, People]:
    rows = EventPerson.objects.filter(
        event__calendar=calendar, event__day__gte=window.first, event__day__lte=window.last
    ).order_by("person_id")
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for event, person, response in rows.values_list("event_id", "person_id", "response"):
        found[event].append((person, response))
    return {event: tuple(who) for event, who in found.items()}


def _values(entry: Entry, calendar: Calendar) -> dict[str, Any]:
    titles = calendar.keep_titles
    return {
        "rule": entry.rule,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "day": entry.day,
        "all_day": entry.all_day,
        "time_zone": entry.time_zone,
        "status": entry.status,
        "busy": entry.busy,
        "away": entry.away,
        "strangers": min(entry.strangers, 32_767),
        "customer": entry.names_customer,
        "outside_domains": sorted(entry.outside),
        "minutes": entry.minutes,
        "category": entry.category or "",
        "reason": entry.reason,
        "title": entry.title if titles else "",
        "place": entry.place if titles else "",
        "link": entry.link if titles else "",
    }


def _who(entry: Entry) -> People:
    return tuple(sorted((int(one.key), one.response) for one in entry.people))


def _set(event: Event, values: dict[str, Any]) -> bool:
    """Put the values into the event; whether any differed."""
    differ = False
    for name, value in values.items():
        if getattr(event, name) != value:
            setattr(event, name, value)
            differ = True
    return differ


def _fall_out(gone: list[Event], calendar: Calendar, read: ReadCalendar) -> tuple[list[Event], list[int]]:
    """What becomes of events that the calendar has no more: those that fell out, and ids of those
    forgotten.
    """
    fallen, forgotten = [], []
    for event in gone:
        if calendar.read_at is not None and event.starts_at <= calendar.read_at:
            continue
        if event.status == Event.FELL_OUT and not event.rule:
            continue
        covered = (
            read.covers_from is not None
            and read.covers_to is not None
            and read.covers_from <= event.day <= read.covers_to
        )
        if event.rule or not covered:
            forgotten.append(event.pk)
        else:
            event.status, event.minutes = Event.FELL_OUT, 0
            fallen.append(event)
    return fallen, forgotten


def _write_people(events: dict[Key, Event], touched: dict[Key, People]) -> None:
    EventPerson.objects.filter(event__in=[events[key].pk for key in touched]).delete()
    rows = [
        EventPerson(event=events[key], person_id=person, response=response)
        for key, who in touched.items()
        for person, response in who
    ]
    EventPerson.objects.bulk_create(rows, batch_size=500)


def _keep_dates(
    calendar: Calendar, read: ReadCalendar, window: Window, at: datetime, today: date, kept: Kept
) -> None:
    """When it was read and which days it covers; a second reading that finds nothing new on a day is no
    news.
    """
    begins = [day for day in (calendar.covers_from, read.covers_from) if day is not None]
    covers_from = max(window.first, min(begins)) if begins else None
    if calendar.covers_from is not None and covers_from is not None:
        covers_from = min(covers_from, calendar.covers_from)
    news = kept.made or kept.changed or kept.removed or calendar.read_on != today or calendar.problem
    if not news:
        unchanged()
        return
    calendar.covers_from, calendar.covers_to = covers_from, window.last
    calendar.time_zone, calendar.read_at, calendar.read_on = read.time_zone, at, today
    calendar.problem = ""
    calendar.save(update_fields=["covers_from", "covers_to", "time_zone", "read_at", "read_on", "problem"])
    note(calendar, made=kept.made, changed=kept.changed, removed=kept.removed, unreadable=kept.unreadable)
