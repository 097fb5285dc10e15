from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.calendars.rules.beat import beat
from drumbeat.calendars.rules.entries import Entry, entries
from drumbeat.calendars.rules.matching import Present
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.rules.relations import (
    Span,
    customer_days,
    last_held,
    minutes_together,
    next_planned,
    one_to_ones,
    rule_days,
    usual_days,
)
from drumbeat.calendars.tests.make import circle, event, ics

ME, ANA, TOM, PIOTR = "elena@acme.example", "ana@acme.example", "tom@acme.example", "piotr@acme.example"
BUYER = "a@brandt.example"
FIRST, LAST = date(2026, 8, 31), date(2026, 12, 31)
TODAY = date(2026, 11, 23)  # a Monday
SPAN = Span(over_to=TODAY - timedelta(days=1), read_to=TODAY, covers_from=date(2026, 9, 1))
MONDAYS = "RRULE:FREQ=WEEKLY;COUNT=12"  # 5 October to 21 December


def read(*events: str) -> tuple[Entry, ...]:
    return entries(read_ics(ics(*events), FIRST, LAST, owner=ME, zone="Europe/Berlin"), circle())


def weekly(*more: str, people=(ME, ANA), rule: str = MONDAYS) -> str:
    return event("w", "20261005T080000Z", "20261005T084500Z", rule, *more, people=people)


def states(found, span: Span = SPAN, **more) -> list[tuple[str, str]]:
    return [(f"{one.day:%d.%m}", one.state) for one in one_to_ones(found, span, **more).get("ana", ())]


def became(found, day: str, **more) -> list[str]:
    return [state for when, state in states(found, **more) if when == day]


# -- what became of a one-to-one ------------------------------------------------------------------


def test_a_one_to_one_is_the_owner_and_one_report_and_nobody_else():
    found = read(
        event("a", "20261005T080000Z", "20261005T090000Z", people=(ME, ANA)),
        event("b", "20261006T080000Z", "20261006T090000Z", people=(ME, ANA, TOM)),
        event("c", "20261007T080000Z", "20261007T090000Z", people=(ME, PIOTR)),
        event("d", "20261008T080000Z", "20261008T090000Z", people=(ME, ANA, BUYER)),
        event("e", "20261009", "20261010", people=(ME, ANA)),
    )
    assert {key: len(marks) for key, marks in one_to_ones(found, SPAN).items()} == {"ana": 1}


def test_past_ones_took_place_and_later_ones_are_planned():
    found = states(read(weekly()))
    assert found[0] == ("05.10", "took_place")
    assert found[6:9] == [("16.11", "took_place"), ("23.11", "planned"), ("30.11", "planned")]


def test_cancelled_declined_by_either_and_left_out_are_not_held():
    found = read(
        weekly("EXDATE:20261012T080000Z"),
        event(
            "w",
            "20261019T080000Z",
            "20261019T084500Z",
            "RECURRENCE-ID:20261019T080000Z",
            "STATUS:CANCELLED",
            people=(ME, ANA),
        ),
        event(
            "w",
            "20261026T080000Z",
            "20261026T084500Z",
            "RECURRENCE-ID:20261026T080000Z",
            people=(ME, f"{ANA}=DECLINED"),
        ),
        event(
            "w",
            "20261102T080000Z",
            "20261102T084500Z",
            "RECURRENCE-ID:20261102T080000Z",
            people=(ANA, f"{ME}=DECLINED"),
        ),
    )
    assert states(found)[:6] == [
        ("05.10", "took_place"),
        ("12.10", "not_held"),
        ("19.10", "not_held"),
        ("26.10", "not_held"),
        ("02.11", "not_held"),
        ("09.11", "took_place"),
    ]
    reasons = [one.reason for one in one_to_ones(found, SPAN)["ana"]]
    assert reasons[1:5] == ["left out of the series", "cancelled", "declined", "declined"]


def test_called_off_in_the_title_alone_is_not_held():
    for title in ("Canceled: 1:1 Ana", "Abgesagt: 1:1", "Annulé : point"):
        found = read(event("a", "20261005T080000Z", "20261005T090000Z", title=title, people=(ME, ANA)))
        assert (found[0].status, found[0].minutes) == ("cancelled", 0)
        assert became(found, "05.10") == ["not_held"]
    kept = read(
        event("a", "20261005T080000Z", "20261005T090000Z", title="Cancelled orders", people=(ME, ANA))
    )
    assert became(kept, "05.10") == ["took_place"]


def test_a_private_one_to_one_took_place_and_says_nothing_else():
    (found,) = read(
        event(
            "a",
            "20261005T080000Z",
            "20261005T090000Z",
            "CLASS:PRIVATE",
            "LOCATION:Home",
            title="About her raise",
            people=(ME, ANA),
        )
    )
    assert (found.title, found.place, found.category, found.minutes) == ("", "", None, 0)
    assert became((found,), "05.10") == ["took_place"]


