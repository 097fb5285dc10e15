"""Streams of rooms from real servers: what is told, to whom, and how they end."""

import signal
import threading
import time

import pytest

from tests.instances import wait_for
from tests.rooms import TELL, Listening, make_room


def tell(instance, room, *parts):
    instance.django(TELL.format(meeting=room["meeting"], parts=parts))


def test_a_change_of_another_process_reaches_every_screen(make_instance, prepared):
    instance = make_instance(like=prepared)
    room = make_room(instance)
    with instance.up() as up:
        listening = [Listening(up.address, room["meeting"], room["cookies"][who]) for who in ("ana", "mira")]
        for each in listening:
            each.wait_for_id()
        tell(instance, room, "promises", "item-topics")
        for each in listening:
            each.wait_for_part("item-topics")
            assert b'{"part": "promises"}' in each.heard
        seen = listening[0].last
        for each in listening:
            each.close()
        tell(instance, room, "round")
        back = Listening(up.address, room["meeting"], room["cookies"]["ana"], Last_Event_ID=seen)
        told = back.wait_for_part("round")
        assert not [each for each in told if each["part"] == "promises"], "it was told twice"
        assert up.stop() < 8
        assert back.ends()


def test_no_text_travels_from_a_sealed_room(make_instance, prepared):
    instance = make_instance(like=prepared)
    room = make_room(instance, sealed=True)
    with instance.up() as up:
        screen = Listening(up.address, room["meeting"], room["cookies"]["mira"])
        screen.wait_for_id()
        instance.django(
            "from django.utils import timezone\nfrom drumbeat.meetings.models import Note, Meeting\n"
            f"m = Meeting.objects.get(pk={room['meeting']})\n"
            "Note(meeting=m, item='topics', author=m.rhythm.chair, changed_at=timezone.now())"
            ".put('heron quartz', confidential=True).save()\n" + TELL.format(**room, parts=("item-topics",))
        )
        screen.wait_for_part("item-topics")
        assert b"html" not in screen.heard
        assert b"heron" not in screen.heard
        screen.close()


def test_a_visitor_and_a_stranger_are_refused(make_instance, prepared):
    instance = make_instance(like=prepared)
    room = make_room(instance)
    with instance.up() as up:
        for cookie, status in [("", 401), ("a=b", 401), (room["cookies"]["stella"], 404)]:
            refused = Listening(up.address, room["meeting"], cookie)
            assert refused.status == status
            assert b"data" not in refused.answer.read()
        assert Listening(up.address, 10**15, room["cookies"]["ana"]).status == 404
        assert Listening(up.address, room["meeting"], room["cookies"]["ana"], Last_Event_ID="x").status == 400


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_with_open_streams(make_instance, prepared, number):
    instance = make_instance(like=prepared)
    room = make_room(instance)
    with instance.up() as up:
        screens = [Listening(up.address, room["meeting"], room["cookies"]["ana"]) for _ in range(5)]
        for each in screens:
            each.wait_for_id()
        ended = []
        threads = [threading.Thread(target=lambda each=each: ended.append(each.ends())) for each in screens]
        for each in threads:
            each.start()
        took = up.stop(number)
        for each in threads:
            each.join(5)
        assert took < 5, "it was ended by force"
        assert up.process.returncode == 0
        assert ended == [True] * 5


def test_who_opened_a_screen_is_here(make_instance, prepared):
    instance = make_instance(like=prepared)
    room = make_room(instance)
    asked = (
        "from drumbeat.meetings.models import Seat\n"
        f"print(Seat.objects.filter(meeting={room['meeting']}, seen_at__isnull=False).count())"
    )
    with instance.up() as up:
        first = Listening(up.address, room["meeting"], room["cookies"]["ana"])
        first.wait_for_id()
        second = Listening(up.address, room["meeting"], room["cookies"]["mira"])
        first.wait_for_part("people")
        first.wait_for_part("people")
        wait_for(lambda: instance.django(asked).strip() == "2")
        first.close()
        second.close()


def test_other_pages_are_answered_beside_many_streams(make_instance, prepared):
    instance = make_instance(like=prepared)
    room = make_room(instance)
    with instance.up() as up:
        screens = [Listening(up.address, room["meeting"], room["cookies"]["ana"]) for _ in range(40)]
        began = time.monotonic()
        assert up.get("/healthz")[0] == 200
        assert time.monotonic() - began < 5
        for each in screens:
            each.close()
