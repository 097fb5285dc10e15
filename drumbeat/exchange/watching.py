"""``watch DIR``: brings in each new file laid there, by the saved mappings."""

import argparse
import sys
from pathlib import Path
from typing import Any

from drumbeat.exchange.inbox import today, watch


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``watch``."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "watch", help="bring in each new file laid into a folder"
    )
    parser.add_argument("folder", metavar="DIR")
    return parser


def run(args: argparse.Namespace) -> None:
    """Watch until stopped; each file leaves one line."""
    print(f"Watching {args.folder}; stop with Ctrl+C.", file=sys.stderr)  # noqa: T201
    day = (lambda: args.as_of) if args.as_of_given else today
    watch(Path(args.folder), day, lambda line: print(line, flush=True))  # noqa: T201
