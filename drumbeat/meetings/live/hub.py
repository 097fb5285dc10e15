"""One reader a process: it asks the event table as long as screens are open, and tells them what changed."""

import asyncio
import logging
from collections import defaultdict
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from drumbeat.meetings import telling
from drumbeat.meetings.live import events, post, presence, render
from drumbeat.meetings.live.events import Change, Position
from drumbeat.meetings.models import Meeting

log = logging.getLogger("drumbeat.live")
in_thread = sync_to_async  # one thread for all of them, with one connection to the database
EVERY = 0.25  # seconds between two looks where nothing wakes the reader
TOGETHER = 0.01  # seconds in which changes gather into one look
SELDOM = {"people": 1.0}  # parts that are told at most once in so many seconds


class Screen:
    """One open page of a room, and what it has not been told yet: of each part the newest message.

    ``shift`` is how far this viewer's clock is from the real one (DRUMBEAT_AS_OF).
    """

    def __init__(self, meeting_pk: int, person_pk: int, shift: timedelta = timedelta()) -> None:
        self.meeting_pk, self.person_pk, self.shift = meeting_pk, person_pk, shift
        self.closed = False
        self._told: dict[str, int] = {}
        self._waiting: dict[str, bytes] = {}
        self._ready = asyncio.Event()

    def tell(self, change: Change, message: bytes) -> None:
        """Have the message sent; the same change twice is told once."""
        if self._told.get(change.part) == change.number:
            return
        self._told[change.part] = change.number
        self._waiting.pop(change.part, None)
        self._waiting[change.part] = message
        self._ready.set()

    async def messages(self, seconds: float) -> bytes:
        """What is to be sent now; waits at most so long for it and then gives nothing."""
        try:
            await asyncio.wait_for(self._ready.wait(), seconds)
        except TimeoutError:
            return b""
        self._ready.clear()
        found = b"".join(self._waiting.values())
        self._waiting.clear()
        return found

    def close(self) -> None:
        """Its stream is to end."""
        self.closed = True
        self._ready.set()


