"""One meeting moved or left out with a word, and brought back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from drumbeat.journal.models import Entry
from drumbeat.meetings.actions.moves import CannotMove, NoWord, bring_back, leave_out, move_meeting
from drumbeat.meetings.actions.planning import plan_ahead
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.overlaps import Overlaps
from drumbeat.meetings.tests import make
from drumbeat.people.tests.cast import TODAY

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def rhythm(cast):
    made = make.rhythm(cast.elena, [cast.ana])
    plan_ahead(actor=cast.elena, today=TODAY, now=NOW, rhythm=made)
    return made


@pytest.fixture
def first(rhythm):
    return rhythm.meetings.order_by("day").first()


def move(meeting, day=WEDNESDAY, at=time(10), word="customer visit", now=NOW, **values):
    who = meeting.rhythm.chair
    return move_meeting(actor=who, today=TODAY, now=now, meeting=meeting, day=day, at=at, word=word, **values)


def out(meeting, word="fair in Hanover", now=NOW):
    return leave_out(actor=meeting.rhythm.chair, today=TODAY, now=now, meeting=meeting, word=word)


def back(meeting, now=NOW):
    return bring_back(actor=meeting.rhythm.chair, today=TODAY, now=now, meeting=meeting)


def test_it_moves(first, cast):
    moved = move(first)
    assert (moved.day, moved.starts_at) == (WEDNESDAY, datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert moved.ends_at - moved.starts_at == timedelta(minutes=45)
    assert moved.slot_day == TODAY
    assert Meeting.objects.get(pk=first.pk).word == "customer visit"
    assert moved.seats.get(person=cast.ana).prework_due_at == datetime(2026, 11, 24, 11, tzinfo=UTC)


def test_planning_leaves_what_was_moved(first, rhythm, cast):
    move(first)
    assert not plan_ahead(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)


def test_the_journal_has_no_word_of_it(first):
    move(first)
    out(first)
    for entry in Entry.objects.filter(verb__in=["meeting.move", "meeting.leave_out"]):
        assert entry.object_name.startswith("meeting of ")
        assert entry.details == {}


def test_left_out_and_brought_back(first):
    assert out(first).state == "left_out"
    out(first, word="again")  # changes nothing
    kept = back(first)
    assert (kept.state, kept.by_hand, kept.word, kept.day) == ("planned", False, "", TODAY)
    back(first)  # changes nothing


def test_a_move_is_taken_back(first, cast):
    before = Meeting.objects.filter(pk=first.pk).values().get()
    due = first.seats.get(person=cast.ana).prework_due_at
    back(move(first))
    assert Meeting.objects.filter(pk=first.pk).values().get() == before
    assert first.seats.get(person=cast.ana).prework_due_at == due


def test_left_out_may_get_a_time_after_all(first):
    out(first)
    assert move(first).state == "planned"


def test_past_its_next_one_is_refused(first):
    with pytest.raises(CannotMove, match="The next one is on Mon 30 November"):
        move(first, day=date(2026, 11, 30), at=time(9))
    move(first, day=date(2026, 11, 30), at=time(8))


def test_past_the_next_one_that_is_not_planned_yet(rhythm):
    last = rhythm.meetings.order_by("-day").first()
    with pytest.raises(CannotMove, match="The next one is on"):
        move(last, day=last.day + timedelta(days=7))


def test_before_the_one_before_it_is_refused(first, rhythm):
    second = rhythm.meetings.order_by("day")[1]
    with pytest.raises(CannotMove, match="The one before it is on Mon 23 November"):
        move(second, day=TODAY, at=time(8))
    move(first)
    with pytest.raises(CannotMove, match="Wed 25 November"):
        move(second, day=WEDNESDAY, at=time(9))


@pytest.mark.parametrize(
    ("day", "at"), [(TODAY, time(6)), (date(2026, 1, 5), time(9)), (date(1, 1, 1), time())]
)
def test_into_the_past_is_refused(first, day, at):
    with pytest.raises(CannotMove):
        move(first, day=day, at=at)


def test_the_last_day_of_all_is_refused(first):
    with pytest.raises(CannotMove):
        move(first, day=date.max)


@pytest.mark.parametrize("word", ["", "  ", "\0", "x" * 301])
def test_a_word_is_asked_for(first, word):
    with pytest.raises(NoWord):
        move(first, word=word)
    with pytest.raises(NoWord):
        out(first, word=word)


def test_onto_another_of_the_chair_is_asked_about(first, cast):
    huddle = make.rhythm(cast.elena, [cast.tom], "weekly_huddle", weekday=2, starts_on=WEDNESDAY)
    make.meeting(huddle, WEDNESDAY, "10:30")
    with pytest.raises(Overlaps, match="“Weekly huddle” at 10:30"):
        move(first)
    assert move(first, anyway=True).day == WEDNESDAY


def test_what_has_begun_is_over_or_is_closed_stays(first):
    with pytest.raises(CannotMove, match="over"):
        out(first, now=NOW + timedelta(hours=5))
    with pytest.raises(CannotMove, match="is over"):
        back(move(first), now=NOW + timedelta(hours=5))
    Meeting.objects.filter(pk=first.pk).update(started_at=NOW)
    with pytest.raises(CannotMove, match="begun"):
        move(first)
    Meeting.objects.filter(pk=first.pk).update(state="closed", closed_at=NOW)
    with pytest.raises(CannotMove, match="closed"):
        move(first)


def test_nothing_moves_in_a_rhythm_that_rests_or_ended(first, rhythm):
    out(first)
    Rhythm.objects.update(state="paused")
    with pytest.raises(CannotMove, match="rests"):
        back(first)
    Rhythm.objects.update(state="ended")
    with pytest.raises(CannotMove, match="ended"):
        move(first)


def test_brought_back_after_the_rhythm_got_other_days(first, rhythm, cast):
    """Its day is one of the rhythm's no more: it takes one that is, and nothing gets lost."""
    out(first)
    Rhythm.objects.update(weekday=2)
    plan_ahead(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)
    back(first)
    assert {one.slot_day.weekday() for one in rhythm.meetings.all()} == {2}
