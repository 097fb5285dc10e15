"""Rhythms begun, changed, paused, ended, and planned around holidays and leave."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.journal.models import Entry
from drumbeat.meetings import by_itself, facts
from drumbeat.meetings import planned as planning
from drumbeat.meetings.actions.planning import plan_ahead, plan_all
from drumbeat.meetings.actions.rhythms import (
    HasEnded,
    OtherTemplate,
    add_rhythm,
    change_rhythm,
    end_rhythm,
    pause_rhythm,
    resume_rhythm,
)
from drumbeat.meetings.facts import Facts, NotARhythm
from drumbeat.meetings.models import Agenda, Meeting, PreWork, Rhythm, Seat
from drumbeat.meetings.overlaps import Overlaps
from drumbeat.meetings.queries.agendas import library_body
from drumbeat.meetings.tests import make
from drumbeat.people.actions.leaves import add_leave
from drumbeat.people.models import Leave, Person
from drumbeat.people.tests.cast import TODAY

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)  # 7:00 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def add(cast):
    """Elena's weekly one-to-one with Ana, Mondays at 9:00, changed as a test says."""

    def begin(template="one_to_one", people=None, chair=None, anyway=False, **values):
        told = facts.usual(template, people or [cast.ana], TODAY)
        told = replace(told, **{"frequency": "weekly", **values})
        who = chair or cast.elena
        return add_rhythm(actor=who, today=TODAY, now=NOW, chair=who, facts=told, anyway=anyway)

    return begin


def change(rhythm, **values):
    told = replace(Facts.of(Rhythm.objects.get(pk=rhythm.pk)), **values)
    return change_rhythm(actor=rhythm.chair, today=TODAY, now=NOW, rhythm=rhythm, facts=told)


def again(rhythm, today=TODAY, now=NOW):
    return plan_ahead(actor=rhythm.chair, today=today, now=now, rhythm=rhythm)


def local(meeting):
    return meeting.starts_at.astimezone(BERLIN).replace(tzinfo=None)


def days(rhythm):
    rows = rhythm.meetings.filter(state="planned").order_by("day")
    return [(one.day.month, one.day.day) for one in rows]


def test_it_works(add, cast):
    rhythm = add(join_link="https://nordhaus.zoom.us/j/1", dial_in="+49 30 1234, code 77#", place="Room 3")
    assert rhythm.name == "One-to-one"
    assert rhythm.confidential
    assert rhythm.time_zone == "Europe/Berlin"
    first = rhythm.meetings.order_by("day").first()
    assert (first.day, local(first)) == (TODAY, datetime(2026, 11, 23, 9))
    assert first.ends_at - first.starts_at == timedelta(minutes=45)
    assert rhythm.meetings.count() == 14  # a quarter
    seats = {seat.person_id: seat for seat in first.seats.all()}
    assert seats.keys() == {cast.elena.pk, cast.ana.pk}
    assert seats[cast.elena.pk].chairs
    assert seats[cast.elena.pk].prework_due_at is None
    # By noon, one working day of the chair before: that is Friday.
    assert seats[cast.ana.pk].prework_due_at == datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_planning_again_changes_nothing(add):
    rhythm = add()
    before = list(rhythm.meetings.order_by("pk").values())
    assert not again(rhythm)
    assert list(rhythm.meetings.order_by("pk").values()) == before


def test_a_day_later_the_same_meetings_stand_and_the_quarter_goes_on(add):
    rhythm = add()
    week = timedelta(days=7)
    done = again(rhythm, TODAY + week, NOW + week)
    assert (done.made, done.changed, done.gone) == (1, 0, 0)
    assert rhythm.meetings.count() == 15


def test_what_is_over_today_is_not_made(add):
    assert add(at=time(6)).meetings.order_by("day").first().day == date(2026, 11, 30)


