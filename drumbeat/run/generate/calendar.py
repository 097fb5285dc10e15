"""The executive's calendar: 26 weeks back and six ahead, with the stories of the branch in it.

Weeks are counted from the one that today lies in (0), so -1 is last week. The rhythms with managers are
here, what stands in the calendar once is in calendar_days.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from drumbeat.core.days import is_working_day
from drumbeat.run.generate.accounts import Account
from drumbeat.run.generate.ics_text import (
    Event,
    Guest,
    at,
    document,
    minutes_later,
    utc_until,
)
from drumbeat.run.generate.people import PROMOTED_DAYS_AGO, Area, Branch, Person
from drumbeat.run.generate.plan import Frame

WEEKS_BACK, WEEKS_AHEAD = 26, 6
FIRST_SERIES_WEEK = -30
VACATION_WEEKS = (-17, -16)
EATEN_WEEKS = (-5, -3, -1)
IDEA_CLINIC_ENDED_WEEK = -9
NEVER_MET_DAYS = 50
FINANCE = Guest("sabine.keller@nordhaus.example", "Sabine Keller, Finance")
_CODES = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True, slots=True)
class Diary:
    """What every event needs: the executive, the branch, today's Monday, the customers by manager."""

    frame: Frame
    branch: Branch
    monday: date
    accounts: dict[str, list[Account]]

    def day(self, week: int, weekday: int) -> date:
        """A weekday (Monday is 0) of a week counted from this one."""
        return self.monday + timedelta(days=7 * week + weekday)

    def away(self, day: date) -> bool:
        """On holiday by law or on leave."""
        week = (day - self.monday).days // 7
        place = self.branch.leader.place
        return week in VACATION_WEEKS or not is_working_day(day, place.country, place.region)

    def me(self) -> Guest:
        """The executive as a guest."""
        return guest(self.branch.leader)


@dataclass(frozen=True, slots=True)
class OneToOne:
    """The rhythm with one manager: every so many weeks on a weekday and time, and what became of single
    ones.

    ``parity`` is the week (counted from this one) that one of the meetings falls into. ``cancelled``,
    ``deleted``, ``declined`` are weeks; ``moved`` are weeks that went to another weekday.
    """

    every: int
    parity: int
    weekday: int
    hour: int
    minute: int = 0
    cancelled: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()
    declined: tuple[int, ...] = ()
    moved: tuple[tuple[int, int], ...] = ()


ONE_TO_ONES: dict[str, OneToOne] = {
    "steady": OneToOne(1, 0, 0, 10),
    "optimist": OneToOne(2, 0, 1, 14, declined=(-4,)),
    # Three in a row fell to supplier visits: two cancelled, one deleted from the series.
    "never_met": OneToOne(2, 1, 2, 9, cancelled=(-5, -1), deleted=(-3,)),
    "trouble": OneToOne(1, 0, 1, 9, moved=((-6, 2), (-2, 2))),
    "on_plan": OneToOne(2, 0, 3, 11, deleted=(-8,)),
    "promoted": OneToOne(1, 0, 4, 9),
    "growing": OneToOne(2, 0, 3, 9, moved=((-6, 2),)),
    "one_rep": OneToOne(2, 1, 4, 11, cancelled=(-9,)),
}


def executive_ics(frame: Frame, branch: Branch, accounts: list[Account]) -> Iterator[str]:
    """The calendar file of a branch's leader, in pieces."""
    from drumbeat.run.generate.calendar_days import single_events

    of_manager: dict[str, list[Account]] = {area.manager.email: [] for area in branch.areas}
    area_of = {rep.email: area for area in branch.areas for rep in (*area.reps, area.manager)}
    for account in accounts:
        if account.owner.email in area_of:
            of_manager[area_of[account.owner.email].manager.email].append(account)
    monday = frame.today - timedelta(days=frame.today.weekday())
    diary = Diary(frame, branch, monday, of_manager)
    stamp = datetime.combine(frame.today, time(5, 10), tzinfo=UTC)

    def events() -> Iterator[Event]:
        yield from _one_to_ones(diary)
        yield from _team_rhythms(diary)
        yield from _own_rhythms(diary)
        yield from single_events(diary)

    salt = f"{frame.seed}:{branch.leader.email}"
    return document(branch.leader.name, events(), stamp, salt)


def guest(person: Person, response: str = "ACCEPTED") -> Guest:
    """A person of the company as a guest."""
    return Guest(person.email, person.name, response)


def managers(diary: Diary) -> list[Guest]:
    """All managers of the branch."""
    return [guest(area.manager) for area in diary.branch.areas]


def _one_to_ones(diary: Diary) -> Iterator[Event]:
    for area in diary.branch.areas:
        rhythm = ONE_TO_ONES[area.seat.story]
        if area.former_manager:
            promoted = diary.frame.today - timedelta(days=PROMOTED_DAYS_AGO)
            yield from _series(diary, area, area.former_manager, OneToOne(2, 0, 4, 9), None, promoted)
            yield from _series(diary, area, area.manager, rhythm, promoted, None)
        else:
            yield from _series(diary, area, area.manager, rhythm, None, None)


