"""The people of the room measurement: ``python -m drumbeat.run.bench.room_load``, in a process of its own.

Opens a stream a person, saves changes, asks for pages beside them, and counts what arrives when. It knows
nothing of Drumbeat's insides: it speaks HTTP, as browsers do. The task comes as JSON on standard input
(``Task``), the figures go as JSON to standard output.
"""

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

CHANGE = re.compile(rb"change (\d+);")
CSRF = "b" * 32
AFTER = 3.0  # seconds in which the last changes may still arrive


@dataclass
class Task:
    """Whom to be, where, for how long. ``ports``: one web process each; ``items``: keys of the agenda."""

    ports: list[int]
    meeting: int
    session_cookie: str
    csrf_cookie: str
    sessions: list[str]
    items: list[str]
    pages: list[str]
    changes_a_second: float
    pages_a_second: float
    seconds: float


class Connection:
    """One connection that is kept alive, as a browser's."""

    def __init__(self, task: Task, port: int, session: str) -> None:
        self.port = port
        self.head = (
            f"Host: 127.0.0.1:{port}\r\n"
            f"Cookie: {task.session_cookie}={session}; {task.csrf_cookie}={CSRF}\r\nX-CSRFToken: {CSRF}\r\n"
        )
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, more: str = "", body: bytes = b"") -> tuple[int, bool, int]:
        """Send a request and read the answer's head: status, whether it comes in chunks, its length."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{self.head}{more}{length}\r\n".encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        found = re.search(r"\r\ncontent-length: (\d+)", head)
        return int(head.split(" ", 2)[1]), "transfer-encoding: chunked" in head, int(found[1]) if found else 0

    async def chunk(self) -> bytes:
        """The next chunk; empty at the end."""
        size = int(await self.reader.readuntil(b"\r\n"), 16)
        return (await self.reader.readexactly(size + 2))[:-2]

    async def whole(self, method: str, path: str, more: str = "", body: bytes = b"") -> int:
        """The status of an answer that is read to its end."""
        status, chunked, length = await self.ask(method, path, more, body)
        if chunked:
            while await self.chunk():
                pass
        else:
            await self.reader.readexactly(length)
        return status


@dataclass
class Screen:
    """What one person's page was told: the moment of each change, and every event's id."""

    arrived: dict[int, float] = field(default_factory=dict)
    ids: list[bytes] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self, connection: Connection, meeting: int) -> None:
        """Read the stream until cancelled."""
        status, chunked, _ = await connection.ask("GET", f"/meetings/{meeting}/live/")
        assert status == 200, f"a stream answered {status}"
        assert chunked
        text = b""
        while piece := await connection.chunk():
            now = time.perf_counter()
            *blocks, text = (text + piece).split(b"\n\n")
            for block in blocks:
                if block.startswith(b"id: "):
                    self.ready.set()
                    if b"\ndata: " in block:
                        self.ids.append(block[4 : block.index(b"\n")])
                for number in CHANGE.findall(block):
                    self.arrived.setdefault(int(number), now)


@dataclass
class Counted:
    """What was asked for beside the streams."""

    sent: dict[int, float] = field(default_factory=dict)
    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: int = 0


async def _change(task: Task, counted: Counted) -> None:
    """Save one change after the other, each at its time, into the items in turn; what was stays there."""
    writers = [
        Connection(task, task.ports[n % len(task.ports)], task.sessions[n % len(task.sessions)])
        for n in range(len(task.items))
    ]
    texts = [""] * len(task.items)
    numbers = [0] * len(task.items)
    free = [asyncio.Lock() for _ in task.items]
    total = round(task.changes_a_second * task.seconds)

    async def save(n: int) -> None:
        which = n % len(task.items)
        async with free[which]:
            texts[which] += f"change {n};\n"
            numbers[which] += 1
            body = urlencode(
                {
                    "text": texts[which],
                    "number": numbers[which] - 1,
                    "client": f"load{which}",
                    "sequence": numbers[which],
                }
            ).encode()
            counted.sent[n] = began = time.perf_counter()
            status = await writers[which].whole(
                "POST",
                f"/meetings/{task.meeting}/notes/{task.items[which]}/",
                "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                body,
            )
            counted.saves.append(time.perf_counter() - began)
            counted.failed += status != 200

    await _at_times(total, task.changes_a_second, save)


async def _read_pages(task: Task, port: int, counted: Counted) -> None:
    """Ask for one page after the other, each at its time."""
    readers = [Connection(task, port, session) for session in task.sessions[:4]]
    free = [asyncio.Lock() for _ in readers]

    async def read(n: int) -> None:
        began = time.perf_counter()
        async with free[n % len(readers)]:
            status = await readers[n % len(readers)].whole("GET", task.pages[n % len(task.pages)])
        counted.pages.append(time.perf_counter() - began)
        counted.failed += status != 200

    await _at_times(round(task.pages_a_second * task.seconds), task.pages_a_second, read)


async def _at_times(total: int, a_second: float, work: Any) -> None:
    began, tasks = time.perf_counter(), []
    for n in range(total):
        await asyncio.sleep(max(0.0, began + n / a_second - time.perf_counter()))
        tasks.append(asyncio.create_task(work(n)))
    await asyncio.gather(*tasks)


async def measure(task: Task) -> dict[str, Any]:
    """Everybody comes in, then the changes begin; figures in milliseconds."""
    screens = [Screen() for _ in task.sessions]
    watching = [
        asyncio.create_task(
            screen.watch(Connection(task, task.ports[n % len(task.ports)], session), task.meeting)
        )
        for n, (screen, session) in enumerate(zip(screens, task.sessions, strict=True))
    ]
    await asyncio.wait_for(asyncio.gather(*(screen.ready.wait() for screen in screens)), 60)
    await asyncio.sleep(2)  # the last to come were told to everybody
    for screen in screens:
        screen.ids.clear()
    counted = Counted()
    await asyncio.gather(_change(task, counted), *(_read_pages(task, port, counted) for port in task.ports))
    await asyncio.sleep(AFTER)
    for each in watching:
        each.cancel()
    ended = [each for each in await asyncio.gather(*watching, return_exceptions=True) if each is None]
    slowest, lost = [], 0
    for n, sent in counted.sent.items():
        seen = [screen.arrived[n] - sent for screen in screens if n in screen.arrived]
        lost += len(screens) - len(seen)
        slowest.append(max(seen, default=float("inf")))
    return {
        "screens": len(screens),
        "changes": len(counted.sent),
        "p50_ms": _milliseconds(slowest, 0.5),
        "p95_ms": _milliseconds(slowest, 0.95),
        "lost": lost,
        "doubled": sum(len(screen.ids) - len(set(screen.ids)) for screen in screens),
        "failed": counted.failed + len(ended),
        "save_p95_ms": _milliseconds(counted.saves, 0.95),
        "pages": len(counted.pages),
        "page_p95_ms": _milliseconds(counted.pages, 0.95),
    }


def _milliseconds(seconds: list[float], share: float) -> float:
    """The smallest time that so large a share did not exceed."""
    ordered = sorted(seconds)
    at = max(0, min(len(ordered) - 1, int(len(ordered) * share + 0.999999) - 1))
    return round(1000 * ordered[at], 1) if ordered else 0.0


if __name__ == "__main__":
    json.dump(asyncio.run(measure(Task(**json.load(sys.stdin)))), sys.stdout)
