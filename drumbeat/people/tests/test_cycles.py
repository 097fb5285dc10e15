"""``closes_a_cycle`` on lines written by hand."""

from datetime import date

from drumbeat.people.models import FOR_EVER, SINCE_EVER
from drumbeat.people.rules.closure import Line, Reached, above, by_member, closes_a_cycle

JAN, APR, JUL, OCT = (date(2026, month, 1) for month in (1, 4, 7, 10))
A, B, C, D = 1, 2, 3, 4


def lines(*given: Line) -> dict[int, list[Line]]:
    return by_member(given)


def test_leading_oneself_is_a_cycle():
    assert closes_a_cycle(Line(A, A, JAN, APR), {})


def test_two_who_lead_each_other_are_a_cycle():
    assert closes_a_cycle(Line(A, B, JAN, APR), lines(Line(B, A, SINCE_EVER, FOR_EVER)))


def test_a_long_way_round_is_a_cycle():
    known = lines(Line(B, A, JAN, OCT), Line(C, B, JAN, OCT), Line(D, C, JAN, OCT))
    assert closes_a_cycle(Line(A, D, APR, JUL), known)


def test_one_day_in_common_is_enough():
    assert closes_a_cycle(Line(A, B, JAN, date(2026, 4, 2)), lines(Line(B, A, APR, OCT)))


def test_touching_spans_are_no_cycle():
    assert not closes_a_cycle(Line(A, B, JAN, APR), lines(Line(B, A, APR, OCT)))


def test_a_way_whose_parts_never_hold_together_is_no_cycle():
    known = lines(Line(B, C, JAN, APR), Line(C, A, APR, JUL))
    assert not closes_a_cycle(Line(A, B, JAN, OCT), known)


def test_a_future_cycle_is_a_cycle():
    assert closes_a_cycle(Line(A, B, JAN, FOR_EVER), lines(Line(B, A, OCT, FOR_EVER)))


def test_another_branch_is_no_cycle():
    assert not closes_a_cycle(Line(A, B, JAN, APR), lines(Line(C, A, JAN, APR), Line(B, D, JAN, APR)))


def test_touching_spans_of_one_leader_and_depth_are_one():
    known = lines(Line(C, A, JAN, APR), Line(C, B, APR, OCT), Line(A, D, JAN, OCT), Line(B, D, JAN, OCT))
    found = above(C, known, SINCE_EVER, FOR_EVER)
    assert found == [Reached(A, C, 1, JAN, APR), Reached(B, C, 1, APR, OCT), Reached(D, C, 2, JAN, OCT)]
