"""``drumbeat login-link PERSON [--base URL]``: a one-time sign-in address for whoever runs the machine."""

import argparse
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import SYSTEM
from drumbeat.people.actions.links import LIVES, login_link
from drumbeat.people.addresses import link_path
from drumbeat.people.models import SignInLink
from drumbeat.people.queries import find_person


class NotABase(Refused):
    """Something that no browser can open."""


def add_parser(subparsers: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "login-link", help="print a one-time sign-in address (15 minutes)"
    )
    parser.add_argument("person", metavar="PERSON", help="e-mail address, id or exact name")
    parser.add_argument(
        "--base", metavar="URL", default="http://127.0.0.1:8000", help="where this instance is reached"
    )


def run(args: argparse.Namespace) -> dict[str, str]:
    """Make the link; the address works once."""
    parts = urlsplit(args.base)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise NotABase(f"“{args.base}” is not an address; write one like https://drumbeat.company.com.")
    person = find_person(args.person)
    now = timezone.now()
    today = args.as_of or now.date()
    token = login_link(actor=SYSTEM, today=today, now=now, person=person)
    return {
        "person": person.name,
        "url": args.base.rstrip("/") + link_path(SignInLink.LOGIN, token),
        "expires": (now + LIVES[SignInLink.LOGIN]).isoformat(timespec="seconds"),
    }


def render(result: dict[str, str]) -> str:
    """The address alone on its line, so that it can be copied."""
    return result["url"]