def test_declined_in_the_reports_own_calendar_is_not_held():
    mine = read(weekly())
    theirs = [
        e for e in read(weekly(people=(ANA, f"{ME}=DECLINED"))) if e.recurrence_id == "20261019T080000Z"
    ]
    assert became(mine, "19.10") == ["took_place"]
    assert became(mine, "19.10", others={"ana": theirs}) == ["not_held"]


def test_a_moved_one_is_held_on_another_day():
    found = read(
        weekly(),
        event(
            "w", "20261014T100000Z", "20261014T104500Z", "RECURRENCE-ID:20261012T080000Z", people=(ME, ANA)
        ),
    )
    (moved,) = [one for one in one_to_ones(found, SPAN)["ana"] if one.moved]
    assert (moved.day, moved.slot_day, moved.state) == (date(2026, 10, 14), date(2026, 10, 12), "took_place")
    assert became(found, "12.10") == []


def test_left_out_with_a_new_time_within_the_interval_is_one_meeting_on_another_day():
    single = event("s", "20261015T100000Z", "20261015T104500Z", people=(ME, ANA))
    found = read(weekly("EXDATE:20261012T080000Z"), single)
    assert became(found, "12.10") == []
    assert became(found, "15.10") == ["took_place"]
    assert one_to_ones(found, SPAN)["ana"][1].moved


def test_the_next_regular_slot_is_no_new_time():
    assert became(read(weekly("EXDATE:20261012T080000Z")), "12.10") == ["not_held"]


def test_a_slot_of_a_series_that_came_without_its_rule_is_no_new_time_either():
    lone = event(
        "x", "20261015T100000Z", "20261015T104500Z", "RECURRENCE-ID:20261015T100000Z", people=(ME, ANA)
    )
    assert became(read(weekly("EXDATE:20261012T080000Z"), lone), "12.10") == ["not_held"]


def test_one_new_time_stands_for_one_slot_only():
    single = event("s", "20261015T100000Z", "20261015T104500Z", people=(ME, ANA))
    found = read(weekly("EXDATE:20261012T080000Z,20261019T080000Z"), single)
    assert became(found, "12.10") == []
    assert became(found, "19.10") == ["not_held"]


def test_a_slot_on_leave_is_away():
    found = read(weekly("EXDATE:20261012T080000Z"))
    assert became(found, "12.10", away=lambda key, day: key == "ana") == ["away"]
    assert became(found, "12.10", away=lambda key, day: key == "elena", owner="elena") == ["away"]
    vacation = event("v", "20261012", "20261017", title="Urlaub")
    assert became(read(weekly("EXDATE:20261012T080000Z"), vacation), "12.10") == ["away"]


def test_unknown_is_never_missed():
    """No calendar, a calendar that begins later, one that was not read since, weeks in which nothing was
    due.
    """
    assert one_to_ones([], SPAN) == {}
    gone = read(weekly("EXDATE:20261012T080000Z,20261109T080000Z"))

    later = Span(SPAN.over_to, SPAN.read_to, covers_from=date(2026, 11, 1))
    assert "12.10" not in dict(states(gone, later))

    stale = Span(SPAN.over_to, read_to=date(2026, 10, 20), covers_from=SPAN.covers_from)
    after = {state for when, state in states(gone, stale) if when[3:] != "10" or when > "20.10"}
    assert after == {"not_known", "planned"}

    fortnightly = read(weekly(rule="RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6"))
    assert {state for _, state in states(fortnightly)} == {"took_place", "planned"}
    weeks = beat(one_to_ones(fortnightly, SPAN)["ana"], (), SPAN, TODAY)
    assert [len(week.marks) for week in weeks[6:12]] == [1, 0, 1, 0, 1, 0]

    nothing = Span(SPAN.over_to, SPAN.read_to, covers_from=None)
    assert all(not week.marks and not week.covered for week in beat((), (), nothing, TODAY))


def test_nothing_after_the_last_day_that_is_over_is_missed():
    found = read(weekly("EXDATE:20261130T080000Z"))
    assert became(found, "30.11") == []


# -- intervals --------------------------------------------------------------------------------------


def test_the_days_of_a_rule():
    assert rule_days("FREQ=WEEKLY") == 7
    assert rule_days("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO") == 14
    assert rule_days("FREQ=WEEKLY;BYDAY=MO,WE") == 3.5
    assert rule_days("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR") == 1.4
    assert rule_days("FREQ=MONTHLY;BYDAY=1MO") == 30.44
    assert rule_days("FREQ=WEEKLY;INTERVAL=0") is None
    assert rule_days("") is None