def test_clock_change_keeps_local_time(add):
    rhythm = add(frequency="weekly")
    spring = TODAY + timedelta(days=110)
    again(rhythm, spring, NOW + timedelta(days=110))
    found = list(rhythm.meetings.filter(state="planned"))
    assert {local(one).time() for one in found} == {time(9)}
    assert {one.starts_at.hour for one in found} == {7, 8}  # both sides of the change in March


def test_a_zone_whose_rules_change_keeps_local_time(add, monkeypatch):
    """The country gives up its hour: coming meetings are still at nine, held ones are where they were."""
    rhythm = add()
    monkeypatch.setattr(planning, "zone_of", lambda name: ZoneInfo("Europe/London"))
    assert again(rhythm).changed == 14
    assert {one.starts_at.astimezone(ZoneInfo("Europe/London")).hour for one in rhythm.meetings.all()} == {9}


def test_on_a_holiday_of_the_chair_it_moves_to_the_next_day(add, cast):
    rhythm = add(weekday=4)  # Fridays: Christmas and New Year's Day are free, Monday the 28th is not
    assert (12, 28) in days(rhythm)
    assert (12, 25) not in days(rhythm)
    moved = rhythm.meetings.get(slot_day=date(2026, 12, 25))
    assert moved.day == date(2026, 12, 28)
    assert not moved.by_hand
    seat = moved.seats.get(person=cast.ana)
    # The chair's last working day before Monday the 28th is Thursday the 24th.
    assert seat.prework_due_at == datetime(2026, 12, 24, 11, tzinfo=UTC)


def test_leave_of_either_moves_a_one_to_one_and_only_that(add, cast):
    Leave.objects.create(person=cast.ana, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 1))
    assert (12, 2) in days(add())
    assert (11, 30) in days(add("weekly_huddle", [cast.ana, cast.tom], anyway=True))
    assert (11, 30) in days(add("monthly_plan_review", frequency="weekly", anyway=True))


def test_leave_of_a_week_makes_it_away(add, cast):
    Leave.objects.create(person=cast.elena, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 6))
    rhythm = add()
    away = rhythm.meetings.get(state="away")
    assert away.slot_day == away.day == date(2026, 11, 30)


def test_everyone_on_leave_is_away(add, cast):
    for person in (cast.elena, cast.ana):
        Leave.objects.create(person=person, starts_on=TODAY, ends_on=TODAY + timedelta(days=200))
    rhythm = add()
    assert set(rhythm.meetings.values_list("state", flat=True)) == {"away"}


def test_leave_added_later_moves_coming_meetings_but_not_those_moved_by_hand(add, cast):
    rhythm = add()
    mine = rhythm.meetings.get(slot_day=date(2026, 12, 7))
    Meeting.objects.filter(pk=mine.pk).update(by_hand=True)
    leave = Leave.objects.create(person=cast.elena, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 8))
    done = plan_all(actor=cast.elena, today=TODAY, now=NOW, of=[cast.elena.pk])
    assert done.changed == 1
    assert rhythm.meetings.get(slot_day=date(2026, 11, 30)).state == "away"
    assert rhythm.meetings.get(pk=mine.pk).day == date(2026, 12, 7)
    leave.delete()
    plan_all(actor=cast.elena, today=TODAY, now=NOW)
    assert rhythm.meetings.get(slot_day=date(2026, 11, 30)).state == "planned"
    assert not plan_all(actor=cast.elena, today=TODAY, now=NOW, of=[cast.tom.pk])


def test_what_has_begun_is_never_touched(add):
    rhythm = add()
    later = NOW + timedelta(hours=2)  # 9:00, it begins
    change_rhythm(
        actor=rhythm.chair,
        today=TODAY,
        now=later,
        rhythm=rhythm,
        facts=replace(Facts.of(rhythm), at=time(15), weekday=1),
    )
    first = rhythm.meetings.order_by("day").first()
    assert local(first) == datetime(2026, 11, 23, 9)
    assert {local(one).time() for one in rhythm.meetings.exclude(pk=first.pk)} == {time(15)}


