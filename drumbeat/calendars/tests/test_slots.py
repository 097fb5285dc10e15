from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.slots import free_slots

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)


def busy(day, hour, hours, *, status="confirmed", shown=True):
    starts = datetime(2026, 11, day, hour, tzinfo=BERLIN).astimezone(UTC)
    return Entry(
        uid=f"{day}-{hour}", recurrence_id="", rule="",
        starts_at=starts, ends_at=starts + timedelta(hours=hours),
        day=date(2026, 11, day), slot_day=date(2026, 11, day), all_day=False, status=status, busy=shown,
    )  # fmt: skip


def words(*entries, **more):
    return [slot.words for slot in free_slots(entries, MONDAY, BERLIN, **more)]


def test_an_empty_calendar_offers_a_morning_and_an_afternoon():
    assert words() == ["Tuesday 24 November, 9:00", "Wednesday 25 November, 13:00"]


def test_what_stands_takes_its_time():
    assert words(busy(24, 9, 2))[0] == "Tuesday 24 November, 11:00"
    assert words(busy(24, 8, 10))[0] == "Wednesday 25 November, 9:00"


def test_what_fell_out_or_is_free_takes_none():
    assert words(busy(24, 9, 2, status="cancelled"), busy(24, 9, 1, shown=False))[0].endswith(
        "24 November, 9:00"
    )


def test_holidays_and_weekends_are_not_offered():
    friday = date(2026, 12, 24)
    found = [slot.words for slot in free_slots([], friday, BERLIN, country="DE")]
    assert found == ["Monday 28 December, 9:00", "Tuesday 29 December, 13:00"]


def test_a_full_fortnight_offers_nothing():
    assert words(*(busy(day, 0, 24) for day in range(24, 31)), *(busy(30, 0, 24 * 8),)) == []


@given(st.lists(st.tuples(st.integers(24, 30), st.integers(0, 23), st.integers(1, 9)), max_size=30))
def test_no_offer_ever_overlaps_what_stands(times):
    taken = [busy(day, hour, hours) for day, hour, hours in times]
    for slot in free_slots(taken, MONDAY, BERLIN):
        assert all(slot.ends_at <= one.starts_at or one.ends_at <= slot.starts_at for one in taken)
