"""What comes out of a room: topics, promises, the chair's own step, thanks."""

from datetime import date, timedelta

import pytest

from drumbeat.core.refusal import Refused
from drumbeat.journal.models import Entry, Opening
from drumbeat.meetings.actions.promising import NothingToKeep, finish_in_room, keep_in_room, promise_in_room
from drumbeat.meetings.actions.thanking import NotInTheRoom, thank_in_room
from drumbeat.meetings.actions.topics import NoTopic, move_topic, put_topic
from drumbeat.meetings.models import Meeting, Outcome, Topic
from drumbeat.meetings.standing import RoomIsShut
from drumbeat.meetings.tests import make
from drumbeat.meetings.tests.deeds import NINE, by, told
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks

pytestmark = pytest.mark.django_db


def promise(meeting, person, line="@Ana Fri price list for Brandt"):
    return promise_in_room(**by(person), meeting=meeting, line=line)


def keep(meeting, person, text="Stop moving our meetings"):
    return keep_in_room(actor=person, today=TODAY, meeting=meeting, text=text, item="f")


def thank(meeting, person, receiver, text="For staying calm"):
    return thank_in_room(
        actor=person, today=TODAY, meeting=meeting, receiver=receiver.pk, text=text, item="e"
    )


def shut(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.CLOSED, closed_at=NINE)


# Topics


def test_a_topic_is_put_parked_taken_up_and_through(one, cast):
    topic = put_topic(**by(cast.ana), meeting=one, text=" Headcount\0 ")
    assert (topic.text, topic.plain, topic.state) == ("Headcount", "", Topic.OPEN)
    for state in (Topic.PARKED, Topic.OPEN, Topic.DONE, Topic.DONE):
        move_topic(actor=cast.elena, today=TODAY, topic=topic, state=state)
        assert Topic.objects.get().state == state
    assert told(one) == ["topics"] * 4
    assert put_topic(**by(cast.ana), meeting=one, text="Later", park=True).state == Topic.PARKED


def test_a_topic_needs_words_and_a_state(one, cast):
    for text in ("\0 ", "x" * 2001):
        with pytest.raises(NoTopic):
            put_topic(**by(cast.ana), meeting=one, text=text)
    topic = put_topic(**by(cast.ana), meeting=one, text="Headcount")
    with pytest.raises(NoTopic):
        move_topic(actor=cast.ana, today=TODAY, topic=topic, state="buried")
    shut(one)
    with pytest.raises(RoomIsShut):
        put_topic(**by(cast.ana), meeting=one, text="Too late")
    with pytest.raises(RoomIsShut):
        move_topic(actor=cast.ana, today=TODAY, topic=topic, state=Topic.DONE)


# Promises


def test_a_promise_by_one_line(one, cast):
    made = promise(one, cast.elena)
    assert (made.owner, made.asked_by, made.due) == (cast.ana, cast.elena, date(2026, 11, 27))
    assert made.confidential
    assert Outcome.objects.get().promise == made
    assert told(one) == ["promises", "closing"]


def test_ones_own_is_asked_by_the_other(one, cast):
    made = promise(one, cast.elena, "Fri headcount answer")
    assert (made.owner, made.asked_by) == (cast.elena, cast.ana)


def test_in_a_huddle_it_is_plain(huddle, cast):
    assert promise(huddle, cast.tom).plain == "price list for Brandt"


def test_only_those_who_sit_here_can_be_named(one, cast):
    with pytest.raises(Refused):
        promise(one, cast.elena, "@Stella Fri something")
    shut(one)
    with pytest.raises(RoomIsShut):
        promise(one, cast.elena)
    assert not Promise.objects.exists()


def test_the_journal_has_no_word_of_it(one, cast):
    promise(one, cast.elena)
    keep(one, cast.ana)
    thank(one, cast.elena, cast.ana)
    lines = "".join(f"{line.object_name}{line.details}" for line in Entry.objects.all())
    for word in ("Brandt", "moving", "calm"):
        assert word not in lines


