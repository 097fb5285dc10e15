"""Throwaway instances, and the processes that live in them."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import drumbeat
from drumbeat.core.refusal import Refused

TODAY = date(2026, 11, 23)
# What another instance on this machine was told is not for these.
OURS = ("DRUMBEAT_", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "REDIS_URL", "DATABASE_URL")


class BenchFailed(Refused):
    """A measurement ended before it had a result."""


class Worker:
    """A process in an instance of its own that does one named piece of work after the other."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.process = subprocess.Popen(
            [sys.executable, "-m", "drumbeat.run.bench.worker"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, work: str, **values: Any) -> Any:
        """Have it do a piece of work (``worker.WORK``) and wait for the result. Raises BenchFailed."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps({"work": work, "values": values}) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise BenchFailed(f"The measurement ended while it did “{work}”; the reason stands above.")
        found = json.loads(answer)
        if "refused" in found:
            raise BenchFailed(found["refused"])
        return found["result"]

    def stop(self) -> None:
        """Let it end; by force where it does not."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def worker() -> Iterator[Worker]:
    """A worker in an empty instance, which is gone afterwards; on PostgreSQL in a database made for it."""
    with tempfile.TemporaryDirectory(prefix="drumbeat-bench-") as name, _database() as database:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
        root = str(Path(drumbeat.__file__).resolve().parent.parent)
        environment = {
            **kept,
            **database,
            "DRUMBEAT_DATA": f"{name}/instance",
            "DRUMBEAT_AS_OF": TODAY.isoformat(),
            "DRUMBEAT_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")])),
        }
        found = Worker(Path(name), environment)
        try:
            yield found
        finally:
            found.stop()


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        yield {}
        return
    import psycopg

    name = f"drumbeat_bench_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    address, sign, options = url.partition("?")
    try:
        yield {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}{sign}{options}"}
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
