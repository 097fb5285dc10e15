"""Taking the latest import back, as long as none came after it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Count, ProtectedError
from django.utils import timezone

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.lock import one_at_a_time
from drumbeat.exchange.imports.months import add_gathered, booking_part, deal_part, gather
from drumbeat.exchange.imports.tables import TABLES, Table
from drumbeat.exchange.imports.undoing_people import take_people_back
from drumbeat.exchange.models import CompanyFact, Import, Undo
from drumbeat.journal.record import Actor, action, note
from drumbeat.plan.models import OpportunityChange

SQL_KINDS = {"id": "bigint", "text": "text", "date": "date", "amount": "numeric"}


class NothingToUndo(Refused):
    """There is no import that can still be taken back."""


class RestsUponIt(Refused):
    """Something made since needs what the import made."""


@dataclass(frozen=True)
class Undone:
    """The import that is, or would be, taken back: by table, rows that go and rows that are restored."""

    of: Import
    tables: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "import": self.of.pk,
            "kind": self.of.kind,
            "day": self.of.day.isoformat(),
            "files": self.of.file_names,
            "tables": self.tables,
        }


def latest() -> Import:
    """The import that can be taken back; raises NothingToUndo."""
    last = Import.objects.order_by("-pk").first()
    if last is None:
        raise NothingToUndo("Nothing has been brought in yet, so there is nothing to take back.")
    if last.undone_at is not None:
        raise NothingToUndo(
            "The latest import has been taken back already; the ones before it stay, because it came after."
        )
    return last


def preview_undo() -> Undone:
    """What ``undo`` would do now; nothing is written. Raises NothingToUndo."""
    of = latest()
    before = dict(
        Undo.objects.filter(of=of).exclude(table="lines").values_list("table").annotate(rows=Count("pk"))
    )
    if of.kind == Import.PEOPLE:
        before["people"] = Undo.objects.filter(of=of).values("row_id").distinct().count()
    tables = {}
    for name, counts in of.tables.items():
        gone, back = counts["created"], before.get(name, 0)
        if gone or back:
            tables[name] = {"removed": gone, "restored": back}
    return Undone(of, tables)


def undo(*, actor: Actor, today: date, data_dir: Path | None = None) -> Undone:
    """Take the latest import back: what it made goes, what it changed is again what it was.

    Raises NothingToUndo, or RestsUponIt where something made since needs a row that would go.
    """
    with one_at_a_time(Path(data_dir or settings.DATA_DIR)):
        try:
            done: Undone = take_back(actor=actor, today=today)
        except (IntegrityError, ProtectedError) as fault:
            raise RestsUponIt(
                "Something made since then needs what this import made, so it can no longer be taken back."
            ) from fault
        return done


@action("import.undo")
def take_back(*, actor: Actor, today: date) -> Undone:
    """``undo`` within its lock and transaction."""
    done = preview_undo()
    of = done.of
    if of.kind == Import.PEOPLE:
        take_people_back(of)
    else:
        with Staging() as staging:
            _take_tables_back(staging, of)
    CompanyFact.objects.filter(brought_by=of).delete()
    Undo.objects.filter(of=of).delete()
    of.undone_at = timezone.now()
    of.save(update_fields=["undone_at"])
    note(of, kind="import", tables=done.tables)
    return done


def _take_tables_back(staging: Staging, of: Import) -> None:
    made = {name: tuple(runs[0]) for name, runs in of.made.items()}
    gather(staging, _parts(staging, of, made, -1), "months_gone")
    for name, table in reversed(TABLES.items()):
        _restore(staging, table, of)
        if name == "opportunities":
            OpportunityChange.objects.filter(brought_by=of.pk).delete()
    gather(staging, _parts(staging, of, {}, 1), "months_back")
    add_gathered(staging, "months_gone")
    add_gathered(staging, "months_back")
    for name, table in reversed(TABLES.items()):
        if name in made:
            staging.run(f"DELETE FROM {table.target} WHERE id BETWEEN %s AND %s", made[name])


def _parts(staging: Staging, of: Import, made: dict[str, tuple[int, ...]], sign: int) -> list[str]:
    """The closed deals and bookings of rows that the import made or changed, as they are now."""
    found = []
    for name, part in (("opportunities", deal_part), ("bookings", booking_part)):
        listed, condition = part(staging, "o", sign)
        target = TABLES[name].target
        found.append(
            f"SELECT {listed} FROM {target} o JOIN exchange_undo u ON u.row_id = o.id"
            f" AND u.of_id = {of.pk:d} AND u.\"table\" = '{name}' WHERE {condition}"
        )
        if name in made:
            first, last = made[name]
            found.append(
                f"SELECT {listed} FROM {target} o WHERE o.id BETWEEN {first:d} AND {last:d} AND {condition}"
            )
    return found


def _restore(staging: Staging, table: Table, of: Import) -> None:
    names = table.compared
    values = {name: _kept(staging, name, table.columns[name]) for name in names}
    listed = ", ".join(f"{name} = {value}" for name, value in values.items())
    staging.run(
        f"UPDATE {table.target} SET {listed} FROM exchange_undo u WHERE u.row_id = {table.target}.id"
        f" AND u.of_id = %s AND u.\"table\" = '{table.name}'",
        [of.pk],
    )


def _kept(staging: Staging, name: str, kind: str) -> str:
    """SQL for a value of what was before."""
    if staging.vendor == "sqlite":
        return f"JSON_EXTRACT(u.\"before\", '$.{name}')"
    return f"(u.\"before\" ->> '{name}')::{SQL_KINDS[kind]}"


__all__ = ["NothingToUndo", "RestsUponIt", "Undone", "latest", "preview_undo", "undo"]
