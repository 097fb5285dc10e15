"""``backup FILE [--with-keys]``: the whole instance in one file, while it runs."""

import argparse
from pathlib import Path
from typing import Any

from drumbeat.run.archive.write import save


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``backup``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("backup", help="the whole instance in one file")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="also the keys of confidential texts: whoever has the file can then read them",
    )
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """What was saved."""
    manifest = save(args.file, with_keys=args.with_keys)
    return {
        "file": str(args.file),
        "bytes": args.file.stat().st_size,
        "rows": sum(about["rows"] for about in manifest["tables"].values()),
        "files": len(manifest["files"]),
        "with_keys": args.with_keys,
        "keys_needed": list(manifest["keys"]),
    }


def render(result: dict[str, Any]) -> str:
    """One line, and where the keys are."""
    size = result["bytes"] / 1_000_000
    said = f"Saved {result['rows']:,} rows and {result['files']:,} files in {result['file']} ({size:.1f} MB)."
    if result["with_keys"]:
        return f"{said}\nThe keys are in it: keep it where you would keep the confidential texts themselves."
    return f"{said}\nThe keys are not in it; keep a copy of the keys folder elsewhere, or add --with-keys."
