"""Bringing files in: read, check and stage; then one short transaction."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import DataError, OperationalError
from django.utils import timezone

from drumbeat.calendars.actions import follow_accounts
from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.crm import StagedTables
from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.digests import FileDigest, brought_already, stamp
from drumbeat.exchange.imports.lock import one_at_a_time
from drumbeat.exchange.imports.people import StagedPeople
from drumbeat.exchange.imports.rejects import NoRoom, Rejects
from drumbeat.exchange.imports.result import Counts, Example, Result
from drumbeat.exchange.imports.tables import KINDS
from drumbeat.exchange.models import Import, Undo
from drumbeat.files.assign import Assigned, assign
from drumbeat.files.mapping import Mapping
from drumbeat.files.sheets import open_sheets
from drumbeat.journal.record import SYSTEM, Actor, action, note

Tell = Callable[[str, int, int | None], None]


class CannotBeKept(Refused):
    """The database refuses a value, or has no room."""


class Work(Protocol):
    """What was read, and can be written."""

    rejects: Rejects
    warnings: list[str]
    rows_read: list[int | None]
    made: dict[str, list[list[int]]]

    @property
    def tables(self) -> dict[str, Counts]: ...
    @property
    def changes_something(self) -> bool: ...
    def examples(self) -> list[Example]: ...
    def land(self, made: Import, today: date) -> None: ...


def bring_in(
    kind: str,
    paths: Sequence[Path | str],
    *,
    mapping: Mapping | None = None,
    actor: Actor,
    today: date,
    source: str = "command",
    progress: Tell | None = None,
    data_dir: Path | None = None,
) -> Result:
    """Bring files of one kind (people, crm, targets) in.

    Bad rows go to the rejects file and never stop the good ones; where the files change nothing, nothing is
    written. ``progress`` is told ("reading" or "moving", rows so far, rows in all or None). Raises a Refused
    with one sentence, and then nothing is written either.
    """
    began = time.perf_counter()
    folder = Path(data_dir or settings.DATA_DIR)
    files = [Path(path) for path in paths]
    with one_at_a_time(folder), _faults():
        digests = [FileDigest(file, mapping) for file in files]
        readable = bool(files) and all(file.is_file() for file in files)
        result = brought_already(kind, digests, folder) if readable else None
        if result is None:
            people = (
                stamp()
            )  # before anybody is looked up: who is added meanwhile makes the next reading another
            assigned = _assigned(kind, files, mapping)
            with Staging() as staging:
                work = _work(kind, staging, assigned, files, today, progress)
                about = {
                    "kind": kind,
                    "source": source,
                    "file_names": [file.name for file in files],
                    "digests": {"files": _kept(digests, work), "people": people},
                    "seconds": time.perf_counter() - began,
                }
                if progress and work.changes_something:
                    progress("moving", 0, None)
                result = _landed(work, folder, about, actor, today)
    if result.import_id and "accounts" in result.tables:
        # Whose domain is now a customer's was an unknown one until today.
        follow_accounts(actor=SYSTEM, today=today)
    result.seconds = time.perf_counter() - began
    return result


def _landed(work: Work, folder: Path, about: dict[str, Any], actor: Actor, today: date) -> Result:
    """Write the rejects file, and land what changes anything; where that fails the file goes too."""
    result = _result(work)
    rejects = _write_rejects(work, folder)
    result.rejects_file = str(rejects) if rejects else None
    if not work.changes_something:
        return result
    about["rejects_file"] = rejects.name if rejects else ""
    try:
        result.import_id = land(actor=actor, today=today, work=work, about=about).pk
    except BaseException:
        if rejects:
            rejects.unlink(missing_ok=True)
        raise
    return result


def preview(
    kind: str,
    paths: Sequence[Path | str],
    *,
    mapping: Mapping | None = None,
    today: date,
    progress: Tell | None = None,
) -> tuple[Result, Rejects]:
    """What ``bring_in`` would do now, with examples and the rows it would leave out; nothing is written."""
    began = time.perf_counter()
    files = [Path(path) for path in paths]
    with _faults():
        assigned = _assigned(kind, files, mapping)
        with Staging() as staging:
            work = _work(kind, staging, assigned, files, today, progress)
            result = _result(work)
            result.examples = work.examples()
    result.seconds = time.perf_counter() - began
    return result, work.rejects


@action("import.land")
def land(*, actor: Actor, today: date, work: Work, about: dict[str, Any]) -> Import:
    """Write what was staged, what was before, and the import itself, in one transaction."""
    made = Import.objects.create(
        by_id=actor.pk,
        day=today,
        made_at=timezone.now(),
        warnings=work.warnings,
        tables={name: counts.as_json() for name, counts in work.tables.items()},
        **about,
    )
    Undo.objects.exclude(of=made).delete()
    work.land(made, today)
    made.made = work.made
    made.save(update_fields=["made"])
    note(made, kind="import", tables=made.tables, files=made.file_names)
    return made


def _assigned(kind: str, files: Sequence[Path], mapping: Mapping | None) -> list[Assigned]:
    if not files:
        raise Refused("No file was given; name at least one.")
    encoding = mapping.encoding if mapping else None
    sheets = [sheet for file in files for sheet in open_sheets(file, encoding=encoding)]
    return assign(sheets, mapping, KINDS[kind])


def _work(
    kind: str,
    staging: Staging,
    assigned: Sequence[Assigned],
    files: Sequence[Path],
    today: date,
    progress: Tell | None,
) -> Work:
    total = _lines(files) if progress else None

    def told(done: int) -> None:
        if progress:
            progress("reading", done, max(total or 0, done) if total else None)

    if kind == Import.PEOPLE:
        return StagedPeople(assigned, files, today, told)
    return StagedTables(staging, assigned, files, told)


def _lines(files: Sequence[Path]) -> int | None:
    """About how many rows the files have; None where that takes reading them (workbooks)."""
    count = 0
    for file in files:
        with file.open("rb") as opened:
            head = opened.read(4)
            if head.startswith(b"PK"):
                return None
            while piece := opened.read(1 << 20):
                count += piece.count(b"\n")
    return count


def _kept(digests: Sequence[FileDigest], work: Work) -> list[dict[str, Any]]:
    """The digests to remember. The order of lines means nothing where each record is one line, none was left
    out (its number is told), and none was told apart by its place."""
    return [
        digest.as_json(any_order=rows is not None and rows + 1 == digest.lines)
        for digest, rows in zip(digests, work.rows_read, strict=True)
    ]


def _result(work: Work) -> Result:
    return Result(tables=work.tables, warnings=work.warnings)


def _write_rejects(work: Work, folder: Path) -> Path | None:
    if not len(work.rejects):
        return None
    name = f"rejects-{timezone.now():%Y%m%d-%H%M%S-%f}.csv"
    path = folder / "rejects" / name
    work.rejects.write(path)
    return path


@contextmanager
def _faults() -> Iterator[None]:
    """What the database or the disk refuses, in one sentence; our own mistakes go on as they are."""
    try:
        yield
    except (
        OperationalError,
        DataError,
        sqlite3.OperationalError,
        psycopg.OperationalError,
        psycopg.DataError,
    ) as fault:
        sentence = _sentence(str(fault), isinstance(fault, DataError | psycopg.DataError))
        if sentence is None:
            raise
        raise sentence from fault
    except OSError as fault:
        reason = (fault.strerror or "the disk failed").lower()
        raise NoRoom(f"The import stopped ({reason}), and nothing was changed.") from fault


def _sentence(fault: str, value: bool) -> Refused | None:
    if "full" in fault or "No space" in fault or "disk I/O" in fault:
        return NoRoom(
            "There is no room left on the disk, so nothing was changed; make room and bring it again."
        )
    if "locked" in fault:
        return CannotBeKept(
            "The database was busy for too long, so nothing was changed; bring the file again."
        )
    if value:
        return CannotBeKept(
            f"The database did not take a value ({fault.splitlines()[0][:200]}); nothing was changed."
        )
    return None


__all__ = ["Tell", "bring_in", "land", "preview"]
