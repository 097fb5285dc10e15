"""The beat on This week: the meetings of these days, promises both ways, and what they ask of the leader."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse

from drumbeat.core.wording import first_name
from drumbeat.desk.rooms import Sitting
from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.queries.alone import Due, alone_due
from drumbeat.meetings.queries.before import State
from drumbeat.meetings.rules.alone import ANSWER
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.promises.queries.lists import Row, opening_of, rows_of
from drumbeat.signals.facts import OwedFacts, PreworkFacts, ToldFacts
from drumbeat.signals.rules.beat import prework_twice, promise_late, told_alone_waits
from drumbeat.signals.rules.week import Signal

FEW = 3
MOST_MEETINGS = 12
GONE = (Meeting.LEFT_OUT, Meeting.AWAY)


@dataclass(frozen=True)
class Side:
    """What is owed one way: the rows that are late or due by Sunday, and how many more there are."""

    rows: tuple[Row, ...] = ()
    more: int = 0

    @property
    def all(self) -> int:
        return len(self.rows) + self.more


@dataclass(frozen=True)
class Owed:
    """Open promises both ways, and of each other person how many: (owes me, I owe)."""

    mine: Side
    theirs: Side
    own: tuple[OwedFacts, ...]
    counts: Mapping[int, tuple[int, int]]

    @property
    def opened(self) -> list[Opened]:
        """The texts that the page shows."""
        return [opening_of(row) for row in (*self.mine.rows, *self.theirs.rows)]

    def beside(self, key: int) -> str:
        """``owes me 2 · I owe 1``; empty where nothing is owed."""
        theirs, mine = self.counts.get(key, (0, 0))
        told = [f"owes me {theirs}" if theirs else "", f"I owe {mine}" if mine else ""]
        return " · ".join(filter(None, told))


def owed_of(leader: Person, today: date) -> Owed:
    """The leader's open promises both ways. Two statements: days and states, then the few texts shown."""
    both = Q(owner=leader) | Q(asked_by=leader)
    found: list[Any] = list(
        Promise.objects.filter(both, state__in=Promise.UNKEPT)
        .exclude(owner=F("asked_by"))
        .order_by("due", "pk")
        .values(
            "pk", "owner_id", "asked_by_id", "asked_by__name", "state", "due", "waiting_since", "waited_days"
        )
    )
    sunday = today + timedelta(days=6 - today.weekday())
    mine = [one for one in found if one["owner_id"] == leader.pk]
    theirs = [one for one in found if one["owner_id"] != leader.pk]
    shown = [_shown(each, sunday) for each in (mine, theirs)]
    texts = {
        row.promise.pk: row
        for row in rows_of(Promise.objects.filter(pk__in=[pk for each in shown for pk in each]), today)
    }
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in mine:
        counts[one["asked_by_id"]][1] += 1
    for one in theirs:
        counts[one["owner_id"]][0] += 1
    return Owed(
        mine=_side(mine, shown[0], texts),
        theirs=_side(theirs, shown[1], texts),
        own=tuple(_owed(one) for one in mine),
        counts={key: (each[0], each[1]) for key, each in counts.items()},
    )


def _shown(rows: Iterable[Any], sunday: date) -> list[int]:
    """Which stand on the page: late, or due by Sunday; what waits for somebody does not."""
    pressing = [one["pk"] for one in rows if one["state"] == Promise.OPEN and one["due"] <= sunday]
    return pressing[:FEW]


def _side(rows: Sequence[Any], shown: Sequence[int], texts: Mapping[int, Row]) -> Side:
    found = tuple(texts[pk] for pk in shown if pk in texts)
    return Side(found, len(rows) - len(found))


def _owed(one: Any) -> OwedFacts:
    return OwedFacts(
        id=str(one["pk"]),
        to=one["asked_by__name"],
        key=one["asked_by_id"],
        due=one["due"] + timedelta(days=one["waited_days"]),
        waiting=one["state"] == Promise.WAITING,
    )


@dataclass(frozen=True)
class MeetingRow:
    """One meeting of this week: when (in the own zone), what, how far its pre-work is, where it leads."""

    at: datetime
    title: str
    state: str
    url: str
    over: bool
    own_url: str = ""
    own_words: str = ""


