"""One loader a page: everything that the pages of imports show."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.undoing import latest
from drumbeat.exchange.models import FileAtWork, Import
from drumbeat.people.access import may, visible
from drumbeat.people.viewer import Viewer

SHOWN = 50
LARGE = 100_000
LABELS = {
    "people": "People", "accounts": "Accounts", "products": "Products", "opportunities": "Deals",
    "bookings": "Orders", "targets": "Targets",
}  # fmt: skip
SOURCES = {
    "page": "on this page", "command": "by command", "inbox": "from the inbox",
    "demonstration": "for the demonstration", "look back": "from the look back",
}  # fmt: skip
FIELDS = {
    "owner_id": "rep", "account_id": "account", "product_id": "product", "close_on": "close date",
    "created_on": "created on", "booked_on": "booked on", "forecast_category": "forecast category",
    "external_id": "id", "list_price": "list price", "parent_id": "parent", "started_on": "started on",
    "left_on": "left on", "time_zone": "time zone",
}  # fmt: skip
HIDDEN = {"owner_id", "account_id", "product_id", "parent_id"}  # numbers that mean nothing to a reader


@dataclass(frozen=True)
class Brought:
    """One import as the list shows it; of those that are not the viewer's to read, the counts alone."""

    of: Import
    readable: bool
    words: str
    how: str
    rejected: int
    rejects: bool
    may_undo: bool


def imports_page(viewer: Viewer) -> dict[str, Any]:
    """Files at work and the latest imports that the viewer may see."""
    works = visible(FileAtWork.objects.exclude(state=FileAtWork.DONE), viewer, "import.work")
    rows = list(Import.objects.select_related("by")[:SHOWN])
    readable = set(
        visible(Import.objects.all(), viewer, "import.read")
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    last = _undoable(viewer)
    return {
        "works": list(works.select_related("by").order_by("-pk")[:SHOWN]),
        "imports": [_brought(row, row.pk in readable, row.pk == last) for row in rows],
        "inbox": str(Path(settings.DATA_DIR) / "inbox"),
    }


def _brought(row: Import, readable: bool, may_undo: bool) -> Brought:
    return Brought(
        of=row,
        readable=readable,
        words=in_words(row.tables),
        how=SOURCES.get(row.source, row.source),
        rejected=sum(counts["rejected"] for counts in row.tables.values()),
        rejects=readable and bool(row.rejects_file),
        may_undo=may_undo,
    )


def _undoable(viewer: Viewer) -> int | None:
    if not may(viewer, "import.undo"):
        return None
    try:
        return latest().pk
    except Refused:
        return None


def in_words(tables: dict[str, dict[str, int]]) -> str:
    """``Deals: 8,800 new · People: 35 unchanged``."""
    names = {"created": "new", "updated": "changed", "unchanged": "unchanged", "rejected": "left out"}
    parts = []
    for table, counts in tables.items():
        words = ", ".join(f"{counts[key]:,} {word}" for key, word in names.items() if counts[key])
        parts.append(f"{LABELS.get(table, table)}: {words or 'nothing'}")
    return " · ".join(parts)


def work_page(row: FileAtWork) -> dict[str, Any]:
    """Everything that the page of one row shows."""
    told = row.preview or {}
    return {
        "work": row,
        "under_way": row.state in (FileAtWork.WAITING, FileAtWork.READING, FileAtWork.MOVING),
        "told": told,
        "counts": _counts(told.get("tables", {})),
        "examples": [_example(each) for each in told.get("examples", [])],
        "holds": connection.vendor == "sqlite"
        and (row.rows_all or 0) > LARGE
        and row.state == FileAtWork.MOVING,
        "last_import": row.result_id,
        "progress_text": f"{row.rows_done:,} of about {row.rows_all:,} rows" if row.rows_all else "",
    }


def _counts(tables: dict[str, dict[str, int]]) -> dict[str, Any]:
    columns = [
        ("Table", ""),
        ("Read", "num"),
        ("New", "num"),
        ("Changed", "num"),
        ("Unchanged", "num"),
        ("Left out", "num"),
    ]
    names = ("read", "created", "updated", "unchanged", "rejected")
    rows = [
        [LABELS.get(table, table), *(f"{counts[name]:,}" for name in names)]
        for table, counts in tables.items()
    ]
    return {"columns": columns, "rows": rows}


def _example(each: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {"field": FIELDS.get(name, name.replace("_", " ")), "before": old, "after": new}
        for name, old, new in each["changes"]
        if name not in HIDDEN
    ]
    other = any(name in HIDDEN for name, _, _ in each["changes"])
    return {
        "label": LABELS.get(each["table"], each["table"]),
        "what": each["what"],
        "name": each["name"],
        "changes": changes,
        "other": other,
    }
