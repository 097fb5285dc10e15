"""What stands once in the executive's calendar: days at customers, suppliers, fires, interviews, leave."""

from collections.abc import Iterator
from datetime import date, timedelta

from drumbeat.run.generate.accounts import Account
from drumbeat.run.generate.calendar import (
    EATEN_WEEKS,
    VACATION_WEEKS,
    WEEKS_AHEAD,
    WEEKS_BACK,
    Diary,
    guest,
)
from drumbeat.run.generate.ics_text import GOOGLE_ZONE, Event, Guest, at, minutes_later
from drumbeat.run.generate.people import Area
from drumbeat.run.generate.seeds import seeded
from drumbeat.run.generate.words import SUPPLIERS, ascii_word

# Days at a customer together: (week, weekday, hour, minutes) by story; long none with who is never met.
VISITS: dict[str, tuple[tuple[int, int, int, int], ...]] = {
    "steady": ((-9, 3, 13, 240), (-5, 1, 13, 180), (-2, 3, 13, 210), (2, 3, 13, 180)),
    "optimist": ((-8, 1, 10, 180),),
    "never_met": ((-10, 3, 10, 300),),
    "trouble": ((-7, 1, 13, 180), (-4, 3, 13, 180), (-1, 1, 13, 180), (0, 1, 13, 180)),
    "on_plan": ((-6, 1, 13, 180), (-3, 3, 13, 210)),
    "promoted": ((-4, 1, 10, 150), (-2, 1, 10, 180)),
    "growing": ((-6, 3, 13, 180), (3, 1, 13, 180)),
    "one_rep": ((-11, 1, 13, 240), (-5, 3, 13, 180)),
}
# Fires: (week, weekday, hour, minutes); eleven hours in the four weeks before this one.
FIRES = (
    (-12, 4, 14, 90),
    (-8, 2, 13, 120),
    (-4, 0, 11, 180),
    (-3, 4, 14, 90),
    (-2, 2, 13, 240),
    (-1, 4, 14, 150),
)
_PURCHASERS = (
    "Jens Arnholt",
    "Marie Castaing",
    "Piet Verhoeven",
    "Olga Sarnik",
    "Sean Malloy",
    "Lucia Ferrant",
)


def single_events(diary: Diary) -> Iterator[Event]:
    """Every event that does not repeat, by kind."""
    yield from _visits(diary)
    yield from _eaten_weeks(diary)
    yield from _supplier_calls(diary)
    yield from _fires(diary)
    yield from _hiring(diary)
    yield from _whole_days(diary)
    yield from _odds(diary)


def _visits(diary: Diary) -> Iterator[Event]:
    rng = seeded("visits", diary.frame.seed, diary.branch.number)
    for i, area in enumerate(diary.branch.areas):
        for number, (week, weekday, hour, minutes) in enumerate(VISITS[area.seat.story]):
            yield from _visit(diary, area, number, diary.day(week, weekday), hour, minutes)
        # Further back, before the thirteen weeks that the stories are about: two visits each.
        for number in range(2):
            week = -WEEKS_BACK + 1 + i % 4 + 6 * number
            yield from _visit(diary, area, 10 + number, diary.day(week, 1 + 2 * rng.randrange(2)), 13, 180)


def _visit(diary: Diary, area: Area, number: int, day: date, hour: int, minutes: int) -> Iterator[Event]:
    customers = diary.accounts[area.manager.email]
    if diary.away(day) or not customers:
        return
    account = customers[number * 7 % len(customers)]
    guests = [diary.me(), guest(area.manager), _buyer(account)]
    if area.reps:
        guests.append(guest(area.reps[number % len(area.reps)]))
    start = at(day, hour)
    yield Event(
        f"visit {area.manager.email} {number}",
        f"Joint call: {account.name}",
        start,
        minutes_later(start, minutes),
        guests=guests,
        organizer=guest(area.manager) if number % 2 else diary.me(),
        zone=GOOGLE_ZONE if number % 2 else "UTC",
        place=f"{account.name}, reception",
    )


def _buyer(account: Account) -> Guest:
    name = _PURCHASERS[account.number % len(_PURCHASERS)]
    address = ".".join(ascii_word(part) for part in name.split())
    return Guest(f"{address}@{account.domain}", name)


def _supplier(number: int) -> tuple[str, Guest]:
    name, domain = SUPPLIERS[number % len(SUPPLIERS)]
    return name, Guest(f"sales@{domain}", f"{name} sales", "NEEDS-ACTION" if number % 3 == 0 else "ACCEPTED")


