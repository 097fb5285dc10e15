"""A leader with managers, deals, targets and a calendar, for the tests of This week."""

from datetime import UTC, date, datetime, timedelta

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.tests.make import event, ics
from drumbeat.core.periods import parse
from drumbeat.people.models import Person, ReportingLine
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.tests.make import deal, target

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
Q4 = parse("2026-Q4")


def talks(leader, person, *, weeks=14, until=TODAY, number=0):
    """Weekly one-to-ones of half an hour, the last of them in the week before ``until``."""
    first = until - timedelta(weeks=weeks) + timedelta(days=number % 4)
    return event(
        f"talk-{person.pk}",
        f"{first:%Y%m%d}T0{8 + number % 2}0000Z",
        f"{first:%Y%m%d}T0{8 + number % 2}3000Z",
        f"RRULE:FREQ=WEEKLY;COUNT={weeks}",
        people=(leader.email, person.email),
    )


def calendar(leader, *events, today=TODAY):
    """The leader's calendar as it was read this morning."""
    bring_in(actor=leader, today=today, at=AT, owner=leader, source=ics(*events))


def managers(leader, how_many):
    """So many more managers of the leader, each with a rep, a deal won, an open one and a target."""
    made = []
    for n in range(how_many):
        boss = Person.objects.create(
            name=f"Manager {n:02}", email=f"m{n}@nordhaus.example", time_zone="Europe/Berlin", country="DE"
        )
        rep = Person.objects.create(name=f"Rep {n:02}", time_zone="Europe/Berlin", country="DE")
        ReportingLine.objects.create(member=boss, leader=leader)
        ReportingLine.objects.create(member=rep, leader=boss)
        refresh([boss.pk, rep.pk])
        deal(rep, state=WON, amount="1000", closed=date(2026, 11, 20), created=date(2026, 10, 1))
        deal(rep, amount="500", created=date(2026, 10, 1))
        target(boss, Q4, 10_000)
        made.append(boss)
    return made


def weekly_wins(rep, amount, *, weeks=52, today=TODAY):
    """The same amount won each Wednesday of the last weeks."""
    for n in range(1, weeks + 1):
        deal(rep, state=WON, amount=amount, closed=today - timedelta(weeks=n) + timedelta(days=2))
