"""``restore FILE [--replace]``: an instance as a backup holds it."""

import argparse
from pathlib import Path
from typing import Any

from drumbeat.run.archive.restore import restore


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``restore``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("restore", help="an instance from a backup")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--replace", action="store_true", help="give up the instance that is there")
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """What came back, and which keys are missing."""
    return restore(args.file, replace=args.replace)


def render(result: dict[str, Any]) -> str:
    """One line, and one for each key that is missing or another."""
    said = [
        f"Restored {result['rows']:,} rows and {result['files']:,} files of {result['made_at']} "
        f"to {result['data_dir']}."
    ]
    said += [
        f"The key “{name}” is missing: put {name}.key into {result['keys_folder']}; until then the "
        "confidential texts that it opens cannot be read."
        for name in result["missing_keys"]
    ]
    said += [
        f"The key “{name}” is not the one that the backup was made with: put the right {name}.key into "
        f"{result['keys_folder']}."
        for name in result["wrong_keys"]
    ]
    return "\n".join(said)