def test_a_promise_is_kept_by_one_tap(one, cast, sign_in):
    made = promise(one, cast.elena)
    client, url = sign_in(cast.ana), f"/meetings/{one.pk}/"
    answer = client.post(f"{url}promises/{made.pk}/done/")
    assert answer["Location"] == f"{url}#part-promises"
    assert Promise.objects.get().state == Promise.DONE
    assert "done today" in client.get(url).content.decode()
    assert told(one)[-2:] == ["promises", "closing"]


def test_only_the_two_tick_it_off(huddle, cast, sign_in):
    made = promise(huddle, cast.elena)
    text = sign_in(cast.tom).get(f"/meetings/{huddle.pk}/").content.decode()
    assert f'data-only-for="{cast.ana.pk} {cast.elena.pk}" hidden' in text
    assert sign_in(cast.tom).post(f"/meetings/{huddle.pk}/promises/{made.pk}/done/").status_code == 403
    other = make.meeting(make.rhythm(cast.elena, [cast.ana]))
    secret = promise(other, cast.elena)
    assert sign_in(cast.tom).post(f"/meetings/{huddle.pk}/promises/{secret.pk}/done/").status_code == 404


def test_in_a_closed_room_nothing_is_ticked_off(one, cast):
    made = promise(one, cast.elena)
    shut(one)
    with pytest.raises(RoomIsShut):
        finish_in_room(actor=cast.ana, today=TODAY, meeting=one, promise=made)


def test_names_are_offered_of_those_who_sit_here(one, cast, sign_in):
    client = sign_in(cast.ana)

    def offered(typed: str) -> list[str]:
        answer = client.get(f"/meetings/{one.pk}/people/", {"q": typed})
        return [each["write"] for each in answer.json()["people"]]

    assert offered("ri") == ["Ana Ribeiro"]
    assert offered("e") == ["Elena Hartmann"]
    assert offered("Tom") == offered("\0") == offered("") == []
    assert sign_in(cast.stella).get(f"/meetings/{one.pk}/people/?q=a").status_code == 404


# One thing to start, stop or keep


def test_it_becomes_the_chairs_own_promise(one, cast):
    make.meeting(one.rhythm, TODAY + timedelta(days=14))
    made = keep(one, cast.ana)
    assert (made.owner, made.asked_by, made.author) == (cast.elena, cast.ana, cast.ana)
    assert made.due == TODAY + timedelta(days=13)
    assert Outcome.objects.get().item == "f"


def test_typed_by_the_chair_the_other_asked_for_it(one, cast):
    made = keep(one, cast.elena)
    assert (made.owner, made.asked_by, made.due) == (cast.elena, cast.ana, TODAY + timedelta(days=14))


def test_the_next_meeting_is_tomorrow(one, cast):
    make.meeting(one.rhythm, TODAY + timedelta(days=1))
    assert keep(one, cast.ana).due == TODAY


def test_nothing_is_no_step(one, cast):
    with pytest.raises(NothingToKeep):
        keep(one, cast.ana, " \0")
    shut(one)
    with pytest.raises(RoomIsShut):
        keep(one, cast.ana)


# Thanks


def test_thanks_in_company(huddle, cast):
    made = thank(huddle, cast.elena, cast.tom)
    assert (made.receiver, made.plain) == (cast.tom, "For staying calm")
    assert Outcome.objects.get().thanks == made
    assert told(huddle) == ["item-e"]


def test_thanks_need_somebody_who_sits_here(huddle, cast):
    with pytest.raises(NotInTheRoom):
        thank(huddle, cast.elena, cast.stella)
    with pytest.raises(Refused):
        thank(huddle, cast.elena, cast.elena)
    shut(huddle)
    with pytest.raises(RoomIsShut):
        thank(huddle, cast.elena, cast.tom)
    assert not Thanks.objects.exists()


# Pages


