from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.promises.rules.ageing import Facts, became, late_days, words
from drumbeat.promises.tests.make import patient

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SPANS = st.integers(0, 400)


def on(apart: int) -> date:
    return MONDAY + timedelta(days=apart)


@pytest.mark.parametrize(
    ("facts", "said", "late"),
    [
        (Facts("open", on(-3)), "3 days late", 3),
        (Facts("open", on(-1)), "1 day late", 1),
        (Facts("open", on(0)), "today", 0),
        (Facts("open", on(1)), "tomorrow", -1),
        (Facts("open", on(4)), "Fri 27 November", -4),
        (Facts("open", on(-9), waited_days=7), "2 days late", 2),
        (Facts("waiting", on(-3), waiting_since=on(-4)), "waiting for Tom since Thu", -1),
        (Facts("waiting", on(-3), waiting_since=on(-1)), "waiting for Tom since yesterday", 2),
        (Facts("done", on(-3), done_on=on(-3)), "done Fri", 0),
        (Facts("accepted", on(-3), done_on=on(0)), "done today, 3 days late", 3),
        (Facts("done", on(-30), done_on=on(-31)), "done Fri 23 October", -1),
        (Facts("dropped", on(-30), dropped_on=on(-2)), "dropped Sat 21 November", 0),
    ],
)
def test_it_works(facts, said, late):
    assert (words(facts, MONDAY, "Tom"), late_days(facts, MONDAY)) == (said, late)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (Facts("done", on(0), done_on=on(0)), "in_time"),
        (Facts("accepted", on(0), done_on=on(1)), "late"),
        (Facts("accepted", on(0), done_on=on(5), waited_days=5), "in_time"),
        (Facts("done", on(0), done_on=on(0), new_dates=1), "moved"),
        (Facts("open", on(0), new_dates=2), "moved"),
        (Facts("dropped", on(0), new_dates=2, dropped_on=on(0)), "left"),
        (Facts("open", on(-99)), "still"),
        (Facts("waiting", on(-99), waiting_since=on(-100)), "still"),
    ],
)
def test_what_became_of_it(facts, outcome):
    assert became(facts) == outcome


@patient
@given(DAYS, SPANS, SPANS, SPANS)
def test_the_clock_stands_while_it_waits(due, until_wait, waited, after):
    since = due + timedelta(days=until_wait)
    waiting = Facts("waiting", due, waiting_since=since)
    assert late_days(waiting, since + timedelta(days=waited)) == late_days(Facts("open", due), since)
    resumed = Facts("open", due, waited_days=waited)
    later = since + timedelta(days=waited + after)
    assert late_days(resumed, later) == until_wait + after


@patient
@given(DAYS, st.integers(-400, 400), SPANS)
def test_what_is_done_ages_no_more(due, done, later):
    done_on = due + timedelta(days=done)
    assert late_days(Facts("done", due, done_on=done_on), done_on + timedelta(days=later)) == done