def _series(
    diary: Diary, area: Area, who: Person, rhythm: OneToOne, begins: date | None, ends: date | None
) -> Iterator[Event]:
    """The repeating event with its rule and deletions, then each single one that was moved or cancelled."""
    week = FIRST_SERIES_WEEK + (rhythm.parity - FIRST_SERIES_WEEK) % rhythm.every
    while begins and diary.day(week, rhythm.weekday) <= begins:
        week += rhythm.every
    first = at(diary.day(week, rhythm.weekday), rhythm.hour, rhythm.minute)
    rule = f"FREQ=WEEKLY;INTERVAL={rhythm.every};BYDAY={_CODES[rhythm.weekday]}"
    if ends:
        rule += f";UNTIL={utc_until(at(ends - timedelta(days=1), 23, 59))}"
    length = 30 if area.seat.story == "promoted" and begins else 45
    key, title = f"one-to-one {who.email}", f"1:1 {who.name.split()[0]}"
    pair = (diary.me(), guest(who))
    gone = [
        first + timedelta(weeks=rhythm.every * i)
        for i in range(60)
        if _left_out(diary, rhythm, first + timedelta(weeks=rhythm.every * i))
    ]
    yield Event(
        key,
        title,
        first,
        minutes_later(first, length),
        guests=pair,
        organizer=diary.me(),
        rule=rule,
        left_out=gone,
        text="Join: https://meet.nordhaus.example/" + who.external_id.lower(),
    )
    for week in (*rhythm.cancelled, *rhythm.declined, *(week for week, _ in rhythm.moved)):
        start = at(diary.day(week, rhythm.weekday), rhythm.hour, rhythm.minute)
        if start in gone or start < first or (ends and start.date() >= ends):
            continue
        status = "CANCELLED" if week in rhythm.cancelled else "CONFIRMED"
        answer = "DECLINED" if week in rhythm.declined else "ACCEPTED"
        to = at(diary.day(week, dict(rhythm.moved).get(week, rhythm.weekday)), rhythm.hour, rhythm.minute)
        if diary.away(to.date()):
            continue
        yield Event(
            key,
            ("Canceled: " if status == "CANCELLED" else "") + title,
            to,
            minutes_later(to, length),
            guests=(diary.me(), guest(who, answer)),
            organizer=diary.me(),
            moved_from=start,
            status=status,
            busy="FREE" if status == "CANCELLED" else "BUSY",
        )


def _left_out(diary: Diary, rhythm: OneToOne, start: datetime) -> bool:
    week = (start.date() - diary.monday).days // 7
    return week in rhythm.deleted or diary.away(start.date())


def _rhythm(
    diary: Diary, key: str, title: str, first: datetime, minutes: int, rule: str, guests: list[Guest]
) -> Event:
    """A repeating event of a weekly kind; days off are left out."""
    weeks = range(WEEKS_AHEAD - FIRST_SERIES_WEEK + 10)
    gone = [
        first + timedelta(weeks=week) for week in weeks if diary.away((first + timedelta(weeks=week)).date())
    ]
    return Event(
        key,
        title,
        first,
        minutes_later(first, minutes),
        guests=[diary.me(), *guests] if guests else (),
        organizer=diary.me() if guests else None,
        rule=rule,
        left_out=gone,
    )


def _team_rhythms(diary: Diary) -> Iterator[Event]:
    team = managers(diary)
    start = at(diary.day(FIRST_SERIES_WEEK, 0), 8, 30)
    yield _rhythm(diary, "huddle", "Monday huddle", start, 15, "FREQ=WEEKLY;BYDAY=MO;WKST=MO", team)
    start = at(diary.day(FIRST_SERIES_WEEK, 4), 13, 0)
    yield _rhythm(diary, "forecast", "Forecast call", start, 45, "FREQ=WEEKLY;BYDAY=FR", team)
    start = at(diary.day(FIRST_SERIES_WEEK, 2), 16, 0)
    until = utc_until(at(diary.day(IDEA_CLINIC_ENDED_WEEK, 2), 23, 59))
    rule = f"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL={until}"
    yield _rhythm(diary, "clinic", "Idea clinic", start, 30, rule, team)
    for i, area in enumerate(diary.branch.areas):
        yield _plan_review(diary, area, i % 4 + 1, (1, 3)[i // 4 % 2])


def _plan_review(diary: Diary, area: Area, number: int, weekday: int) -> Event:
    """Monthly with a manager and somebody of finance; with who is never met lately it fell out as well."""
    near = diary.day(FIRST_SERIES_WEEK, 0)
    first = at(_nth_weekday(near, number, weekday), 16)
    gone = []
    for _ in range(14):
        near = near.replace(day=1)
        start = at(_nth_weekday(near, number, weekday), 16)
        age = (diary.frame.today - start.date()).days
        unmet = area.seat.story == "never_met" and 0 <= age <= NEVER_MET_DAYS
        if diary.away(start.date()) or unmet:
            gone.append(start)
        near += timedelta(days=31)
    return Event(
        f"plan {area.seat.story}",
        f"Plan review with {area.manager.name.split()[0]}",
        first,
        minutes_later(first, 60),
        guests=[diary.me(), guest(area.manager), FINANCE],
        organizer=diary.me(),
        rule=f"FREQ=MONTHLY;BYDAY={number}{_CODES[weekday]}",
        left_out=gone,
    )


def _own_rhythms(diary: Diary) -> Iterator[Event]:
    house = [
        FINANCE,
        Guest("joris.vandenberg@nordhaus.example", "Joris van den Berg"),
    ]
    start = at(diary.day(FIRST_SERIES_WEEK, 0), 15, 0)
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    yield _rhythm(diary, "leadership", "Leadership meeting", start, 90, rule, house)
    start = at(diary.day(FIRST_SERIES_WEEK, 4), 15, 30)
    yield _rhythm(diary, "approvals", "Expenses and approvals", start, 30, "FREQ=WEEKLY;BYDAY=FR", [])
    start = at(diary.day(FIRST_SERIES_WEEK, 2), 7, 30)
    yield _rhythm(diary, "reading", "Reading time", start, 30, "FREQ=WEEKLY;BYDAY=WE;COUNT=60", [])


def _nth_weekday(near: date, number: int, weekday: int) -> date:
    """The n-th such weekday of the month that a day lies in."""
    first = near.replace(day=1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
