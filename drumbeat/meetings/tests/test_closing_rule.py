"""What is still asked before a meeting closes, and when it closes by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.days import is_working_day
from drumbeat.meetings.rules.agenda import EACH, MUST_WIN, NONE
from drumbeat.meetings.rules.closing import (
    ONE_WORD,
    Sitter,
    closes_by_itself_after,
    ended_at,
    present,
    still_asked,
)
from drumbeat.meetings.rules.minutes import Section, compose, read

ELENA, ANA, TOM = 1, 2, 3
chair, ana, tom = Sitter(ELENA, chairs=True), Sitter(ANA), Sitter(TOM)


def who(sitters):
    return [one.person for one in sitters]


def test_in_the_car_nobody_opened_the_room_and_both_are_asked():
    assert who(still_asked(EACH, [chair, ana])) == [ELENA, ANA]


def test_with_one_screen_on_the_table_both_are_asked():
    assert who(still_asked(EACH, [replace(chair, came=True), ana])) == [ELENA, ANA]


def test_whoever_did_not_come_to_a_room_of_several_is_not_asked():
    sitters = [replace(chair, came=True), replace(ana, came=True), tom]
    assert who(still_asked(EACH, sitters)) == [ELENA, ANA]
    assert who(present([*sitters[:2], replace(tom, spoke=True)])) == [ELENA, ANA, TOM]


def test_one_step_or_one_tap():
    assert not still_asked(EACH, [replace(chair, nothing=True), replace(ana, promises=1)])


def test_in_a_huddle_the_must_win_counts_and_the_chair_gives_none():
    assert who(still_asked(MUST_WIN, [chair, ana, replace(tom, must_win=True)])) == [ANA]


def test_in_a_clinic_nothing_is_asked():
    assert not still_asked(NONE, [chair, ana])


some_sitters = st.lists(
    st.builds(
        Sitter,
        person=st.integers(1, 500),
        **dict.fromkeys(("chairs", "came", "absent", "spoke", "nothing", "must_win"), st.booleans()),
        promises=st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda one: one.person,
)
demands = st.sampled_from([EACH, MUST_WIN, NONE])


@given(demands, some_sitters)
def test_the_absent_and_those_who_said_something_are_never_asked(demanded, sitters):
    asked = still_asked(demanded, sitters)
    assert set(asked) <= set(present(sitters))
    assert not [one for one in asked if one.absent or one.nothing or one.promises]


@given(demands, some_sitters)
def test_one_tap_a_person_is_always_enough(demanded, sitters):
    asked = still_asked(demanded, sitters)
    after = [replace(one, nothing=True) if one in asked else one for one in sitters]
    assert not still_asked(demanded, after)


@given(demands, some_sitters, st.data())
def test_saying_something_of_one_never_asks_another(demanded, sitters, data):
    asked = still_asked(demanded, sitters)
    if asked:
        one = data.draw(st.sampled_from(asked))
        for said in ({"nothing": True}, {"promises": 1}):
            after = still_asked(
                demanded, [replace(each, **said) if each == one else each for each in sitters]
            )
            assert set(who(after)) == set(who(asked)) - {one.person}


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(["DE", "US", "AE", ""]))
def test_three_working_days_lie_between(day, country):
    last = closes_by_itself_after(day, country, "")
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(is_working_day(one, country, "") for one in between) == 3


def test_a_friday_closes_by_itself_after_wednesday():
    assert closes_by_itself_after(date(2026, 11, 20), "DE", "") == date(2026, 11, 25)


def test_when_it_ended():
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    late = at + timedelta(hours=8)
    assert ended_at(at, at, at - timedelta(minutes=1)) == at
    assert ended_at(late, at, at) == at  # closed in the evening; the room was left at nine
    assert ended_at(late, at, None) is None
    assert ended_at(at + timedelta(minutes=5), at, None) == at + timedelta(minutes=5)


def test_six_words():
    assert len(set(ONE_WORD)) == 6
    assert max(len(word) for word in ONE_WORD) <= 12


plain_lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)


@given(st.lists(st.tuples(plain_lines, st.lists(plain_lines, max_size=5)), max_size=5))
def test_minutes_are_read_as_they_were_written(parts):
    sections = [Section(heading, tuple(lines)) for heading, lines in parts]
    found = read(compose(sections))
    kept = [one for one in sections if any(line.strip() for line in one.lines)]
    assert len(found) == len(kept)
    for was, now in zip(kept, found, strict=True):
        assert now.heading == (" ".join(was.heading.split()) or "Notes")
        assert "\n".join(was.lines).strip() == now.body.strip()


def test_a_typed_text_never_looks_like_a_heading():
    text = compose([Section("Notes", ("Leaves with\n\n  Elena: a million\nThanks",))])
    assert [one.heading for one in read(text)] == ["Notes"]
