"""``bench``: the benchmark suite as one JSON document."""

import argparse
import os
import platform
from pathlib import Path
from typing import Any

from drumbeat import __version__
from drumbeat.run.bench.suite import MEASURES, ROUNDS, Size, held_to
from drumbeat.run.bench.suite import run as measure


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``bench``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("bench", help="the benchmark suite")
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="persons (10,000)")
    parser.add_argument("--opportunities", type=int, default=1_000_000, metavar="N", help="deals (1,000,000)")
    parser.add_argument(
        "--only", action="append", default=[], choices=list(MEASURES), help="one measurement; repeatable"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"of This week ({ROUNDS})")
    parser.add_argument("--screens", type=int, default=100, metavar="N", help="people in the room (100)")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="of each run of it (20)")
    parser.add_argument("--files", type=Path, metavar="DIR", help="CSV files for the look back")
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Every figure, what it is held to, and what it was measured on. DATABASE_URL chooses PostgreSQL."""
    sizes = (args.people, args.opportunities, args.files, args.as_of, args.rounds, args.screens, args.seconds)
    found = measure(args.only, Size(*sizes))
    return {
        "drumbeat": __version__,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "database": "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite",
        "results": found,
        "held_to": held_to(found),
    }
