"""The benchmark suite: each measurement in a process and an instance of its own.

``python -m drumbeat.run.bench NAME OPPORTUNITIES FOLDER`` runs one and prints its numbers as JSON. On
PostgreSQL the caller gives each an empty database (``database_for``).
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

TODAY = date(2026, 11, 23)
ROUNDS = 15


def bring_in(opportunities: int, folder: Path) -> dict[str, Any]:
    """The first import against a bare load, the same rows in another order, the same file again."""
    from drumbeat.exchange import bench

    return bench.measure(opportunities, folder / "files")


def look_back(opportunities: int, folder: Path) -> dict[str, Any]:
    """Reading, computing and PDF of a made company's files against ``csv`` and an empty page."""
    from drumbeat.desk.lookback.measure import measure
    from drumbeat.run.generate.company import DEFAULT_OPPORTUNITIES, DEFAULT_PEOPLE, DEFAULT_WEEKS, company

    made = company(DEFAULT_PEOPLE, min(opportunities, DEFAULT_OPPORTUNITIES), DEFAULT_WEEKS, today=TODAY)
    write = importlib.import_module("drumbeat.run.generate.company").write
    write(made, folder / "files")
    names = ("people.csv", "accounts.csv", "products.csv", "opportunities.csv")
    return measure([folder / "files" / name for name in names], as_of=TODAY)


def generate(opportunities: int, folder: Path) -> dict[str, Any]:
    """Writing a made company to files."""
    from drumbeat.run.generate.measure import measure

    return dict(measure(max(50, opportunities // 100), opportunities, TODAY))


def week_small(opportunities: int, folder: Path) -> dict[str, Any]:
    """This week in the demonstration company."""
    from drumbeat.run.generate.company import DEFAULT_OPPORTUNITIES, DEFAULT_PEOPLE

    return _week(DEFAULT_PEOPLE, DEFAULT_OPPORTUNITIES, folder)


def week_large(opportunities: int, folder: Path) -> dict[str, Any]:
    """This week of a leader of eight managers among very many people and deals."""
    return _week(max(64, opportunities // 100), opportunities, folder)


# In this order; import first, since its peak of memory is read from a fresh process anyway.
BENCHES: dict[str, Callable[[int, Path], dict[str, Any]]] = {
    "import": bring_in,
    "look_back": look_back,
    "generate": generate,
    "week_small": week_small,
    "week_large": week_large,
}


def run_all(opportunities: int, names: list[str]) -> dict[str, Any]:
    """Every measurement (or the named ones), each by its name, and what compares two of them."""
    found: dict[str, Any] = {}
    for name in names or BENCHES:
        print(f"Measuring {name}", file=sys.stderr)
        found[name] = _in_own_process(name, opportunities)
    if {"week_small", "week_large"} <= set(found) and not any("failed" in each for each in found.values()):
        small, large = found["week_small"], found["week_large"]
        found["week"] = {
            "large_to_small": round(large["seconds"] / small["seconds"], 2),
            "same_queries": large["queries"] == small["queries"],
        }
    return found


def _in_own_process(name: str, opportunities: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="drumbeat-bench-") as folder, database_for(folder) as environment:
        words = [sys.executable, "-m", "drumbeat.run.bench", name, str(opportunities), folder]
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return {"failed": f"it ended with {done.returncode}; the reason stands above"}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def database_for(folder: str) -> Iterator[dict[str, str]]:
    """The environment of a throwaway instance; on PostgreSQL with a database that is dropped again."""
    environment = {**os.environ, "DRUMBEAT_DATA": f"{folder}/instance", "DRUMBEAT_AS_OF": TODAY.isoformat()}
    environment["DRUMBEAT_LOG_LEVEL"] = "ERROR"
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {name: value for name, value in environment.items() if name != "DATABASE_URL"}
        return
    import psycopg

    name = f"drumbeat_bench_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {**environment, "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _week(people: int, opportunities: int, folder: Path) -> dict[str, Any]:
    """The page against a bare view that runs the same SQL and answers as much text, interleaved."""
    from django.test import Client
    from django.utils import timezone

    from drumbeat.calendars.intake import bring_in as read_calendar
    from drumbeat.people.models import Person, User
    from drumbeat.run.generate.bring import bring
    from drumbeat.run.generate.company import DEFAULT_SEED, DEFAULT_WEEKS, company, write_calendar

    made = company(people, opportunities, DEFAULT_WEEKS, DEFAULT_SEED, today=TODAY)
    bring(made, folder / "instance")
    executive = Person.objects.get(email=made.cast.executive)
    calendar = write_calendar(made, folder)
    read_calendar(
        actor=executive, today=TODAY, at=timezone.now(), owner=executive, source=calendar, titles=True
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        User.objects.create_user(made.cast.executive, "a-password-of-no-use", person=executive)
    )
    asked: list[tuple[str, Any]] = []
    text = _recorded(client, asked)
    page, bare = [], []
    for _ in range(ROUNDS):
        page.append(_seconds(lambda: client.get("/week/").content))
        bare.append(_seconds(lambda: _bare(asked, text)))
    return {
        "people": people,
        "opportunities": opportunities,
        "queries": len(asked),
        "seconds": round(median(page), 4),
        "bare_seconds": round(median(bare), 4),
        "page_to_bare": round(median(page) / median(bare), 2),
    }


def _recorded(client: Any, asked: list[tuple[str, Any]]) -> str:
    """The page's text; its statements with their values go into ``asked``."""
    from django.db import connection

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client.get("/week/")
    with connection.execute_wrapper(record):
        answer = client.get("/week/")
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def _bare(asked: list[tuple[str, Any]], text: str) -> bytes:
    from django.db import connection
    from django.http import HttpResponse
    from django.template import Context, Engine

    for sql, params in asked:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
    return HttpResponse(Engine().from_string("{{ text }}").render(Context({"text": text}))).content


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _main(name: str, opportunities: int, folder: Path) -> None:
    from drumbeat.run import instance

    instance.set_up(make=True)
    from drumbeat.run.prepare import collect_static, prepare

    prepare()
    collect_static()
    print(json.dumps(BENCHES[name](opportunities, folder)))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
