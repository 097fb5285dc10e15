"""Imports of the kinds crm and targets: staged tables, compared and moved over."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.comparing import Compared
from drumbeat.exchange.imports.currency import currency_to_keep, keep_currency
from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.moving import Move
from drumbeat.exchange.imports.reading import Progress, Reader
from drumbeat.exchange.imports.result import Counts, Example
from drumbeat.exchange.models import Import
from drumbeat.files.assign import Assigned
from drumbeat.people.models import Person


class OwnerVanished(Refused):
    """A person was removed between the reading and the move."""


class StagedTables:
    """Everything read, checked, staged and compared; ``land`` writes it."""

    def __init__(
        self, staging: Staging, assigned: Sequence[Assigned], files: Sequence[Path], progress: Progress
    ) -> None:
        self.staging = staging
        reader = Reader(staging, progress)
        reader.read(assigned)
        self.rejects = reader.rejects
        self.warnings = reader.warnings
        self.rows_read = [reader.rows_in_any_order(file) for file in files]
        self._currency = currency_to_keep(reader.currencies)
        self.compared = [Compared(staged) for staged in reader.tables.values()]
        self.made: dict[str, list[list[int]]] = {}
        changed = any(each.created or each.updated for each in self.compared)
        self._owned_by = {found for found in reader.owners.values() if isinstance(found, int)}
        self._move = Move(staging, self.compared) if changed else None

    @property
    def tables(self) -> dict[str, Counts]:
        found = {each.table.name: each.staged.counts for each in self.compared}
        return {
            name: found[name]
            for name in ("accounts", "products", "opportunities", "bookings", "targets")
            if name in found
        }

    @property
    def changes_something(self) -> bool:
        return self._move is not None

    def examples(self) -> list[Example]:
        return [example for each in self.compared for example in each.examples()]

    def land(self, made: Import, today: date) -> None:
        """Move everything over, within the caller's transaction."""
        if self._move is None:
            return
        self._refuse_vanished()
        self._move.run(made.pk, today, _until(made, today))
        self.made = self._move.made
        keep_currency(self._currency, made)

    def _refuse_vanished(self) -> None:
        """The database does not check who owns a deal (plan/models.py): it is checked here, all at once."""
        if self._owned_by - set(Person.objects.values_list("pk", flat=True)):
            raise OwnerVanished("Somebody who owns rows of the file was just removed; bring it again.")


def _until(made: Import, today: date) -> date:
    """The day from which changed deals are what the file says: never before the day of an earlier import."""
    earlier = Import.objects.filter(kind=Import.CRM, undone_at=None).exclude(pk=made.pk)
    latest = earlier.order_by("-day").values_list("day", flat=True).first()
    return max(today, latest) if latest else today
