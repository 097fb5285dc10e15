"""Opening and using up one-time addresses."""

import hashlib
from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.people.models import SignInLink


class LinkSpent(Refused):
    """The one-time address was used, has run out, or never was one."""


def open_link(*, kind: str, token: str, now: datetime, today: date) -> SignInLink:
    """The link that a token opens, still unused and in time, of somebody who has not left; else LinkSpent.

    Reads only: looking at an address does not use it up (mail scanners open every link).
    """
    link = (
        SignInLink.objects.filter(kind=kind, token_hash=hashed(token), used_at=None, expires_at__gt=now)
        .select_related("person", "person__user")
        .first()
    )
    if link is None or not link.person.email or link.person.has_left(today):
        raise LinkSpent("This address has been used or has run out; ask your administrator for a new one.")
    return link


def use_up(link: SignInLink, now: datetime) -> None:
    """Mark the link used; of two who press at once, one gets LinkSpent."""
    taken = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now).update(used_at=now)
    if not taken:
        raise LinkSpent("This address has just been used; ask your administrator for a new one.")


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
