"""The inbox: files laid into a folder are brought in by themselves.

A file that is still being written waits: it is taken once its size and time have stood still between two
looks. Brought in, it is moved to ``done`` with the time before its name. One that fails stays where it lies,
with its reason on the Imports page, and is not tried again until it changes.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from drumbeat.core.refusal import Refused
from drumbeat.exchange.intake import files
from drumbeat.exchange.intake.tasks import look as look_task
from drumbeat.exchange.models import FileAtWork

log = logging.getLogger("drumbeat.inbox")
QUIET_SECONDS = 2.0
UNFINISHED_ENDINGS = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", "~")
LOOK_EVERY = 2.0


class NoSuchFolder(Refused):
    """The folder to watch is not there, or is none."""


class Inbox:
    """A watched folder and what its files looked like at the last look."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: dict[str, str] = {}

    def settled(self, now: float) -> list[Path]:
        """Files that stand still since the last look, were not written to a moment ago, and are new here."""
        found = {}
        for path in sorted(self.folder.iterdir()):
            if path.name.startswith(".") or path.name.lower().endswith(UNFINISHED_ENDINGS):
                continue
            mark, written = _mark(path)
            if mark:
                found[path.name] = (mark, written)
        still = [
            self.folder / name
            for name, (mark, written) in found.items()
            if self._last.get(name) == mark and now - written >= QUIET_SECONDS
        ]
        self._last = {name: mark for name, (mark, _) in found.items()}
        return [path for path in still if not self._known(path)]

    def take(self, found: list[Path]) -> FileAtWork | None:
        """A row for files that are to be looked at together; rows of earlier attempts go."""
        if not found:
            return None
        names = [path.name for path in found]
        for row in FileAtWork.objects.filter(source=files.INBOX, folder=str(self.folder)):
            if set(row.names) & set(names) and row.state in (FileAtWork.FAILED, FileAtWork.ASKING):
                row.delete()
        return files.begin(self.folder, names, by=None, source=files.INBOX, stamp=_stamp(found))

    def clear(self) -> None:
        """Move away what has been brought in."""
        done = FileAtWork.objects.filter(source=files.INBOX, folder=str(self.folder), state=FileAtWork.DONE)
        for row in done.exclude(stamp=""):
            waiting = _names_at_work(self.folder)
            for path in files.paths(row):
                if path.name not in waiting and _stamp([path]) in row.stamp:
                    target = self.folder / "done" / f"{timezone.now():%Y%m%d-%H%M%S}-{path.name}"
                    target.parent.mkdir(exist_ok=True)
                    os.replace(path, target)
            row.stamp = ""
            row.save(update_fields=["stamp"])

    def _known(self, path: Path) -> bool:
        """Whether these very bytes are at work, or were tried and failed."""
        mark = _stamp([path])
        rows = FileAtWork.objects.filter(source=files.INBOX, folder=str(self.folder)).exclude(stamp="")
        return any(
            path.name in names and mark in stamp for names, stamp in rows.values_list("names", "stamp")
        )


def _mark(path: Path) -> tuple[str, float]:
    """Size and time of a file, and when it was written to; nothing where it is none, or was taken away."""
    try:
        stat = path.stat()
    except OSError:
        return "", 0.0
    return (f"{stat.st_size}-{stat.st_mtime_ns}", stat.st_mtime) if path.is_file() else ("", 0.0)


def _stamp(paths: list[Path]) -> str:
    return " ".join(f"{path.name}:{_mark(path)[0] or 'gone'}" for path in paths)


def _names_at_work(folder: Path) -> set[str]:
    rows = FileAtWork.objects.filter(source=files.INBOX, folder=str(folder)).exclude(state=FileAtWork.DONE)
    return {name for names in rows.values_list("names", flat=True) for name in names}


_inboxes: dict[Path, Inbox] = {}


def inbox_folder() -> Path:
    """The inbox of this instance; made where it is missing."""
    folder = Path(settings.DATA_DIR) / "inbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def look() -> None:
    """One look into the instance's inbox, by the clock: what has settled goes to the worker as a task."""
    folder = inbox_folder()
    inbox = _inboxes.setdefault(folder, Inbox(folder))
    inbox.clear()
    work = inbox.take(inbox.settled(time.time()))
    if work is not None:
        look_task.enqueue(work.pk, today().isoformat())


def watch(
    folder: Path, day: Callable[[], date], tell: Callable[[str], None], *, looks: int | None = None
) -> None:
    """Look into a folder again and again, and bring in what has settled there; ``looks`` limits how often.

    Raises NoSuchFolder.
    """
    if not folder.is_dir():
        raise NoSuchFolder(f"There is no folder {folder}; make it, or name another one.")
    inbox = Inbox(folder.resolve())
    count = 0
    while looks is None or count < looks:
        count += 1
        work = inbox.take(inbox.settled(time.time()))
        if work is not None:
            for line in _brought(work, day()):
                tell(line)
            inbox.clear()
        if looks is None or count < looks:
            time.sleep(LOOK_EVERY)


def _brought(work: FileAtWork, day: date) -> list[str]:
    lines = []
    for row in files.look(work, day):
        if row.state == FileAtWork.READY:
            files.bring(row, day)
        names = ", ".join(row.names)
        if row.state == FileAtWork.DONE and row.preview:
            counts = row.preview["tables"].items()
            words = "; ".join(
                f"{table}: {c['created']:,} created, {c['updated']:,} updated" for table, c in counts
            )
            lines.append(f"{names}: {words}")
        else:
            lines.append(f"{names}: {row.problem}")
    return lines


def today() -> date:
    """The day that counts as today, at the clock's edge."""
    return date.fromisoformat(settings.DRUMBEAT_AS_OF) if settings.DRUMBEAT_AS_OF else timezone.localdate()
