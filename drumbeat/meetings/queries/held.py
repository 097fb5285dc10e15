"""What became of meetings, for lists of any length: three queries at most."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from drumbeat.calendars.models import Event, EventPerson
from drumbeat.calendars.queries.entries import slot_day
from drumbeat.calendars.rules.facts import DECLINED
from drumbeat.meetings.models import Meeting, Seat
from drumbeat.meetings.rules.held import DAYS, PLANNED, Entry, Facts, Known, by_calendar, state_of

STANDS = (Event.CONFIRMED, Event.TENTATIVE)


def states_of(meetings: Iterable[Meeting], now: datetime) -> dict[int, str]:
    """What became of each meeting by its id: a word of ``rules.held``.

    The meetings come with their rhythm (``select_related("rhythm")``). Where rooms and people decide it,
    no calendar is looked at; what lies ahead needs no query at all.
    """
    found = list(meetings)
    facts = {one.pk: _own(one, now) for one in found}
    behind = [one for one in found if state_of(facts[one.pk]) != PLANNED or _begun(one, now)]
    seats = _seats(behind)
    for one in behind:
        came = sum(came for _, came in seats[one.pk])
        facts[one.pk] = replace(facts[one.pk], two_in_room=one.started_at is not None or came >= 2)
    asked = [one for one in behind if _asks_the_calendar(facts[one.pk])]
    if asked:
        entries = _entries(asked, seats)
        for one in asked:
            said = _by_calendar(one, seats[one.pk], entries, found)
            facts[one.pk] = replace(facts[one.pk], stood=said.stood, fell=said.fell, new_time=said.new_time)
    return {pk: state_of(one) for pk, one in facts.items()}


def _own(one: Meeting, now: datetime) -> Facts:
    return Facts(
        over=one.ends_at <= now,
        corrected=one.correction,
        closed=one.closed_by_id is not None,
        left_out=one.state == Meeting.LEFT_OUT,
        away=one.state == Meeting.AWAY,
    )


def _begun(one: Meeting, now: datetime) -> bool:
    """Rooms open a little before the time."""
    return one.starts_at - timedelta(hours=1) <= now


def _asks_the_calendar(facts: Facts) -> bool:
    decided = facts.corrected or facts.closed or facts.two_in_room or facts.away
    return not decided and (facts.over or facts.left_out)


def _seats(meetings: Collection[Meeting]) -> defaultdict[int, list[tuple[int, bool]]]:
    found: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    if meetings:
        rows = Seat.objects.filter(meeting__in=[one.pk for one in meetings])
        for meeting, person, came in rows.values_list("meeting_id", "person_id", "came_at"):
            found[meeting].append((person, came is not None))
    return found


def _by_calendar(
    one: Meeting,
    seats: Collection[tuple[int, bool]],
    entries: dict[int, list[Entry]],
    listed: Collection[Meeting],
) -> Facts:
    people = frozenset({person for person, _ in seats} | {one.rhythm.chair_id})
    mine = [entry for person in people for entry in entries.get(person, ())]
    known = Known(
        slot_day=one.slot_day,
        day=one.day,
        chair=one.rhythm.chair_id,
        people=people,
        uid=one.rhythm.source_uid,
        interval=DAYS[one.rhythm.frequency],
    )
    taken = {other.day for other in listed if other.rhythm_id == one.rhythm_id and other.pk != one.pk}
    return by_calendar(known, mine, taken)


def _entries(
    meetings: Collection[Meeting], seats: dict[int, list[tuple[int, bool]]]
) -> dict[int, list[Entry]]:
    """The events of the people's calendars around the meetings, by whose calendar; no text is opened."""
    owners = {person for one in meetings for person, _ in seats[one.pk]}
    owners |= {one.rhythm.chair_id for one in meetings}
    uids = {one.rhythm.source_uid for one in meetings} - {""}
    first, last = _span(meetings)
    theirs = EventPerson.objects.filter(
        Q(person__in=owners) | Q(event__uid__in=uids),
        event__calendar__owner__in=owners,
        event__day__range=(first, last),
        event__all_day=False,
    )
    events = list(
        Event.objects.filter(pk__in=theirs.values("event_id"))
        .select_related("calendar")
        .defer("title", "place", "link", "calendar__address")
    )
    people: defaultdict[int, dict[int, str]] = defaultdict(dict)
    everyone = EventPerson.objects.filter(event__in=[event.pk for event in events]) if events else ()
    for one in everyone:
        people[one.event_id][one.person_id] = one.response
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for event in events:
        found[event.calendar.owner_id].append(_entry(event, people[event.pk]))
    return found


def _span(meetings: Collection[Meeting]) -> tuple[date, date]:
    """The days on which the meetings, or a new time of one that fell out, can lie."""
    days = [day for one in meetings for day in (one.day, one.slot_day)]
    around = timedelta(days=max(DAYS[one.rhythm.frequency] for one in meetings))
    return min(days) - around, max(days) + around


def _entry(event: Event, responses: dict[int, str]) -> Entry:
    calendar = event.calendar
    return Entry(
        uid=event.uid,
        day=event.day,
        slot_day=slot_day(event, ZoneInfo(calendar.time_zone)),
        stands=event.status in STANDS,
        read=calendar.read_on is not None and event.day <= calendar.read_on,
        people=frozenset(responses) | {calendar.owner_id},
        declined=frozenset(who for who, said in responses.items() if said == DECLINED),
        others=bool(event.strangers or event.outside_domains or event.customer),
        single=not event.recurrence_id,
    )
