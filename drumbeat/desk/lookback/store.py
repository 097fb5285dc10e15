"""Where dropped files lie until they are kept or forgotten: a folder per browser session, for an hour.

One folder of this user's under the system's temporary ones, closed to everybody else; within it one for
each session, under a name that nobody can guess. A folder goes an hour after its last use, or when the
process that made it stops.
"""

import atexit
import json
import os
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import Domains
from drumbeat.desk.lookback.sources import is_calendar

HOUR = 3600.0
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_made: set[Path] = set()
_lock = threading.Lock()
_timer: threading.Timer | None = None


class NoSafePlace(Refused):
    """The temporary folder belongs to somebody else."""


@dataclass
class Asked:
    """What a browser session asked: the last day, whose calendar, how each outside domain was sorted,
    mappings.
    """

    day: str
    weeks: int = 13
    me: str = ""
    domains: dict[str, str] = field(default_factory=dict)
    domains_sorted: bool = False
    mappings: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def as_of(self) -> date:
        """The last day looked at."""
        return date.fromisoformat(self.day)

    @property
    def sorted_domains(self) -> Domains:
        """The domains by what they were sorted into."""
        by: dict[str, set[str]] = {"customer": set(), "supplier": set(), "other": set()}
        for domain, kind in self.domains.items():
            by.setdefault(kind, set()).add(domain)
        return Domains(frozenset(by["customer"]), frozenset(by["supplier"]), frozenset(by["other"]))


class Folder:
    """The files of one browser session, what was asked, and the answer once there is one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def token(self) -> str:
        """What the session remembers the folder by."""
        return self.path.name

    @property
    def files(self) -> list[Path]:
        """Everything that was dropped, by name."""
        return sorted((self.path / "files").iterdir())

    @property
    def tables(self) -> list[Path]:
        """The dropped files that are no calendars."""
        return [path for path in self.files if not is_calendar(path)]

    @property
    def calendars(self) -> list[Path]:
        """The dropped calendars."""
        return [path for path in self.files if is_calendar(path)]

    def add(self, name: str, chunks: Iterable[bytes]) -> Path:
        """Lay a file in; one of the same name gives way. The last answer no longer holds."""
        path = self.path / "files" / _safe(name)
        with path.open("wb") as file:
            file.writelines(chunks)
        self.forget_answer()
        return path

    def remove(self, name: str) -> None:
        """Take a file out again."""
        (self.path / "files" / _safe(name)).unlink(missing_ok=True)
        self.forget_answer()

    def asked(self, today: date) -> Asked:
        """What was asked so far; ``today`` is the last day unless another was named."""
        kept = self._load("asked")
        return Asked(**kept) if kept else Asked(day=today.isoformat())

    def ask(self, asked: Asked) -> None:
        """Keep what is asked. The last answer no longer holds."""
        self._save("asked", asdict(asked))
        self.forget_answer()

    def answer(self) -> dict[str, Any] | None:
        """The page of the last answer; None where there is none."""
        return self._load("answer")

    def rows(self, key: str) -> dict[str, Any] | None:
        """Header and rows behind a truth of the last answer; None where there are none."""
        return self._load(f"rows-{key}") if re.fullmatch(r"[a-z_]{1,40}", key) else None

    def keep_answer(self, page: dict[str, Any], rows: dict[str, Any]) -> None:
        """Keep the answer for its pages."""
        for key, table in rows.items():
            self._save(f"rows-{key}", table)
        self._save("answer", page)

    def forget_answer(self) -> None:
        """Drop the last answer."""
        for path in self.path.glob("*.json"):
            if path.name != "asked.json":
                path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Delete everything at once."""
        shutil.rmtree(self.path, ignore_errors=True)
        _made.discard(self.path)

    def _load(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self.path / f"{name}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return found if isinstance(found, dict) else None

    def _save(self, name: str, value: dict[str, Any]) -> None:
        part = self.path / f"{name}.{secrets.token_hex(4)}.part"
        part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        part.replace(self.path / f"{name}.json")


def new_folder() -> Folder:
    """A fresh folder."""
    sweep()
    path = _root() / secrets.token_urlsafe(24)
    path.mkdir(mode=0o700)
    (path / "files").mkdir(mode=0o700)
    _made.add(path)
    return Folder(path)


def open_folder(token: str) -> Folder | None:
    """The folder of that token; None where there is none any more. Using it makes it stay another hour."""
    sweep()
    if not _TOKEN.fullmatch(token or ""):
        return None
    path = _root() / token
    if not (path / "files").is_dir():
        return None
    os.utime(path)
    return Folder(path)


def sweep(now: float | None = None) -> None:
    """Delete the folders that nobody used for an hour; come back by itself while any are left."""
    moment = time.time() if now is None else now
    left = False
    for path in _root().iterdir():
        try:
            old = moment - path.stat().st_mtime > HOUR
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(path, ignore_errors=True)
            _made.discard(path)
        else:
            left = True
    if left:
        _sweep_later()


def _sweep_later() -> None:
    global _timer
    with _lock:
        if _timer is not None and _timer.is_alive():
            return
        _timer = threading.Timer(HOUR / 6, sweep)
        _timer.daemon = True
        _timer.start()


def forget_all() -> None:
    """At stop: everything that this process laid there is gone."""
    for path in list(_made):
        shutil.rmtree(path, ignore_errors=True)
    _made.clear()


atexit.register(forget_all)
# A server's worker that another process started ends without atexit; this is what runs at its end.
Finalize(None, forget_all, exitpriority=10)


def _root() -> Path:
    root = Path(tempfile.gettempdir()) / f"drumbeat-look-back-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    found = root.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise NoSafePlace(
            f"Files cannot be laid down safely: {root} belongs to somebody else or is open to others; "
            "remove it and try again."
        )
    return root


def _safe(name: str) -> str:
    """The name without anything that could lead elsewhere."""
    name = re.sub(r"[\x00-\x1f/\\]", "_", name).strip(". ") or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{(stem or ending)[:100]}{dot if stem else ''}{ending[:20] if stem else ''}"