def test_a_change_of_day_moves_the_coming_meetings_with_what_is_in_them(add, cast):
    rhythm = add()
    second = rhythm.meetings.get(slot_day=date(2026, 11, 30))
    written = PreWork(meeting=second, person=cast.ana, in_at=NOW, changed_at=NOW)
    written.put("Brandt waits for the list", confidential=True).save()
    change(rhythm, weekday=2)
    second.refresh_from_db()
    assert second.slot_day.weekday() == 2
    assert second.prework.count() == 1
    assert {day.weekday() for day in rhythm.meetings.values_list("slot_day", flat=True)} == {2}


def test_rarer_meetings_lose_what_is_empty_and_keep_what_is_not(add, cast):
    rhythm = add()
    last = rhythm.meetings.order_by("-slot_day").first()
    PreWork(meeting=last, person=cast.ana, in_at=NOW, changed_at=NOW).put("x", confidential=True).save()
    change(rhythm, frequency="quarterly", nth=1, month=1)
    assert PreWork.objects.count() == 1
    assert rhythm.meetings.count() == 2  # January, and the one in which something is written
    assert not again(rhythm)


def test_who_comes_new_gets_a_seat_and_who_goes_gives_it_back(add, cast):
    rhythm = add("weekly_huddle", [cast.ana])
    change(rhythm, people=(cast.tom,))
    assert set(Seat.objects.values_list("person", flat=True)) == {cast.elena.pk, cast.tom.pk}
    assert not again(rhythm)


def test_a_new_agenda_says_when_prework_is_due(add, cast):
    rhythm = add()
    body = {**library_body("one_to_one").as_json(), "prework_days": 0, "prework_at": "08:00"}
    Agenda.objects.create(template="one_to_one", rhythm=rhythm, number=1, body=body, made_at=NOW)
    assert again(rhythm).seats == 14
    first = rhythm.meetings.order_by("day").first().seats.get(person=cast.ana)
    assert first.prework_due_at == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_paused_and_going_on(add, cast):
    rhythm = add()
    first = rhythm.meetings.order_by("day").first()
    PreWork(meeting=first, person=cast.ana, in_at=NOW, changed_at=NOW).put("x", confidential=True).save()
    pause_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)
    assert list(rhythm.meetings.values_list("pk", "state")) == [(first.pk, "left_out")]
    assert not again(rhythm)
    resume_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)
    assert rhythm.meetings.filter(state="planned").count() == 14
    resume_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)  # changes nothing


def test_ended(add, cast):
    rhythm = add()
    end_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)
    end_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)
    rhythm.refresh_from_db()
    assert (rhythm.state, rhythm.ended_on, rhythm.meetings.count()) == ("ended", TODAY, 0)
    with pytest.raises(HasEnded):
        change(rhythm, minutes=30)
    with pytest.raises(HasEnded):
        pause_rhythm(actor=cast.elena, today=TODAY, now=NOW, rhythm=rhythm)


def test_a_rhythm_keeps_its_kind(add):
    with pytest.raises(OtherTemplate):
        change(add(), template="weekly_huddle")


def test_a_chair_who_left_is_not_planned_further(add, cast):
    rhythm = add()
    Person.objects.filter(pk=cast.elena.pk).update(left_on=date(2026, 12, 4))
    plan_all(actor=cast.ana, today=TODAY, now=NOW)
    assert days(rhythm) == [(11, 23), (11, 30)]
    with pytest.raises(NotARhythm, match="has left"):
        add(chair=cast.lou)


