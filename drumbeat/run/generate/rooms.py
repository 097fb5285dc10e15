"""The beat of the made company: rhythms of the executive and the managers, a quarter of past meetings that
fit the made calendar, what came in and what went out. Rows in bulk; the same for the same seed and day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.calendars.models import Event
from drumbeat.core.content import meeting_templates
from drumbeat.core.days import is_working_day
from drumbeat.meetings.models import Meeting, Rhythm, Seat
from drumbeat.meetings.planned import plan
from drumbeat.meetings.rules.agenda import from_library
from drumbeat.meetings.rules.prework import due_at
from drumbeat.people.models import Person
from drumbeat.run.generate.calendar import ONE_TO_ONES, Diary, OneToOne
from drumbeat.run.generate.company import Company
from drumbeat.run.generate.people import PROMOTED_DAYS_AGO, Area, Branch
from drumbeat.run.generate.room_texts import Texts
from drumbeat.run.generate.room_words import LEFT_OUT, MOVED

BACK = 13
PASSED_ON = 3  # managers who took the huddle to their own teams
EVERY = {1: Rhythm.WEEKLY, 2: Rhythm.TWO_WEEKS}


@dataclass
class Laid:
    """A rhythm with its people and those meetings that lie behind, not yet stored."""

    rhythm: Rhythm
    people: list[Person]
    meetings: list[Meeting] = field(default_factory=list)


def lay_rooms(made: Company, *, today: date, now: datetime) -> int:
    """Store the rhythms and meetings of the executive's branch; gives how many meetings lie behind.

    Where the executive has a rhythm already, nothing is done: a load that was broken off goes on elsewhere.
    """
    branch = made.tree.branches[0]
    found = Person.objects.filter(email__in=_emails(branch))
    people = {str(one.email): one for one in found}
    chair = people.get(branch.leader.email)
    if chair is None or Rhythm.objects.filter(chair=chair).exists():
        return 0
    maker = _Maker(made, branch, people, chair, today)
    laid = maker.everything()
    _store(laid)
    texts = Texts(made.frame.seed, today, now, chair)
    for each in laid:
        texts.of(each.rhythm, each.people, each.meetings)
    texts.store()
    plan([each.rhythm for each in laid], today=today, now=now)
    _today_and_tomorrow(laid, texts, today, now)
    texts.sentence(chair)
    texts.store()
    return sum(len(each.meetings) for each in laid)


def _emails(branch: Branch) -> list[str]:
    team = [one.email for area in branch.areas for one in (area.manager, *area.reps)]
    return [branch.leader.email, *team]


class _Maker:
    """Makes the rhythms of one branch, row by row, in memory."""

    def __init__(
        self, made: Company, branch: Branch, people: dict[str, Person], chair: Person, today: date
    ) -> None:
        self.branch, self.people, self.chair, self.today = branch, people, chair, today
        self.diary = Diary(made.frame, branch, today - timedelta(days=today.weekday()), {})

    def everything(self) -> list[Laid]:
        """The executive's rhythms, then those of the managers."""
        areas = [area for area in self.branch.areas if area.manager.email in self.people]
        managers = [self.people[area.manager.email] for area in areas]
        huddle = self._huddle(self.chair, managers, "Monday huddle", 0, time(8, 30), None)
        laid = [huddle, *(self._one_to_one(area) for area in areas)]
        laid += [self._plan_review(number, area) for number, area in enumerate(areas)]
        for number, area in enumerate(areas[:PASSED_ON]):
            team = self._team(area)
            if team:
                name = f"Huddle of {self.people[area.manager.email].team or area.manager.name}"
                chair = self.people[area.manager.email]
                laid.append(self._huddle(chair, team, name, 1, time(8, 30 + 5 * number), huddle.rhythm))
        if areas:
            laid += [self._with_rep(areas[0], n, rep) for n, rep in enumerate(self._team(areas[0]))]
        return laid

    def _team(self, area: Area) -> list[Person]:
        return [self.people[rep.email] for rep in area.reps if rep.email in self.people]

    def _huddle(
        self, chair: Person, people: list[Person], name: str, weekday: int, at: time, of: Rhythm | None
    ) -> Laid:
        laid = self._rhythm("weekly_huddle", name, chair, people, Rhythm.WEEKLY, weekday, at, passed_from=of)
        weeks = BACK if of is None else BACK // 2
        for week in range(-weeks, 1):
            self._add(laid, self.diary.day(week, weekday))
        if of is None:
            self._taken_from_calendar(laid, people)
        return laid

    def _one_to_one(self, area: Area) -> Laid:
        seat = ONE_TO_ONES[area.seat.story]
        who = self.people[area.manager.email]
        at, minutes = time(seat.hour, seat.minute), 30 if area.former_manager else 45
        name = f"One-to-one with {who.name.split()[0]}"
        laid = self._rhythm("one_to_one", name, self.chair, [who], EVERY[seat.every], seat.weekday, at)
        laid.rhythm.minutes = minutes
        begins = self.today - timedelta(days=PROMOTED_DAYS_AGO) if area.former_manager else date.min
        week = -BACK + (seat.parity + BACK) % seat.every
        laid.rhythm.starts_on = self.diary.day(week, seat.weekday)
        for number in range(week, 1, seat.every):
            slot = self.diary.day(number, seat.weekday)
            if slot > begins:
                self._add(laid, slot, **self._became(seat, number))
        self._taken_from_calendar(laid, [who])
        return laid

    def _became(self, seat: OneToOne, week: int) -> dict[str, Any]:
        """What the calendar says of that week's talk, in the words of a room."""
        if week in (*seat.cancelled, *seat.deleted, *seat.declined):
            return {"state": Meeting.LEFT_OUT, "by_hand": True, "word": LEFT_OUT}
        to = dict(seat.moved).get(week)
        return {} if to is None else {"day": self.diary.day(week, to), "by_hand": True, "word": MOVED}

    def _plan_review(self, number: int, area: Area) -> Laid:
        who, nth, weekday = self.people[area.manager.email], number % 4 + 1, (1, 3)[number // 4 % 2]
        name = f"Plan review with {who.name.split()[0]}"
        every = Rhythm.MONTHLY
        laid = self._rhythm("monthly_plan_review", name, self.chair, [who], every, weekday, time(16), nth=nth)
        for offset in range(-7 * BACK, 1):
            day = self.today + timedelta(days=offset)
            if day.weekday() == weekday and (day.day - 1) // 7 + 1 == nth and area.seat.story != "never_met":
                self._add(laid, day)
        return laid

    def _with_rep(self, area: Area, number: int, rep: Person) -> Laid:
        chair = self.people[area.manager.email]
        name, weekday = f"One-to-one with {rep.name.split()[0]}", 2 + number % 2
        at = time(13 + number // 2 % 4, 30 * (number % 2))
        laid = self._rhythm("one_to_one", name, chair, [rep], Rhythm.TWO_WEEKS, weekday, at)
        week = -6 + number % 2
        laid.rhythm.starts_on = self.diary.day(week, weekday)
        for each in range(week, 1, 2):
            self._add(laid, self.diary.day(each, weekday))
        return laid

    def _rhythm(
        self,
        template: str,
        name: str,
        chair: Person,
        people: list[Person],
        frequency: str,
        weekday: int,
        at: time,
        **values: Any,
    ) -> Laid:
        row = meeting_templates()[template]
        rhythm = Rhythm(
            template=template,
            name=name,
            chair=chair,
            confidential=row["confidential"],
            frequency=frequency,
            weekday=weekday,
            starts_on=self.diary.day(-BACK, weekday),
            at=at,
            time_zone=chair.time_zone,
            minutes=row["duration_min"],
            **values,
        )
        return Laid(rhythm, people)

    def _add(self, laid: Laid, slot: date, **values: Any) -> None:
        """A meeting up to today; where somebody has a holiday nothing was due."""
        day = values.get("day", slot)
        chair = laid.rhythm.chair
        free = not is_working_day(day, chair.country, chair.region)
        if day > self.today or free or (chair == self.chair and self.diary.away(day)):
            return
        starts_at = _moment(day, laid.rhythm.at, chair.time_zone)
        ends_at = starts_at + timedelta(minutes=laid.rhythm.minutes)
        fields = {"day": day, "starts_at": starts_at, "ends_at": ends_at, **values}
        laid.meetings.append(Meeting(rhythm=laid.rhythm, slot_day=slot, **fields))

    def _taken_from_calendar(self, laid: Laid, people: Sequence[Person]) -> None:
        """The series of the calendar that was read, so that it is not proposed again."""
        last = next((one for one in reversed(laid.meetings) if one.state == Meeting.PLANNED), None)
        if last is None:
            return
        same = Event.objects.filter(calendar__owner=self.chair, starts_at=last.starts_at)
        found = same.filter(people__person=people[0]).exclude(rule="").values_list("uid", flat=True).first()
        laid.rhythm.source_uid = found or ""


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _store(laid: Sequence[Laid]) -> None:
    """Rhythms (those passed on after what they come from), members, meetings and seats: a few statements."""
    for passed in (False, True):
        some = [each.rhythm for each in laid if (each.rhythm.passed_from is not None) == passed]
        for rhythm in some:
            rhythm.passed_from = rhythm.passed_from  # whose id is known by now
        Rhythm.objects.bulk_create(some)
    members = Rhythm.people.through
    members.objects.bulk_create(
        members(rhythm_id=each.rhythm.pk, person_id=who.pk) for each in laid for who in each.people
    )
    for each in laid:
        for one in each.meetings:
            one.rhythm = each.rhythm
    Meeting.objects.bulk_create([one for each in laid for one in each.meetings])
    Seat.objects.bulk_create([seat for each in laid for one in each.meetings for seat in _seats(each, one)])


def _seats(laid: Laid, meeting: Meeting) -> Iterable[Seat]:
    rhythm, chair = laid.rhythm, laid.rhythm.chair
    body = from_library(meeting_templates()[rhythm.template])
    place = {"country": chair.country, "region": chair.region, "zone": rhythm.time_zone}
    due = due_at(meeting.day, body.prework_days, body.prework_at, **place)
    yield Seat(meeting=meeting, person=chair, chairs=True)
    for who in laid.people:
        yield Seat(meeting=meeting, person=who, prework_due_at=due)


def _today_and_tomorrow(laid: Sequence[Laid], texts: Texts, today: date, now: datetime) -> None:
    """This week's huddle stands today, and a talk with the first manager, prepared by both, tomorrow."""
    huddle, talk = laid[0], laid[1] if len(laid) > 1 else None
    chair = huddle.rhythm.chair
    if is_working_day(today, chair.country, chair.region):
        monday = today - timedelta(days=today.weekday())
        row = Meeting.objects.filter(rhythm=huddle.rhythm, slot_day=monday).first()
        _move(row, today, huddle.rhythm, time(8, 30))
        if row is not None and not row.prework.exists():
            texts.sent_in(row, huddle.people[:-2])
    if talk is None or talk.rhythm.template != "one_to_one":
        return
    tomorrow = today + timedelta(days=1)
    while not is_working_day(tomorrow, chair.country, chair.region):
        tomorrow += timedelta(days=1)
    ahead = Meeting.objects.filter(rhythm=talk.rhythm, state=Meeting.PLANNED, starts_at__gt=now)
    coming = ahead.order_by("starts_at").first()
    if coming is not None and coming.day - today < timedelta(days=7):
        _move(coming, tomorrow, talk.rhythm, time(10))
        texts.prepare(coming, talk.rhythm, talk.people[0])


def _move(meeting: Meeting | None, day: date, rhythm: Rhythm, at: time) -> None:
    """To that day, with a word where it is another one; its room is open again."""
    if meeting is None:
        return
    starts_at = _moment(day, at, rhythm.time_zone)
    other = meeting.slot_day != day
    Meeting.objects.filter(pk=meeting.pk).update(
        day=day,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=rhythm.minutes),
        by_hand=other,
        state=Meeting.PLANNED,
    )
    meeting.refresh_from_db()
    if other:
        meeting.word = MOVED
        meeting.save(update_fields=["word"])
