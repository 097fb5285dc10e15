"""Meetings planned for a year, and a page of sealed texts against the same in plain."""

import time
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.test import Client

from drumbeat.journal.models import Opening
from drumbeat.journal.openings import Opened, opened
from drumbeat.meetings.models import Meeting, Rhythm, Seat
from drumbeat.meetings.planned import plan
from drumbeat.people.models import Person, User
from drumbeat.promises.models import Promise
from drumbeat.run.bench.places import TODAY

TEXTS = 200
PAGE = "/promises/owed/"


def year(managers: int, rounds: int) -> dict[str, Any]:
    """Seconds to plan and store a year of weekly one-to-ones, and to store the same rows ready-made."""
    until = TODAY + timedelta(days=365)
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=UTC)
    rhythms = _rhythms(managers)
    planned, bare = [], []
    for turn in range(rounds + 1):
        _clear()
        began = time.perf_counter()
        plan(rhythms, today=TODAY, now=now, until=until)
        made = time.perf_counter() - began
        meetings, seats = list(Meeting.objects.order_by("pk")), list(Seat.objects.order_by("pk"))
        _clear()
        began = time.perf_counter()
        with transaction.atomic():
            Meeting.objects.bulk_create(meetings, batch_size=2000)
            Seat.objects.bulk_create(seats, batch_size=2000)
        stored = time.perf_counter() - began
        if turn:
            planned.append(made)
            bare.append(stored)
    return {
        "managers": managers,
        "meetings": len(meetings),
        "seconds": round(median(planned), 3),
        "bare_seconds": round(median(bare), 3),
        "ratio": round(median(planned) / median(bare), 2),
    }


def _clear() -> None:
    with connection.cursor() as cursor:
        for table in (Seat, Meeting):
            cursor.execute(f'DELETE FROM "{table._meta.db_table}"')
    Rhythm.objects.update(planned_to=None)


def _rhythms(managers: int) -> list[Rhythm]:
    people = Person.objects.bulk_create(
        Person(name=f"Person {n}", name_key=f"person {n}", country="DE", time_zone="Europe/Berlin")
        for n in range(2 * managers)
    )
    rhythms = Rhythm.objects.bulk_create(
        Rhythm(
            template="one_to_one",
            name="One-to-one",
            chair=chair,
            confidential=True,
            frequency=Rhythm.WEEKLY,
            weekday=n % 5,
            starts_on=TODAY,
            at=f"{8 + n % 9:02}:00",
            time_zone="Europe/Berlin",
            minutes=45,
        )
        for n, chair in enumerate(people[:managers])
    )
    through = Rhythm.people.through
    through._default_manager.bulk_create(
        through(rhythm_id=rhythm.pk, person_id=person.pk)
        for rhythm, person in zip(rhythms, people[managers:], strict=True)
    )
    return list(Rhythm.objects.order_by("pk"))


def sealed(rounds: int) -> dict[str, Any]:
    """Seconds of a page with 200 texts, sealed and in plain; each reading is recorded in both."""
    me = _with_account("reader@bench.example")
    other = _with_account("writer@bench.example")
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(person=me))
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(rounds + 1):
        for confidential in (True, False) if turn % 2 else (False, True):
            _promises(me, other, confidential)
            client.get(PAGE)
            Opening.objects.all().delete()
            took = _read(client, me, record=not confidential)
            if turn:
                times[confidential].append(took)
    return {
        "texts": TEXTS,
        "sealed_seconds": round(median(times[True]), 4),
        "plain_seconds": round(median(times[False]), 4),
        "ratio": round(median(times[True]) / median(times[False]), 2),
    }


def _read(client: Client, me: Person, *, record: bool) -> float:
    began = time.perf_counter()
    answer = client.get(PAGE)
    if record:
        rows = Promise.objects.values_list("pk", "author_id")
        opened(me, [Opened("promise", pk, "promise", author) for pk, author in rows], today=TODAY)
    took = time.perf_counter() - began
    assert answer.status_code == 200
    assert answer.content.count(b"price list for customer") >= TEXTS, "not all texts are shown"
    assert Opening.objects.count() == TEXTS, "a reading was not recorded"
    return took


def _promises(me: Person, other: Person, confidential: bool) -> None:
    Promise.objects.all().delete()
    due = date(2026, 12, 4)
    Promise.objects.bulk_create(
        Promise(owner=other, asked_by=me, author=other, made_on=TODAY, due=due, first_due=due).put(
            f"price list for customer {n}, with the new conditions", confidential=confidential
        )
        for n in range(TEXTS)
    )


def _with_account(email: str) -> Person:
    person = Person.objects.create(name=email.partition("@")[0].title(), email=email, time_zone="UTC")
    User.objects.create_user(email, None, person=person)
    return person
