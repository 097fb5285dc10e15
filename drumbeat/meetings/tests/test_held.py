"""What became of meetings: rooms, closings, corrections and the calendar that was really brought in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.tests.make import event, ics
from drumbeat.meetings.actions.corrections import NoSuchAnswer, NotForYou, StillAhead, correct_meeting
from drumbeat.meetings.models import Meeting, Rhythm, Seat
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.rules.held import COUNTS
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from tests.queries import at_most, count_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAST = TODAY - timedelta(days=7)
ELENA, ANA, MIRA = (f"{name}@nordhaus.example" for name in ("elena", "ana", "mira"))


def state_of(one, now=NOW):
    return states_of([Meeting.objects.select_related("rhythm").get(pk=one.pk)], now)[one.pk]


def read(owner, *events, on=TODAY, at=NOW):
    bring_in(actor=owner, today=on, at=at, owner=owner, source=ics(*events))


@pytest.fixture
def talks(cast, on_monday):
    return rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 7))


def test_nobody_pressed_close(cast, talks):
    """A talk in the car: no room was opened, nobody closed it; the calendar had it, so it counts."""
    one = meeting(talks, LAST)
    assert state_of(one) == "not_known"
    read(cast.elena, event("car", "20261116T063000Z", "20261116T071500Z", title="Drive", people=(ELENA, ANA)))
    assert state_of(one) == "took_place"
    assert state_of(one) in COUNTS
    # Neither does its closing by itself, days later, take that away, nor make more of it.
    Meeting.objects.filter(pk=one.pk).update(state=Meeting.CLOSED, closed_at=NOW)
    assert state_of(one) == "took_place"


def test_of_a_series_that_it_was_taken_from(cast, talks):
    Rhythm.objects.filter(pk=talks.pk).update(source_uid="series")
    weekly = "RRULE:FREQ=WEEKLY;COUNT=12"
    gone = "EXDATE:20261109T080000Z"
    source = event("series", "20260914T080000Z", "20260914T084500Z", weekly, gone, people=(ELENA, ANA))
    read(cast.elena, source)
    assert state_of(meeting(talks, LAST)) == "took_place"
    assert state_of(meeting(talks, date(2026, 11, 9))) == "not_held"
    assert state_of(meeting(talks, date(2026, 11, 30))) == "planned"


def test_left_out_of_the_series_with_a_new_time(cast, talks):
    Rhythm.objects.filter(pk=talks.pk).update(source_uid="series")
    weekly = "RRULE:FREQ=WEEKLY;COUNT=12"
    read(
        cast.elena,
        event(
            "series",
            "20260914T080000Z",
            "20260914T084500Z",
            weekly,
            "EXDATE:20261109T080000Z",
            people=(ELENA, ANA),
        ),
        event("new", "20261111T150000Z", "20261111T154500Z", people=(ELENA, ANA)),
    )
    assert state_of(meeting(talks, date(2026, 11, 9))) == "moved"


def test_declined_is_not_held(cast, talks):
    one = meeting(talks, LAST)
    read(cast.elena, event("car", "20261116T080000Z", "20261116T084500Z", people=(ELENA, f"{ANA}=DECLINED")))
    assert state_of(one) == "not_held"


def test_the_other_side_s_calendar_is_as_good(cast, talks):
    one = meeting(talks, LAST)
    read(cast.ana, event("x", "20261116T080000Z", "20261116T084500Z", people=(ELENA, ANA)))
    assert state_of(one) == "took_place"


def test_a_visit_with_a_third_is_no_talk_of_two(cast, talks):
    one = meeting(talks, LAST)
    read(cast.elena, event("x", "20261116T080000Z", "20261116T084500Z", people=(ELENA, ANA, MIRA)))
    assert state_of(one) == "not_known"


def test_a_calendar_that_was_read_before_says_nothing(cast, talks):
    one = meeting(talks, LAST)
    before = LAST - timedelta(days=3)
    read(
        cast.elena,
        event("x", "20261116T080000Z", "20261116T084500Z", people=(ELENA, ANA)),
        on=before,
        at=datetime(2026, 11, 13, 8, tzinfo=UTC),
    )
    assert state_of(one) == "not_known"


def test_two_in_the_room_or_somebody_closed_it(cast, talks):
    one = meeting(talks, LAST)
    Seat.objects.filter(meeting=one, person=cast.elena).update(came_at=NOW)
    assert state_of(one) == "not_known"
    Seat.objects.filter(meeting=one).update(came_at=NOW)
    assert state_of(one) == "held"
    two = meeting(talks, LAST - timedelta(days=7), state="closed", closed_by=cast.elena, closed_at=NOW)
    assert state_of(two) == "held"


def test_left_out_away_and_ahead(cast, talks):
    assert state_of(meeting(talks, LAST, state="left_out")) == "not_held"
    assert state_of(meeting(talks, LAST - timedelta(days=7), state="away")) == "away"
    assert state_of(meeting(talks, TODAY + timedelta(days=7))) == "planned"


def say(actor, one, what):
    return correct_meeting(actor=actor, today=TODAY, now=NOW, meeting=one, correction=what)


def test_the_owner_corrects_with_one_tap_and_takes_it_back(cast, talks):
    one = meeting(talks, LAST)
    assert say(cast.elena, one, "held") == ""
    assert state_of(one) == "held"
    assert say(cast.elena, one, "not_held") == "held"
    assert state_of(one) == "not_held"
    say(cast.elena, one, "")
    assert state_of(one) == "not_known"


def test_one_of_the_two_says_so_but_not_against_the_chair(cast, talks):
    one = meeting(talks, LAST)
    say(cast.ana, one, "not_held")
    assert state_of(one) == "not_held"
    say(cast.elena, one, "held")
    with pytest.raises(NotForYou):
        say(cast.ana, one, "not_held")


def test_in_a_huddle_the_chair_says_it(cast, on_monday):
    one = meeting(rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle"), LAST)
    with pytest.raises(NotForYou):
        say(cast.ana, one, "not_held")
    say(cast.elena, one, "not_held")


def test_no_other_answer_and_nothing_ahead(cast, talks):
    with pytest.raises(NoSuchAnswer):
        say(cast.elena, meeting(talks, LAST), "great")
    with pytest.raises(StillAhead):
        say(cast.elena, meeting(talks, TODAY + timedelta(days=7)), "held")


def test_as_many_queries_for_thirty_as_for_one(cast, talks):
    read(cast.elena, event("car", "20261116T063000Z", "20261116T071500Z", people=(ELENA, ANA)))
    for number in range(30):
        meeting(talks, LAST - timedelta(days=7 * number))
    rows = list(Meeting.objects.select_related("rhythm").order_by("-day"))
    with at_most(3):  # seats, events, people of events
        found = states_of(rows, NOW)
    assert list(found.values()).count("took_place") == 1
    assert count_of(lambda: states_of(rows[:1], NOW)) == 3
    ahead = [meeting(talks, TODAY + timedelta(days=14))]
    assert count_of(lambda: states_of(ahead, NOW)) == 0
