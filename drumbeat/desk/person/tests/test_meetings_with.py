"""Promises both ways and the meetings with a person, rooms and calendar as one."""

from datetime import date, timedelta

import pytest

from drumbeat.desk.person.tests.test_person_page import text
from drumbeat.desk.person.tests.test_together import ANA, ME, take, weekly
from drumbeat.desk.week.tests.test_beat import held, promise
from drumbeat.journal.models import Opening
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

pytestmark = pytest.mark.django_db
LAST = TODAY - timedelta(weeks=1)


def test_promises_both_ways_and_what_was_opened(cast, sign_in):
    promise(cast.elena, cast.ana, "Call Brandt", date(2026, 11, 16))
    promise(cast.ana, cast.elena, "Price list", date(2026, 11, 26))
    promise(cast.ana, cast.mira, "NOT ELENAS", date(2026, 11, 26))
    seen = text(sign_in(cast.elena), cast.ana)
    assert seen.index("I owe Ana") < seen.index("Call Brandt") < seen.index("Ana owes me")
    assert "Price list" in seen
    assert "NOT ELENAS" not in seen
    assert Opening.objects.get().viewer_id == cast.elena.pk
    for name in ("hanna", "dora", "adam"):
        other = text(sign_in(getattr(cast, name)), cast.ana)
        assert "Call Brandt" not in other
        assert "Price list" not in other


def test_a_room_held_stands_there_and_leads_to_the_room(cast, sign_in):
    made = held(rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1)), LAST)
    seen = text(sign_in(cast.elena), cast.ana)
    assert "One-to-one held" in seen
    assert f'href="/meetings/{made.pk}/"' in seen
    assert "The last one-to-one was 7 days ago; none is planned." in seen
    assert "From your meetings here." in seen


def test_one_meeting_is_never_drawn_twice(cast, sign_in):
    take(cast.elena, weekly(people=(ME, ANA)))
    before = text(sign_in(cast.elena), cast.ana).count("One-to-one")
    held(rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1)), LAST)
    after = text(sign_in(cast.elena), cast.ana)
    assert after.count("One-to-one") == before
    assert after.partition("What happened")[2].count("One-to-one held") == 1


def test_moved_in_the_room_while_the_calendar_has_the_old_day(cast, sign_in):
    take(cast.elena, weekly(people=(ME, ANA)))
    before = text(sign_in(cast.elena), cast.ana).count("One-to-one")
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1), source_uid="w@outlook")
    made = held(talk, LAST + timedelta(days=2))
    Meeting.objects.filter(pk=made.pk).update(slot_day=LAST)
    Meeting.objects.filter(pk=made.pk).update(rhythm=talk)
    talk.source_uid = ""
    talk.save()
    after = text(sign_in(cast.elena), cast.ana)
    assert after.count("One-to-one") == before
    assert "One-to-one held on another day" in after


def test_corrected_with_one_tap_and_back_where_one_was(cast, sign_in):
    take(cast.elena, weekly(people=(ME, ANA)))
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1))
    made = meeting(talk, LAST)
    client = sign_in(cast.elena)
    seen = text(client, cast.ana)
    url = f"/meetings/{made.pk}/correction/"
    assert f'action="{url}"' in seen
    assert "It was not held" in seen
    back = f"/people/{cast.ana.pk}/#d{LAST.isoformat()}"
    answer = client.post(url, {"what": "not_held", "back": back})
    assert answer.url == back
    seen = text(client, cast.ana)
    assert "One-to-one not held" in seen
    assert "It was held" in seen
    made.refresh_from_db()
    assert made.correction == Meeting.NOT_HELD


def test_what_is_ahead_cannot_be_corrected_and_not_known_offers_both(cast, sign_in):
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 9, 1))
    meeting(talk, TODAY + timedelta(days=2))
    assert "It was" not in text(sign_in(cast.elena), cast.ana)
    meeting(talk, LAST)
    seen = text(sign_in(cast.elena), cast.ana)
    assert "One-to-one: not known whether it took place" in seen
    assert "It was held" in seen
    assert "It was not held" in seen


def test_a_talk_with_a_rep_two_steps_below_has_its_days_and_no_beat(cast, sign_in):
    held(rhythm(cast.elena, [cast.mira], "skip_level", starts_on=date(2026, 9, 1)), LAST)
    seen = text(sign_in(cast.elena), cast.mira)
    assert "One-to-one held" in seen
    assert "data-beat" not in seen


def test_the_same_queries_for_one_meeting_and_for_thirteen(cast, sign_in):
    client = sign_in(cast.elena)
    take(cast.elena, weekly(people=(ME, ANA)))
    talk = rhythm(cast.elena, [cast.ana], starts_on=date(2026, 7, 1))
    meeting(talk, LAST)
    promise(cast.ana, cast.elena, "Price list", date(2026, 11, 26))
    once = count_of(lambda: text(client, cast.ana))
    for weeks in range(2, 13):
        meeting(talk, TODAY - timedelta(weeks=weeks))
        promise(cast.elena, cast.ana, "Call", date(2026, 11, 26))
    assert count_of(lambda: text(client, cast.ana)) <= once <= 22