def test_a_prepared_talk_without_script(one, cast, sign_in):
    client, url = sign_in(cast.ana), f"/meetings/{one.pk}/"
    for path, data, place in [
        ("topics/", {"text": "Headcount"}, "topics"),
        ("promises/", {"line": "Fri price list for Brandt"}, "promises"),
        ("items/f/keep/", {"text": "Stop moving our meetings"}, "item-f"),
    ]:
        assert client.post(f"{url}{path}", data)["Location"] == f"{url}#part-{place}", path
    text = client.get(url).content.decode()
    for said in ("Headcount", "price list for Brandt", "Stop moving our meetings", "Owed, both ways"):
        assert said in text
    assert not Opening.objects.exists()  # all her own
    client.force_login(cast.elena.user)
    client.get(url)
    assert set(Opening.objects.values_list("object_kind", flat=True)) == {"topic", "promise"}


def test_both_ways_from_other_meetings_too_and_only_between_the_two(one, cast, sign_in):
    earlier = make.meeting(one.rhythm, TODAY - timedelta(days=14))
    promise(earlier, cast.elena, "@Ana Fri the offer for Kessler")
    other = make.meeting(make.rhythm(cast.elena, [cast.tom]))
    promise(other, cast.elena, "@Tom Fri a secret of Tom")
    text = sign_in(cast.ana).get(f"/meetings/{one.pk}/").content.decode()
    assert "the offer for Kessler" in text
    assert "secret of Tom" not in text


def test_a_team_sees_what_was_promised_here_and_last_time(cast, sign_in):
    rhythm = make.rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle")
    weeks = [make.meeting(rhythm, TODAY - timedelta(days=7 * n)) for n in (2, 1, 0)]
    for n, meeting in enumerate(weeks):
        promise(meeting, cast.elena, f"@Ana Fri thing {n}")
    promise(make.meeting(make.rhythm(cast.elena, [cast.ana])), cast.elena, "@Ana Fri between us")
    text = sign_in(cast.tom).get(f"/meetings/{weeks[2].pk}/").content.decode()
    assert "thing 1" in text
    assert "thing 2" in text
    assert "thing 0" not in text
    assert "between us" not in text


@pytest.mark.parametrize(
    ("path", "data", "typed"),
    [
        ("promises/", {"line": "@Nobody Fri price list"}, "@Nobody Fri price list"),
        ("items/f/keep/", {"text": " "}, "start, stop or keep"),
    ],
)
def test_a_refusal_keeps_the_line(one, cast, sign_in, path, data, typed):
    answer = sign_in(cast.ana).post(f"/meetings/{one.pk}/{path}", data)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert typed in answer.content.decode()


def test_thanks_without_script(huddle, cast, sign_in):
    client, url = sign_in(cast.elena), f"/meetings/{huddle.pk}/"
    client.post(f"{url}items/e/thanks/", {"receiver": str(cast.tom.pk), "text": "For staying calm"})
    assert "Elena Hartmann to Tom Okafor" in client.get(url).content.decode()
    assert client.post(f"{url}items/e/thanks/", {"receiver": "x", "text": "y"}).status_code == 422


def test_a_topic_of_another_meeting_is_not_there(one, huddle, cast, sign_in):
    topic = put_topic(**by(cast.tom), meeting=huddle, text="Elsewhere")
    answer = sign_in(cast.ana).post(f"/meetings/{one.pk}/topics/{topic.pk}/", {"state": "done"})
    assert answer.status_code == 404


def test_topics_move_without_script(one, cast, sign_in):
    topic = put_topic(**by(cast.ana), meeting=one, text="Headcount")
    client, url = sign_in(cast.ana), f"/meetings/{one.pk}/"
    client.post(f"{url}topics/{topic.pk}/", {"state": "parked"})
    assert "Parked for later" in client.get(url).content.decode()
    assert client.post(f"{url}topics/{topic.pk}/", {"state": "\0"}).status_code == 422
