"""What an import did, or would do."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Counts:
    """Rows of one table: ``read`` in the file (equal repeats once), and what became of them.

    ``created`` also counts what had to be made without a row of its own: leaders, unknown accounts.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def as_json(self) -> dict[str, int]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
        }


@dataclass
class Example:
    """One row that would change: what it is, and for an update each field before and after."""

    table: str
    what: str
    name: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"table": self.table, "what": self.what, "name": self.name, "changes": self.changes}


@dataclass
class Result:
    """The result of an import as commands.md writes it; ``import_id`` is None where nothing was written."""

    tables: dict[str, Counts] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    rejects_file: str | None = None
    seconds: float = 0.0
    import_id: int | None = None
    examples: list[Example] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "tables": {name: counts.as_json() for name, counts in self.tables.items()},
            "warnings": self.warnings,
            "rejects_file": self.rejects_file,
            "seconds": round(self.seconds, 3),
        }

    @property
    def changes_something(self) -> bool:
        """Whether a row was, or would be, made or changed."""
        return any(counts.created or counts.updated for counts in self.tables.values())
