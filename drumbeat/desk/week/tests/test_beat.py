"""This week's meetings, promises both ways, and what rooms and promises ask of the leader."""

from datetime import UTC, date, datetime, timedelta

import pytest

from drumbeat.desk.week.queries import week_of
from drumbeat.desk.week.tests.make import calendar, managers, talks
from drumbeat.journal.models import Opening
from drumbeat.meetings.models import Meeting, PreWork, Seat, TellAlone
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from tests.queries import at_most, count_of

pytestmark = pytest.mark.django_db
WEEK = "/week/"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def promise(owner, asked_by, text, due, **values):
    made = {"author": owner, "made_on": date(2026, 10, 1), "due": due, "first_due": due, **values}
    row = Promise(owner=owner, asked_by=asked_by, **made).put(text, confidential=True)
    row.save()
    return row


def held(of, day):
    """A meeting of the past that two came to."""
    made = meeting(of, day, started_at=NOW, closed_at=NOW, closed_by=of.chair, state=Meeting.CLOSED)
    Seat.objects.filter(meeting=made).update(came_at=NOW, seen_at=NOW)
    return made


def sent(of, person, at):
    PreWork(meeting=of, person=person, in_at=at, changed_at=at).put("numbers", confidential=True).save()


def keys(leader):
    return [(thing["key"], thing["sentence"]) for thing in week_of(leader, TODAY, NOW).things]


def text(client):
    return client.get(WEEK).text.partition("<main")[2].partition("</main")[0]


def test_the_weeks_meetings_with_the_state_of_pre_work(cast, sign_in):
    talk = rhythm(cast.elena, [cast.ana], at="10:30")
    coming = meeting(talk, date(2026, 11, 26), "10:30")
    huddle = rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle", name="Monday huddle")
    meeting(huddle, TODAY, "08:30")
    meeting(huddle, date(2026, 11, 30), "08:30")
    meeting(talk, date(2026, 11, 27), state=Meeting.LEFT_OUT)
    sent(coming, cast.ana, NOW)
    rows = week_of(cast.elena, TODAY, NOW).meetings
    assert [(f"{row.at:%a %H:%M}", row.title) for row in rows] == [
        ("Mon 08:30", "Monday huddle"),
        ("Thu 10:30", "One-to-one with Ana Ribeiro"),
    ]
    assert rows[1].state == "pre-work: in"
    seen = text(sign_in(cast.elena))
    assert f'href="/meetings/{coming.pk}/"' in seen
    assert "pre-work: in" in seen


def test_each_sees_the_own_zone(cast):
    meeting(rhythm(cast.elena, [cast.ana]), TODAY, "09:00")
    cast.ana.time_zone = "America/New_York"
    (row,) = week_of(cast.ana, TODAY, NOW).meetings
    assert f"{row.at:%a %H:%M}" == "Mon 03:00"
    assert row.own_words == "send in yours"


def test_promises_both_ways_the_pressing_ones(cast, sign_in):
    promise(cast.elena, cast.ana, "Call Brandt", date(2026, 11, 16))
    promise(cast.elena, cast.tom, "Budget for the fair", date(2026, 12, 24))
    promise(cast.ana, cast.elena, "Price list", date(2026, 11, 26))
    promise(cast.mira, cast.ana, "NOT ELENAS", date(2026, 11, 2))
    seen = text(sign_in(cast.elena))
    for words in ("Call Brandt", "7 days late", "Price list", "owes me 1 · I owe 1"):
        assert words in seen, words
    assert "Budget for the fair" not in seen
    assert "NOT ELENAS" not in seen


def test_texts_of_others_that_the_page_shows_are_opened_once_a_day(cast, sign_in):
    promise(cast.ana, cast.elena, "Price list", date(2026, 11, 26))
    promise(cast.ana, cast.elena, "Not shown yet", date(2026, 12, 26))
    client = sign_in(cast.elena)
    for _ in range(2):
        client.get(WEEK)
    assert Opening.objects.get().author_id == cast.ana.pk


def test_own_promises_overdue_speak_and_waiting_ones_do_not(cast):
    promise(cast.elena, cast.ana, "Call Brandt", date(2026, 11, 16))
    promise(
        cast.elena, cast.tom, "Waits", date(2026, 11, 2), state="waiting", waiting_since=date(2026, 11, 2)
    )
    promise(cast.elena, cast.tom, "Waited", date(2026, 11, 10), waited_days=10)
    assert keys(cast.elena) == [("promise_late", "Ana Ribeiro has waited 7 days for what you promised.")]


