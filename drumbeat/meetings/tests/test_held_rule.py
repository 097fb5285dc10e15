"""What became of a meeting: each word by hand, and what must be so whatever is known."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.meetings.rules.held import (
    COUNTS,
    STATES,
    WORDS,
    Entry,
    Facts,
    Known,
    by_calendar,
    state_of,
)

DAY = date(2026, 11, 23)
ELENA, ANA, TOM = 1, 2, 3
TWO = frozenset({ELENA, ANA})


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), "planned"),
        (Facts(over=True), "not_known"),
        (Facts(over=True, stood=True), "took_place"),
        (Facts(stood=True), "planned"),  # it still lies ahead
        (Facts(over=True, fell=True), "not_held"),
        (Facts(over=True, fell=True, new_time=True), "moved"),
        (Facts(over=True, closed=True), "held"),
        (Facts(two_in_room=True), "held"),  # they sit there right now
        (Facts(over=True, two_in_room=True, fell=True), "held"),
        (Facts(left_out=True), "not_held"),
        (Facts(left_out=True, new_time=True), "moved"),
        (Facts(over=True, left_out=True, stood=True), "not_held"),
        (Facts(over=True, away=True), "away"),
        (Facts(over=True, stood=True, corrected="not_held"), "not_held"),
        (Facts(over=True, closed=True, corrected="not_held"), "not_held"),
        (Facts(over=True, fell=True, corrected="held"), "held"),
        (Facts(left_out=True, corrected="held"), "held"),
    ],
)
def test_each_word(facts, state):
    assert state_of(facts) == state


BOOLS = [one.name for one in fields(Facts) if one.name != "corrected"]
some_facts = st.builds(
    Facts, corrected=st.sampled_from(["", "held", "not_held"]), **dict.fromkeys(BOOLS, st.booleans())
)


@given(some_facts)
def test_a_persons_word_wins_and_every_state_has_words(facts):
    state = state_of(facts)
    assert state in STATES
    assert WORDS[state]
    if facts.corrected:
        assert state == facts.corrected
    else:
        assert state_of(replace(facts, corrected="held")) == "held"


@given(some_facts)
def test_nothing_counts_without_a_reason(facts):
    if state_of(facts) in COUNTS:
        assert facts.corrected or facts.closed or facts.two_in_room or (facts.stood and facts.over)


@given(some_facts)
def test_more_evidence_of_a_talk_never_makes_it_count_less(facts):
    counts = state_of(facts) in COUNTS
    for more in ("closed", "two_in_room"):
        if counts:
            assert state_of(replace(facts, **{more: True})) in COUNTS


def entry(**values):
    made = {
        "uid": "x",
        "day": DAY,
        "slot_day": DAY,
        "stands": True,
        "read": True,
        "people": TWO,
        "single": True,
    }
    return Entry(**{**made, **values})


def known(**values):
    return Known(**{"slot_day": DAY, "day": DAY, "chair": ELENA, "people": TWO, **values})


def test_a_talk_of_the_same_two_on_that_day_is_it():
    assert by_calendar(known(), [entry()]).stood


@pytest.mark.parametrize(
    "other",
    [
        entry(people=frozenset({ELENA, TOM})),
        entry(people=frozenset({ELENA, ANA, TOM})),
        entry(others=True),  # a customer sat there too
        entry(day=DAY + timedelta(days=1), slot_day=DAY + timedelta(days=1)),
    ],
)
def test_other_entries_are_not_it(other):
    said = by_calendar(known(), [other])
    assert not said.stood
    assert not said.fell


def test_what_was_not_read_since_says_nothing():
    assert by_calendar(known(), [entry(read=False)]) == Facts()


def test_a_huddle_is_known_by_its_series_alone():
    all_three = frozenset({ELENA, ANA, TOM})
    huddle = known(people=all_three, uid="huddle")
    assert by_calendar(huddle, [entry(uid="huddle", people=all_three)]).stood
    assert not by_calendar(huddle, [entry(uid="other", people=all_three)]).stood
    one_no = entry(uid="huddle", people=all_three, declined=frozenset({TOM}))
    assert by_calendar(huddle, [one_no]).stood
    all_no = entry(uid="huddle", people=all_three, declined=frozenset({TOM, ANA}))
    assert by_calendar(huddle, [all_no]).fell


def test_moved_in_the_calendar_it_stands_on_its_new_day():
    later = entry(uid="s", day=DAY + timedelta(days=2), single=False)
    assert by_calendar(known(uid="s"), [later]).stood


def test_declined_by_either_side_it_fell():
    assert by_calendar(known(), [entry(declined=frozenset({ANA}))]).fell
    assert by_calendar(known(), [entry(declined=frozenset({ELENA}))]).fell
    # Ana's own calendar says no, Elena's does not know yet.
    assert by_calendar(known(uid="s"), [entry(uid="s"), entry(uid="s", stands=False)]).fell


def test_left_out_but_held_the_same_day_at_another_hour():
    said = by_calendar(known(uid="s"), [entry(uid="s", stands=False), entry(uid="ad hoc")])
    assert said.stood
    assert not said.fell


def test_a_new_time_within_the_interval():
    wednesday = entry(uid="new", day=DAY + timedelta(days=2), slot_day=DAY + timedelta(days=2))
    assert by_calendar(known(interval=7), [wednesday]).new_time
    assert not by_calendar(known(interval=2), [wednesday]).new_time
    assert not by_calendar(known(interval=7), [wednesday], taken=[wednesday.day]).new_time
