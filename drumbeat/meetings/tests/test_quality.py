"""The quality of meetings, part by part, and the one that has lost its use."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.meetings.models import Meeting, Outcome, PreWork, RoundLine, Seat
from drumbeat.meetings.queries.quality import quality
from drumbeat.meetings.rules.agenda import EACH, MUST_WIN, NONE
from drumbeat.meetings.rules.closing import Sitter
from drumbeat.meetings.rules.held import AWAY, HELD, NOT_HELD, STATES
from drumbeat.meetings.rules.quality import (
    BEGINNING,
    BETTER,
    LESS,
    SAME,
    Kept,
    Part,
    all_spoke,
    ended_on_time,
    left_with_something,
    lost_its_use,
    parts_of,
    prework_in_time,
    started_on_time,
    worth_the_time,
)
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.tests.make import promise
from tests.queries import count_of

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
AT, END = datetime(2026, 11, 16, 8, tzinfo=UTC), datetime(2026, 11, 16, 8, 45, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def one(**values):
    return Kept(**{"starts_at": AT, "ends_at": END, **values})


def test_parts_by_hand():
    assert started_on_time(one(started_at=AT + 5 * MINUTE)) == 1
    assert started_on_time(one(started_at=AT + 6 * MINUTE)) == 0
    assert ended_on_time(one(ended_at=END + 5 * MINUTE)) == 1
    assert ended_on_time(one(ended_at=END + 6 * MINUTE)) == 0
    assert prework_in_time(one(prework=(True, True, False, False, True))) == 0.6
    assert worth_the_time(one(worth=(3, 3, 2, 1))) == 0.625  # mean 2.25 of 1 to 3
    two = (Sitter(1, chairs=True, promises=1, spoke=True), Sitter(2, nothing=True))
    assert left_with_something(one(sitters=two)) == 0.5
    assert all_spoke(one(sitters=two)) == 0.5
    huddle = (Sitter(1, chairs=True), Sitter(2, must_win=True), Sitter(3), Sitter(4, absent=True))
    assert left_with_something(one(sitters=huddle, demands=MUST_WIN)) == 0.5
    assert left_with_something(one(sitters=huddle, demands=EACH)) == 0


def test_what_is_not_known_counts_nowhere():
    bare = one(demands=NONE, sitters=(Sitter(1, chairs=True), Sitter(2)))
    assert parts_of([bare] * 8) == ()
    assert Part("x", (None, None, 1.0, None)).mean == 1.0
    assert Part("x", (None, None, 1.0, None)).trend == BEGINNING


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ((0, 0, 0, 0, 1, 1, 1, 1), BETTER),
        ((1, 1, 1, 1, 0.5, 0.5, 1, 1), LESS),
        ((0.5, 0.5, 0.5, 0.5, 0.6, 0.6, 0.6, 0.6), SAME),
        ((None, None, None, 1, 1, 1, 1, 1), BEGINNING),
        ((1, 1, 1), BEGINNING),
    ],
)
def test_it_is_compared_with_its_own_past(values, trend):
    assert Part("x", values).trend == trend


def test_one_that_has_lost_its_use():
    good = one(worth=(3,), sitters=(Sitter(1, promises=1),))
    assert lost_its_use([good] * 4, [HELD] * 4) == ""
    assert lost_its_use([good] * 4, [NOT_HELD] * 3 + [AWAY] * 9) == ""
    assert lost_its_use([good], [HELD, NOT_HELD, NOT_HELD, NOT_HELD]).startswith("Only one of the last four")
    assert lost_its_use([], [NOT_HELD] * 4).startswith("None of the last four")
    assert "worth the time" in lost_its_use([one(worth=(1, 2))] * 4, [HELD] * 4)
    assert lost_its_use([one(worth=(2, 2))] * 4, [HELD] * 4) == ""
    assert "with anything" in lost_its_use([one(sitters=(Sitter(1),))] * 4, [HELD] * 4)
    assert lost_its_use([one(sitters=(Sitter(1),))] * 3 + [good], [HELD] * 4) == ""
    assert lost_its_use([one(sitters=(Sitter(1),), demands=NONE)] * 4, [HELD] * 4) == ""


@settings(deadline=None)
@given(
    states=st.lists(st.sampled_from(STATES), max_size=30),
    worth=st.lists(st.integers(1, 3), max_size=6).map(tuple),
    promises=st.integers(0, 2),
    many=st.integers(0, 12),
)
def test_shares_are_shares_and_a_good_rhythm_is_left_alone(states, worth, promises, many):
    kept = [one(worth=worth, sitters=(Sitter(1, promises=promises),))] * many
    for part in parts_of(kept):
        assert len(part.values) == min(many, 8)
        assert all(value is None or 0 <= value <= 1 for value in part.values)
    said = lost_its_use(kept, states)
    if states.count(NOT_HELD) < 3 and promises and set(worth) <= {2, 3}:
        assert said == ""


@pytest.fixture
def held(cast):
    """Four held one-to-ones of Elena with Ana, each with pre-work, a promise of Ana's, and a rating."""
    own = rhythm(cast.elena, [cast.ana], starts_on=TODAY - timedelta(weeks=8))
    for week in range(4, 0, -1):
        hold(own, TODAY - timedelta(weeks=week))
    return own


