"""When pre-work is due: the chair's working days before, in the chair's own time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.days import is_working_day, working_days
from drumbeat.meetings.rules.prework import due_at

BERLIN = {"country": "DE", "region": "BY", "zone": "Europe/Berlin"}
ZONES = ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "UTC"]


def test_it_works():
    tuesday = date(2026, 11, 24)
    assert due_at(tuesday, 1, "12:00", **BERLIN) == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def test_the_day_before_a_monday_is_the_friday():
    assert due_at(date(2026, 11, 23), 1, "12:00", **BERLIN) == datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def test_a_holiday_of_the_chair_is_no_working_day():
    after_may_day = date(2026, 5, 4)
    assert due_at(after_may_day, 1, "12:00", **BERLIN) == datetime(2026, 4, 30, 10, 0, tzinfo=UTC)
    elsewhere = due_at(after_may_day, 1, "12:00", country="US", region="", zone="Europe/Berlin")
    assert elsewhere == datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


def test_no_days_before_is_the_day_itself_even_a_free_one():
    sunday = date(2026, 11, 22)
    assert due_at(sunday, 0, "07:30", **BERLIN) == datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_leaves_out_is_the_one_after():
    spring = date(2026, 3, 29)
    local = due_at(spring, 0, "02:30", **BERLIN).astimezone(ZoneInfo("Europe/Berlin"))
    assert (local.hour, local.minute) == (3, 30)


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    before=st.integers(0, 15),
    hour=st.integers(4, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(ZONES),
    country=st.sampled_from(["DE", "US", "IN", "AE", "", "XX"]),
)
def test_so_many_working_days_before_at_the_local_time(day, before, hour, minute, zone, country):
    due = due_at(day, before, f"{hour:02}:{minute:02}", country=country, region="", zone=zone)
    local = due.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (hour, minute)
    if before == 0:
        assert local.date() == day
    else:
        assert is_working_day(local.date(), country, "")
        assert working_days(local.date(), day - timedelta(days=1), country, "") == before
