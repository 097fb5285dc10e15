"""The stream of a room, ``/meetings/PK/live/``, as an ASGI application that stands before Django.

In Django an open stream would hold a thread and a database connection each; here it holds neither.
"""

import asyncio
import logging
import re
import signal
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from django.db import close_old_connections
from django.utils import timezone

from drumbeat.meetings.live import presence
from drumbeat.meetings.live.hub import Screen, hub, in_thread
from drumbeat.meetings.models import Meeting
from drumbeat.people.access import condition
from drumbeat.people.viewer import Viewer

log = logging.getLogger("drumbeat.request")
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
# Who asks, by the request's scope, and how far the viewer's clock is from the real one.
Identify = Callable[[Scope], tuple[Viewer, timedelta]]

PATH = re.compile(r"^/meetings/(\d{1,18})/live/$", re.ASCII)
PING = 15.0  # seconds between two signs of life
AGAIN = 60.0  # seconds between two looks whether the viewer still may
RETRY = b"retry: 2000\n\n"  # milliseconds after which a browser that lost the stream comes again
ALIVE = b"event: ping\ndata: 1\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
SENTENCES = {
    400: "This address is not understood.",
    401: "Please sign in first.",
    403: "What is said in this meeting is for those who have a seat in it.",
    404: "There is no such meeting for you.",
    405: "A stream can only be read.",
    503: "The server is about to stop. Please come again.",
}


@dataclass(frozen=True)
class Admission:
    """Whether the viewer may have the stream, as an HTTP status, and for whom it then is."""

    status: int
    person_pk: int = 0
    shift: timedelta = timedelta()


async def live(scope: Scope, receive: Receive, send: Send, *, identify: Identify) -> None:
    """Answer one request for a stream."""
    _end_streams_on_signals()
    found = PATH.match(scope["path"])
    if found is None or scope["method"] not in ("GET", "HEAD"):
        return await _refuse(send, 405 if found else 404)
    meeting_pk = int(found[1])
    if hub().stopping:
        return await _refuse(send, 503)
    try:
        seen = seen_last(_header(scope, b"last-event-id") or _query(scope, "after"))
    except ValueError:
        return await _refuse(send, 400)
    admission = await in_thread(admit)(identify, scope, meeting_pk, arrives=scope["method"] == "GET")
    log.info(
        scope["method"],
        extra={"path": "meetings/<int:pk>/live/", "status": admission.status, "viewer": admission.person_pk},
    )
    if admission.status != 200:
        return await _refuse(send, admission.status)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if scope["method"] == "GET":
        screen = Screen(meeting_pk, admission.person_pk, admission.shift)
        await _stream(screen, seen, receive, send, lambda: admit(identify, scope, meeting_pk))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _stream(
    screen: Screen, seen: int | None, receive: Receive, send: Send, look: Callable[[], Admission]
) -> None:
    """Send until the browser has gone, the server stops, or the viewer may no longer."""
    gone = asyncio.ensure_future(_until_gone(receive))
    gone.add_done_callback(lambda _: screen.close())
    loop = asyncio.get_running_loop()
    try:
        await send({"type": "http.response.body", "body": RETRY, "more_body": True})
        await hub().join(screen, seen)
        look_at = loop.time() + AGAIN
        while not screen.closed:
            body = await screen.messages(PING)
            if screen.closed:
                break
            if loop.time() > look_at:
                look_at = loop.time() + AGAIN
                if (await in_thread(look)()).status != 200:
                    break
            await send({"type": "http.response.body", "body": body or ALIVE, "more_body": True})
    finally:
        hub().leave(screen)
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def admit(identify: Identify, scope: Scope, meeting_pk: int, *, arrives: bool = False) -> Admission:
    """Look who asks, by the same condition as every page; ``arrives`` says that a screen opens now."""
    close_old_connections()
    viewer, shift = identify(scope)
    meetings = Meeting.objects.filter(pk=meeting_pk)
    meeting = meetings.filter(condition(viewer, "meeting.read")).first()
    if meeting is not None:
        if arrives:
            presence.arrive(meeting, viewer.pk, timezone.now() + shift)
        return Admission(200, viewer.pk, shift)
    if not viewer.signed_in:
        return Admission(401)
    seen = meetings.filter(condition(viewer, "meeting.schedule")).exists()
    return Admission(403 if seen else 404, viewer.pk)


def seen_last(said: str) -> int | None:
    """The id of the event that a screen saw last, as it says; None where it says nothing. ValueError."""
    if not said:
        return None
    if not re.fullmatch(r"\d{1,18}", said, re.ASCII):
        raise ValueError("an id is a number")
    return int(said)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _query(scope: Scope, name: str) -> str:
    return parse_qs(scope.get("query_string", b"").decode("latin-1")).get(name, [""])[0]


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": SENTENCES[status].encode(), "more_body": False})


_chained = False


def _end_streams_on_signals() -> None:
    """At the first stream: SIGTERM and SIGINT also end the streams, which otherwise hold the server up.

    The server's own handler hangs on the loop's wake-up and is called all the same.
    """
    global _chained
    if _chained or threading.current_thread() is not threading.main_thread():
        return
    _chained = True
    loop, here = asyncio.get_running_loop(), hub()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def end(number: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(here.stop)
            if callable(before):
                before(number, frame)

        signal.signal(number, end)
