"""A plain room full of people: from a change to every screen, while the same process serves pages.

On SQLite one web process; on PostgreSQL two, with Redis where ``redis-server`` is installed. The people are a
process of their own (``room_load``) on the same machine.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from drumbeat.run.bench.places import BenchFailed, Worker, worker

CHANGES_A_SECOND, PAGES_A_SECOND = 5.0, 10.0
RUNS, WARM = 3, 2.0
PATIENCE = 60.0


def measure(screens: int, seconds: float) -> dict[str, Any]:
    """The median of three runs; what was lost, doubled or failed is counted over all of them."""
    with worker() as one:
        runs = []
        with _redis(two_processes()) as redis, _servers(one, redis) as ports:
            for seconds_of_run in (WARM, *[seconds] * RUNS):
                room = one.ask("room", people=screens)
                runs.append(_run(one, {**room, "ports": ports, "seconds": seconds_of_run}))
            del runs[0]  # the processes were cold
    counted = {name: sum(run[name] for run in runs) for name in ("lost", "doubled", "failed")}
    timed = [name for name in runs[0] if name.endswith("_ms")]
    return {
        "screens": screens,
        "web_processes": len(ports),
        "redis": bool(redis),
        "changes": sum(run["changes"] for run in runs),
        "pages": sum(run["pages"] for run in runs),
        **{name: median(run[name] for run in runs) for name in timed},
        "worst_p95_ms": max(run["p95_ms"] for run in runs),
        **counted,
    }


def two_processes() -> bool:
    """Whether several web processes can share the database."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def _run(one: Worker, values: dict[str, Any]) -> dict[str, Any]:
    task = {**values, "changes_a_second": CHANGES_A_SECOND, "pages_a_second": PAGES_A_SECOND}
    done = subprocess.run(
        [sys.executable, "-m", "drumbeat.run.bench.room_load"],
        env=one.environment,
        input=json.dumps(task),
        capture_output=True,
        text=True,
        timeout=values["seconds"] + 3 * PATIENCE,
    )
    if done.returncode:
        raise BenchFailed(f"The people of the room gave up: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextlib.contextmanager
def _servers(one: Worker, redis: str) -> Iterator[list[int]]:
    """Web processes of the worker's instance, as ``up`` starts them."""
    one.ask("room", people=1)  # the instance is made before anybody serves it
    ports = [_free_port() for _ in range(2 if two_processes() else 1)]
    environment = {**one.environment, "REDIS_URL": redis}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "drumbeat.run.serve", "127.0.0.1", str(port)],
            env=environment,
            stdout=sys.stderr,
        )
        for port in ports
    ]
    try:
        for port in ports:
            _wait_for(port)
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


@contextlib.contextmanager
def _redis(wanted: bool) -> Iterator[str]:
    """The address of a Redis of our own; empty where none is wanted or none is installed."""
    program = shutil.which("redis-server") if wanted else None
    if not program:
        yield ""
        return
    port = _free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as trial:
            trial.settimeout(0.5)
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise BenchFailed(f"Nothing listens at port {port}.")


def make(people: int) -> dict[str, Any]:
    """In the worker: a huddle of so many people, each with a session."""
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from drumbeat.core.content import meeting_templates
    from drumbeat.meetings.models import Meeting, Rhythm, Seat
    from drumbeat.people.models import Person, ReportingLine, User
    from drumbeat.people.reach import refresh
    from drumbeat.web.middleware import now_for

    chair, *others = Person.objects.bulk_create(
        Person(name=f"Person {n}", name_key=f"person {n}", country="DE", time_zone="UTC")
        for n in range(people)
    )
    ReportingLine.objects.bulk_create(ReportingLine(member=each, leader=chair) for each in others)
    refresh({each.pk for each in (chair, *others)})
    now = now_for(chair)
    rhythm = Rhythm.objects.create(
        template="weekly_huddle",
        name="Huddle",
        chair=chair,
        confidential=False,
        frequency=Rhythm.WEEKLY,
        weekday=now.weekday(),
        starts_on=now.date(),
        at=now.time(),
        time_zone="UTC",
        minutes=15,
    )
    rhythm.people.set(others)
    meeting = Meeting.objects.create(
        rhythm=rhythm,
        slot_day=now.date(),
        day=now.date(),
        starts_at=now,
        ends_at=now + timedelta(minutes=15),
    )
    Seat.objects.bulk_create(
        Seat(meeting=meeting, person=each, chairs=each == chair) for each in (chair, *others)
    )
    sessions = []
    for person in (chair, *others):
        user = User.objects.create_user(f"{person.pk}@bench.example", None, person=person)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    return {
        "meeting": meeting.pk,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "sessions": sessions,
        "items": [item["key"] for item in meeting_templates()["weekly_huddle"]["agenda"]],
        "pages": ["/people/", "/meetings/", "/find/?q=person"],
    }
