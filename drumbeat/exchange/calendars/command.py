"""``import calendar FILE|URL --person PERSON``: a person's calendar."""

import argparse
from pathlib import Path
from typing import Any

from django.utils import timezone

from drumbeat.calendars.actions import add_calendar
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Calendar
from drumbeat.exchange.calendars.fetching import checked
from drumbeat.exchange.calendars.tasks import fetch_in
from drumbeat.journal.record import SYSTEM
from drumbeat.people.queries import find_person


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``import calendar``."""
    importing = subparsers.add_parser("import", help="bring files in")
    kinds = importing.add_subparsers(dest="what", required=True, metavar="WHAT")
    calendar: argparse.ArgumentParser = kinds.add_parser("calendar", help="a person's calendar")
    calendar.add_argument("source", metavar="FILE|URL", help="an ICS file, or the calendar's private address")
    calendar.add_argument("--person", required=True, metavar="PERSON", help="whose calendar it is")
    calendar.add_argument(
        "--titles", action="store_true", help="keep titles, places and join links, encrypted"
    )
    return calendar


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Read the calendar and say what was kept.

    An address is kept and read again by the worker. Raises Refused with a sentence.
    """
    owner = find_person(args.person)
    at, today = timezone.now(), args.as_of
    titles = True if args.titles else None
    if "://" in args.source:
        address = checked(args.source).geturl()
        kept = fetch_in(actor=SYSTEM, today=today, at=at, owner=owner, address=address, titles=titles)
        calendar = Calendar.objects.get(owner=owner)
        add_calendar(actor=SYSTEM, today=today, owner=owner, address=address, titles=calendar.keep_titles)
    else:
        kept = bring_in(
            actor=SYSTEM, today=today, at=at, owner=owner, source=Path(args.source), titles=titles
        )
    return {
        "person": owner.name,
        "events": {
            "created": kept.made,
            "updated": kept.changed,
            "unchanged": kept.same,
            "removed": kept.removed,
            "unreadable": kept.unreadable,
        },
        "warnings": list(kept.notes),
    }


def render(result: dict[str, Any]) -> str:
    """The result in words."""
    events = result["events"]
    words = ", ".join(f"{count:,} {what}" for what, count in events.items())
    return "\n".join([f"Calendar of {result['person']}: {words}.", *result["warnings"]])