def test_the_usual_interval_is_the_newest_rules_else_the_median_gap():
    assert usual_days(read(weekly())) == 7
    days = ("20261005", "20261012", "20261026", "20261109")
    singles = read(*(event(day, f"{day}T080000Z", f"{day}T090000Z", people=(ME, ANA)) for day in days))
    assert usual_days(singles) == 14
    assert usual_days(singles[:2]) is None


def test_last_and_next():
    marks = one_to_ones(read(weekly("EXDATE:20261116T080000Z")), SPAN)["ana"]
    assert last_held(marks) == date(2026, 11, 9)
    assert next_planned(marks) == date(2026, 11, 23)


# -- customers and time together --------------------------------------------------------------------


def test_a_day_at_a_customer_together_is_one_local_day():
    found = read(
        event("a", "20261005T080000Z", "20261005T090000Z", people=(ME, ANA, BUYER)),
        event("b", "20261005T120000Z", "20261005T130000Z", people=(ME, PIOTR, BUYER)),
        event("c", "20261006T080000Z", "20261006T090000Z", people=(ME, BUYER)),
        event("d", "20261007T080000Z", "20261007T090000Z", "STATUS:CANCELLED", people=(ME, ANA, BUYER)),
        event("e", "20261201T080000Z", "20261201T090000Z", people=(ME, ANA, BUYER)),
        event("f", "20261008T080000Z", "20261008T090000Z", people=(ME, TOM, "b@nordmann.example")),
        event("g", "20261013", "20261014", people=(ME, TOM, BUYER)),
        # 23:30 in Berlin is the same day there, the day before in UTC is of no matter
        event("h", "20261019T223000Z", "20261019T230000Z", people=(ME, TOM, BUYER)),
    )
    assert customer_days(found, SPAN) == {
        "ana": (date(2026, 10, 5),),
        "tom": (date(2026, 10, 13), date(2026, 10, 20)),
    }


def test_minutes_together_leave_out_what_several_managers_share():
    found = read(
        event("a", "20261005T080000Z", "20261005T084500Z", people=(ME, ANA)),
        event("b", "20261006T080000Z", "20261006T090000Z", people=(ME, ANA, BUYER)),
        event("c", "20261007T080000Z", "20261007T090000Z", people=(ME, ANA, TOM)),
        event("d", "20261008T080000Z", "20261008T090000Z", "TRANSP:TRANSPARENT", people=(ME, TOM)),
    )
    assert minutes_together(found, date(2026, 10, 1), date(2026, 10, 31)) == {"ana": 105, "tom": 0}


# -- the beat ---------------------------------------------------------------------------------------


def test_the_beat_has_thirteen_weeks_back_and_five_ahead():
    found = read(weekly("EXDATE:20261012T080000Z,20261019T080000Z"))
    weeks = beat(one_to_ones(found, SPAN)["ana"], [date(2026, 10, 7)], SPAN, TODAY)
    assert (len(weeks), weeks[0].first, weeks[13].first, weeks[13].ahead) == (
        18,
        date(2026, 8, 24),
        TODAY,
        True,
    )
    words = [mark.words for week in weeks for mark in week.marks]
    assert words == [
        "took place by the calendar",
        "not held",
        "not held again",
        *["took place by the calendar"] * 4,
        *["planned"] * 5,
    ]
    assert weeks[6].customer_days == (date(2026, 10, 7),)


# -- properties -------------------------------------------------------------------------------------

STATUSES = st.sampled_from(["confirmed", "tentative", "cancelled", "declined", "fell_out"])
SLOTS = st.lists(st.tuples(st.integers(0, 200), STATUSES, st.sampled_from(["", "FREQ=WEEKLY"])), max_size=20)


@given(SLOTS, st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_nothing_is_missed_that_is_not_over_read_and_covered(slots, over, read_to, covers):
    start = date(2026, 6, 1)
    found = []
    for number, (offset, status, rule) in enumerate(slots):
        day = start + timedelta(days=offset)
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        found.append(
            Entry(
                f"u{number}",
                "",
                rule,
                at,
                at + timedelta(minutes=45),
                day,
                day,
                False,
                status,
                people=(Present("ana", "Ana", "ana"),),
            )
        )
    span = Span(
        *(start + timedelta(days=n) for n in (over, read_to)), covers_from=start + timedelta(days=covers)
    )
    for one in one_to_ones(found, span).get("ana", ()):
        if one.state == "not_held":
            assert not one.entry.stands
            assert span.covers_from <= one.slot_day <= min(span.over_to, span.read_to)
        if one.state == "took_place":
            assert one.entry.stands
            assert one.day <= min(span.over_to, span.read_to)
