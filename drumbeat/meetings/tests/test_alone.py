"""Told alone: to the chair of a sealed room of two; seen within two working days, answered within five."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.days import is_working_day
from drumbeat.journal.models import Entry
from drumbeat.meetings.actions.alone import (
    AlreadyAnswered,
    NobodyToTell,
    NotToYou,
    answer_alone,
    see_alone,
    tell_alone,
)
from drumbeat.meetings.actions.prework import ChangedElsewhere, NoSeat
from drumbeat.meetings.actions.private_notes import keep_private_note
from drumbeat.meetings.models import PrivateNote, RoomEvent, TellAlone
from drumbeat.meetings.queries.alone import alone_due, told_alone
from drumbeat.meetings.rules.alone import ANSWER, SEE, clock_of
from drumbeat.meetings.rules.words import NothingWritten, TooLong
from drumbeat.meetings.tests import make
from drumbeat.people.tests.cast import TODAY
from tests.queries import at_most, count_of

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast):
    return make.meeting(make.rhythm(cast.ana, [cast.mira]), TODAY + timedelta(days=1))


def tell(meeting, person, text="I think of leaving"):
    return tell_alone(actor=person, today=TODAY, meeting=meeting, text=text)


class TestTell:
    def test_it_works(self, cast, meeting):
        told = tell(meeting, cast.mira)
        assert (told.chair, told.author, told.said_on) == (cast.ana, cast.mira, TODAY)
        entry = Entry.objects.get()
        assert entry.object_name == "line to the chair alone of 23 November 2026"
        assert "leaving" not in str(Entry.objects.values())
        assert not RoomEvent.objects.exists(), "the room is told nothing, not even that it happened"

    @pytest.mark.parametrize("template", ["skip_level", "new_manager_checkin", "monthly_plan_review"])
    def test_in_every_sealed_room_of_two(self, cast, template):
        assert tell(make.meeting(make.rhythm(cast.ana, [cast.mira], template)), cast.mira).pk

    def test_not_elsewhere(self, cast, meeting):
        huddle = make.meeting(make.rhythm(cast.ana, [cast.mira], "weekly_huddle"))
        pair = make.meeting(make.rhythm(cast.elena, [cast.ana, cast.tom], "monthly_plan_review"))
        for where, person in [
            (huddle, cast.mira),
            (pair, cast.ana),
            (meeting, cast.tom),
            (meeting, cast.ana),
        ]:
            with pytest.raises(NobodyToTell):
                tell(where, person)

    def test_not_to_somebody_who_left(self, cast, meeting):
        cast.ana.left_on = TODAY - timedelta(days=1)
        cast.ana.save()
        with pytest.raises(NobodyToTell, match="Ana Ribeiro has left"):
            tell(meeting, cast.mira)

    def test_nothing_and_too_much(self, cast, meeting):
        with pytest.raises(NothingWritten):
            tell(meeting, cast.mira, " \0 ")
        with pytest.raises(TooLong):
            tell(meeting, cast.mira, "x" * 5001)
        assert tell(meeting, cast.mira, "<script>\0alert(1)</script>").text == "<script>alert(1)</script>"


class TestSeeAndAnswer:
    def test_it_works(self, cast, meeting):
        told = tell(meeting, cast.mira)
        assert [one.pk for one in see_alone(actor=cast.ana, today=TODAY, told=[told])] == [told.pk]
        assert see_alone(actor=cast.ana, today=TODAY + timedelta(1), told=[told]) == []
        done = answer_alone(actor=cast.ana, today=TODAY, told=told, answer=" Call me\n tonight ")
        assert (done.answer, done.seen_on, done.answered_on) == ("Call me tonight", TODAY, TODAY)
        assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
            "alone.tell",
            "alone.see",
            "alone.answer",
        ]

    def test_an_answer_is_seen_as_well(self, cast, meeting):
        done = answer_alone(actor=cast.ana, today=TODAY, told=tell(meeting, cast.mira), answer="Yes")
        assert done.seen_on == TODAY

    def test_by_nobody_else(self, cast, meeting):
        told = tell(meeting, cast.mira)
        for person in (cast.mira, cast.elena):
            with pytest.raises(NotToYou):
                see_alone(actor=person, today=TODAY, told=[told])
            with pytest.raises(NotToYou):
                answer_alone(actor=person, today=TODAY, told=told, answer="Yes")

    def test_one_answer(self, cast, meeting):
        told = tell(meeting, cast.mira)
        with pytest.raises(NothingWritten):
            answer_alone(actor=cast.ana, today=TODAY, told=told, answer="")
        with pytest.raises(TooLong):
            answer_alone(actor=cast.ana, today=TODAY, told=told, answer="x" * 501)
        answer_alone(actor=cast.ana, today=TODAY, told=told, answer="Yes")
        answer_alone(actor=cast.ana, today=TODAY, told=told, answer="Yes")
        with pytest.raises(AlreadyAnswered, match="Monday 23 November"):
            answer_alone(actor=cast.ana, today=TODAY, told=told, answer="No")
        assert TellAlone.objects.get().answer == "Yes"


class TestClocks:
    def test_it_works(self):
        friday = date(2026, 11, 20)
        clock = clock_of(friday, TODAY, country="DE")
        assert (clock.see_by, clock.answer_by) == (date(2026, 11, 24), date(2026, 11, 27))
        assert (clock.next, clock.late, clock.waited) == (SEE, 0, 1)
        assert clock_of(friday, date(2026, 11, 26), country="DE").late == 2
        seen = clock_of(friday, date(2026, 11, 30), seen_on=friday, country="DE")
        assert (seen.next, seen.due, seen.late) == (ANSWER, date(2026, 11, 27), 1)
        done = clock_of(friday, date(2026, 12, 30), seen_on=friday, answered_on=friday)
        assert (done.next, done.due, done.late) == ("", None, 0)

    @given(said=st.dates(date(2020, 1, 1), date(2035, 1, 1)), later=st.integers(0, 40))
    def test_nobody_is_late_on_the_day_itself_and_each_working_day_counts_once(self, said, later):
        today = said + timedelta(days=later)
        clock = clock_of(said, today, country="DE")
        assert said < clock.see_by < clock.answer_by
        assert is_working_day(clock.see_by, "DE")
        assert is_working_day(clock.answer_by, "DE")
        assert (clock.late > 0) <= (today > clock.see_by)
        tomorrow = clock_of(said, today + timedelta(days=1), country="DE")
        worked = is_working_day(today + timedelta(days=1), "DE")
        assert tomorrow.waited - clock.waited == (1 if worked else 0)

    def test_debts_of_the_chair(self, cast, meeting):
        first = tell(meeting, cast.mira)
        see_alone(actor=cast.ana, today=TODAY, told=[first])
        second = tell(meeting, cast.mira, "Once more")
        with at_most(1):  # lines with their authors, without texts
            due = alone_due(cast.ana, date(2026, 11, 26))
        assert [(one.pk, one.owes, one.late) for one in due] == [(second.pk, SEE, 1), (first.pk, ANSWER, 0)]
        assert "leaving" not in repr(due)
        assert alone_due(cast.mira, TODAY) == []
        answer_alone(actor=cast.ana, today=TODAY, told=first, answer="Yes")
        assert [one.pk for one in alone_due(cast.ana, TODAY)] == [second.pk]

    def test_the_page_asks_as_often_for_thirty(self, cast, meeting):
        tell(meeting, cast.mira)
        few = count_of(lambda: told_alone(cast.ana, TODAY))
        for n in range(30):
            tell(meeting, cast.mira, f"line {n}")
        assert count_of(lambda: told_alone(cast.ana, TODAY)) == few
        assert len(told_alone(cast.ana, TODAY).waiting) == 31
        assert len(told_alone(cast.mira, TODAY).mine) == 30


class TestPrivateNotes:
    def test_it_works(self, cast, meeting):
        said = {"actor": cast.ana, "today": TODAY, "meeting": meeting}
        kept = keep_private_note(**said, now=NOW, text="She looks tired")
        keep_private_note(**said, now=NOW + timedelta(seconds=1), text="She looks tired, ask")
        assert Entry.objects.count() == 1
        assert "tired" not in str(Entry.objects.values())
        assert PrivateNote.objects.get().text == "She looks tired, ask"
        assert keep_private_note(**said, now=NOW, text="She looks tired, ask") == kept
        assert keep_private_note(**said, now=NOW + timedelta(days=1), text="").text == ""
        assert not RoomEvent.objects.exists()

    def test_two_windows_and_no_seat(self, cast, meeting):
        said = {"actor": cast.ana, "today": TODAY, "now": NOW, "meeting": meeting}
        keep_private_note(**said, text="one", seen="")
        with pytest.raises(ChangedElsewhere):
            keep_private_note(**said, text="two", seen="")
        with pytest.raises(NoSeat):
            keep_private_note(**{**said, "actor": cast.tom}, text="x")
        with pytest.raises(TooLong):
            keep_private_note(**said, text="x" * 50_001)
