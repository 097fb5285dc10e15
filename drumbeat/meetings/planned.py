"""The coming meetings of many rhythms at once: made, moved where somebody is away, kept as they should be.

What a person moved or left out by hand stays as it is; what has begun is never touched. Doing it again
changes nothing.
"""

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Q, prefetch_related_objects

from drumbeat.core.content import meeting_templates
from drumbeat.core.days import is_working_day
from drumbeat.meetings.facts import every_of
from drumbeat.meetings.models import Agenda, Meeting, Rhythm, Seat
from drumbeat.meetings.rules.agenda import Body, from_library, read
from drumbeat.meetings.rules.planning import needed, place
from drumbeat.meetings.rules.prework import due_at
from drumbeat.meetings.rules.recurrence import days_between, moment, next_day
from drumbeat.people.models import Leave, Person

AHEAD = timedelta(days=92)
BATCH = 500
_BACK = {Rhythm.WEEKLY: 7, Rhythm.TWO_WEEKS: 14, Rhythm.MONTHLY: 35, Rhythm.QUARTERLY: 100}
_FACTS = ["slot_day", "day", "starts_at", "ends_at", "state", "by_hand"]


@dataclass
class Done:
    """How many meetings were made, got another time or state, or went; and seats that changed."""

    made: int = 0
    changed: int = 0
    gone: int = 0
    seats: int = 0

    def __bool__(self) -> bool:
        return bool(self.made or self.changed or self.gone or self.seats)


def plan(rhythms: Iterable[Rhythm], *, today: date, now: datetime, until: date | None = None) -> Done:
    """Plan active rhythms up to a day (a quarter ahead where none is given); about ten queries a thousand.

    Only what begins after ``now`` is made or changed.
    """
    found, done = [one for one in rhythms if one.state == Rhythm.ACTIVE], Done()
    last = until or today + AHEAD
    for start in range(0, len(found), BATCH):
        _Batch(found[start : start + BATCH], today, now, last, done).run()
    return done


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The zone of a name; UTC where the time zone database of this machine has it no more."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")


def bodies_of(rhythms: Sequence[Rhythm], now: datetime) -> dict[int, Body]:
    """The agenda of each rhythm by its id, as ``queries.agendas.agenda_of_rhythm`` gives it: one query."""
    whose = Q(rhythm=None) | Q(rhythm__in=rhythms)
    rows = Agenda.objects.filter(whose, made_at__lte=now).order_by("made_at", "number")
    newest = {(row.template, row.rhythm_id): row.body for row in rows}
    read_body = {key: read(body) for key, body in newest.items()}
    library = {name: from_library(row) for name, row in meeting_templates().items()}
    return {
        one.pk: read_body.get((one.template, one.pk))
        or read_body.get((one.template, None))
        or library[one.template]
        for one in rhythms
    }


class Away:
    """Whether people are there on a day: neither on leave, nor free, nor gone. One query."""

    def __init__(self, people: Iterable[Person], first: date, last: date) -> None:
        self.people = {one.pk: one for one in people}
        rows = Leave.objects.filter(ends_on__gte=first, starts_on__lte=last)
        if len(self.people) <= BATCH:
            rows = rows.filter(person__in=self.people)
        self.leaves: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for who, begins, ends in rows.values_list("person_id", "starts_on", "ends_on"):
            self.leaves[who].append((begins, ends))

    def here(self, who: Iterable[int], day: date) -> bool:
        """Whether all of them are there."""
        for one in who:
            person = self.people[one]
            if not is_working_day(day, person.country, person.region) or person.has_left(day):
                return False
            if one in self.leaves and any(begins <= day <= ends for begins, ends in self.leaves[one]):
                return False
        return True


