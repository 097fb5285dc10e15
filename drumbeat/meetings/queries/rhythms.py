"""What the pages of rhythms show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from drumbeat.meetings.facts import every_of
from drumbeat.meetings.models import Meeting, PreWork, Rhythm, Seat
from drumbeat.meetings.planned import zone_of
from drumbeat.meetings.queries.before import State, prework_state
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.rules.held import WORDS
from drumbeat.meetings.rules.joining import link_name
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.viewer import Viewer

AHEAD = timedelta(days=28)
PAST, COMING = 12, 14
_LINKS = ("join_link", "dial_in")


@dataclass(frozen=True)
class Coming:
    """A coming meeting in my own zone. ``mine`` is what is asked of me before it: ``due``, ``in``,
    ``excused`` or nothing; ``state`` is that of everybody's pre-work."""

    meeting: Meeting
    seat: Seat
    mine: str
    state: State


@dataclass(frozen=True)
class Day:
    """The meetings of one day of mine."""

    day: date
    meetings: list[Coming]


@dataclass(frozen=True)
class Line:
    """A rhythm in a list: how often it is in words, and who comes."""

    rhythm: Rhythm
    often: str
    others: list[str]
    needs_chair: bool


@dataclass(frozen=True)
class Mine:
    """My coming four weeks and my rhythms; ``served``: those of whom I am the delegate of."""

    days: list[Day]
    rhythms: list[Line]
    served: list[Line]


def mine(viewer: Viewer, now: datetime) -> Mine:
    """The page of my meetings; five queries, seven for a delegate."""
    me = viewer.me
    members = Rhythm.people.through.objects.filter(person_id=me.pk).values("rhythm_id")
    own = _lines(Q(chair=me.pk) | Q(pk__in=members), me, viewer.today)
    served = viewer.serves(RoleGrant.DELEGATE)
    others = _lines(Q(chair__in=served) & ~Q(chair=me.pk), me, viewer.today) if served else []
    return Mine(_days(me, now), own, others)


def _days(me: Person, now: datetime) -> list[Day]:
    came_in = PreWork.objects.filter(meeting_id=OuterRef("meeting_id"), person_id=me.pk)
    meeting = {"meeting__state": Meeting.PLANNED, "meeting__ends_at__gt": now}
    seats = (
        Seat.objects.filter(person=me, meeting__starts_at__lt=now + AHEAD, **meeting)
        .select_related("meeting__rhythm")
        .defer("excused_word", "meeting__word", *(f"meeting__rhythm__{name}" for name in _LINKS))
        .annotate(came_in=Exists(came_in))
        .order_by("meeting__starts_at", "meeting_id")
    )
    found = list(seats)
    states = prework_state([seat.meeting for seat in found])
    days: dict[date, list[Coming]] = {}
    for seat in found:
        asked = seat.prework_due_at is not None
        said = "in" if seat.came_in else "excused" if seat.excused and asked else "due" if asked else ""
        on = timezone.localtime(seat.meeting.starts_at).date()
        days.setdefault(on, []).append(Coming(seat.meeting, seat, said, states[seat.meeting_id]))
    return [Day(day, meetings) for day, meetings in days.items()]


def _lines(whose: Q, me: Person, today: date) -> list[Line]:
    rhythms = Rhythm.objects.filter(whose).exclude(state=Rhythm.ENDED).select_related("chair")
    rhythms = rhythms.defer(*_LINKS).prefetch_related("people").order_by("name", "pk")
    return [
        Line(
            one,
            often(one),
            [person.name for person in (one.chair, *one.people.all()) if person.pk != me.pk],
            one.chair.has_left(today),
        )
        for one in rhythms
    ]


def often(rhythm: Rhythm) -> str:
    """``every Monday at 9:00``, local to the rhythm's zone."""
    return f"{every_of(rhythm).words()} at {rhythm.at.hour}:{rhythm.at:%M}"


@dataclass(frozen=True)
class Row:
    """One meeting of a rhythm; ``said`` is what became of it, ``moved`` that its day is not the rhythm's."""

    meeting: Meeting
    said: str
    moved: bool
    seated: bool


@dataclass(frozen=True)
class One:
    """A rhythm's page. ``inside``: the viewer comes to it, or keeps it; only they see how to join, and the
    word with which a meeting was moved."""

    rhythm: Rhythm
    often: str
    zone: str
    people: list[Person]
    inside: bool
    keeps: bool
    needs_chair: bool
    link_name: str
    coming: list[Row]
    past: list[Row]


def one(rhythm: Rhythm, viewer: Viewer, now: datetime) -> One:
    """The page of a rhythm that the viewer may read; about ten queries, whatever lies behind it."""
    people = list(rhythm.people.all())
    keeps = rhythm.chair_id == viewer.pk or rhythm.chair_id in viewer.serves(RoleGrant.DELEGATE)
    inside = keeps or viewer.pk in {person.pk for person in people}
    rows = rhythm.meetings.all() if inside else rhythm.meetings.defer("word")
    coming = list(rows.filter(ends_at__gt=now).exclude(state=Meeting.CLOSED).order_by("starts_at")[:COMING])
    past = rows.filter(Q(ends_at__lte=now) | Q(state=Meeting.CLOSED)).order_by("-starts_at")[:PAST]
    found = [*coming, *past]
    for each in found:
        each.rhythm = rhythm
    seats = Seat.objects.filter(person=viewer.pk, meeting__in=[each.pk for each in found])
    mine = set(seats.values_list("meeting_id", flat=True))
    states = states_of(found, now)
    lines = {each.pk: _row(each, states, mine) for each in found}
    elsewhere = zone_of(rhythm.time_zone).key != timezone.get_current_timezone_name()
    return One(
        rhythm=rhythm,
        often=often(rhythm),
        zone=rhythm.time_zone if elsewhere else "",
        people=people,
        inside=inside,
        keeps=keeps,
        needs_chair=rhythm.chair.has_left(viewer.today),
        link_name=link_name(rhythm.join_link) if inside and rhythm.join_link else "",
        coming=[lines[each.pk] for each in coming],
        past=[lines[each.pk] for each in found[len(coming) :]],
    )


def _row(meeting: Meeting, states: dict[int, str], mine: Iterable[int]) -> Row:
    said = WORDS[states[meeting.pk]]
    if meeting.state == Meeting.LEFT_OUT:
        said = "left out"
    return Row(meeting, said, meeting.day != meeting.slot_day, meeting.pk in set(mine))


def local_start(meeting: Meeting) -> datetime:
    """When a meeting begins, by the clock of its rhythm's zone: the hour that its chair says."""
    return meeting.starts_at.astimezone(ZoneInfo(zone_of(meeting.rhythm.time_zone).key))
