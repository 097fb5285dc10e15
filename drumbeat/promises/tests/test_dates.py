from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.days import is_working_day
from drumbeat.core.refusal import Refused
from drumbeat.promises.rules.dates import DayPast, NoSuchDay, TooFar, find_day, land
from drumbeat.promises.tests.make import outcome, patient

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
SOME = st.dates(date(2000, 1, 1), date(2199, 12, 31))


def day(text: str, today: date = MONDAY) -> str:
    found = find_day(text, today)
    return found.day.isoformat() if found else ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fri list", "2026-11-27"),
        ("list by friday", "2026-11-27"),
        ("next Fri list", "2026-12-04"),
        ("this Fri list", "2026-11-27"),
        ("Monday list", "2026-11-30"),
        ("list Thurs.", "2026-11-26"),
        ("today list", "2026-11-23"),
        ("list tomorrow", "2026-11-24"),
        ("the day after tomorrow list", "2026-11-25"),
        ("3 Dec list", "2026-12-03"),
        ("Fri 4 Dec list", "2026-12-04"),
        ("list, Dec 3", "2026-12-03"),
        ("the 3rd of December list", "2026-12-03"),
        ("3 March list", "2027-03-03"),
        ("29 February list", "2028-02-29"),
        ("3 Dec 2027 list", "2027-12-03"),
        ("3.12. list", "2026-12-03"),
        ("3.12.2026 list", "2026-12-03"),
        ("3. 12. list", "2026-12-03"),
        ("3.12 list", "2026-12-03"),
        ("13/3 list", "2027-03-13"),
        ("3/13 list", "2027-03-13"),
        ("5/5 list", "2027-05-05"),
        ("2026-12-03 list", "2026-12-03"),
        ("in 2 weeks list", "2026-12-07"),
        ("in a week list", "2026-11-30"),
        ("in three days list", "2026-11-26"),
        ("in 6 working days list", "2026-12-01"),
        ("in 3 months list", "2027-02-23"),
        ("+3d list", "2026-11-26"),
        ("+1w list", "2026-11-30"),
        ("list eom", "2026-11-30"),
        ("end of month list", "2026-11-30"),
        ("end of next month list", "2026-12-31"),
        ("end of February list", "2027-02-28"),
        ("end of the week list", "2026-11-27"),
        ("end of quarter list", "2026-12-31"),
        ("next week list", "2026-12-04"),
        ("Fri list for the Monday round by 3 Dec", "2026-12-03"),
        ("March plan for Brandt until Tuesday", "2026-11-24"),
        ("raise the price by 3.12 on Fri", "2026-11-27"),
        ("list with no day", ""),
        ("version 3.12 of the long list for everyone", ""),
        ("Friday's list", ""),
    ],
)
def test_it_works(written, meant):
    assert day(written) == meant


def test_next_friday_said_on_a_friday():
    assert day("next Friday list", FRIDAY) == day("Friday list", FRIDAY) == "2026-12-04"
    assert day("this Friday list", FRIDAY) == "2026-11-27"


@pytest.mark.parametrize(
    ("written", "refusal", "sentence"),
    [
        ("31 February list", NoSuchDay, "There is no 31 February; February ends on the 28th."),
        ("31.2. list", NoSuchDay, "There is no 31 February; February ends on the 28th."),
        ("29 Feb 2027 list", NoSuchDay, "There is no 29 February 2027; February ends on the 28th."),
        ("2026-13-40 list", NoSuchDay, "There is no such day; write it as 3 Dec or 2026-12-03."),
        ("0/0 list", NoSuchDay, "There is no such day; write it as 3 Dec or 2026-12-03."),
        ("12/3 list", NoSuchDay, "“12/3” can be read in two ways; write 12 Mar or 3 Dec."),
        ("Thu 4 Dec list", NoSuchDay, "4 December 2026 is a Friday; name the one or the other."),
        ("1 Nov 2026 list", DayPast, "Sun 1 November is over; a promise needs a day to come."),
        ("in 9999 weeks list", TooFar, "That is more than five years away; name a nearer day."),
        ("+9999m list", TooFar, "That is more than five years away; name a nearer day."),
    ],
)
def test_what_is_refused(written, refusal, sentence):
    with pytest.raises(refusal) as found:
        find_day(written, MONDAY)
    assert str(found.value) == sentence


@patient
@given(
    SOME,
    st.integers(0, 1800),
    st.sampled_from(["{:%Y-%m-%d}", "{0.day} {0:%B %Y}", "{0.day}.{0.month}.{0:%Y}"]),
)
def test_a_written_day_is_that_day(today, ahead, form):
    meant = today + timedelta(days=ahead)
    for line in (f"{form.format(meant)} list", f"list by {form.format(meant)}"):
        assert find_day(line, today).day == meant


@patient
@given(SOME, st.integers(0, 6))
def test_a_weekday_is_within_the_seven_days_to_come(today, weekday):
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[weekday]
    found = find_day(f"{name} list", today).day
    assert found.weekday() == weekday
    assert 1 <= (found - today).days <= 7
    later = find_day(f"next {name} list", today).day
    assert later.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@patient
@given(SOME)
def test_a_day_and_month_is_the_next_one(today):
    meant = find_day("14 Aug list", today).day
    assert (meant.month, meant.day) == (8, 14)
    assert today <= meant < today.replace(day=1) + timedelta(days=400)


WORDS = st.sampled_from(
    ["Fri", "next", "31", "Feb", "3.12.", "12/3", "in", "weeks", "+3d", "end of", "month", "by", "eom"]
)


@patient
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join), SOME)
def test_any_text_is_a_day_to_come_or_a_sentence(text, today):
    found = outcome(lambda: find_day(text, today))
    if isinstance(found, Refused):
        assert str(found).endswith(".")
    else:
        assert found is None or today <= found.day


@patient
@given(SOME, st.booleans())
def test_landing_is_on_a_working_day_and_near(when, last):
    landed = land(when, lambda each: is_working_day(each, "DE"), last=last)
    assert is_working_day(landed, "DE")
    assert abs(landed - when).days <= 5
    assert (landed <= when) if last else (landed >= when)
    assert land(when, lambda each: is_working_day(each, "DE"), last=last, earliest=when) >= when


def test_where_nobody_works_the_day_stays():
    assert land(date(9999, 12, 30), lambda each: False) == date(9999, 12, 30)