def _with_supplier(
    diary: Diary,
    key: str,
    title: str,
    day: date,
    times: tuple[int, int, int],
    number: int,
    status: str = "CONFIRMED",
) -> Iterator[Event]:
    if diary.away(day):
        return
    name, host = _supplier(number)
    hour, minute, minutes = times
    start = at(day, hour, minute)
    yield Event(
        key,
        title.format(name),
        start,
        minutes_later(start, minutes),
        guests=[host, diary.me()],
        organizer=host,
        zone=GOOGLE_ZONE,
        status=status,
    )


def _eaten_weeks(diary: Diary) -> Iterator[Event]:
    """Three weeks with some 14 hours of suppliers each; their Wednesdays cost one manager's one-to-ones."""
    for i, week in enumerate(EATEN_WEEKS):
        plans = (
            (0, "Line review {}", (11, 0, 180)),
            (2, "Supplier day {}", (8, 30, 480)),
            (3, "Price round {}", (9, 0, 180)),
        )
        for weekday, title, times in plans:
            key = f"eaten {week} {weekday}"
            yield from _with_supplier(diary, key, title, diary.day(week, weekday), times, i + weekday)


def _supplier_calls(diary: Diary) -> Iterator[Event]:
    for week in range(-WEEKS_BACK, WEEKS_AHEAD, 2):
        day = diary.day(week, 2)
        status = "TENTATIVE" if week > 2 else "CONFIRMED"
        yield from _with_supplier(diary, f"call {week}", "Supplier call {}", day, (11, 0, 60), week, status)


def _fires(diary: Diary) -> Iterator[Event]:
    logistics = Guest("logistics@nordhaus.example", "Logistics")
    for number, (week, weekday, hour, minutes) in enumerate(FIRES):
        day = diary.day(week, weekday)
        area = diary.branch.areas[number % len(diary.branch.areas)]
        customers = diary.accounts[area.manager.email]
        if diary.away(day) or not customers:
            continue
        start = at(day, hour)
        yield Event(
            f"fire {week}",
            f"Escalation: late deliveries at {customers[0].name}",
            start,
            minutes_later(start, minutes),
            guests=[diary.me(), logistics],
            organizer=logistics,
        )


def _hiring(diary: Diary) -> Iterator[Event]:
    recruiter = Guest("henning.brandvold@nordhaus.example", "Henning Brandvold")
    for number, week in enumerate((-7, -4, -2, 1)):
        day = diary.day(week, 2)
        if diary.away(day):
            continue
        start = at(day, 14)
        candidate = Guest(f"candidate{number + 1}@mailbox.example", f"Candidate {number + 1}")
        yield Event(
            f"interview {number}",
            "Interview: area sales manager, Benelux",
            start,
            minutes_later(start, 60),
            guests=[diary.me(), recruiter, candidate],
            organizer=recruiter,
        )


def _whole_days(diary: Diary) -> Iterator[Event]:
    first = diary.day(VACATION_WEEKS[0], 0)
    yield Event("leave", "Holiday", first, diary.day(VACATION_WEEKS[-1], 5), busy="OOF")
    fair = diary.day(-13, 1)
    yield Event("fair", "Trade fair, hall 7", fair, fair + timedelta(days=2))
    birthday = diary.day(-3, 1)
    yield Event("birthday", "Claire's birthday", birthday, birthday + timedelta(days=1), busy="FREE")


def _odds(diary: Diary) -> Iterator[Event]:
    """What no rule can know: private matters, an unknown outside address, something that was called off."""
    plain = (
        ("dentist", "Private appointment", -2, 0, 17, 60, True),
        ("garage", "Car to the garage", -6, 4, 8, 30, False),
        ("course", "Executive programme, module 2", -10, 4, 9, 240, False),
        ("travel", "Train to Hamburg", -9, 3, 9, 180, False),
    )
    for key, title, week, weekday, hour, minutes, private in plain:
        start = at(diary.day(week, weekday), hour)
        yield Event(key, title, start, minutes_later(start, minutes), private=private)
    alumni = Guest("board@alumni-circle.example", "Alumni circle")
    start = at(diary.day(-4, 3), 18)
    end = minutes_later(start, 90)
    yield Event("alumni", "Round table", start, end, guests=[alumni, diary.me()], organizer=alumni)
    start = at(diary.day(-5, 4), 10)
    end = minutes_later(start, 60)
    yield Event("called off", "Canceled: Site tour", start, end, status="CANCELLED", busy="FREE")
