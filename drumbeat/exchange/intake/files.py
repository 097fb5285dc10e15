"""A file at work, step by step: laid, looked at, asked about, brought in, or put away.

Each step says where it stands in its FileAtWork row, so that a page can tell at any moment. A step may be run
again after its worker died: bringing the same file twice changes nothing.
"""

import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports import Result, bring_in, preview
from drumbeat.exchange.imports.rejects import NoRoom, Rejects
from drumbeat.exchange.imports.tables import KINDS
from drumbeat.exchange.intake.sorting import ASKED, Sorted, kinds_of, mapping_of, sample, sort
from drumbeat.exchange.models import FileAtWork
from drumbeat.journal.record import SYSTEM, Actor
from drumbeat.people.access import may
from drumbeat.people.models import Person
from drumbeat.people.viewer import viewer_of

INBOX, PAGE = "inbox", "page"
ORDER = tuple(KINDS)
TELL_EVERY = 0.5
KEPT_FOR = timedelta(days=7)
UNFINISHED = (FileAtWork.WAITING, FileAtWork.READING, FileAtWork.MOVING)


def lay(uploads: Iterable[Any], by: Person | None) -> FileAtWork:
    """Write uploads where only this instance reads them. Raises NoRoom."""
    folder = new_folder()
    names = []
    try:
        for upload in uploads:
            name = _free_name(folder, upload.name)
            with (folder / name).open("wb") as out:
                for piece in upload.chunks():
                    out.write(piece)
            names.append(name)
    except OSError as fault:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoRoom(f"The files could not be kept ({(fault.strerror or 'no room').lower()}).") from fault
    return begin(folder, names, by=by, source=PAGE)


def begin(
    folder: Path, names: Sequence[str], *, by: Person | None, source: str, stamp: str = "", **values: Any
) -> FileAtWork:
    """A row for files that lie in a folder."""
    now = timezone.now()
    return FileAtWork.objects.create(
        folder=str(folder),
        names=list(names),
        by=by,
        source=source,
        stamp=stamp,
        made_at=now,
        changed_at=now,
        **values,
    )


def new_folder() -> Path:
    """A fresh folder for uploads, readable by this instance alone."""
    folder = Path(settings.DATA_DIR) / "uploads" / f"import-{secrets.token_hex(8)}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


def look(work: FileAtWork, today: date) -> list[FileAtWork]:
    """Find out what the files are and what they would change.

    Files of several kinds become a row each; whatever asks for a mapping, or cannot be read, one of its own.
    Returns all rows that came of it, in the order in which they are to be brought in.
    """
    say(work, FileAtWork.READING)
    groups: dict[tuple[str, str], list[str]] = {}
    rest: list[dict[str, Any]] = []
    for name in work.names:
        path = Path(work.folder) / name
        try:
            found = Sorted(path, kinds_of(work.mapping), work.mapping) if work.mapping else sort(path)
        except ASKED as refusal:
            rest.append(_asking(path, refusal))
        except Refused as refusal:
            rest.append({"names": [name], "state": FileAtWork.FAILED, "problem": str(refusal)[:500]})
        else:
            for kind in found.kinds:
                groups.setdefault((kind, found.mapping), []).append(name)
    parts = [
        {"kind": kind, "mapping": mapping, "names": groups[kind, mapping], "state": FileAtWork.READING}
        for kind, mapping in sorted(groups, key=lambda key: (ORDER.index(key[0]), key[1]))
    ]
    rows = [_row(work, number, values) for number, values in enumerate([*parts, *rest])]
    for row in list(rows):
        if row.state == FileAtWork.READING:
            rows += _preview(row, today)
    return rows


def _row(work: FileAtWork, number: int, values: dict[str, Any]) -> FileAtWork:
    """The row itself for the first part, one beside it for each other."""
    if number == 0:
        for name, value in values.items():
            setattr(work, name, value)
        work.save()
        return work
    return begin(Path(work.folder), by=work.by, source=work.source, stamp=work.stamp, **values)


def _asking(path: Path, refusal: Refused) -> dict[str, Any]:
    return {
        "names": [path.name],
        "state": FileAtWork.ASKING,
        "problem": str(refusal)[:500],
        "preview": {"sheet": sample(path)},
    }


def _preview(row: FileAtWork, today: date) -> list[FileAtWork]:
    """Read the files without writing, and keep what would change.

    Where one of several files asks for a mapping it goes into a row of its own, which is returned.
    """
    if not allowed(row, today):
        say(row, FileAtWork.FAILED, problem=NOT_YOURS[row.kind])
        return []
    mapping = mapping_of(row.mapping)
    try:
        result, rejects = preview(row.kind, paths(row), mapping=mapping, today=today, progress=teller(row))
    except ASKED as refusal:
        asks = _which_asks(row, today) or row.names[0]
        values = _asking(Path(row.folder) / asks, refusal)
        if len(row.names) == 1:
            _row(row, 0, values)
            return []
        row.names = [name for name in row.names if name != asks]
        return [_row(row, 1, values), *_preview(row, today)]
    except Refused as refusal:
        say(row, FileAtWork.FAILED, problem=str(refusal))
    else:
        row.preview = told(result, rejects)
        say(row, FileAtWork.READY)
    return []


