"""Where marks stand, and that the words of a beat never say more than is known."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.web import geometry
from drumbeat.web.geometry import NotAMark, bullet, centre, months, place, summary

MARKS = st.lists(
    st.fixed_dictionaries({"week": st.integers(0, 17), "kind": st.sampled_from(sorted(geometry.WORDS))})
)


def test_the_line_stands_between_last_week_and_this_week():
    assert centre(12) < geometry.LINE < centre(13)
    assert geometry.LINE - centre(12) == centre(13) - geometry.LINE


@pytest.mark.parametrize("week", [-1, 18])
def test_a_week_outside_is_refused(week):
    with pytest.raises(NotAMark):
        centre(week)


def test_an_unknown_kind_is_refused():
    with pytest.raises(NotAMark, match="not “missed”"):
        place([{"week": 1, "kind": "missed"}])


@given(MARKS)
def test_every_mark_stands_within_and_in_order(marks):
    placed = place(marks)
    assert len(placed) == len(marks)
    assert [one.x for one in placed] == sorted(one.x for one in placed)
    assert all(10 <= one.x <= geometry.WIDTH - 10 for one in placed)


def test_an_object_serves_as_well_as_a_mapping():
    class Mark:
        week, kind, label, url = 3, "held", "Tue 8 September: held", "/m/1"

    (one,) = place([Mark()])
    assert (one.x, one.label, one.url) == (70, "Tue 8 September: held", "/m/1")


def test_a_hint_near_an_edge_grows_inwards():
    first, middle, last = place([{"week": week, "kind": "held"} for week in (0, 8, 17)])
    assert (first.tip_anchor, middle.tip_anchor, last.tip_anchor) == ("start", "middle", "end")


def test_unknown_is_said_as_unknown_and_never_as_missed():
    said = summary("Ana", [{"week": 1, "kind": "unknown"}, {"week": 2, "kind": "held"}], [])
    assert said.startswith(
        "Ana: 1 one-to-one took place, 0 did not, 1 not known, 0 days at customers together"
    )


@given(MARKS)
def test_only_what_did_not_take_place_is_counted_as_such(marks):
    fell = sum(mark["kind"] in ("not_held", "not_held_again") for mark in marks)
    said = summary("", marks, [])
    assert ("nothing was due" in said) if not marks else (f"{fell} did not" in said)


def test_months_by_hand():
    # Week 13 begins on Monday 23 November 2026, so week 0 on 24 August; 1 September lies in week 1,
    # 1 October in week 5, 1 November in week 9. August would touch September and is left out.
    assert months(date(2026, 11, 25)) == [(22, "Sep"), (102, "Oct"), (182, "Nov")]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_names_of_months_never_touch_each_other_or_the_line(day):
    places = [x for x, _ in months(day)] + [geometry.LINE + 2]
    assert all(after - before >= 30 for before, after in pairwise(places))
    assert len(places) >= 3
    assert months(day) == months(day - timedelta(days=day.weekday()))


def test_bullet_by_hand():
    assert bullet(0.5, 0.62) == (50, 62, 1)
    assert bullet(1.25, 1) == (100, 80, 1.25)
    assert bullet(-0.1, None) == (0, None, 1)


@given(st.floats(-10, 50), st.none() | st.floats(-1, 3))
def test_a_bullet_is_never_cut(reached, due):
    drawn = bullet(reached, due)
    assert 0 <= drawn.filled <= 100
    assert drawn.due is None if due is None else 0 <= drawn.due <= 100
