"""The event table as readers ask it, and the stream as an ASGI application."""

import asyncio
import json
from datetime import time, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from drumbeat.meetings.live import events, hub, post, presence, stream
from drumbeat.meetings.live.events import Change, Position, each_once
from drumbeat.meetings.models import Meeting, Rhythm, RoomEvent, Seat
from drumbeat.meetings.telling import tell
from drumbeat.people.tests.cast import TODAY
from drumbeat.web.streams import identify


@pytest.fixture
def room(cast, on_monday):
    """A sealed one-to-one of Ana with Mira."""
    now = timezone.now()
    rhythm = Rhythm.objects.create(
        template="one_to_one", name="One-to-one", chair=cast.ana, confidential=True, frequency="weekly",
        weekday=0, starts_on=TODAY, at=time(9), time_zone="Europe/Berlin", minutes=30,
    )  # fmt: skip
    made = Meeting.objects.create(
        rhythm=rhythm, slot_day=TODAY, day=TODAY, starts_at=now, ends_at=now + timedelta(minutes=30)
    )
    for person in (cast.ana, cast.mira):
        Seat.objects.create(meeting=made, person=person, chairs=person == cast.ana)
    return made


def event(room, part="promises", pk=None, ago=timedelta()):
    return RoomEvent.objects.create(pk=pk, meeting=room, part=part, at=timezone.now() - ago)


def test_a_reader_finds_what_is_committed_late(room):
    event(room, pk=10)
    position = Position(events.newest())
    event(room, "late", pk=13)
    assert [change.number for change in position.fresh()] == [13]
    event(room, "later", pk=11)
    assert [change.part for change in position.fresh()] == ["later"]
    assert position.fresh() == []
    assert 12 in position.missing


def test_a_screen_gets_what_it_missed_each_part_once(room):
    seen = event(room)
    event(room, "round", ago=timedelta(seconds=1))
    event(room, "round")
    event(room, "topics")
    told = events.since(room.pk, seen.pk)
    assert [change.part for change in told] == ["round", "topics"]
    assert events.since(room.pk, told[-1].number) == []


def test_a_page_just_loaded_gets_the_last_minute(room):
    event(room, "old", ago=timedelta(minutes=2))
    event(room, "young", ago=timedelta(seconds=20))
    assert [change.part for change in events.since(room.pk, None)] == ["young"]
    assert len(events.since(room.pk, 0)) == 2


def test_a_screen_that_was_away_too_long_fetches_everything(room):
    event(room, "old", pk=5, ago=events.KEPT * 2)
    event(room, "older", pk=6, ago=events.KEPT * 2)
    event(room, pk=7)
    events.sweep()
    assert list(RoomEvent.objects.values_list("pk", flat=True)) == [7]
    assert events.since(room.pk, 5) == [Change(7, room.pk, events.EVERYTHING)]


def test_the_newest_event_is_never_swept(room):
    event(room, pk=5, ago=events.KEPT * 2)
    events.sweep()
    assert events.newest() == 5


def test_of_each_part_the_newest_change_is_told():
    changes = [Change(1, 7, "a"), Change(2, 7, "b"), Change(3, 7, "a"), Change(4, 8, "a")]
    assert each_once(changes, {7}) == [Change(2, 7, "b"), Change(3, 7, "a")]


def test_arriving_is_told_once(cast, room):
    presence.arrive(room, cast.mira.pk, timezone.now())
    presence.arrive(room, cast.mira.pk, timezone.now())
    assert RoomEvent.objects.filter(part="people").count() == 1
    presence.arrive(room, cast.mira.pk, timezone.now() + timedelta(minutes=5))
    assert RoomEvent.objects.filter(part="people").count() == 2
    presence.arrive(room, cast.stella.pk, timezone.now())
    assert RoomEvent.objects.filter(part="people").count() == 2


# The stream


class Browser:
    """Asks the application for a stream and keeps what it was sent."""

    def __init__(self, client, path, method="GET", headers=(), query=b""):
        name = settings.SESSION_COOKIE_NAME
        cookie = f"{name}={client.cookies[name].value}" if name in client.cookies else ""
        sent = [(b"host", b"localhost"), (b"cookie", cookie.encode()), *headers]
        self.scope = {
            "type": "http", "path": path, "method": method, "headers": sent, "query_string": query,
        }  # fmt: skip
        self.status, self.body, self.gone = 0, b"", asyncio.Event()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.body += message["body"]

    def told(self):
        lines = [line for line in self.body.decode().splitlines() if line.startswith("data: {")]
        return [json.loads(line[6:]) for line in lines]

    async def until(self, text, seconds=5.0):
        async with asyncio.timeout(seconds):
            while text not in self.body:
                await asyncio.sleep(0.02)

    async def open(self, *steps):
        asked = asyncio.create_task(stream.live(self.scope, self.receive, self.send, identify=identify))
        for step in steps:
            await step()
        self.gone.set()
        await asyncio.wait_for(asked, 5)