def _which_asks(row: FileAtWork, today: date) -> str | None:
    """Which of several files cannot be read without a mapping."""
    for path in paths(row):
        try:
            preview(row.kind, [path], mapping=mapping_of(row.mapping), today=today)
        except ASKED:
            return path.name
        except Refused:
            continue
    return None


NOT_YOURS = {
    "people": "You may not bring people in; ask an administrator or the executive.",
    "crm": "You may not bring deals in; ask the executive or the executive's delegate.",
    "targets": "You may not bring targets in; ask the executive or the executive's delegate.",
}


def allowed(row: FileAtWork, today: date) -> bool:
    """Whether the person who laid the files may bring this kind in; the inbox is the machine's own."""
    if row.source == INBOX:
        return True
    return row.by is not None and may(viewer_of(row.by, today), f"import.{row.kind}")


def told(result: Result, rejects: Rejects | None = None) -> dict[str, Any]:
    """A result as the page shows it."""
    found = result.as_json() | {"examples": [example.as_json() for example in result.examples]}
    found["changes"] = result.changes_something
    if rejects is not None:
        found["rejected"] = rejects.examples()
    return found


def bring(row: FileAtWork, today: date) -> Result | None:
    """Bring a row's files in; None where it failed, with its reason in the row."""
    actor: Actor = row.by or SYSTEM
    if not allowed(row, today):
        say(row, FileAtWork.FAILED, problem=NOT_YOURS[row.kind])
        return None
    say(row, FileAtWork.MOVING, rows_done=0)
    try:
        result = bring_in(
            row.kind, paths(row), mapping=mapping_of(row.mapping), actor=actor, today=today,
            source=row.source, progress=teller(row),
        )  # fmt: skip
    except Refused as refusal:
        say(row, FileAtWork.FAILED, problem=str(refusal))
        return None
    row.preview = told(result)
    row.result_id = result.import_id
    say(row, FileAtWork.DONE)
    if row.source != INBOX:
        forget_files(row)
    return result


def put_away(row: FileAtWork) -> None:
    """Forget a row and its uploaded files; a file in the inbox stays where it lies."""
    if row.source != INBOX:
        forget_files(row)
    row.delete()


def put_away_old() -> None:
    """Uploads that nobody brought in for a week go; the clock calls this."""
    waiting = FileAtWork.objects.exclude(source=INBOX).exclude(state__in=[*UNFINISHED, FileAtWork.DONE])
    for row in waiting.filter(changed_at__lt=timezone.now() - KEPT_FOR):
        put_away(row)


def forget_files(row: FileAtWork) -> None:
    """Delete the uploaded files of a row, and the folder once it is empty."""
    for path in paths(row):
        others = (
            FileAtWork.objects.filter(folder=row.folder).exclude(pk=row.pk).exclude(state=FileAtWork.DONE)
        )
        if not any(path.name in names for names in others.values_list("names", flat=True)):
            path.unlink(missing_ok=True)
    folder = Path(row.folder)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def paths(row: FileAtWork) -> list[Path]:
    """Where the row's files lie."""
    return [Path(row.folder) / name for name in row.names]


def ask(row: FileAtWork) -> None:
    """Ask which column of the row's one file is what, though it could be read by itself."""
    preview = {"sheet": sample(paths(row)[0])}
    say(row, FileAtWork.ASKING, problem="Say which column is what.", preview=preview, mapping="")


def say(row: FileAtWork, state: str, *, problem: str = "", **values: Any) -> None:
    """Write where the row stands."""
    row.state, row.problem, row.changed_at = state, problem[:500], timezone.now()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def teller(row: FileAtWork):  # type: ignore[no-untyped-def]
    """Progress into the row, at most twice a second: each telling is a short write of its own."""
    last = time.monotonic()

    def tell(what: str, done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if what == "moving" or now - last > TELL_EVERY:
            last = now
            changed: datetime = timezone.now()
            row.rows_done, row.rows_all = done or row.rows_done, total or row.rows_all
            FileAtWork.objects.filter(pk=row.pk).update(
                rows_done=row.rows_done, rows_all=row.rows_all, changed_at=changed
            )

    return tell


def _free_name(folder: Path, name: str) -> str:
    """The upload's own name without folders, once more numbered where two have it."""
    plain = Path(name.replace("\\", "/")).name.replace("\0", "")[-120:] or "file"
    stem, number = plain, 2
    while (folder / plain).exists():
        plain = f"{number}-{stem}"
        number += 1
    return plain