@dataclass
class _Batch:
    """One run over at most a thousand rhythms."""

    rhythms: list[Rhythm]
    today: date
    now: datetime
    last: date
    done: Done
    new: list[tuple[Meeting, Rhythm]] = field(default_factory=list)
    changed: list[Meeting] = field(default_factory=list)
    surplus: list[Meeting] = field(default_factory=list)
    standing: dict[int, tuple[Meeting, Rhythm]] = field(default_factory=dict)

    def run(self) -> None:
        prefetch_related_objects(self.rhythms, "chair", "people")
        self.until = max([self.last, *(one.planned_to for one in self.rhythms if one.planned_to)])
        people = {p.pk: p for one in self.rhythms for p in (one.chair, *one.people.all())}
        self.away = Away(people.values(), self.today - timedelta(days=100), self.until + timedelta(days=100))
        self.bodies = bodies_of(self.rhythms, self.now)
        rows = self._kept()
        for rhythm in self.rhythms:
            self._plan(rhythm, rows[rhythm.pk])
        self._store()

    def _kept(self) -> dict[int, dict[date, Meeting]]:
        rare = Q(rhythm__frequency__in=[Rhythm.MONTHLY, Rhythm.QUARTERLY])
        recent = Q(slot_day__gte=self.today - timedelta(days=14)) | Q(starts_at__gt=self.now)
        whole = Q(rare, slot_day__gte=self.today - timedelta(days=100))
        found: dict[int, dict[date, Meeting]] = defaultdict(dict)
        for row in Meeting.objects.filter(recent | whole, rhythm__in=self.rhythms).defer("word"):
            found[row.rhythm_id][row.slot_day] = row
        return found

    def _plan(self, rhythm: Rhythm, rows: dict[date, Meeting]) -> None:
        every, zone = every_of(rhythm), zone_of(rhythm.time_zone)
        length = timedelta(minutes=rhythm.minutes)
        who = needed(rhythm.template, rhythm.chair_id, [one.pk for one in rhythm.people.all()])
        last = max(self.last, rhythm.planned_to or self.last)
        if rhythm.chair.left_on is not None:
            last = min(last, rhythm.chair.left_on)
        begin = max(self.today - timedelta(days=_BACK[rhythm.frequency]), every.starts_on)
        slots = days_between(every, begin, last) if begin <= last else []
        following = [*slots[1:], *([next_day(every, slots[-1])] if slots else [])]
        meant = set(slots)
        loose = sorted((row for slot, row in rows.items() if slot not in meant and self._free(row)), key=_day)
        here = self.away.here
        for slot, after in zip(slots, following, strict=True):
            found = place(slot, after, lambda day: here(who, day))
            starts_at = moment(found.day, rhythm.at, zone)
            row = rows.get(slot)
            if row is None:
                if starts_at <= self.now:
                    continue
                row = loose.pop(0) if loose else None
            elif not self._free(row):
                if row.state == Meeting.PLANNED and row.starts_at > self.now:
                    self.standing[row.pk] = (row, rhythm)
                continue
            facts = (slot, found.day, starts_at, starts_at + length, found.state, False)
            if row is None:
                made = Meeting(rhythm_id=rhythm.pk, **dict(zip(_FACTS, facts, strict=True)))
                self.new.append((made, rhythm))
                continue
            if starts_at <= self.now:
                # Its time would lie in the past already: what was said for today stays.
                continue
            if facts != tuple(getattr(row, name) for name in _FACTS):
                for name, value in zip(_FACTS, facts, strict=True):
                    setattr(row, name, value)
                self.changed.append(row)
            self.standing[row.pk] = (row, rhythm)
        self.surplus += loose

    def _free(self, row: Meeting) -> bool:
        """Whether planning may change it."""
        begun = row.starts_at <= self.now or row.started_at is not None
        return not row.by_hand and row.state != Meeting.CLOSED and not begun

    def _store(self) -> None:
        Meeting.objects.bulk_create([row for row, _ in self.new], batch_size=BATCH)
        Meeting.objects.bulk_update(self.changed, _FACTS, batch_size=BATCH)
        self.done.made += len(self.new)
        self.done.changed += len(self.changed)
        self._let_go()
        seats = [seat for row, rhythm in self.new for seat in self._seats(row, rhythm)]
        if self.standing:
            seats += self._mended()
        Seat.objects.bulk_create(seats, batch_size=BATCH)
        late = [one.pk for one in self.rhythms if one.planned_to is None or one.planned_to < self.last]
        Rhythm.objects.filter(pk__in=late).update(planned_to=self.last)
        for one in self.rhythms:
            one.planned_to = max(self.last, one.planned_to or self.last)

    def _let_go(self) -> None:
        """Meetings for which the rhythm has no day any more go; one with something in it stays as it is."""
        if not self.surplus:
            return
        full = with_something([row.pk for row in self.surplus])
        gone = [row.pk for row in self.surplus if row.pk not in full]
        Meeting.objects.filter(pk__in=full).update(by_hand=True)
        Meeting.objects.filter(pk__in=gone).delete()
        self.done.gone += len(gone)

    def _due(self, row: Meeting, rhythm: Rhythm) -> datetime:
        body, chair = self.bodies[rhythm.pk], rhythm.chair
        place = (chair.country, chair.region, rhythm.time_zone)
        return _due(row.day, body.prework_days, body.prework_at, *place)

    def _seats(self, row: Meeting, rhythm: Rhythm) -> list[Seat]:
        due = self._due(row, rhythm)
        # By ids: a year of a thousand rhythms has a hundred thousand seats.
        seats = [Seat(meeting_id=row.pk, person_id=rhythm.chair_id, chairs=True)]
        seats += [
            Seat(meeting_id=row.pk, person_id=one.pk, prework_due_at=due)
            for one in rhythm.people.all()
            if not one.has_left(row.day)
        ]
        return seats

    def _mended(self) -> list[Seat]:
        """Seats of standing meetings as the rhythm has them now: who is new gets one, who went gives it
        back, and pre-work is due as the agenda and the day say."""
        have: dict[int, dict[int, Seat]] = defaultdict(dict)
        rows = Seat.objects.filter(meeting__in=list(self.standing)).defer("excused_word")
        for seat in rows:
            have[seat.meeting_id][seat.person_id] = seat
        new: list[Seat] = []
        other: list[Seat] = []
        gone: list[int] = []
        for pk, (row, rhythm) in self.standing.items():
            meant = {seat.person_id: seat for seat in self._seats(row, rhythm)}
            kept = have[pk]
            new += [seat for who, seat in meant.items() if who not in kept]
            gone += [seat.pk for who, seat in kept.items() if who not in meant]
            for who, seat in kept.items():
                wish = meant.get(who)
                if wish and (wish.chairs, wish.prework_due_at) != (seat.chairs, seat.prework_due_at):
                    seat.chairs, seat.prework_due_at = wish.chairs, wish.prework_due_at
                    other.append(seat)
        Seat.objects.bulk_update(other, ["chairs", "prework_due_at"], batch_size=BATCH)
        for start in range(0, len(gone), BATCH):
            Seat.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        self.done.seats += len(new) + len(other) + len(gone)
        return new


def with_something(meetings: list[int]) -> set[int]:
    """Those of the meetings in which somebody has written something, which must not get lost."""
    empty = {f"{name}__isnull": True for name in ("prework", "topics", "told_alone", "private_notes")}
    more = {f"{name}__isnull": True for name in ("notes", "round", "outcomes")}
    bare = Meeting.objects.filter(pk__in=meetings, started_at=None, **empty, **more)
    return set(meetings) - set(bare.values_list("pk", flat=True))


def dues_of(meeting: Meeting, now: datetime) -> None:
    """After a meeting got another day: its pre-work is due by that day. Two queries."""
    rhythm = meeting.rhythm
    body, chair = bodies_of([rhythm], now)[rhythm.pk], rhythm.chair
    place = (chair.country, chair.region, rhythm.time_zone)
    due = _due(meeting.day, body.prework_days, body.prework_at, *place)
    meeting.seats.filter(chairs=False).update(prework_due_at=due)


def _day(row: Meeting) -> date:
    return row.slot_day


@lru_cache(maxsize=4096)
def _due(day: date, days: int, at: str, country: str, region: str, zone: str) -> datetime:
    return due_at(day, days, at, country=country, region=region, zone=zone_of(zone))
