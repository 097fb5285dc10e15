"""The demonstration's beat: what happened is there by the product's own deeds, and the same each time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from drumbeat.meetings.models import Meeting, PreWork, Rhythm, TellAlone
from drumbeat.meetings.queries.held import states_of
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.run.generate.beat import bring_beat
from drumbeat.run.generate.bring import bring
from drumbeat.run.generate.company import company

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def made(tmp_path):
    found = company(64, 400, 30, 1, today=TODAY)
    bring(found, tmp_path, history=False)
    bring_beat(found, TODAY)
    return found


def test_the_beat_of_the_demonstration(made):
    me = Person.objects.get(email=made.cast.executive)
    own = Rhythm.objects.filter(chair=me)
    assert own.filter(template="weekly_huddle").count() == 1
    assert own.filter(template="one_to_one").count() == 7
    assert own.get(template="new_manager_checkin").confidential
    passed = Rhythm.objects.get(passed_from=own.get(template="weekly_huddle"))
    assert passed.chair.email == made.cast.manager
    assert passed.meetings.filter(closed_by=passed.chair).count() == 5
    assert {promise.state for promise in Promise.objects.all()} == {
        *("open", "waiting", "done", "accepted", "dropped")
    }
    assert Promise.objects.filter(owner=me, state="open", due__lt=TODAY).exists(), "the executive owes too"
    assert Promise.objects.filter(new_dates__gt=0).exists()
    assert TellAlone.objects.get().chair == me
    following = own.get(template="weekly_huddle").meetings.get(day=TODAY)
    assert PreWork.objects.filter(meeting=following).count() == 6


def test_nothing_ahead_is_said_to_have_been(made):
    now = datetime(2026, 11, 23, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    ahead = Meeting.objects.filter(day__gt=TODAY).select_related("rhythm", "rhythm__chair")
    assert set(states_of(ahead, now).values()) <= {"planned", "away", "moved", "left_out", "not_held"}
    assert not ahead.exclude(closed_at=None).exists()
    assert not Promise.objects.filter(done_on__gt=TODAY).exists()


def test_three_talks_fell_to_suppliers(made):
    now = datetime(2026, 11, 23, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    ingrid = Person.objects.get(name="Ingrid Solheim")
    rows = Meeting.objects.filter(rhythm__people=ingrid, rhythm__template="one_to_one", day__lt=TODAY)
    states = states_of(rows.order_by("day").select_related("rhythm"), now)
    assert list(states.values())[-3:] == ["not_held"] * 3