def test_who_left_has_no_seat_and_a_talk_of_two_falls_out(add, cast):
    huddle = add("weekly_huddle", [cast.ana, cast.tom])
    two = add(people=[cast.tom], at=time(11))
    Person.objects.filter(pk=cast.tom.pk).update(left_on=date(2026, 11, 27))
    plan_all(actor=cast.elena, today=TODAY, now=NOW)
    assert days(two) == [(11, 23)]
    seats = Seat.objects.filter(meeting__rhythm=huddle, person=cast.tom)
    assert [seat.meeting.day for seat in seats] == [TODAY]


def test_overlapping_rhythms_are_asked_about_and_then_allowed(add, cast):
    add()
    with pytest.raises(Overlaps, match="On Mon 23 November it overlaps with “One-to-one” at 9:00"):
        add("weekly_huddle", [cast.tom], at=time(9, 30))
    add("weekly_huddle", [cast.tom], at=time(9, 45))  # right after it
    add("idea_clinic", [cast.tom], frequency="weekly", at=time(9, 30), anyway=True)
    add("weekly_huddle", [cast.mira], chair=cast.ana, at=time(9, 30))  # another chair


def test_a_change_of_words_asks_about_no_overlap(add, cast):
    add()
    other = add("weekly_huddle", [cast.tom], anyway=True)
    assert change(other, name="Sales huddle").name == "Sales huddle"
    with pytest.raises(Overlaps):
        change(other, at=time(9, 5))
    with pytest.raises(Overlaps):
        change(other, minutes=20)


@pytest.mark.parametrize(
    ("values", "about"),
    [
        ({"template": "joint_visit_brief"}, "template"),
        ({"template": "\0"}, "template"),
        ({"name": "x" * 201}, "name"),
        ({"place": "x" * 301}, "place"),
        ({"frequency": "daily"}, "frequency"),
        ({"weekday": 7}, "frequency"),
        ({"nth": 5}, "nth"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 10**9}, "minutes"),
        ({"starts_on": date(9999, 12, 31)}, "starts_on"),
        ({"join_link": "javascript:alert(1)"}, "join_link"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"people": ()}, "people"),
    ],
)
def test_what_makes_no_rhythm_is_said(cast, values, about):
    told = replace(facts.usual("one_to_one", [cast.ana], TODAY), **values)
    with pytest.raises(NotARhythm) as refused:
        add_rhythm(actor=cast.elena, today=TODAY, now=NOW, chair=cast.elena, facts=told)
    assert refused.value.field == about
    assert not Rhythm.objects.exists()


def test_the_chair_alone_or_somebody_who_left_is_refused(add, cast):
    for people in ([cast.elena], [cast.lou]):
        with pytest.raises(NotARhythm):
            add(people=people)


def test_nul_bytes_go(add):
    assert add(name="One\0to one", place="\0", dial_in="1\0").name == "Oneto one"


def test_as_many_queries_for_thirty_rhythms_as_for_one(cast):
    make.rhythm(cast.elena, [cast.ana])

    def reads():
        with CaptureQueriesContext(connection) as asked:
            planning.plan(Rhythm.objects.all(), today=TODAY, now=NOW)
        return len([each for each in asked if not each["sql"].startswith("INSERT")])

    one = reads()
    Meeting.objects.all().delete()
    for _ in range(30):
        make.rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle")
    Rhythm.objects.update(planned_to=None)
    assert reads() == one


def test_by_itself_rhythms_are_planned_and_follow_leave(cast, on_monday):
    """The clock's two jobs, which change nothing the second time."""
    rhythm = make.rhythm(cast.elena, [cast.ana])
    by_itself.plan()
    assert rhythm.meetings.count() == 14
    add_leave(
        actor=cast.adam, today=TODAY, person=cast.ana, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 1)
    )
    by_itself.follow_leave()
    assert rhythm.meetings.get(slot_day=date(2026, 11, 30)).day == date(2026, 12, 2)
    lines = Entry.objects.filter(verb="rhythm.plan").count()
    by_itself.follow_leave()
    by_itself.plan()
    assert Entry.objects.filter(verb="rhythm.plan").count() == lines == 2
