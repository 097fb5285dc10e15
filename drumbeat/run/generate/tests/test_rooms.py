"""The made company's rhythms and meetings: past, today, tomorrow; the same for the same seed."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from drumbeat.calendars.intake import bring_in
from drumbeat.desk.week.queries import week_of
from drumbeat.meetings.models import Meeting, Minutes, PreWork, Rhythm, RoundLine, Seat, TellAlone, Tone
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks
from drumbeat.run.generate.bring import bring
from drumbeat.run.generate.company import company, write_calendar
from drumbeat.run.generate.rooms import lay_rooms
from tests.queries import count_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def at_seven(day):
    return datetime.combine(day, time(7), UTC)


def lay(tmp_path, today=MONDAY, seed=1, *, calendar=False):
    made = company(64, 60, 78, seed, today=today)
    bring(made, tmp_path, history=False)
    executive = Person.objects.get(email=made.cast.executive)
    if calendar:
        source = write_calendar(made, tmp_path / "made")
        bring_in(actor=executive, today=today, at=timezone.now(), owner=executive, source=source, titles=True)
    lay_rooms(made, today=today, now=at_seven(today))
    return executive, made


def wipe():
    """Everything that rooms hold, gone."""
    for model in (Promise, Thanks, Rhythm, Tone):
        model.objects.all().delete()


def test_it_works(tmp_path):
    executive, _ = lay(tmp_path, calendar=True)
    mine = Rhythm.objects.filter(chair=executive)
    assert Counter(mine.values_list("template", flat=True)) == {
        "weekly_huddle": 1, "one_to_one": 8, "monthly_plan_review": 8,
    }  # fmt: skip
    assert Rhythm.objects.exclude(passed_from=None).count() == 3
    assert {one.state for one in Promise.objects.all()} == {
        "open", "waiting", "done", "accepted", "dropped",
    }  # fmt: skip
    assert Promise.objects.filter(owner=executive).exists()
    assert Promise.objects.filter(asked_by=executive, new_dates__gt=0).exists()
    assert all(model.objects.exists() for model in (Thanks, Minutes, RoundLine))
    assert mine.filter(template="one_to_one").exclude(source_uid="").count() == 8


@pytest.mark.parametrize("today", [MONDAY, MONDAY + timedelta(days=2)])
def test_todays_huddle_and_a_prepared_talk_tomorrow(tmp_path, today):
    executive, made = lay(tmp_path, today)
    mine = Meeting.objects.filter(rhythm__chair=executive)
    huddle = mine.get(rhythm__template="weekly_huddle", day=today)
    assert huddle.state == Meeting.PLANNED
    manager = Person.objects.get(email=made.cast.manager)
    tomorrow = today + timedelta(days=1)
    talk = mine.get(rhythm__template="one_to_one", day=tomorrow, rhythm__people=manager)
    assert PreWork.objects.get(meeting=talk).person == manager
    assert TellAlone.objects.get(meeting=talk).chair == executive
    assert talk.topics.count() == 2


def test_what_is_confidential_is_sealed(tmp_path):
    lay(tmp_path)
    for model in (PreWork, Minutes):
        for row in model.objects.select_related("meeting__rhythm"):
            assert row.confidential == row.meeting.rhythm.confidential


def test_the_calendar_says_nothing_else(tmp_path):
    executive, _ = lay(tmp_path, calendar=True)
    found = week_of(executive, MONDAY, at_seven(MONDAY))
    for row in found.rows:
        days = [mark["day"] for mark in row["lane"]["marks"]]
        assert len(days) == len(set(days)), f"{row['name']}: a meeting drawn twice"
    wipe()
    before = week_of(executive, MONDAY, at_seven(MONDAY))
    for then, now in zip(before.rows, found.rows, strict=True):
        held = [
            {mark["day"] for mark in row["lane"]["marks"] if mark["kind"] in ("held", "took_place")}
            for row in (then, now)
        ]
        assert held[0] - {MONDAY} <= held[1] | {MONDAY}, then["name"]


def test_the_same_for_the_same_seed(tmp_path):
    def told():
        lay(tmp_path)
        found = [
            sorted((one.owner.name, one.text, one.due, one.state) for one in Promise.objects.all()),
            sorted((one.meeting.day, one.text) for one in Minutes.objects.all()),
            sorted((one.starts_at, one.state, one.rhythm.name) for one in Meeting.objects.all()),
        ]
        wipe()
        return found

    assert told() == told()


def test_again_changes_nothing_and_rows_come_in_bulk(tmp_path):
    made = company(64, 60, 78, 1, today=MONDAY)
    bring(made, tmp_path, history=False)
    assert count_of(lambda: lay_rooms(made, today=MONDAY, now=at_seven(MONDAY))) < 80
    meetings, seats = Meeting.objects.count(), Seat.objects.count()
    assert meetings > 250
    lay_rooms(made, today=MONDAY, now=at_seven(MONDAY))
    assert (Meeting.objects.count(), Seat.objects.count()) == (meetings, seats)


def test_nothing_of_the_executives_is_long_overdue(tmp_path):
    executive, _ = lay(tmp_path)
    line = MONDAY - timedelta(days=4)
    assert not Promise.objects.filter(owner=executive, state="open", due__lt=line).exists()


def test_a_small_company_has_its_rooms_too(tmp_path):
    made = company(4, 20, 26, 1, today=MONDAY)
    bring(made, tmp_path, history=False)
    lay_rooms(made, today=MONDAY, now=at_seven(MONDAY))
    assert Rhythm.objects.exists()
