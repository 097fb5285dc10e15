"""Before you close, the closing, and what goes on to the next meeting."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.journal.models import Entry
from drumbeat.meetings.actions.closing import (
    AlreadyClosed,
    NoSeatHere,
    NoSuchWord,
    NotYet,
    NotYours,
    StillAsked,
    TooLate,
    close_meeting,
    leave_with_nothing,
    mark_absent,
    rate,
    reopen_meeting,
)
from drumbeat.meetings.models import ItemDone, Meeting, Minutes, Note, Outcome, RoundLine, Seat, Topic
from drumbeat.meetings.queries.closing import closing_of
from drumbeat.meetings.rules.minutes import read
from drumbeat.meetings.standing import RoomIsShut
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # the talk is from 9:00 to 9:45 in Berlin
SECRET = "Kessler is leaving us"
NEXT = TODAY + timedelta(days=7)


@pytest.fixture
def talk(cast, on_monday):
    made = rhythm(cast.elena, [cast.ana])
    meeting(made, NEXT)
    return meeting(made)


@pytest.fixture
def huddle(cast, on_monday):
    return meeting(rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle"))


def owes(one, owner, asked_by, text=SECRET, item=""):
    due = TODAY + timedelta(days=4)
    promise = Promise(owner=owner, asked_by=asked_by, author=owner, made_on=TODAY, due=due, first_due=due)
    promise.put(text, confidential=one.rhythm.confidential).save()
    Outcome.objects.create(meeting=one, promise=promise, item=item)
    return promise


def topic(one, author, state=Topic.OPEN, text=SECRET):
    made = Topic(meeting=one, first=one, author=author, state=state, made_at=NOW)
    made.put(text, confidential=one.rhythm.confidential).save()
    return made


def close(cast, one, now=NOW):
    return close_meeting(actor=cast.elena, today=TODAY, now=now, meeting=one)


def nothing_from(cast, one, *people):
    for person in people:
        leave_with_nothing(actor=cast.elena, today=TODAY, meeting=one, person=person)


def test_it_works(cast, talk):
    owes(talk, cast.ana, cast.elena)
    nothing_from(cast, talk, cast.elena)
    Meeting.objects.filter(pk=talk.pk).update(running="c", running_since=NOW, turn=cast.ana)
    minutes = close(cast, talk)
    talk.refresh_from_db()
    assert (talk.state, talk.closed_by, talk.closed_at) == ("closed", cast.elena, NOW)
    assert (talk.ended_at, talk.running, talk.running_since, talk.turn) == (NOW, "", None, None)
    assert ItemDone.objects.get(meeting=talk).item == "c"
    assert SECRET in minutes.text
    assert minutes.plain == ""


def test_each_is_asked_until_a_promise_or_a_tap(cast, talk):
    with pytest.raises(StillAsked, match="what do Ana and Elena leave with"):
        close(cast, talk)
    owes(talk, cast.ana, cast.elena)
    with pytest.raises(StillAsked, match="what does Elena leave with"):
        close(cast, talk)
    nothing_from(cast, talk, cast.elena)
    close(cast, talk)


def test_what_to_start_stop_or_keep_is_the_chairs_whoever_typed_it(cast, talk):
    owes(talk, cast.ana, cast.elena, item="f")
    with pytest.raises(StillAsked, match="Ana leave"):
        close(cast, talk)


def test_a_dropped_promise_is_no_step(cast, talk):
    made = owes(talk, cast.ana, cast.elena)
    Promise.objects.filter(pk=made.pk).update(state="dropped", dropped_on=TODAY)
    nothing_from(cast, talk, cast.elena)
    with pytest.raises(StillAsked, match="Ana"):
        close(cast, talk)


def test_absent_people_are_not_asked(cast, talk):
    mark_absent(actor=cast.elena, today=TODAY, meeting=talk, person=cast.ana, absent=True)
    nothing_from(cast, talk, cast.elena)
    minutes = close(cast, talk)
    assert "Not there: Ana Ribeiro" in minutes.text


def test_the_must_win_of_the_round_counts_in_a_huddle(cast, huddle):
    RoundLine.objects.create(meeting=huddle, person=cast.ana, must_win="Brandt", said_at=NOW)
    with pytest.raises(StillAsked, match="Tom"):
        close(cast, huddle)
    mark_absent(actor=cast.elena, today=TODAY, meeting=huddle, person=cast.tom, absent=True)
    minutes = close(cast, huddle)
    assert minutes.sealed == ""
    assert "Ana Ribeiro, must-win: Brandt" in minutes.text


def test_a_clinic_demands_nothing(cast, on_monday):
    close(cast, meeting(rhythm(cast.elena, [cast.ana, cast.tom], "idea_clinic")))


def test_unfinished_topics_go_to_the_next_meeting_and_come_back(cast, talk):
    open_one, parked = topic(talk, cast.ana), topic(talk, cast.ana, Topic.PARKED)
    done = topic(talk, cast.ana, Topic.DONE)
    nothing_from(cast, talk, cast.ana, cast.elena)
    minutes = close(cast, talk)
    following = Meeting.objects.get(day=NEXT)
    assert set(following.topics.all()) == {open_one, parked}
    assert {(one.carried, one.state) for one in following.topics.all()} == {(1, "open"), (1, "parked")}
    assert list(talk.topics.all()) == [done]
    assert "Goes to the meeting of Mon 30 November" in minutes.text
    own = topic(following, cast.ana)
    reopen_meeting(actor=cast.elena, today=TODAY, now=NOW + timedelta(minutes=5), meeting=talk)
    talk.refresh_from_db()
    assert (talk.state, talk.closed_by, talk.closed_at, talk.ended_at) == ("planned", None, None, None)
    assert set(talk.topics.all()) == {open_one, parked, done}
    assert set(talk.topics.values_list("carried", flat=True)) == {0}
    assert list(following.topics.all()) == [own]
    assert not Minutes.objects.exists()
    close(cast, talk)


def test_without_a_next_meeting_they_stay(cast, on_monday):
    one = meeting(rhythm(cast.elena, [cast.ana]))
    left = topic(one, cast.ana)
    nothing_from(cast, one, cast.ana, cast.elena)
    assert "no next meeting is planned" in close(cast, one).text
    left.refresh_from_db()
    assert (left.meeting_id, left.carried) == (one.pk, 0)


def test_two_chairs_closing_at_once(cast, talk):
    topic(talk, cast.ana)
    nothing_from(cast, talk, cast.ana, cast.elena)
    same = Meeting.objects.get(pk=talk.pk)
    close(cast, talk)
    with pytest.raises(AlreadyClosed, match="Elena Hartmann closed it"):
        close(cast, same)
    assert Minutes.objects.count() == 1
    assert Topic.objects.get().carried == 1
    assert Entry.objects.filter(verb="meeting.close").count() == 1


def test_the_minutes_say_all_that_stood_in_the_room(cast, talk):
    note = Note(meeting=talk, item="c", author=cast.ana, changed_at=NOW)
    note.put("Sat through the silence.", confidential=True).save()
    beside = Note(meeting=talk, item="c", beside="x", author=cast.elena, changed_at=NOW)
    beside.put("<b>Well done</b>", confidential=True).save()
    owes(talk, cast.ana, cast.elena, "count to ten")
    thanks = Thanks(giver=cast.elena, receiver=cast.ana, given_on=TODAY)
    thanks.put("the calm at Kessler", confidential=True).save()
    Outcome.objects.create(meeting=talk, thanks=thanks)
    nothing_from(cast, talk, cast.elena)
    found = {one.heading: one.body for one in read(close(cast, talk).text)}
    assert found == {
        "There": "Elena Hartmann, Ana Ribeiro",
        "One topic, from something seen in the field": "Sat through the silence.\n"
        "Written at the same time by Elena Hartmann:\n<b>Well done</b>",
        "Leaves with": "Ana Ribeiro: count to ten, by Fri 27 November\nElena Hartmann: nothing",
        "Thanks": "Elena Hartmann to Ana Ribeiro: the calm at Kessler",
    }


def test_nothing_of_it_stands_in_the_journal(cast, talk):
    topic(talk, cast.ana)
    owes(talk, cast.ana, cast.elena)
    nothing_from(cast, talk, cast.elena)
    close(cast, talk)
    for line in Entry.objects.all():
        assert "Kessler" not in f"{line.object_name} {line.details}"


def test_not_before_it_was(cast, talk):
    following = Meeting.objects.get(day=NEXT)
    with pytest.raises(NotYet):
        close(cast, following)
    Seat.objects.filter(meeting=following).update(came_at=NOW)  # an early talk
    nothing_from(cast, following, cast.ana, cast.elena)
    close(cast, following)


def test_a_meeting_left_out_is_not_closed(cast, talk):
    Meeting.objects.filter(pk=talk.pk).update(state="left_out")
    with pytest.raises(RoomIsShut):
        close(cast, talk)


def test_nothing_is_said_by_oneself_or_the_chair_and_undone(cast, huddle):
    leave_with_nothing(actor=cast.ana, today=TODAY, meeting=huddle, person=cast.ana)
    with pytest.raises(NotYours):
        leave_with_nothing(actor=cast.ana, today=TODAY, meeting=huddle, person=cast.tom)
    with pytest.raises(NoSeatHere):
        leave_with_nothing(actor=cast.elena, today=TODAY, meeting=huddle, person=cast.mira)
    leave_with_nothing(actor=cast.ana, today=TODAY, meeting=huddle, person=cast.ana, nothing=False)
    assert not Seat.objects.filter(nothing=True).exists()


def test_reopening_is_for_shortly_after(cast, talk):
    nothing_from(cast, talk, cast.ana, cast.elena)
    close(cast, talk)
    with pytest.raises(TooLate):
        reopen_meeting(actor=cast.elena, today=TODAY, now=NOW + timedelta(hours=13), meeting=talk)


def test_two_taps_by_each_for_oneself(cast, talk):
    for values in ({"worth": 3}, {"one_word": "clear"}):
        rate(actor=cast.ana, today=TODAY, now=NOW, meeting=talk, **values)
    seat = Seat.objects.get(meeting=talk, person=cast.ana)
    assert (seat.worth, seat.one_word) == (3, "clear")
    assert Seat.objects.get(meeting=talk, person=cast.elena).worth is None


def test_no_other_answers(cast, talk):
    for values in ({"worth": 4}, {"worth": 0}, {"one_word": "<b>"}, {"one_word": ""}):
        with pytest.raises(NoSuchWord):
            rate(actor=cast.ana, today=TODAY, now=NOW, meeting=talk, **values)
    with pytest.raises(NoSeatHere):
        rate(actor=cast.tom, today=TODAY, now=NOW, meeting=talk, worth=3)
    with pytest.raises(NotYet):
        rate(actor=cast.ana, today=TODAY, now=NOW - timedelta(days=1), meeting=talk, worth=3)


def test_the_bar_says_who_leaves_with_what(cast, talk):
    def bar():
        return closing_of(Meeting.objects.select_related("rhythm").get(pk=talk.pk), cast.elena.pk, NOW)

    assert bar().sentence == "Nobody leaves with a step yet."
    assert [row.first for row in bar().nothing_from] == ["Ana", "Elena"]
    owes(talk, cast.ana, cast.elena)
    assert bar().sentence == "Ana leaves with one step."
    assert [row.first for row in bar().nothing_from] == ["Elena"]
    nothing_from(cast, talk, cast.elena)
    assert bar().sentence == "Ana leaves with one step. Elena leaves with nothing."
    assert not bar().waiting
