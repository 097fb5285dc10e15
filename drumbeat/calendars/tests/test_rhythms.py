from datetime import date, timedelta

from drumbeat.calendars.rules.entries import entries
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.rules.relations import Span
from drumbeat.calendars.rules.rhythms import stopped_rhythms
from drumbeat.calendars.tests.make import circle, event, ics

ME, ANA, TOM, FAITH = "elena@acme.example", "ana@acme.example", "tom@acme.example", "faith@acme.example"
TODAY = date(2026, 11, 23)
SPAN = Span(over_to=TODAY - timedelta(days=1), read_to=TODAY, covers_from=date(2026, 9, 1))
FIRST = TODAY - timedelta(weeks=13)


def stopped(*events: str, **more):
    found = entries(read_ics(ics(*events), date(2026, 6, 1), date(2026, 12, 31), owner=ME), circle())
    return [(one.uid, one.why, one.times, one.reports) for one in stopped_rhythms(found, SPAN, FIRST, **more)]


def series(uid: str, start: str, rule: str, *more: str, people=(ME, ANA, TOM)) -> str:
    return event(
        uid, f"{start}T080000Z", f"{start}T083000Z", f"RRULE:{rule}", *more, title="Huddle", people=people
    )


def test_it_works():
    assert stopped(series("h", "20260907", "FREQ=WEEKLY;UNTIL=20261012T235959Z")) == [
        ("h", "ended", 6, ("ana", "tom"))
    ]
    assert stopped(series("h", "20260907", "FREQ=WEEKLY;COUNT=6")) == [("h", "ended", 6, ("ana", "tom"))]


def test_one_that_goes_on_has_not_stopped():
    assert stopped(series("h", "20260907", "FREQ=WEEKLY")) == []


def test_fallen_out_three_times_in_a_row():
    gone = "EXDATE:20261102T080000Z,20261109T080000Z,20261116T080000Z"
    assert stopped(series("h", "20260907", "FREQ=WEEKLY", gone)) == [("h", "fell_out", 3, ("ana", "tom"))]
    assert stopped(series("h", "20260907", "FREQ=WEEKLY", gone.replace("20261109", "20261012"))) == []


def test_a_slot_on_leave_does_not_break_or_make_the_row():
    gone = "EXDATE:20261102T080000Z,20261109T080000Z,20261116T080000Z"
    leave = {date(2026, 11, 9)}
    assert stopped(series("h", "20260907", "FREQ=WEEKLY", gone), away=lambda key, day: day in leave) == []


def test_a_rule_split_in_two_has_not_stopped():
    ended = series("h", "20260907", "FREQ=WEEKLY;UNTIL=20261012T235959Z")
    assert stopped(ended, series("h2", "20261020", "FREQ=WEEKLY")) == []
    assert stopped(ended, series("other", "20261020", "FREQ=WEEKLY", people=(ME, TOM))) != []


def test_another_rhythm_of_the_same_people_does_not_take_its_place():
    ended = series("clinic", "20260907", "FREQ=WEEKLY;UNTIL=20261012T235959Z")
    beside = series("huddle", "20260608", "FREQ=WEEKLY")
    assert [uid for uid, *_ in stopped(ended, beside)] == ["clinic"]


def test_two_single_one_to_ones_take_the_place_of_a_series():
    ended = series("o", "20260907", "FREQ=WEEKLY;UNTIL=20261012T235959Z", people=(ME, ANA))
    singles = [event(d, f"{d}T080000Z", f"{d}T083000Z", people=(ME, ANA)) for d in ("20261022", "20261105")]
    assert stopped(ended, singles[0]) != []
    assert stopped(ended, *singles) == []


def test_meetings_without_a_manager_and_short_ones_are_no_rhythm():
    assert stopped(series("f", "20260907", "FREQ=WEEKLY;COUNT=6", people=(ME, FAITH))) == []
    assert stopped(series("h", "20260907", "FREQ=WEEKLY;COUNT=2")) == []


def test_what_ended_before_the_days_looked_at_is_not_told():
    assert stopped(series("h", "20260601", "FREQ=WEEKLY;COUNT=6")) == []