class Hub:
    """The open screens of this process. Lives in one event loop; ``wake`` alone may be called from any
    thread. Everything that asks the database runs in the one thread of ``in_thread``."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.screens: dict[int, set[Screen]] = defaultdict(set)
        self.stopping = False
        self.position: Position | None = None
        self._woken = asyncio.Event()
        self._starting = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._told_at: dict[tuple[int, str], float] = {}
        self._later: dict[tuple[int, str], Change] = {}
        self._about: dict[int, render.About] = {}
        self._left: dict[tuple[int, int], float] = {}

    def wake(self, meeting_pk: int) -> None:
        """Look now."""
        try:
            self.loop.call_soon_threadsafe(self._wake, meeting_pk)
        except RuntimeError:  # the loop is closed: whoever saves something must not suffer from it
            telling.LISTENERS.discard(self.wake)

    def _wake(self, meeting_pk: int) -> None:
        if meeting_pk in self.screens:
            self._woken.set()

    async def join(self, screen: Screen, seen: int | None) -> None:
        """Open a screen that saw event ``seen`` last; None for a page that has just been loaded."""
        self.screens[screen.meeting_pk].add(screen)
        self._left.pop((screen.meeting_pk, screen.person_pk), None)
        async with self._starting:
            if not self._tasks:
                # The reader starts from here, what was before is caught up: they meet without a gap.
                self.position = Position(await in_thread(events.newest)())
                telling.LISTENERS.add(self.wake)
                self._tasks = [asyncio.create_task(work()) for work in (self._read, self._beat)]
                if settings.REDIS_URL:
                    self._tasks.append(asyncio.create_task(post.listen(self._wake)))
        missed, last = await in_thread(self._catch_up)(screen, seen)
        for change, message in missed:
            screen.tell(change, message)
        screen.tell(Change(last, screen.meeting_pk, ""), render.here(last))

    def leave(self, screen: Screen) -> None:
        """Close a screen."""
        screen.close()
        here = self.screens[screen.meeting_pk]
        here.discard(screen)
        if all(each.person_pk != screen.person_pk for each in here):
            self._left[screen.meeting_pk, screen.person_pk] = self.loop.time()
        if not here:
            del self.screens[screen.meeting_pk]
            self._about.pop(screen.meeting_pk, None)

    def stop(self) -> None:
        """End every stream: the server stops."""
        self.stopping = True
        for here in list(self.screens.values()):
            for screen in list(here):
                screen.close()

    def _idle(self) -> bool:
        return not self.screens and not self._left

    async def _read(self) -> None:
        while not self._idle() and not self.stopping:
            try:
                await asyncio.wait_for(self._woken.wait(), EVERY)
                await asyncio.sleep(TOGETHER)
            except TimeoutError:
                pass
            self._woken.clear()
            if not self.screens:
                continue
            try:
                for change, message in await in_thread(self._look)():
                    for screen in list(self.screens.get(change.meeting, ())):
                        screen.tell(change, message)
            except Exception as fault:
                log.warning("changes could not be read", extra={"reason": type(fault).__name__})
                await asyncio.sleep(1)
        self.end()

    def end(self) -> None:
        """Nobody is here any more: the next who comes starts anew."""
        telling.LISTENERS.discard(self.wake)
        current = asyncio.current_task()
        for task in self._tasks:
            if task is not current:
                task.cancel()
        self._tasks = []
        self._told_at.clear()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(presence.BEAT.total_seconds())
            now = timezone.now()
            here: dict[tuple[int, datetime], set[int]] = defaultdict(set)
            for screen in [screen for room in self.screens.values() for screen in room]:
                here[screen.meeting_pk, now + screen.shift].add(screen.person_pk)
            long_ago = self.loop.time() - presence.AWAY.total_seconds()
            gone = [who for who, at in self._left.items() if at < long_ago]
            try:
                await in_thread(_beat)(here, {meeting for meeting, _ in gone})
            except Exception as fault:
                log.warning("presence was not kept", extra={"reason": type(fault).__name__})
            for who in gone:
                self._left.pop(who, None)

    def _look(self) -> list[tuple[Change, bytes]]:
        """In the thread: what changed in the open rooms, rendered once for all of their screens."""
        assert self.position is not None
        close_old_connections()
        found = events.each_once(self.position.fresh(), set(self.screens))
        return self._rendered(self._in_time(found))

    def _in_time(self, changes: list[Change]) -> list[Change]:
        """Without those that were told a moment ago and may wait for the next of their kind."""
        now, ready = self.loop.time(), []
        for change in [*self._later.values(), *changes]:
            key = (change.meeting, change.part)
            if now - self._told_at.get(key, float("-inf")) < SELDOM.get(change.part, 0.0):
                self._later[key] = change
                continue
            self._later.pop(key, None)
            if change.part in SELDOM:
                self._told_at[key] = now
            ready.append(change)
        return ready

    def _catch_up(self, screen: Screen, seen: int | None) -> tuple[list[tuple[Change, bytes]], int]:
        last = events.newest()
        missed = events.since(screen.meeting_pk, seen)
        return self._rendered(missed), max([last, *(change.number for change in missed)])

    def _rendered(self, changes: list[Change]) -> list[tuple[Change, bytes]]:
        found = []
        for change in changes:
            if change.meeting not in self._about:
                self._about[change.meeting] = render.about(change.meeting)
            here = next(iter(self.screens.get(change.meeting, ())), None)
            now = timezone.now() + (here.shift if here else timedelta())
            found.append((change, render.message(change, self._about[change.meeting], now)))
        return found


def _beat(here: dict[tuple[int, datetime], set[int]], left: set[int]) -> None:
    close_old_connections()
    for (meeting_pk, now), people in here.items():
        presence.beat(meeting_pk, people, now)
    for meeting in Meeting.objects.filter(pk__in=left):
        presence.leave(meeting)
    if not here:
        connections.close_all()


_hub: Hub | None = None


def hub() -> Hub:
    """The hub of the running event loop, made at its first use."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub
