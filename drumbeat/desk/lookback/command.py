"""``drumbeat look-back``: the look back from the command line; needs no instance and no database."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused

HELP = "the last thirteen weeks from files alone; keeps nothing"


class CannotWrite(Refused):
    """The PDF cannot be written where it was asked for."""


def add_parser(subparsers: Any) -> ArgumentParser:
    """Add the command and its arguments; ``--json`` and ``--as-of`` are the command line's own."""
    parser: ArgumentParser = subparsers.add_parser(
        "look-back", help=HELP, description=HELP.capitalize() + "."
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="exports of your CRM: CSV or XLSX"
    )
    parser.add_argument("--map", type=Path, metavar="FILE.toml", help="which column feeds which field")
    parser.add_argument(
        "--calendar",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.ics",
        help="your own calendar; repeatable",
    )
    parser.add_argument(
        "--me", default="", metavar="ADDRESS", help="whose calendar it is (else the address in most events)"
    )
    parser.add_argument("--suppliers", default="", metavar="DOMAIN,…", help="mail domains of suppliers")
    parser.add_argument("--weeks", type=int, default=13, help="how many whole weeks (13)")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="also write one page of PDF")
    return parser


def run(args: Namespace) -> int:
    """Look back and print. ``args.as_of`` is the day that counts as today, ``args.json`` whether JSON is
    wanted.
    """
    from drumbeat.desk.lookback.look import look_back
    from drumbeat.desk.lookback.page import as_page
    from drumbeat.files.mapping import load_mapping

    mapping = load_mapping(args.map) if args.map else None
    suppliers = args.suppliers.split(",") if args.suppliers else ()
    look = look_back(
        args.files, mapping, args.calendar, args.me, suppliers, as_of=args.as_of, weeks=args.weeks
    )
    if args.pdf:
        _write(args.pdf, as_page(look))
    if args.json:
        json.dump(look.as_json(), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        from drumbeat.desk.lookback.text import as_text

        sys.stdout.write(as_text(as_page(look)) + "\n")
    return 0


def _write(path: Path, page: dict[str, Any]) -> None:
    from drumbeat.desk.lookback.pdf import as_pdf

    content = as_pdf(page)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotWrite(
            f"The PDF cannot be written to {path}: {(error.strerror or 'it failed').lower()}."
        ) from None
    sys.stderr.write(f"Written: {path}\n")
