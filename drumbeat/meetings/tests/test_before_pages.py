"""The pages before a meeting: what each shows, to whom, what is recorded, and how often they ask."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.journal.models import Opening
from drumbeat.meetings.actions.alone import tell_alone
from drumbeat.meetings.models import Meeting, PreWork, PrivateNote, Seat, TellAlone
from drumbeat.meetings.tests import make
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from tests.queries import at_most, count_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOSTILE = "</textarea><script>alert(1)</script>\0{{ 7|add:7 }}"


@pytest.fixture
def meeting(cast):
    return make.meeting(make.rhythm(cast.ana, [cast.mira]), TODAY + timedelta(days=1))


def text_of(answer) -> str:
    return answer.content.decode()


class TestPreWork:
    def test_it_works(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/"
        client = sign_in(cast.mira)
        shown = text_of(client.get(url))
        assert "one coaching question" in shown
        assert "Due Mon 23 November, 12:00" in shown
        assert "Tell Ana Ribeiro alone" in shown
        assert client.post(url, {"text": "My topic", "seen": ""}).status_code == 302
        assert "In since Mon 23 November, 07:00" in text_of(client.get(url))
        assert not Opening.objects.exists(), "one's own"
        shown = text_of(sign_in(cast.ana).get(url))
        assert "My topic" in shown
        assert "Tell " not in shown
        kept = Opening.objects.get()
        assert (kept.viewer_id, kept.author_id, kept.object_kind) == (cast.ana.pk, cast.mira.pk, "prework")
        assert kept.object_name == "pre-work of 23 November 2026"

    def test_in_the_own_zone(self, cast, sign_in, meeting):
        Person.objects.filter(pk=cast.mira.pk).update(time_zone="Asia/Kolkata")
        cast.mira.refresh_from_db()
        shown = text_of(sign_in(cast.mira).get(f"/meetings/{meeting.pk}/pre-work/"))
        assert "Due Mon 23 November, 16:30 your time" in shown

    def test_late_is_said_calmly(self, cast, sign_in, meeting):
        Seat.objects.update(prework_due_at=NOW - timedelta(hours=1))
        client = sign_in(cast.mira)
        url = f"/meetings/{meeting.pk}/pre-work/"
        assert "late is fine" in text_of(client.get(url))
        shown = text_of(client.post(url, {"text": "My topic"}, follow=True))
        assert "In, late" in shown
        assert "In since Mon 23 November, 07:00, late" in shown

    @pytest.mark.parametrize("text", [HOSTILE, "x\n" * 10_000, "a\0" * 30_000])
    def test_refused_with_the_text_kept(self, cast, sign_in, meeting, text):
        Meeting.objects.update(state=Meeting.CLOSED, closed_at=NOW)
        answer = sign_in(cast.mira).post(f"/meetings/{meeting.pk}/pre-work/", {"text": text})
        assert answer.status_code == 422
        shown = text_of(answer)
        assert "The meeting is closed" in shown
        assert "<script>alert" not in shown
        assert answer.context["text"] == text
        assert not PreWork.objects.exists()

    def test_hostile_text_is_text(self, cast, sign_in, meeting):
        client = sign_in(cast.mira)
        shown = text_of(client.post(f"/meetings/{meeting.pk}/pre-work/", {"text": HOSTILE}, follow=True))
        assert "&lt;/textarea&gt;&lt;script&gt;" in shown
        assert "{{ 7|add:7 }}" in shown

    def test_two_windows(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/"
        client = sign_in(cast.mira)
        client.post(url, {"text": "From the phone", "seen": ""})
        answer = client.post(url, {"text": "From the desk", "seen": ""})
        shown = text_of(answer)
        assert answer.status_code == 409
        assert "From the phone" in shown
        assert "From the desk" in shown
        client.post(url, {"text": "From the desk", "seen": answer.context["before"].seen})
        assert PreWork.objects.get().text == "From the desk"

    def test_while_typing(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/"
        client = sign_in(cast.mira)
        said = client.post(url, {"text": "a", "seen": ""}, headers={"accept": "application/json"}).json()
        assert said["words"] == "Saved 07:00"
        again = {"text": "ab", "seen": said["seen"]}
        assert client.post(url, again, headers={"accept": "application/json"}).status_code == 200
        stale = client.post(url, {"text": "abc", "seen": ""}, headers={"accept": "application/json"})
        assert stale.status_code == 409
        empty = client.post(url, {"text": " ", "seen": ""}, headers={"accept": "application/json"})
        assert (empty.status_code, PreWork.objects.get().text) == (422, "ab")

    def test_nobody_without_a_seat(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/"
        assert sign_in(cast.elena).get(url).status_code == 403, "leads the chair: sees that it is there"
        for person in (cast.tom, cast.stella, cast.adam, cast.hanna):
            assert sign_in(person).post(url, {"text": "x"}).status_code == 404

    def test_queries_do_not_grow_with_the_round(self, cast, sign_in):
        of = make.rhythm(cast.ana, [cast.mira], "skip_level")
        few = make.meeting(of, TODAY + timedelta(days=1))
        of.people.add(*(Person.objects.create(name=f"Rep {n}") for n in range(30)))
        many = make.meeting(of, TODAY + timedelta(days=8))
        for one in (few, many):
            for seat in one.seats.all():
                sent = PreWork(meeting=one, person=seat.person, in_at=NOW, changed_at=NOW)
                sent.put("text", confidential=True).save()
        client = sign_in(cast.ana)
        # session, user, viewer, meeting, pre-work, seats, agenda, savepoint and openings
        with at_most(12):
            shown = text_of(client.get(f"/meetings/{many.pk}/pre-work/"))
        assert "Rep 7" in shown
        assert Opening.objects.count() == 31
        count = count_of(lambda: client.get(f"/meetings/{few.pk}/pre-work/"))
        assert count_of(lambda: client.get(f"/meetings/{many.pk}/pre-work/")) == count


class TestExcuse:
    def test_it_works(self, cast, sign_in, meeting):
        client = sign_in(cast.mira)
        url = f"/meetings/{meeting.pk}/pre-work/{cast.mira.pk}/"
        shown = text_of(client.post(url + "excuse/", {"word": "At a customer"}, follow=True))
        assert "At a customer" in shown
        assert url + "ask-again/" in shown
        shown = text_of(sign_in(cast.ana).get(f"/meetings/{meeting.pk}/pre-work/"))
        assert "excused" in shown
        assert Opening.objects.get().object_name == "word of excuse for the meeting of 24 November 2026"
        client.post(url + "ask-again/")
        assert not Seat.objects.filter(excused=True).exists()

    def test_refused_with_the_word_kept(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/{cast.mira.pk}/excuse/"
        answer = sign_in(cast.ana).post(url, {"word": "x" * 400})
        assert answer.status_code == 422
        assert "x" * 400 in text_of(answer)
        other = f"/meetings/{meeting.pk}/pre-work/{cast.ana.pk}/"
        refused = sign_in(cast.mira).post(other + "excuse/", {"word": "no"})
        assert "Only the person and the chair" in text_of(refused)
        assert "Only the person" in text_of(sign_in(cast.mira).post(other + "ask-again/", follow=True))

    def test_somebody_without_a_seat(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/pre-work/{cast.tom.pk}/excuse/"
        assert sign_in(cast.ana).post(url, {"word": "no"}).status_code == 404


class TestAlone:
    def test_it_works(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/alone/"
        shown = text_of(sign_in(cast.mira).post(url, {"text": "I think of leaving"}, follow=True))
        assert "Not seen yet. Ana sees it by Wed 25 November." in shown
        client = sign_in(cast.ana)
        shown = text_of(client.get("/told-alone/"))
        assert "I think of leaving" in shown
        assert "Answer by Mon 30 November" in shown
        told = TellAlone.objects.get()
        assert told.seen_on == TODAY
        assert "Seen Mon 23 November. Ana answers by Mon 30 November." in text_of(sign_in(cast.mira).get(url))
        client = sign_in(cast.ana)
        client.post(f"/told-alone/{told.pk}/answer/", {"answer": "Call me tonight"})
        shown = text_of(client.get("/told-alone/"))
        assert "answered Mon 23 November" in shown
        shown = text_of(sign_in(cast.mira).get("/told-alone/"))
        assert "Call me tonight" in shown
        assert set(Opening.objects.values_list("viewer_id", "author_id", "object_kind")) == {
            (cast.ana.pk, cast.mira.pk, "tellalone"),
            (cast.mira.pk, cast.ana.pk, "tellalone"),
        }

    def test_on_no_other_page_of_the_meeting_and_nobody_elses(self, cast, sign_in, meeting):
        tell_alone(actor=cast.mira, today=TODAY, meeting=meeting, text="I think of leaving")
        client = sign_in(cast.ana)
        assert "leaving" not in text_of(client.get(f"/meetings/{meeting.pk}/pre-work/"))
        told = TellAlone.objects.get()
        for person in (cast.elena, cast.adam, cast.hanna, cast.dora, cast.tom):
            client = sign_in(person)
            assert "leaving" not in text_of(client.get("/told-alone/"))
            assert client.post(f"/told-alone/{told.pk}/answer/", {"answer": "x"}).status_code == 404
        assert sign_in(cast.mira).post(f"/told-alone/{told.pk}/answer/").status_code == 403
        assert TellAlone.objects.get().seen_on is None

    def test_refused_with_the_text_kept(self, cast, sign_in, meeting):
        client = sign_in(cast.mira)
        answer = client.post(f"/meetings/{meeting.pk}/alone/", {"text": HOSTILE * 200})
        assert (answer.status_code, answer.context["text"]) == (422, HOSTILE * 200)
        told = tell_alone(actor=cast.mira, today=TODAY, meeting=meeting, text="Help")
        client = sign_in(cast.ana)
        answer = client.post(f"/told-alone/{told.pk}/answer/", {"answer": "y" * 600})
        assert "y" * 600 in text_of(answer)
        client.post(f"/told-alone/{told.pk}/answer/", {"answer": "Yes"})
        answer = client.post(f"/told-alone/{told.pk}/answer/", {"answer": "No, after all"})
        assert "You answered this" in text_of(answer)
        assert "No, after all" in text_of(answer)

    def test_the_chair_is_led_to_what_was_told_and_a_huddle_has_no_lane(self, cast, sign_in, meeting):
        client = sign_in(cast.ana)
        assert client.get(f"/meetings/{meeting.pk}/alone/").url == "/told-alone/"
        huddle = make.meeting(make.rhythm(cast.ana, [cast.mira], "weekly_huddle"))
        assert sign_in(cast.mira).get(f"/meetings/{huddle.pk}/alone/").status_code == 404

    def test_who_waited_long_is_said(self, cast, sign_in, meeting):
        told = tell_alone(actor=cast.mira, today=TODAY, meeting=meeting, text="Help")
        TellAlone.objects.filter(pk=told.pk).update(said_on=TODAY - timedelta(days=14))
        assert "Mira has waited ten working days for your line." in text_of(
            sign_in(cast.ana).get("/told-alone/")
        )

    def test_queries_do_not_grow(self, cast, sign_in, meeting):
        client = sign_in(cast.ana)
        tell_alone(actor=cast.mira, today=TODAY, meeting=meeting, text="one")
        client.get("/told-alone/")
        few = count_of(lambda: client.get("/told-alone/"))
        for n in range(30):
            tell_alone(actor=cast.mira, today=TODAY, meeting=meeting, text=f"line {n}")
        client.get("/told-alone/")
        assert count_of(lambda: client.get("/told-alone/")) == few

    def test_empty_teaches(self, cast, sign_in):
        assert "Nothing was told alone" in text_of(sign_in(cast.mira).get("/told-alone/"))


class TestMyNotes:
    def test_it_works(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/my-notes/"
        client = sign_in(cast.ana)
        shown = text_of(client.post(url, {"text": "She looks tired", "seen": ""}, follow=True))
        assert "She looks tired" in shown
        assert "tired" not in text_of(sign_in(cast.mira).get(url))
        assert sign_in(cast.elena).get(url).status_code == 403
        assert sign_in(cast.tom).get(url).status_code == 404
        assert not Opening.objects.exists()

    def test_two_windows_and_too_long(self, cast, sign_in, meeting):
        url = f"/meetings/{meeting.pk}/my-notes/"
        client = sign_in(cast.ana)
        client.post(url, {"text": "one", "seen": ""})
        answer = client.post(url, {"text": "two", "seen": ""})
        assert answer.status_code == 409
        assert ">one<" in text_of(answer)
        assert client.post(url, {"text": "z" * 60_000}).context["text"] == "z" * 60_000
        json = {"accept": "application/json"}
        assert client.post(url, {"text": "three", "seen": ""}, headers=json).status_code == 409
        assert client.post(url, {"text": "four"}, headers=json).json()["words"] == "Saved 07:00"
        assert PrivateNote.objects.get().text == "four"


def test_search_says_that_confidential_words_are_not_searched_and_finds_none(cast, sign_in, meeting):
    client = sign_in(cast.mira)
    client.post(f"/meetings/{meeting.pk}/pre-work/", {"text": "quagga"})
    client.post(f"/meetings/{meeting.pk}/alone/", {"text": "quagga"})
    shown = text_of(client.get("/find/?q=quagga"))
    assert "Nothing confidential is searched." in shown
    assert "Nothing here is called" in shown
