"""``worker``: background jobs alone."""

import argparse
from typing import Any

from drumbeat.run import jobs


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``worker``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("worker", help="background jobs alone")
    return parser


def run(args: argparse.Namespace) -> None:
    """Work until told to stop."""
    jobs.work()
