"""``drumbeat generate``: a made company of any size in an empty instance."""

import argparse
import datetime as dt
import sys
import time
from datetime import UTC, datetime
from typing import Any

from drumbeat.run.generate.bring import bring
from drumbeat.run.generate.company import (
    DEFAULT_OPPORTUNITIES,
    DEFAULT_PEOPLE,
    DEFAULT_SEED,
    DEFAULT_WEEKS,
    company,
    write_calendar,
)
from drumbeat.run.generate.rooms import lay_rooms


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``generate``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("generate", help="make a company of any size")
    parser.add_argument("--people", type=int, default=DEFAULT_PEOPLE, metavar="N", help="persons in all")
    parser.add_argument("--opportunities", type=int, default=DEFAULT_OPPORTUNITIES, metavar="N")
    parser.add_argument("--weeks", type=int, default=DEFAULT_WEEKS, metavar="N", help="weeks back")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S", help="another company each")
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Bring the company in and write the executive's calendar beside it; raises Refused with a sentence."""
    began = time.perf_counter()
    made = company(args.people, args.opportunities, args.weeks, args.seed, today=args.as_of)
    tables = bring(made, args.data_dir, tell=lambda text: print(text, file=sys.stderr))
    began_on = datetime.combine(args.as_of, dt.time(7), UTC)
    meetings = lay_rooms(made, today=args.as_of, now=began_on)
    calendar = write_calendar(made, args.data_dir / "made")
    return {
        "as_of": args.as_of.isoformat(),
        "tables": tables,
        "meetings": meetings,
        "executive": made.cast.executive,
        "calendar": str(calendar),
        "seconds": round(time.perf_counter() - began, 1),
    }


def render(result: dict[str, Any]) -> str:
    """What was made, in lines."""
    lines = [f"{name}: {counts['read']:,}" for name, counts in result["tables"].items()]
    return "\n".join(
        [
            f"Made as of {result['as_of']} in {result['seconds']} s:",
            *(f"  {line}" for line in lines),
            f"The executive is {result['executive']}; the calendar lies in {result['calendar']}.",
        ]
    )
