from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, connections

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Calendar, Event, EventPerson
from drumbeat.calendars.rules.lines import NotACalendar
from drumbeat.calendars.tests.make import event, ics
from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
ME, ANA, TOM = "elena@nordhaus.example", "ana@nordhaus.example", "tom@nordhaus.example"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=12"


def take(cast, *events: str, at: datetime = NOW, today: date = TODAY, **more):
    return bring_in(actor=cast.elena, today=today, at=at, owner=cast.elena, source=ics(*events), **more)


def one_to_one(*more: str, title: str = "Secret plan for Ana") -> str:
    return event("w", "20261005T080000Z", "20261005T084500Z", WEEKLY, *more, title=title, people=(ME, ANA))


def test_it_works(cast):
    kept = take(cast, one_to_one("EXDATE:20261012T080000Z"))
    assert (kept.made, kept.changed, kept.removed, kept.unreadable) == (12, 0, 0, 0)
    calendar = Calendar.objects.get(owner=cast.elena)
    assert (calendar.covers_from, calendar.read_on, calendar.read_at) == (date(2026, 10, 5), TODAY, NOW)
    first = Event.objects.order_by("starts_at")[0]
    assert (first.uid, first.recurrence_id, first.rule) == ("w", "20261005T080000Z", WEEKLY[6:])
    assert (first.day, first.minutes, first.category) == (date(2026, 10, 5), 45, "coach_managers")
    assert first.reason == "Ana Ribeiro and nobody else: a one-to-one."
    assert Event.objects.get(recurrence_id="20261012T080000Z").status == Event.FELL_OUT
    assert EventPerson.objects.filter(person=cast.ana).count() == 12
    assert Entry.objects.latest("pk").details == {"made": 12, "changed": 0, "removed": 0, "unreadable": 0}


def test_titles_are_kept_only_where_the_owner_said_yes_and_then_unreadable(cast):
    place = "LOCATION:Hidden Room https://meet.google.com/abc-defg-hij"
    take(cast, one_to_one(place))
    assert set(Event.objects.values_list("title", "place", "link")) == {("", "", "")}
    take(cast, one_to_one(place), titles=True)
    event_ = Event.objects.order_by("starts_at")[0]
    assert event_.title == "Secret plan for Ana"
    assert event_.link == "https://meet.google.com/abc-defg-hij"
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, place, link, reason, uid FROM calendars_event")
        raw = repr(cursor.fetchall())
    assert "Secret" not in raw
    assert "Hidden" not in raw
    assert "meet.google" not in raw


def test_the_same_calendar_writes_nothing(cast, django_assert_num_queries):
    take(cast, one_to_one())
    lines = Entry.objects.count()
    before = list(Event.objects.order_by("pk").values())
    kept = take(cast, one_to_one(), at=NOW + timedelta(hours=1))
    assert (kept.made, kept.changed, kept.same) == (0, 0, 12)
    assert list(Event.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == lines
    assert Calendar.objects.get().read_at == NOW


def test_a_change_changes_that_event(cast):
    take(cast, one_to_one())
    declined = event(
        "w",
        "20261019T080000Z",
        "20261019T084500Z",
        "RECURRENCE-ID:20261019T080000Z",
        people=(ME, f"{ANA}=DECLINED"),
    )
    kept = take(cast, one_to_one(), declined)
    assert (kept.made, kept.changed) == (0, 1)
    assert EventPerson.objects.get(event__recurrence_id="20261019T080000Z").response == "declined"


def test_a_broken_file_leaves_everything_as_it_was(cast):
    take(cast, one_to_one())
    with pytest.raises(NotACalendar):
        bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=b"no calendar")
    assert Event.objects.count() == 12
    with pytest.raises(NotACalendar):
        bring_in(actor=cast.tom, today=TODAY, at=NOW, owner=cast.tom, source=b"no calendar")
    assert not Calendar.objects.filter(owner=cast.tom).exists()


# -- what is no longer there ------------------------------------------------------------------------

AHEAD = event("s", "20261202T080000Z", "20261202T090000Z", people=(ME, ANA))
LATER = event("z", "20270115T080000Z", "20270115T090000Z", people=(ME, TOM))
LONG_AGO = event("a", "20260105T080000Z", "20260105T090000Z", people=(ME, TOM))


def test_a_single_one_that_was_to_come_and_is_gone_fell_out(cast):
    take(cast, LONG_AGO, AHEAD, LATER)
    take(cast, LONG_AGO, LATER, today=date(2026, 11, 30), at=NOW + timedelta(days=7))
    gone = Event.objects.get(uid="s")
    assert (gone.status, gone.minutes) == (Event.FELL_OUT, 0)


def test_what_had_taken_place_stays_when_the_calendar_drops_it(cast):
    past = event("p", "20261116T080000Z", "20261116T090000Z", people=(ME, ANA))
    take(cast, LONG_AGO, past, LATER)
    take(cast, LONG_AGO, LATER, today=date(2026, 11, 30), at=NOW + timedelta(days=7))
    assert Event.objects.get(uid="p").status == Event.CONFIRMED


def test_what_the_file_does_not_cover_is_not_taken_for_deleted(cast):
    take(cast, LONG_AGO, AHEAD, LATER)
    take(cast, event("n", "20261110T080000Z", people=(ME, TOM)), at=NOW + timedelta(days=1))
    assert not Event.objects.filter(status=Event.FELL_OUT).exists()
    assert Event.objects.filter(uid="a").exists()


def test_slots_that_no_rule_gives_any_longer_are_forgotten_not_missed(cast):
    take(cast, one_to_one(), LATER)
    kept = take(
        cast,
        LATER,
        one_to_one().replace("COUNT=12", "UNTIL=20261130T235959Z"),
        event("t", "20261201T080000Z", "20261201T084500Z", "RRULE:FREQ=WEEKLY;COUNT=4", people=(ME, ANA)),
    )
    assert kept.removed == 3
    assert not Event.objects.filter(status=Event.FELL_OUT).exists()


def test_what_is_older_than_thirteen_months_goes(cast):
    take(cast, LONG_AGO, LATER)
    take(cast, LONG_AGO, LATER, today=date(2027, 3, 1), at=NOW + timedelta(days=98))
    assert list(Event.objects.values_list("uid", flat=True)) == ["z"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_readings_at_once_keep_each_event_once(cast):
    take(cast, LONG_AGO)
    faults = []

    def read():
        try:
            take(cast, LONG_AGO, one_to_one())
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Event.objects.count() == 13


def test_a_correction_outlives_the_next_reading(cast):
    take(cast, AHEAD)
    Event.objects.filter(uid="s").update(category="fires", corrected=True)
    take(cast, AHEAD.replace("T090000Z", "T093000Z"))
    assert Event.objects.get(uid="s").category == "fires"
    assert Event.objects.get(uid="s").minutes == 90
