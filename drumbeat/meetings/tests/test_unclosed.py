"""A meeting that nobody closed closes by itself after three working days, which makes nothing held."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from drumbeat.journal.record import SYSTEM
from drumbeat.meetings.actions.unclosed import close_unclosed
from drumbeat.meetings.models import Meeting, Minutes, Note, Topic
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.meetings.unclosed import close_all, due
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def on(day, hour=12):
    return datetime.combine(day, time(hour), UTC)


def run(day):
    found = due(day, on(day))
    return close_unclosed(actor=SYSTEM, today=day, now=on(day), meetings=found)


@pytest.fixture
def talks(cast, on_monday):
    return rhythm(cast.elena, [cast.ana])


def test_it_works(cast, talks):
    one = meeting(talks, date(2026, 11, 20))  # a Friday: Monday, Tuesday, Wednesday are its three days
    assert run(date(2026, 11, 25)) == 0
    assert run(date(2026, 11, 26)) == 1
    one.refresh_from_db()
    assert (one.state, one.closed_by, one.ended_at) == ("closed", None, None)
    assert states_of([one], on(date(2026, 11, 26)))[one.pk] == "not_known"
    assert not Minutes.objects.exists()
    assert run(date(2026, 11, 26)) == 0


def test_holidays_of_the_chairs_country_are_no_working_days(cast, talks):
    meeting(talks, date(2026, 12, 23))  # 25 and 26 December are free in Germany, the 27th is a Sunday
    assert run(date(2026, 12, 29)) == 0
    assert run(date(2026, 12, 30)) == 1
    Person.objects.filter(pk=cast.elena.pk).update(country="US")
    meeting(talks, date(2026, 12, 22))
    assert run(date(2026, 12, 29)) == 1


def test_what_is_unfinished_goes_on_and_what_was_written_is_kept(cast, talks):
    first, second = (meeting(talks, TODAY - timedelta(days=days)) for days in (21, 14))
    ahead = meeting(talks, TODAY + timedelta(days=7))
    for one in (first, second):
        topic = Topic(meeting=one, first=one, author=cast.ana, made_at=NOW)
        topic.put("Kessler", confidential=True).save()
    note = Note(meeting=first, item="a", author=cast.ana, changed_at=NOW)
    note.put("She is tired.", confidential=True).save()
    assert run(TODAY) == 2
    assert set(Topic.objects.values_list("meeting", "carried")) == {(ahead.pk, 1)}
    minutes = Minutes.objects.get()
    assert (minutes.meeting, minutes.author, minutes.plain) == (first, None, "")
    assert "She is tired." in minutes.text


def test_what_is_left_out_away_or_ahead_is_left_alone(cast, talks):
    meeting(talks, TODAY - timedelta(days=21), state="left_out")
    meeting(talks, TODAY - timedelta(days=14), state="away")
    meeting(talks, TODAY + timedelta(days=7))
    assert run(TODAY) == 0


def test_as_many_queries_for_forty_as_for_two(cast, talks):
    def closing(count):
        for number in range(count):
            one = meeting(talks, TODAY - timedelta(days=7 * (number + 2)))
            topic = Topic(meeting=one, first=one, author=cast.ana, made_at=NOW)
            topic.put("Kessler", confidential=True).save()
        needed = count_of(lambda: run(TODAY))
        Meeting.objects.all().delete()
        return needed

    assert closing(40) == closing(2)


def test_the_clock_closes_them(cast, talks):
    meeting(talks, TODAY - timedelta(days=14))
    close_all()
    assert Meeting.objects.get().state == "closed"
