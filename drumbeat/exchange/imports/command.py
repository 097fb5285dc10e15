"""``import people|crm|targets FILE…`` and ``import undo``."""

import argparse
import sys
from pathlib import Path
from typing import Any

from drumbeat.exchange.imports.run import bring_in
from drumbeat.exchange.imports.undoing import preview_undo, undo
from drumbeat.files.mapping import Mapping, load_mapping
from drumbeat.journal.record import SYSTEM

HELP = {
    "people": "persons and reporting lines",
    "crm": "accounts, products, opportunities, bookings",
    "targets": "targets per rep or manager and period",
}


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``import`` with what it brings in; the calendars' module adds its own."""
    importing: argparse.ArgumentParser = subparsers.add_parser("import", help="bring files in")
    kinds = importing.add_subparsers(dest="what", required=True, metavar="WHAT")
    for kind, words in HELP.items():
        parser = kinds.add_parser(kind, help=words)
        parser.add_argument("files", nargs="+", metavar="FILE", help="CSV or XLSX")
        parser.add_argument(
            "--map", metavar="FILE.toml", help="which column feeds which field; recognised where left out"
        )
    undoing = kinds.add_parser("undo", help="take the latest import back")
    undoing.add_argument(
        "--yes", action="store_true", help="do it; without it, only what would change is shown"
    )
    return importing


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Bring the files in, or take the latest import back. Raises Refused with a sentence."""
    if args.what == "undo":
        return _undo(args)
    mapping: Mapping | None = load_mapping(Path(args.map)) if args.map else None
    result = bring_in(
        args.what,
        args.files,
        mapping=mapping,
        actor=SYSTEM,
        today=args.as_of,
        source="command",
        progress=_Progress() if sys.stderr.isatty() else None,
        data_dir=args.data_dir,
    )
    return result.as_json()


def _undo(args: argparse.Namespace) -> dict[str, Any]:
    if not args.yes:
        return preview_undo().as_json() | {"undone": False}
    return undo(actor=SYSTEM, today=args.as_of, data_dir=args.data_dir).as_json() | {"undone": True}


def render(result: dict[str, Any]) -> str:
    """The result as a few lines of text."""
    if "undone" in result:
        return _render_undo(result)
    lines = []
    for table, counts in result["tables"].items():
        words = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count or what == "read")
        lines.append(f"{table.capitalize()}: {words}.")
    lines += result["warnings"]
    if result["rejects_file"]:
        lines.append(f"The rows left out, with reasons: {result['rejects_file']}")
    return "\n".join(lines)


def _render_undo(result: dict[str, Any]) -> str:
    files = ", ".join(result["files"])
    lines = [f"Import of {result['day']}: {files}"]
    done, back = ("removed", "restored") if result["undone"] else ("would go", "would be what they were")
    for table, counts in result["tables"].items():
        lines.append(f"{table.capitalize()}: {counts['removed']:,} {done}, {counts['restored']:,} {back}.")
    lines.append("Taken back." if result["undone"] else "Nothing is changed yet: say it with --yes.")
    return "\n".join(lines)


class _Progress:
    """One line on standard error that is written over."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if what == "moving":
            print("\rMoving over …          ", file=sys.stderr)  # noqa: T201
        elif done - self._last >= 50_000:
            self._last = done
            of = f" of about {total:,}" if total else ""
            print(f"\rRead {done:,}{of} rows", end="", file=sys.stderr, flush=True)  # noqa: T201
