"""``drumbeat export me PERSON FILE [--access-request]``: what is kept about somebody, as a file."""

import argparse
import os
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.exchange.export.actions import export_me
from drumbeat.exchange.export.files import ending_of, written
from drumbeat.journal.record import SYSTEM
from drumbeat.people.queries import find_person


class CannotWrite(Refused):
    """The file cannot be written where it was wanted."""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``export me``."""
    export = subparsers.add_parser("export", help="what is kept, as a file")
    kinds = export.add_subparsers(dest="what", required=True, metavar="WHAT")
    me: argparse.ArgumentParser = kinds.add_parser("me", help="everything kept about one person")
    me.add_argument("person", metavar="PERSON", help="e-mail address, id or exact name")
    me.add_argument("file", metavar="FILE", help="ends in .html (to read), .json, or .zip (both)")
    me.add_argument(
        "--access-request", action="store_true", help="also what leaders prepared in private about the person"
    )
    return me


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file; it is journalled, and the person sees that it was made."""
    path, ending = Path(args.file), ending_of(args.file)
    if not path.parent.is_dir():
        raise CannotWrite(f"There is no folder {path.parent}; make it, or name another file.")
    person = find_person(args.person)
    made = export_me(actor=SYSTEM, today=args.as_of, person=person, access_request=args.access_request)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(written(made, ending))
    except OSError as fault:
        raise CannotWrite(f"{path} cannot be written: {fault.strerror}.") from fault
    return {
        "person": person.name,
        "file": str(path),
        "access_request": made.access_request,
        "rows": {part.key: len(part.rows) for part in made.parts},
    }


def render(result: dict[str, Any]) -> str:
    """One sentence."""
    count = sum(result["rows"].values())
    return f"{count} rows kept about {result['person']} are in {result['file']}."