def test_a_debt_to_somebody_elsewhere_can_be_put_off(cast, sign_in):
    promise(cast.elena, cast.stella, "Reference", date(2026, 11, 2))
    (thing,) = week_of(cast.elena, TODAY, NOW).things
    assert sign_in(cast.elena).post(thing["later_url"]).status_code == 302
    assert keys(cast.elena) == []


def test_pre_work_missing_twice_speaks(cast):
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1))
    for weeks in (1, 2, 3):
        held(talk, TODAY - timedelta(weeks=weeks))
    assert "prework_twice" in [key for key, _ in keys(cast.elena)]
    last = Meeting.objects.order_by("-day").first()
    sent(last, cast.ana, last.starts_at - timedelta(days=4))
    assert "prework_twice" not in [key for key, _ in keys(cast.elena)]


def test_what_was_told_alone_waits(cast):
    one = meeting(rhythm(cast.elena, [cast.ana]))
    TellAlone.objects.create(
        meeting=one, author=cast.ana, chair=cast.elena, text="PLANTED", said_on=date(2026, 11, 12)
    )
    assert keys(cast.elena) == [
        (
            "told_alone_waits",
            "Ana Ribeiro told you something 11 days ago and does not know whether you saw it.",
        )
    ]


def test_rooms_count_as_held_with_no_calendar_at_all(cast, sign_in):
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1))
    made = held(talk, TODAY - timedelta(weeks=1))
    meeting(talk, TODAY + timedelta(weeks=1))
    found = week_of(cast.elena, TODAY, NOW)
    marks = found.rows[0]["lane"]["marks"]
    assert marks[0]["url"] == f"/meetings/{made.pk}/"
    assert [mark["kind"] for mark in marks] == ["held", "planned"]
    assert found.rows[1]["lane"] is None
    assert found.minutes == []
    assert "from your meetings here alone" in text(sign_in(cast.elena))


def test_a_talk_held_in_the_room_and_in_the_calendar_is_one_mark(cast):
    calendar(cast.elena, talks(cast.elena, cast.ana, weeks=6))
    before = week_of(cast.elena, TODAY, NOW).rows[0]["lane"]["marks"]
    day = TODAY - timedelta(weeks=2)
    held(rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1)), day)
    after = week_of(cast.elena, TODAY, NOW).rows[0]["lane"]["marks"]
    assert len(after) == len(before)
    assert [mark["kind"] for mark in after if mark["day"] == day] == ["held"]


def test_a_lapse_counts_rooms_and_calendar_together(cast):
    calendar(cast.elena, talks(cast.elena, cast.ana, weeks=10, until=date(2026, 10, 5)))
    assert "unmet" in [key for key, _ in keys(cast.elena)]
    held(rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1)), TODAY - timedelta(days=5))
    assert "unmet" not in [key for key, sentence in keys(cast.elena) if "Ana" in sentence]


def full(leader, people):
    """Meetings and promises of everybody, in every state, in calendar and room."""
    calendar(leader, *(talks(leader, who, number=n) for n, who in enumerate(people)))
    huddle = rhythm(leader, people, "weekly_huddle")
    for weeks in (1, 2):
        held(huddle, TODAY - timedelta(weeks=weeks))
    meeting(huddle, TODAY)
    for who in people:
        talk = rhythm(leader, [who], starts_on=date(2026, 9, 1))
        held(talk, TODAY - timedelta(days=6))
        meeting(talk, TODAY - timedelta(days=13))
        sent(meeting(talk, TODAY + timedelta(days=1)), who, NOW)
        promise(leader, who, "mine", TODAY)
        promise(who, leader, "theirs", TODAY)


def test_the_same_queries_for_two_managers_and_for_thirty(cast, sign_in):
    client = sign_in(cast.elena)
    full(cast.elena, [cast.ana, cast.tom])
    few = count_of(lambda: client.get(WEEK))
    full(cast.elena, managers(cast.elena, 28))
    # session, sign-in and viewer; managers, closings, members, targets, wins; calendar, entries, days away;
    # what was put off (12); my meetings, their seats, their pre-work; what became of them: seats, events,
    # who is in them; promises both ways: all in figures, the shown ones with text, their openings;
    # what was told alone; the sentences for the week: own, leaders above, theirs
    with at_most(26) as asked:
        client.get(WEEK)
    assert len(asked) <= few
