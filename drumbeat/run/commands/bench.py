"""``bench``: the benchmark suite as one JSON document."""

import argparse
import os
import platform
from typing import Any

from drumbeat import __version__
from drumbeat.run.bench import BENCHES, run_all


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``bench``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("bench", help="the benchmark suite")
    parser.add_argument(
        "--opportunities", type=int, default=1_000_000, metavar="N", help="how large (1,000,000)"
    )
    parser.add_argument(
        "--only", action="append", default=[], choices=list(BENCHES), help="one measurement; repeatable"
    )
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Every number, with what it was measured on."""
    return {
        "drumbeat": __version__,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "opportunities": args.opportunities,
        "results": run_all(args.opportunities, args.only),
    }


def exit_code(result: dict[str, Any]) -> int:
    """1 where a measurement failed."""
    return int(any("failed" in each for each in result["results"].values()))