def this_weeks(
    me: Person, sittings: Sequence[Sitting], names: Mapping[int, str], today: date, now: datetime
) -> list[MeetingRow]:
    """The meetings from Monday to Sunday, in order of time, without those that were left out or fell away."""
    zone = ZoneInfo(me.time_zone)
    monday = today - timedelta(days=today.weekday())
    rows = []
    for one in sittings:
        local = one.meeting.starts_at.astimezone(zone)
        if monday <= local.date() <= monday + timedelta(days=6) and one.meeting.state not in GONE:
            rows.append(_row(me, one, names, local, now))
    return rows


def _row(me: Person, one: Sitting, names: Mapping[int, str], local: datetime, now: datetime) -> MeetingRow:
    meeting, over = one.meeting, one.meeting.ends_at <= now
    owes = _owes(me, one) and not over
    return MeetingRow(
        at=local,
        title=title_of(one, me.pk, names),
        state="" if over else prework_words(one, me.pk),
        url=reverse("meetings:room", args=[meeting.pk]),
        over=over,
        own_url=reverse("meetings:prework", args=[meeting.pk]) if owes else "",
        own_words="send in yours" if owes else "",
    )


def _owes(me: Person, one: Sitting) -> bool:
    return one.in_time(me.pk) is not None and me.pk not in one.came_in


def title_of(one: Sitting, me: int, names: Mapping[int, str]) -> str:
    """The rhythm's name, with whom where two meet and the name does not say so already."""
    name, other = one.meeting.rhythm.name, names.get(one.other(me) or 0, "")
    return name if not other or first_name(other) in name else f"{name} with {other}"


def prework_words(one: Sitting, me: int) -> str:
    """How far the pre-work of the others is: ``pre-work: 2 of 3 in``; empty where none is asked."""
    asked = [seat for seat in one.seats if seat.prework_due_at is not None and seat.person_id != me]
    came = sum(seat.person_id in one.came_in for seat in asked)
    excused = sum(seat.excused and seat.person_id not in one.came_in for seat in asked)
    words = State(came, len(asked) - excused, excused).words
    return f"pre-work: {words}" if words else ""


def asks_of(
    leader: Person,
    owed: Owed,
    sittings: Iterable[Sitting],
    names: Mapping[int, str],
    today: date,
    now: datetime,
) -> list[Signal]:
    """The signals of promises, pre-work and what was told alone. One statement."""
    told = [_told(due, today) for due in alone_due(leader, today)]
    debts = [
        *promise_late(owed.own, today=today, country=leader.country, region=leader.region),
        *told_alone_waits(told),
    ]
    missing = [prework_twice(each) for each in preworks(leader.pk, sittings, names, now)]
    # Of somebody outside of the own team the page has no row: the thing stands for itself.
    return [
        *(
            signal if signal.about in names else replace(signal, about=(leader.pk, signal.key))
            for signal in debts
        ),
        *(signal for signal in missing if signal is not None),
    ]


def _told(due: Due, today: date) -> ToldFacts:
    return ToldFacts(
        id=str(due.pk),
        author=due.author.name,
        key=due.author.pk,
        seen=due.owes == ANSWER,
        late=due.late,
        waited=(today - due.said_on).days,
    )


def preworks(
    me: int, sittings: Iterable[Sitting], names: Mapping[int, str], now: datetime
) -> list[PreworkFacts]:
    """Of each rhythm that the reader chairs and each of the reader's people: was it in, the latest first."""
    gone: defaultdict[tuple[int, int], list[Sitting]] = defaultdict(list)
    for one in sittings:
        chaired = one.meeting.rhythm.chair_id == me
        if chaired and one.meeting.starts_at <= now and one.meeting.state not in GONE:
            for seat in one.seats:
                if seat.person_id in names and one.in_time(seat.person_id) is not None:
                    gone[one.meeting.rhythm_id, seat.person_id].append(one)
    return [_prework(me, person, each[::-1], names[person]) for (_, person), each in gone.items()]


def _prework(me: int, person: int, latest: Sequence[Sitting], name: str) -> PreworkFacts:
    return PreworkFacts(
        person=name,
        rhythm=f"“{latest[0].meeting.rhythm.name}”",
        key=person,
        in_time=tuple(bool(one.in_time(person)) for one in latest),
        own_in_time=tuple(one.in_time(me) is not False for one in latest),
        ids=tuple(str(one.meeting.pk) for one in latest),
    )


def names_of(people: Collection[Person]) -> dict[int, str]:
    """Names by id."""
    return {person.pk: person.name for person in people}
