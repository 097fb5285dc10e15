"""Real instances in processes of their own, as a user has them: a data directory, commands, ``up``."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("DRUMBEAT_", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "PYTEST_")


class Instance:
    """One instance on disk, with its database in SQLite or at ``database_url``."""

    def __init__(self, folder: Path, database_url: str | None = None, **environment: str) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {
            **kept, "DRUMBEAT_DATA": str(folder), "PYTHONPATH": str(ROOT), "CI": "1", **environment,
        }  # fmt: skip
        self.database = (database_url or "").rpartition("/")[2]
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def run(self, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command to its end and demand its exit code."""
        done = subprocess.run(
            [sys.executable, "-m", "drumbeat", *map(str, words)],
            env=self.environment, capture_output=True, text=True, timeout=120, cwd=self.folder.parent,
        )  # fmt: skip
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: object, code: int = 0) -> dict:
        """Run a command with --json and read its document."""
        return json.loads(self.run("--json", *words, code=code).stdout)

    def django(self, text: str) -> str:
        """Run Python in the instance, with Django set up; gives back what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{text}"],
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "drumbeat.run.settings"},
            capture_output=True, text=True, timeout=120, cwd=self.folder.parent,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def up(self, *words: str) -> "Up":
        """Start ``up`` on a free port and wait for its Ready line."""
        return Up(self, words)


class Up:
    """A running ``up``. Use it in a ``with``, so that nothing outlives the test."""

    def __init__(self, instance: Instance, words: tuple[str, ...]) -> None:
        self.errors = (instance.folder.parent / f"{instance.folder.name}.err").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "drumbeat", "up", "--port", "0", *words],
            env=instance.environment, stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )  # fmt: skip
        line = self.process.stdout.readline()
        if not line.startswith("Ready: "):
            self.errors.seek(0)
            self.process.kill()
            raise AssertionError(f"not ready: {line!r}\n{self.errors.read()}")
        self.address = line.removeprefix("Ready: ").strip()

    def __enter__(self) -> "Up":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()
        self.errors.close()
        self.process.stdout.close()

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Ask it to stop; gives back the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        return time.monotonic() - began

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page, redirects followed."""
        asked = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode()

    def descendants(self) -> dict[int, str]:
        """Every process below, with its command line (Linux)."""
        return dict(_processes(self.process.pid))


def _processes(parent: int) -> list[tuple[int, str]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, IndexError, ValueError):
            continue
        if above == parent:
            found += [(int(folder.name), command), *_processes(int(folder.name))]
    return found


def is_running(pid: int) -> bool:
    """Whether the process is there and no zombie (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(what, seconds: float = 15.0):
    """Wait until ``what()`` is true; fails after so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