def hold(own, day):
    was = meeting(own, day, state=Meeting.CLOSED, closed_by=own.chair, closed_at=NOW)
    Meeting.objects.filter(pk=was.pk).update(
        started_at=was.starts_at + 2 * MINUTE, ended_at=was.ends_at + 20 * MINUTE
    )
    ana = own.people.get()
    PreWork.objects.create(
        meeting=was, person=ana, in_at=was.starts_at - timedelta(days=6), changed_at=NOW, sealed="walnut"
    )
    Seat.objects.filter(meeting=was).update(came_at=was.starts_at)
    Seat.objects.filter(meeting=was, person=ana).update(worth=3)
    Outcome.objects.create(meeting=was, promise=promise(ana, own.chair, due=day))


@pytest.mark.django_db
def test_it_works(cast, held):
    found = quality(held, cast.ana.pk, NOW)
    assert (found.held, found.lost, found.chairs) == (4, "", False)
    assert {line.part.name: line.part.mean for line in found.lines} == {
        "Started on time": 1,
        "Ended on time": 0,
        "Pre-work in time": 1,
        "Everyone left with something": 0.5,
        "Worth the time": 1,
    }
    assert [dot.kind for dot in found.lines[1].dots] == ["no"] * 4
    assert found.lines[0].dots[-1].day == "16 November"


@pytest.mark.django_db
def test_only_those_who_sit_in_it_see_it(cast, held):
    mine = rhythm(cast.ana, [cast.mira])
    assert quality(mine, cast.elena.pk, NOW) is None
    assert quality(mine, cast.mira.pk, NOW).held == 0
    assert quality(held, cast.tom.pk, NOW) is None


@pytest.mark.django_db
def test_a_huddle_counts_must_wins(cast):
    own = rhythm(cast.elena, [cast.ana, cast.tom], template="weekly_huddle")
    was = meeting(own, TODAY - timedelta(days=7), closed_by=cast.elena, closed_at=NOW, state=Meeting.CLOSED)
    RoundLine.objects.create(meeting=was, person=cast.ana, must_win="Brandt", said_at=NOW)
    Seat.objects.filter(meeting=was, person=cast.ana).update(spoke=True)
    lines = {line.part.name: line.part.mean for line in quality(own, cast.elena.pk, NOW).lines}
    assert lines["Everyone left with something"] == 0.5
    assert lines["All spoke"] == pytest.approx(1 / 3)


@pytest.mark.django_db
def test_it_costs_the_same_after_a_year(cast, held):
    few = count_of(lambda: quality(held, cast.ana.pk, NOW))
    for week in range(5, 40):
        hold(held, TODAY - timedelta(weeks=week))
    assert count_of(lambda: quality(held, cast.ana.pk, NOW)) == few
    assert few <= 10  # member, meetings, seats of states, agenda, pre-work, promises, round, seats …
