from datetime import timedelta

import pytest

from drumbeat.journal.models import Entry, Opening
from drumbeat.meetings.actions.room import NoSuchItem, enter, finish_item, reopen_item, run_item
from drumbeat.meetings.models import Meeting, Seat
from drumbeat.meetings.parts import html_of
from drumbeat.meetings.standing import RoomIsShut
from drumbeat.meetings.tests import make
from drumbeat.meetings.tests.deeds import NINE, by, prework, told
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def test_the_second_who_comes_begins_it(one, cast):
    assert enter(**by(cast.elena), meeting=one)
    assert Meeting.objects.get(pk=one.pk).started_at is None
    later = NINE + timedelta(minutes=3)
    assert enter(**by(cast.ana, later), meeting=one)
    assert Meeting.objects.get(pk=one.pk).started_at == later
    seat = Seat.objects.get(meeting=one, person=cast.elena)
    assert (seat.came_at, seat.seen_at) == (NINE, NINE)
    assert "people" in told(one)
    assert Entry.objects.filter(verb="room.enter").count() == 2


def test_coming_back_keeps_the_first_time(one, cast):
    enter(**by(cast.elena), meeting=one)
    enter(**by(cast.elena, NINE + timedelta(minutes=9)), meeting=one)
    seat = Seat.objects.get(meeting=one, person=cast.elena)
    assert (seat.came_at, seat.seen_at) == (NINE, NINE + timedelta(minutes=9))
    assert Entry.objects.filter(verb="room.enter").count() == 1


@pytest.mark.parametrize("hours", [-24, -1, 13, 7 * 24])
def test_reading_it_at_another_time_is_no_coming(one, cast, hours):
    for person in (cast.elena, cast.ana):
        assert not enter(**by(person, NINE + timedelta(hours=hours)), meeting=one)
    assert not Seat.objects.exclude(came_at=None).exists()
    assert Meeting.objects.get(pk=one.pk).started_at is None


def test_a_closed_room_nobody_comes_into(one, cast):
    one.state, one.closed_at = Meeting.CLOSED, NINE
    one.save()
    assert not enter(**by(cast.elena), meeting=one)


def test_items_run_and_end_in_order(one, cast):
    run_item(**by(cast.elena), meeting=one, item="a")
    assert (one.running, one.running_since) == ("a", NINE)
    finish_item(**by(cast.ana, NINE + timedelta(minutes=5)), meeting=one, item="a")
    kept = Meeting.objects.get(pk=one.pk)
    assert (kept.running, kept.running_since) == ("b", NINE + timedelta(minutes=5))
    assert told(one)[-3:] == ["agenda", "item-a", "item-b"]
    reopen_item(**by(cast.ana), meeting=one, item="a")
    assert not one.items_done.exists()


def test_what_is_done_already_is_skipped_and_the_last_ends_it(one, cast):
    for key in "bcdef":
        finish_item(**by(cast.elena), meeting=one, item=key)
    run_item(**by(cast.elena), meeting=one, item="a")
    finish_item(**by(cast.elena), meeting=one, item="a")
    assert (one.running, one.running_since) == ("", None)


def test_the_same_twice_is_once(one, cast):
    for _n in range(2):
        run_item(**by(cast.elena), meeting=one, item="a")
        reopen_item(**by(cast.elena), meeting=one, item="b")
    for _n in range(2):
        finish_item(**by(cast.elena), meeting=one, item="a")
    assert [Entry.objects.filter(verb=verb).count() for verb in ("item.run", "item.done", "item.undone")] == [
        1,
        1,
        0,
    ]


def test_an_item_that_is_not_there_is_said(one, cast):
    for deed in (run_item, finish_item, reopen_item):
        with pytest.raises(NoSuchItem):
            deed(**by(cast.elena), meeting=one, item="z" * 500)


@pytest.mark.parametrize("state", [Meeting.CLOSED, Meeting.LEFT_OUT, Meeting.AWAY])
def test_a_shut_room_takes_nothing_in(one, cast, state):
    Meeting.objects.filter(pk=one.pk).update(state=state, closed_at=NINE)
    for deed in (run_item, finish_item, reopen_item):
        with pytest.raises(RoomIsShut):
            deed(**by(cast.elena), meeting=one, item="a")


# Pages


