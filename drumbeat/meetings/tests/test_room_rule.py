from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.rules.agenda import from_library
from drumbeat.meetings.rules.room import (
    counts_as_coming,
    folded,
    is_here,
    must_win_of,
    named,
    next_to_speak,
    place_of_prework,
    short,
)

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


@pytest.mark.parametrize(
    ("minutes", "counts"), [(-31, False), (-30, True), (0, True), (60, True), (780, True), (781, False)]
)
def test_who_comes_in_its_hour_has_come(minutes, counts):
    assert counts_as_coming(NINE, TEN, NINE + timedelta(minutes=minutes)) == counts


def test_here_is_a_minute():
    assert is_here(NINE, NINE + timedelta(seconds=60))
    assert not is_here(NINE, NINE + timedelta(seconds=61))
    assert not is_here(None, NINE)


PEOPLE = st.lists(st.integers(1, 9), unique=True, max_size=9)


@given(PEOPLE, st.sets(st.integers(1, 9)))
def test_the_word_comes_to_everyone_once(order, here):
    """Handed on until nobody waits, whoever is here: each has it once, those who are here first."""
    had, now = [], 0
    while (turn := next_to_speak(order, had, here, now)) is not None:
        had.append(turn)
        now = turn
    assert sorted(had) == sorted(order)
    present = [one in here for one in had]
    assert present == sorted(present, reverse=True)


@given(st.text("ab \n", max_size=4000))
def test_folding_loses_nothing(text):
    shown = folded(text)
    assert "".join((shown.head + shown.rest).split()) == "".join(text.split())
    assert len(shown.head.split("\n")) <= 12
    assert len(shown.head) <= 1200
    assert bool(shown.rest) == bool(shown.lines)


def test_prework_stands_where_its_turn_is():
    places = {key: place_of_prework(from_library(row)) for key, row in meeting_templates().items()}
    assert places["weekly_huddle"] == "c"
    assert places["one_to_one"] == "b"
    assert places["monthly_plan_review"] == "a"
    assert places["skip_level"] == "b"


def test_words():
    assert must_win_of("Win Brandt\n a price \nand Tom") == ("Win Brandt", "a price and Tom")
    assert must_win_of(" ") == ("", "")
    assert named("Manager's topics", "Ana") == "Ana's topics"
    assert named("Manager's topics", "") == "Manager's topics"
    assert short("Your people: who is growing") == "Your people"
    assert short("One topic, from something seen") == "One topic"
    assert short("x" * 40) == "x" * 32 + "…"
