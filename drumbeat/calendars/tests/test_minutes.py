from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.calendars.rules.entries import Entry, counted_minutes, coverage, entries, minutes_by_category
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.tests.make import circle, event, ics

ME, ANA = "elena@acme.example", "ana@acme.example"
MORNING = datetime(2026, 10, 5, 8, tzinfo=UTC)


def entry(uid: str, start: int, length: int, **changes) -> Entry:
    begins = MORNING + timedelta(minutes=start)
    values = {
        "uid": uid,
        "recurrence_id": "",
        "rule": "",
        "starts_at": begins,
        "ends_at": begins + timedelta(minutes=length),
        "day": begins.date(),
        "slot_day": begins.date(),
        "all_day": False,
        "status": "confirmed",
    }
    return Entry(**{**values, **changes})


def minutes(*found: Entry) -> dict[str, int]:
    return {key[0]: value for key, value in counted_minutes(found).items()}


def test_it_works():
    assert minutes(entry("a", 0, 60), entry("b", 60, 30)) == {"a": 60, "b": 30}


def test_the_later_start_has_the_minutes_of_an_overlap():
    assert minutes(entry("block", 0, 240), entry("talk", 60, 45)) == {"block": 195, "talk": 45}
    assert minutes(entry("a", 0, 60), entry("b", 30, 60)) == {"a": 30, "b": 60}


def test_of_two_that_start_together_the_shorter_one_has_them():
    assert minutes(entry("long", 0, 120), entry("short", 0, 30)) == {"long": 90, "short": 30}
    assert minutes(entry("b", 0, 30), entry("a", 0, 30)) == {"a": 30, "b": 0}


SPANS = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 400)), max_size=25)


@given(SPANS, st.randoms())
def test_no_minute_is_counted_twice_whatever_the_order(spans, random):
    found = [entry(f"e{number}", *span) for number, span in enumerate(spans)]
    shuffled = list(found)
    random.shuffle(shuffled)
    covered = {minute for start, length in spans for minute in range(start, start + length)}
    assert sum(minutes(*found).values()) == len(covered)
    assert minutes(*found) == minutes(*shuffled)


@pytest.mark.parametrize(
    "more",
    [
        ("TRANSP:TRANSPARENT",),
        ("CLASS:PRIVATE",),
        ("STATUS:CANCELLED",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE",),
    ],
)
def test_what_is_free_private_cancelled_or_out_of_office_counts_no_minutes(more):
    read = read_ics(
        ics(event("a", "20261005T080000Z", "20261005T090000Z", *more, people=(ME, ANA))),
        date(2026, 10, 1),
        date(2026, 10, 31),
    )
    assert [one.minutes for one in entries(read, circle())] == [0]


def test_all_day_declined_and_day_long_entries_count_no_minutes():
    read = read_ics(
        ics(
            event("day", "20261005", "20261006", people=(ME, ANA)),
            event("no", "20261006T080000Z", "20261006T090000Z", people=(ANA, f"{ME}=DECLINED")),
            event("fair", "20261007T080000Z", "20261009T160000Z", people=(ME, ANA)),
            event("yes", "20261012T080000Z", "20261012T090000Z", people=(ME, ANA)),
        ),
        date(2026, 10, 1),
        date(2026, 10, 31),
        owner=ME,
    )
    assert [(one.uid, one.minutes) for one in entries(read, circle())] == [
        ("day", 0),
        ("no", 0),
        ("fair", 0),
        ("yes", 60),
    ]


def test_coverage_is_categorised_over_all_counted_minutes():
    found = [
        entry("a", 0, 60, category="fires", minutes=60),
        entry("b", 60, 30, minutes=30),
        entry("late", 60 * 24 * 9, 30, minutes=30),
    ]
    by_category = minutes_by_category(found, date(2026, 10, 5), date(2026, 10, 11))
    assert (by_category["fires"], by_category["unknown"], sum(by_category.values())) == (60, 30, 90)
    assert coverage(by_category) == pytest.approx(2 / 3)
    assert coverage(minutes_by_category([], date(2026, 10, 5), date(2026, 10, 11))) is None
