"""``init``: makes the instance and says what it made."""

import argparse
from typing import Any

from drumbeat.run.prepare import prepare


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``init``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("init", help="make the instance")
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """What was made; an empty list when all was there."""
    return {"data_dir": str(args.data_dir), "made": prepare()}


def render(result: dict[str, Any]) -> str:
    """One line for each thing made."""
    if not result["made"]:
        return f"{result['data_dir']} is complete; nothing was changed."
    return "\n".join([f"Made in {result['data_dir']}:", *(f"  {what}" for what in result["made"])])