def test_it_works(one, cast, sign_in):
    prework(one, cast.ana, "I want to sit through the silence")
    answer = sign_in(cast.elena).get(f"/meetings/{one.pk}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "One-to-one with Ana" in text
    assert "Monday 23 November, 9:00 to 9:45" in text
    assert "Both of you see this page" in text
    assert "sit through the silence" in text
    assert "data-clock" not in text
    assert 'data-confidential="true"' in text


def test_each_sees_it_from_the_own_side_and_in_the_own_zone(one, cast, sign_in):
    cast.ana.time_zone = "America/New_York"
    cast.ana.save()
    text = sign_in(cast.ana).get(f"/meetings/{one.pk}/").content.decode()
    assert "One-to-one with Elena" in text
    assert "Monday 23 November, 3:00 to 3:45" in text


def test_the_link_names_its_provider(one, cast, sign_in):
    rhythm = one.rhythm
    for link, said in [
        ("https://teams.microsoft.com/l/meetup-join/x", "Join on Teams"),
        ("https://acme.zoom.us/j/1", "Join on Zoom"),
        ("https://meet.google.com/abc", "Join on Google Meet"),
        ("https://acme.webex.com/meet/x", "Join on Webex"),
        ("https://call.example/1", ">Join</a>"),
    ]:
        rhythm.join_link, rhythm.dial_in = link, "+49 711 555 0140, code 4471"
        rhythm.save()
        text = sign_in(cast.elena).get(f"/meetings/{one.pk}/").content.decode()
        assert said in text
        assert "code 4471" in text


def test_what_others_wrote_in_confidence_is_kept_as_opened(one, cast, sign_in):
    row = prework(one, cast.ana, "Secret of Brandt")
    sign_in(cast.ana).get(f"/meetings/{one.pk}/")
    assert not Opening.objects.exists()
    sign_in(cast.elena).get(f"/meetings/{one.pk}/")
    opened = Opening.objects.get()
    assert (opened.object_kind, opened.object_id, opened.author_id) == ("prework", row.pk, cast.ana.pk)
    assert "Brandt" not in opened.object_name


def test_of_a_plain_room_nothing_is_kept_as_opened(huddle, cast, sign_in):
    prework(huddle, cast.ana, "Brandt")
    sign_in(cast.elena).get(f"/meetings/{huddle.pk}/")
    assert not Opening.objects.exists()


def test_a_huddle_has_a_clock(huddle, cast, sign_in):
    client = sign_in(cast.elena)
    client.post(f"/meetings/{huddle.pk}/items/a/running/")
    text = client.get(f"/meetings/{huddle.pk}/").content.decode()
    assert "data-clock" in text
    assert "0 of 1 minute" in text
    assert "All 3 of you see this page" in text


def test_hostile_text_is_text(one, cast, sign_in):
    prework(one, cast.ana, "<script>alert(1)</script>\0")
    client = sign_in(cast.elena)
    client.post(f"/meetings/{one.pk}/topics/", {"text": "<img src=x onerror=alert(2)>"})
    client.post(f"/meetings/{one.pk}/notes/a/", {"text": "</textarea><script>alert(3)</script>"})
    text = client.get(f"/meetings/{one.pk}/").content.decode()
    for hostile in ("<script>alert", "<img src=x", "</textarea><script"):
        assert hostile not in text


def test_ten_thousand_lines_are_folded(one, cast, sign_in):
    prework(one, cast.ana, "\n".join(f"line {n}" for n in range(10_000)))
    text = sign_in(cast.elena).get(f"/meetings/{one.pk}/").content.decode()
    assert "9988 more lines" in text or "9,988 more lines" in text


def test_without_a_seat_it_is_not_there(one, cast, sign_in):
    for person in (cast.tom, cast.hanna, cast.adam, cast.stella, cast.mira):
        client = sign_in(person)
        for path in ("", "parts/agenda/"):
            assert client.get(f"/meetings/{one.pk}/{path}").status_code == 404
    assert sign_in(cast.dora).get(f"/meetings/{one.pk}/").status_code == 403  # sees dates, not the room


def test_who_leads_the_chair_sees_that_it_is_there_and_no_more(cast, sign_in):
    below = make.meeting(make.rhythm(cast.ana, [cast.mira]))
    client = sign_in(cast.elena)
    assert client.get(f"/meetings/{below.pk}/").status_code == 403
    assert client.post(f"/meetings/{below.pk}/notes/a/", {"text": "x"}).status_code == 403


def test_a_part_alone(one, cast, sign_in):
    client = sign_in(cast.elena)
    for part in ("agenda", "people", "promises", "topics", "round", "closing", "item-a"):
        answer = client.get(f"/meetings/{one.pk}/parts/{part}/")
        assert answer.status_code == 200, part
        assert f'id="part-{part}"' in answer.content.decode()
        assert "<html" not in answer.content.decode()
    for part in ("item-z", "nonsense", "item-"):
        assert client.get(f"/meetings/{one.pk}/parts/{part}/").status_code == 404


def test_a_closed_room_is_read_only(one, cast, sign_in):
    Meeting.objects.filter(pk=one.pk).update(state=Meeting.CLOSED, closed_at=NINE)
    client = sign_in(cast.elena)
    text = client.get(f"/meetings/{one.pk}/").content.decode()
    assert "This meeting is closed" in text
    assert "<textarea" not in text
    assert 'id="new-promise"' not in text
    answer = client.post(f"/meetings/{one.pk}/topics/", {"text": "late word"})
    assert answer.status_code == 422
    assert "closed" in answer.content.decode()


def test_left_out_and_away_say_so(one, cast, sign_in):
    one.state, one.word = Meeting.LEFT_OUT, "Trade fair"
    one.save()
    assert "left out: Trade fair" in sign_in(cast.ana).get(f"/meetings/{one.pk}/").content.decode()
    Meeting.objects.filter(pk=one.pk).update(state=Meeting.AWAY)
    assert "is away on this day" in sign_in(cast.ana).get(f"/meetings/{one.pk}/").content.decode()


def test_before_its_day_it_says_who_has_prepared(cast, sign_in):
    later = make.meeting(make.rhythm(cast.elena, [cast.ana]), day=TODAY + timedelta(days=7))
    assert (
        "What should come to the table?" in sign_in(cast.ana).get(f"/meetings/{later.pk}/").content.decode()
    )
    assert (
        "Still to prepare: Ana Ribeiro" in sign_in(cast.elena).get(f"/meetings/{later.pk}/").content.decode()
    )
    assert "Begin" not in sign_in(cast.elena).get(f"/meetings/{later.pk}/").content.decode()
    assert not Seat.objects.exclude(came_at=None).exists()


def test_figures_are_offered_to_the_chair_alone(huddle, cast, sign_in):
    """The room is on screens that others see, and whoever leads nobody has no such page."""
    hidden = f'data-only-for="{cast.elena.pk}" hidden'
    assert hidden not in sign_in(cast.elena).get(f"/meetings/{huddle.pk}/").content.decode()
    assert hidden in sign_in(cast.ana).get(f"/meetings/{huddle.pk}/").content.decode()


def test_what_all_screens_share_is_drawn_for_nobody(one, huddle, cast, on_monday):
    for part in ("agenda", "people", "promises", "topics", "round", "item-a"):
        html = html_of(huddle.pk, part, today=TODAY, now=NINE)
        assert f'id="part-{part}"' in html, part
        assert "csrfmiddlewaretoken" not in html
        assert html_of(one.pk, part, today=TODAY, now=NINE) == ""  # sealed: no text travels
    assert html_of(huddle.pk, "closing", today=TODAY, now=NINE) == ""
    assert html_of(987654, "agenda", today=TODAY, now=NINE) == ""


def test_forms_lead_back_to_their_place(one, cast, sign_in):
    client = sign_in(cast.elena)
    answer = client.post(f"/meetings/{one.pk}/topics/", {"text": "Headcount"})
    assert answer["Location"] == f"/meetings/{one.pk}/#part-topics"
    answer = client.post(f"/meetings/{one.pk}/items/a/done/")
    assert answer["Location"] == f"/meetings/{one.pk}/#part-agenda"


def test_with_a_script_only_the_part_comes_back(one, cast, sign_in):
    answer = sign_in(cast.elena).post(
        f"/meetings/{one.pk}/topics/",
        {"text": "Headcount"},
        headers={"HX-Request": "true", "HX-Target": "part-topics"},
    )
    assert answer.status_code == 200
    assert "Headcount" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_refusal_stands_beside_its_form_with_what_was_typed(one, cast, sign_in):
    answer = sign_in(cast.elena).post(f"/meetings/{one.pk}/topics/", {"text": "x" * 2001})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "A topic is a line or two" in text
    assert "x" * 2001 in text
