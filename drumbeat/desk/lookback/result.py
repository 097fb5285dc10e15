"""What the look back says, and the document that the command line gives. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from drumbeat.desk.relations import Mark
from drumbeat.signals.rules.truth import Truth


@dataclass(frozen=True)
class ManagerRow:
    """A manager's row: everyone below included. None is not known; the manager may be that too."""

    manager: str | None
    team: str | None
    reps: int
    won_amount: Decimal
    won_count: int
    lost_count: int
    won_amount_before: Decimal
    sentence: str
    one_to_ones: int | None = None
    customer_days: int | None = None
    minutes_together: int | None = None
    marks: tuple[Mark, ...] = ()
    days: tuple[Mark, ...] = ()
    booked_amount: Decimal | None = None
    booked_amount_before: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as the command line gives it."""
        row: dict[str, Any] = {
            "manager": self.manager,
            "reps": self.reps,
            "won_amount": str(self.won_amount),
            "won_count": self.won_count,
            "lost_count": self.lost_count,
            "won_amount_before": str(self.won_amount_before),
            "one_to_ones": self.one_to_ones,
            "customer_days": self.customer_days,
            "minutes_together": self.minutes_together,
            "sentence": self.sentence,
        }
        if self.booked_amount is not None:
            row["booked_amount"] = str(self.booked_amount)
            row["booked_amount_before"] = str(self.booked_amount_before or 0)
        return row


@dataclass(frozen=True)
class Entry:
    """A calendar entry as a row behind a truth: for the owner's eyes."""

    id: str
    day: date
    title: str
    minutes: int
    category: str


@dataclass(frozen=True)
class LookBack:
    """The last weeks from files alone.

    ``rows`` gives the details of every row that stands behind a truth, under its key: a header and cells.
    ``read`` is how many rows of each table were read, ``entries`` how many calendar entries.
    """

    as_of: date
    first: date
    last: date
    truths: tuple[Truth, ...]
    managers: tuple[ManagerRow, ...]
    minutes: Mapping[str, int] | None
    unknown: tuple[str, ...]
    read: Mapping[str, int] = field(default_factory=dict)
    entries: int | None = None
    owner: str = ""
    rows: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = field(default_factory=dict)

    @property
    def weeks(self) -> int:
        """How many weeks were looked at."""
        return ((self.last - self.first).days + 1) // 7

    def as_json(self) -> dict[str, Any]:
        """The document of ``look-back --json``."""
        return {
            "as_of": self.as_of.isoformat(),
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "truths": [truth.as_json() for truth in self.truths],
            "managers": [row.as_json() for row in self.managers],
            "minutes": None if self.minutes is None else dict(self.minutes),
            "unknown": list(self.unknown),
        }
