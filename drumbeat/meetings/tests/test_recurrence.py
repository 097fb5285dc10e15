"""On which days a rhythm meets, and when that is by the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.meetings.rules.joining import link_in, link_name
from drumbeat.meetings.rules.planning import AWAY, PLANNED, needed, place
from drumbeat.meetings.rules.recurrence import (
    LAST,
    MONTHLY,
    QUARTERLY,
    TWO_WEEKS,
    WEEKLY,
    Every,
    days_between,
    moment,
    next_day,
)

MONDAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2150, 12, 31))
rhythms = st.builds(
    Every,
    frequency=st.sampled_from([WEEKLY, TWO_WEEKS, MONTHLY, QUARTERLY]),
    weekday=st.integers(0, 6),
    starts_on=days,
    nth=st.sampled_from([1, 2, 3, 4, LAST]),
    month=st.integers(1, 3),
)


def by_the_calendar(every: Every, day: date) -> bool:
    """Whether a day is one of the rhythm's, said in another way: by looking at the day alone."""
    if day < every.starts_on or day.weekday() != every.weekday:
        return False
    if every.frequency == WEEKLY:
        return True
    if every.frequency == TWO_WEEKS:
        return ((day - every.starts_on).days // 7) % 2 == 0
    if every.frequency == QUARTERLY and (day.month - 1) % 3 != every.month - 1:
        return False
    if every.nth == LAST:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == every.nth


@given(rhythms, days, st.integers(0, 200))
def test_its_days_are_those_of_the_calendar(every, first, length):
    last = first + timedelta(days=length)
    all_days = [first + timedelta(days=n) for n in range(length + 1)]
    assert days_between(every, first, last) == [day for day in all_days if by_the_calendar(every, day)]


@given(rhythms, days)
def test_the_next_day_is_later_and_nothing_lies_between(every, day):
    following = next_day(every, day)
    assert following > day
    assert by_the_calendar(every, following)
    assert days_between(every, day + timedelta(days=1), following) == [following]


@given(rhythms, days, st.integers(0, 60))
def test_it_does_not_matter_where_one_begins_to_count(every, first, later):
    """Two weeks are counted from the start, not from the day on which one looks."""
    last = first + timedelta(days=200)
    middle = first + timedelta(days=later)
    whole = days_between(every, first, last)
    assert [day for day in whole if day >= middle] == days_between(every, middle, last)


def test_a_rhythm_at_the_end_of_the_calendar_ends():
    every = Every(QUARTERLY, 0, date(9999, 1, 1), month=3)
    assert len(days_between(every, date(9999, 1, 1), date.max)) == 4
    assert next_day(every, date.max) is None
    assert next_day(Every(WEEKLY, 0, date(9999, 12, 1)), date(9999, 12, 31)) is None


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (Every(WEEKLY, 0, MONDAY), "every Monday"),
        (Every(TWO_WEEKS, 1, MONDAY), "every second Tuesday"),
        (Every(MONTHLY, 4, MONDAY, nth=LAST), "the last Friday of the month"),
        (
            Every(QUARTERLY, 2, MONDAY, nth=2, month=3),
            "the second Wednesday of the third month of the quarter",
        ),
    ],
)
def test_it_is_said_in_words(every, words):
    assert every.words() == words


def test_clock_change_keeps_local_time():
    berlin = ZoneInfo("Europe/Berlin")
    every = Every(WEEKLY, 6, date(2026, 10, 18))
    found = [
        moment(day, time(9), berlin) for day in days_between(every, date(2026, 10, 18), date(2026, 11, 1))
    ]
    assert [at.astimezone(berlin).hour for at in found] == [9, 9, 9]
    assert [at.hour for at in found] == [7, 8, 8]  # summer time ends on the 25th


def test_an_hour_that_is_left_out_is_the_one_after_it():
    assert moment(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin")) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )  # 3:30 in summer time


def test_of_an_hour_that_comes_twice_it_is_the_first():
    twice = time(2, 30, fold=1)
    assert moment(date(2026, 10, 25), twice, ZoneInfo("Europe/Berlin")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(days, st.times(), st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]))
def test_local_time_is_kept_or_moved_on_by_the_gap(day, at, name):
    at, zone = at.replace(microsecond=0, fold=0), ZoneInfo(name)
    local = moment(day, at, zone).astimezone(zone).replace(tzinfo=None)
    assert timedelta(0) <= local - datetime.combine(day, at) <= timedelta(hours=1)


# Where a meeting goes when somebody is away.


def test_only_a_talk_of_two_needs_both():
    assert needed("one_to_one", 1, [2]) == (1, 2)
    assert needed("skip_level", 1, [2]) == (1, 2)
    assert needed("skip_level", 1, [2, 3]) == (1,)
    assert needed("weekly_huddle", 1, [2]) == (1,)


def test_it_moves_to_the_next_common_day_and_not_past_the_next_one():
    week = MONDAY + timedelta(days=7)
    assert place(MONDAY, week, lambda day: True).day == MONDAY
    assert place(MONDAY, week, lambda day: day.weekday() == 3).day == date(2026, 11, 26)
    nowhere = place(MONDAY, week, lambda day: day >= week)
    assert (nowhere.day, nowhere.state) == (MONDAY, AWAY)


@given(days, st.integers(1, 40), st.sets(st.integers(0, 60)))
def test_a_meeting_stays_within_its_interval(slot, length, absent):
    following = slot + timedelta(days=length)

    def here(day):
        return (day - slot).days not in absent

    found = place(slot, following, here)
    free = [n for n in range(length) if n not in absent]
    assert found.state == (PLANNED if free else AWAY)
    assert found.day == slot + timedelta(days=free[0] if free else 0)


# The link to join.


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0", "Teams"),
        ("https://nordhaus.zoom.us/j/123?pwd=x", "Zoom"),
        ("https://meet.google.com/abc-defg-hij", "Google Meet"),
        ("https://nordhaus.webex.com/meet/elena", "Webex"),
        ("https://talk.nordhaus.example/huddle", ""),
        ("https://zoom.us.evil.example/j/1", ""),
        ("https://zoom.us@evil.example/j/1", ""),
    ],
)
def test_any_link_is_taken_and_the_usual_ones_are_known(url, name):
    assert link_in(f"  {url} ") == url
    assert link_name(url) == name


def test_a_link_is_found_in_a_pasted_invitation():
    text = "Join here:\nhttps://nordhaus.zoom.us/j/123?pwd=x\nMeeting ID 123"
    assert link_in(text) == "https://nordhaus.zoom.us/j/123?pwd=x"
    assert link_in("See (https://talk.nordhaus.example/huddle).") == "https://talk.nordhaus.example/huddle"


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "http://a.example/x", "call me", "https://", "https://" + "a." * 2000]
)
def test_what_is_no_link_is_none(text):
    assert link_in(text) is None
