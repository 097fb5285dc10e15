import pytest
from django.db import connection

from drumbeat.calendars.actions import (
    add_calendar,
    forget_calendar,
    keep_reading,
    keep_titles,
    note_problem,
    set_address,
)
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Calendar, Event, LearnedCategory
from drumbeat.calendars.tests.make import ics
from drumbeat.calendars.tests.test_bring_in import NOW, one_to_one
from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db
ADDRESS = "https://calendar.example/private-9f3/basic.ics"


@pytest.fixture
def calendar(cast):
    return add_calendar(actor=cast.elena, today=TODAY, owner=cast.elena, address=ADDRESS, titles=True)


def test_it_works(calendar, cast):
    assert (calendar.address, calendar.keep_titles) == (ADDRESS, True)
    assert Entry.objects.latest("pk").details == {"source": "address", "titles": True}


def test_a_person_has_one_calendar(calendar, cast):
    add_calendar(actor=cast.elena, today=TODAY, owner=cast.elena, address="", titles=True)
    assert [one.address for one in Calendar.objects.all()] == [""]


def test_the_address_is_readable_nowhere(calendar, cast):
    set_address(actor=cast.elena, today=TODAY, calendar=calendar, address=ADDRESS + "?key=2")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM calendars_calendar")
        assert "private-9f3" not in repr(cursor.fetchall())
    assert "private-9f3" not in repr(list(Entry.objects.values()))
    assert Calendar.objects.get().address.endswith("?key=2")


def test_a_no_to_titles_takes_away_what_was_kept(calendar, cast):
    bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(one_to_one()))
    LearnedCategory.objects.create(owner=cast.elena, kind="word", value="x", word="secret", category="fires")
    keep_titles(actor=cast.elena, today=TODAY, calendar=calendar, keep=False)
    assert set(Event.objects.values_list("title", flat=True)) == {""}
    assert not LearnedCategory.objects.exists()


def test_forgetting_takes_everything_away(calendar, cast):
    bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(one_to_one()))
    LearnedCategory.objects.create(owner=cast.elena, kind="series", value="w", category="fires")
    forget_calendar(actor=cast.elena, today=TODAY, calendar=Calendar.objects.get())
    assert not Event.objects.exists()
    assert not Calendar.objects.exists()
    assert not LearnedCategory.objects.exists()


def test_a_problem_is_kept_until_the_next_reading_that_works(calendar, cast):
    note_problem(actor=cast.elena, today=TODAY, calendar=calendar, problem="The address does not answer.")
    assert Calendar.objects.get().problem == "The address does not answer."
    bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(one_to_one()))
    assert Calendar.objects.get().problem == ""
    assert keep_reading.verb == "calendar.read"
