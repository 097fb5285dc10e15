"""Pre-work: sent in, changed, late, excused with a word; refused with the text kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from drumbeat.journal.models import Entry, Opening
from drumbeat.meetings.actions.prework import (
    ChangedElsewhere,
    MeetingIsOver,
    NoSeat,
    NotTheirs,
    ask_again,
    excuse,
    send_in,
)
from drumbeat.meetings.models import Meeting, PreWork, RoomEvent, Seat
from drumbeat.meetings.queries.before import State, prework_missing, prework_owed, prework_state
from drumbeat.meetings.rules.words import NothingWritten, TooLong, version_of
from drumbeat.meetings.tests import make
from drumbeat.people.tests.cast import TODAY
from tests.queries import at_most

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TUESDAY = TODAY + timedelta(days=1)


@pytest.fixture
def meeting(cast):
    """Ana and Mira, one-to-one on Tuesday at nine; pre-work is due on Monday at noon in Berlin."""
    return make.meeting(make.rhythm(cast.ana, [cast.mira]), TUESDAY)


def send(meeting, person, text="The northern route", now=NOW, **values):
    return send_in(actor=person, today=TODAY, now=now, meeting=meeting, text=text, **values)


class TestSendIn:
    def test_it_works(self, cast, meeting):
        sent = send(meeting, cast.mira)
        kept = PreWork.objects.get()
        assert (kept.text, kept.plain, kept.in_at) == ("The northern route", "", NOW)
        entry = Entry.objects.get()
        assert (entry.verb, entry.object_name) == ("prework.send", "pre-work of 23 November 2026")
        assert "northern" not in str(entry.details)
        assert [each.data for each in RoomEvent.objects.all()] == [{}]
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM meetings_prework WHERE id = %s", [sent.pk])
            assert "northern" not in cursor.fetchone()[0]

    def test_of_a_huddle_it_is_plain(self, cast):
        huddle = make.meeting(make.rhythm(cast.ana, [cast.mira, cast.joao], "weekly_huddle"), TUESDAY)
        assert send(huddle, cast.mira).plain == "The northern route"

    def test_a_later_change_keeps_when_it_came_in(self, cast, meeting):
        send(meeting, cast.mira)
        later = NOW + timedelta(hours=9)
        changed = send(meeting, cast.mira, "Another route", later)
        assert (changed.in_at, changed.changed_at, changed.text) == (NOW, later, "Another route")
        assert Entry.objects.count() == 2

    def test_typing_on_is_one_line_of_the_journal(self, cast, meeting):
        for n in range(5):
            send(meeting, cast.mira, "line" * (n + 1), NOW + timedelta(seconds=n))
        assert Entry.objects.count() == 1

    def test_after_the_due_time_it_is_still_taken(self, cast, meeting):
        late = send(meeting, cast.mira, now=NOW + timedelta(hours=8))
        assert late.in_at > Seat.objects.get(person=cast.mira).prework_due_at

    def test_two_windows_lose_nothing(self, cast, meeting):
        first = send(meeting, cast.mira, "From the phone", seen="")
        with pytest.raises(ChangedElsewhere) as refused:
            send(meeting, cast.mira, "From the desk", seen="")
        assert refused.value.other == "From the phone"
        again = send(meeting, cast.mira, "From both", NOW + timedelta(1), seen=version_of(first.changed_at))
        assert again.text == "From both"

    def test_the_same_twice_is_once(self, cast, meeting):
        send(meeting, cast.mira, seen="")
        send(meeting, cast.mira, seen="")
        assert (PreWork.objects.count(), Entry.objects.count()) == (1, 1)

    def test_ten_thousand_lines_are_a_sentence(self, cast, meeting):
        with pytest.raises(TooLong, match=r"259,999 characters.*20,000"):
            send(meeting, cast.mira, "\n".join(["A line more, and on"[:25]] * 13_000))

    def test_nul_and_line_ends(self, cast, meeting):
        assert send(meeting, cast.mira, "a\0b\r\nc\rd\0").text == "ab\nc\nd"
        with pytest.raises(NothingWritten):
            send(meeting, cast.mira, "\0 \r\n")

    @pytest.mark.parametrize("state", [Meeting.LEFT_OUT, Meeting.AWAY])
    def test_a_meeting_that_is_not(self, cast, meeting, state):
        Meeting.objects.update(state=state)
        with pytest.raises(MeetingIsOver, match="does not take place"):
            send(meeting, cast.mira)

    def test_a_closed_meeting(self, cast, meeting):
        Meeting.objects.update(state=Meeting.CLOSED, closed_at=NOW)
        with pytest.raises(MeetingIsOver, match="closed"):
            send(meeting, cast.mira)
        assert not PreWork.objects.exists()

    def test_without_a_seat(self, cast, meeting):
        with pytest.raises(NoSeat):
            send(meeting, cast.tom)


class TestExcuse:
    def test_it_works(self, cast, meeting):
        said = {"actor": cast.mira, "today": TODAY, "meeting": meeting, "person": cast.mira}
        excuse(**said, word=" at a customer\n all day ")
        seat = Seat.objects.get(person=cast.mira)
        assert (seat.excused, seat.excused_word) == (True, "at a customer all day")
        assert "customer" not in str(Entry.objects.values())
        ask_again(**said)
        seat.refresh_from_db()
        assert (seat.excused, seat.excused_word) == (False, "")
        ask_again(**said)
        assert Entry.objects.count() == 2

    def test_by_the_chair(self, cast, meeting):
        excuse(actor=cast.ana, today=TODAY, meeting=meeting, person=cast.mira, word="ill")
        assert prework_state([meeting])[meeting.pk].words == "excused"

    def test_by_nobody_else_and_not_without_a_word(self, cast, meeting):
        with pytest.raises(NotTheirs):
            excuse(actor=cast.tom, today=TODAY, meeting=meeting, person=cast.mira, word="ill")
        with pytest.raises(NothingWritten):
            excuse(actor=cast.mira, today=TODAY, meeting=meeting, person=cast.mira, word=" ")
        with pytest.raises(TooLong):
            excuse(actor=cast.mira, today=TODAY, meeting=meeting, person=cast.mira, word="x" * 301)
        with pytest.raises(NoSeat):
            excuse(actor=cast.ana, today=TODAY, meeting=meeting, person=cast.tom, word="ill")
        Meeting.objects.update(state=Meeting.CLOSED, closed_at=NOW)
        with pytest.raises(MeetingIsOver):
            excuse(actor=cast.mira, today=TODAY, meeting=meeting, person=cast.mira, word="ill")


class TestStates:
    def test_it_works(self, cast, meeting):
        team = make.rhythm(cast.elena, [cast.ana, cast.tom, cast.mira], "weekly_huddle")
        huddle = make.meeting(team, TUESDAY)
        bare = make.meeting(make.rhythm(cast.tom, []), TUESDAY)
        send(huddle, cast.ana)
        excuse(actor=cast.tom, today=TODAY, meeting=huddle, person=cast.tom, word="ill")
        with at_most(1):  # seats with whether each is in
            found = prework_state([meeting, huddle, bare])
        assert found == {meeting.pk: State(0, 1, 0), huddle.pk: State(1, 2, 1), bare.pk: State()}
        assert [found[one.pk].words for one in (meeting, huddle, bare)] == [
            "not in yet",
            "1 of 2 in, 1 excused",
            "",
        ]

    def test_who_is_excused_and_sends_in_anyway_is_in(self, cast, meeting):
        excuse(actor=cast.mira, today=TODAY, meeting=meeting, person=cast.mira, word="ill")
        send(meeting, cast.mira)
        assert prework_state([meeting])[meeting.pk] == State(1, 1, 0)

    def test_words(self):
        assert State(3, 3, 0).words == "all in"
        assert State(1, 1, 2).words == "in, 2 excused"
        assert State(0, 0, 2).words == "all excused"

    def test_what_is_missing(self, cast, meeting):
        noon = NOW + timedelta(hours=6)
        assert prework_missing(cast.ana, NOW) == []
        with at_most(1):  # seats with meeting, rhythm and person
            (missing,) = prework_missing(cast.ana, noon)
            assert (missing.meeting, missing.people) == (meeting, (cast.mira,))
            assert missing.meeting.rhythm.name == "One-to-one"
        assert [one.meeting for one in prework_owed(cast.mira, NOW)] == [meeting]
        assert prework_owed(cast.ana, NOW) == []
        send(meeting, cast.mira)
        assert (prework_missing(cast.ana, noon), prework_owed(cast.mira, noon)) == ([], [])

    def test_what_is_excused_or_does_not_take_place_is_not_missing(self, cast, meeting):
        noon = NOW + timedelta(hours=6)
        Meeting.objects.update(state=Meeting.AWAY)
        assert prework_missing(cast.ana, noon) == []
        Meeting.objects.update(state=Meeting.PLANNED)
        excuse(actor=cast.ana, today=TODAY, meeting=meeting, person=cast.mira, word="ill")
        assert prework_missing(cast.ana, noon) == []


def test_openings_are_kept_of_pages_only(cast, meeting):
    send(meeting, cast.mira)
    assert not Opening.objects.exists()