def open_stream(client, path, *steps, **given):
    """The browser after a stream in which ``steps`` happened; each is given the browser."""

    async def it():
        browser = Browser(client, path, **given)
        bound = [lambda step=step: step(browser) for step in steps]
        try:
            await browser.open(*bound)
        finally:
            hub.hub().end()
        return browser

    return async_to_sync(it)()


@pytest.fixture
def streams(transactional_db):
    cache.clear()
    yield
    hub._hub = None


def test_a_change_is_told(streams, cast, room, sign_in):
    async def change(browser):
        await browser.until(b"id: ")
        await hub.in_thread(tell)(room, "promises", "item-topics")
        await browser.until(b"item-topics")

    browser = open_stream(sign_in(cast.mira), f"/meetings/{room.pk}/live/", change)
    assert browser.status == 200
    assert [each for each in browser.told() if each["part"] != "people"] == [
        {"part": "promises"}, {"part": "item-topics"},
    ]  # fmt: skip


def test_who_may_listen(streams, cast, room, client, sign_in):
    path = f"/meetings/{room.pk}/live/"
    assert open_stream(client, path).status == 401
    for person, status in [(cast.ana, 200), (cast.stella, 404), (cast.elena, 403), (cast.adam, 404)]:
        assert open_stream(sign_in(person), path).status == status
    assert open_stream(sign_in(cast.ana), "/meetings/999999/live/").status == 404
    assert open_stream(sign_in(cast.ana), path, method="POST").status == 405
    assert open_stream(sign_in(cast.ana), path, headers=[(b"last-event-id", b"1 or 1")]).status == 400
    assert open_stream(sign_in(cast.ana), path, query=b"after=%00").status == 400


def test_a_stream_ends_with_the_session(streams, cast, room, sign_in, monkeypatch):
    monkeypatch.setattr(stream, "AGAIN", 0.0)
    monkeypatch.setattr(stream, "PING", 0.1)
    mira = sign_in(cast.mira)

    async def leave(browser):
        await browser.until(b"id: ")
        await hub.in_thread(mira.session.flush)()
        before = browser.body
        await asyncio.sleep(0.4)
        await hub.in_thread(tell)(room, "promises")
        await asyncio.sleep(0.5)
        assert b"promises" not in browser.body[len(before) :]

    assert open_stream(mira, f"/meetings/{room.pk}/live/", leave).status == 200


def test_a_stream_shows_that_it_lives(streams, cast, room, sign_in, monkeypatch):
    monkeypatch.setattr(stream, "PING", 0.05)
    browser = open_stream(
        sign_in(cast.mira), f"/meetings/{room.pk}/live/", lambda browser: browser.until(b"ping")
    )
    assert stream.ALIVE in browser.body


def test_what_was_missed_is_told_first(streams, cast, room, sign_in):
    seen = event(room, "round", ago=timedelta(minutes=2))
    event(room, "topics", ago=timedelta(minutes=1, seconds=30))
    for given in ({"headers": [(b"last-event-id", b"%d" % seen.pk)]}, {"query": b"after=%d" % seen.pk}):
        browser = open_stream(
            sign_in(cast.mira), f"/meetings/{room.pk}/live/", lambda b: b.until(b"topics"), **given
        )
        assert {"part": "round"} not in browser.told()


def test_where_no_stream_can_be_held_open(cast, room, sign_in):
    client = sign_in(cast.mira)
    path = f"/meetings/{room.pk}/live/"
    event(room, "round")
    first = client.get(path)
    assert first["Content-Type"] == "text/event-stream"
    assert b'{"part": "round"}' in first.content
    last = first.content.rpartition(b"id: ")[2].strip().decode()
    event(room, "topics")
    again = client.get(path, headers={"Last-Event-ID": last}).content
    assert b'{"part": "topics"}' in again
    assert client.get(path, headers={"Last-Event-ID": "x"}).status_code == 400
    assert sign_in(cast.stella).get(path).status_code == 404


def test_without_redis_a_save_goes_on(room, settings, monkeypatch, caplog):
    caplog.set_level("WARNING", "drumbeat.live")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(post, "_not_before", 0.0)
    post.publish(room.pk)
    assert "Redis was not reached" in caplog.text
    caplog.clear()
    post.publish(room.pk)
    assert caplog.text == ""
