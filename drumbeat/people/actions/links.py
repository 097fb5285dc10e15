"""One-time addresses: an invitation, a reset, a sign-in link. Only the hash of the token is kept."""

import secrets
from datetime import date, datetime, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.actions.roles import HasLeft
from drumbeat.people.links import hashed
from drumbeat.people.models import Person, SignInLink, User

LIVES = {
    SignInLink.INVITATION: timedelta(days=7),
    SignInLink.RESET: timedelta(days=7),
    SignInLink.LOGIN: timedelta(minutes=15),
}


class NoAddress(Refused):
    """Who has no e-mail address cannot sign in."""


class HasAccount(Refused):
    """Who has an account needs no invitation."""


class NoAccount(Refused):
    """Who has no account has no password to reset."""


@action("person.invite")
def invite(*, actor: Actor, today: date, now: datetime, person: Person) -> str:
    """Make an invitation (7 days, once) and give back its token; earlier ones stop working.

    Raises NoAddress, HasLeft or HasAccount.
    """
    _refuse_outsider(person, today, "be invited")
    if User.objects.filter(person=person).exists():
        raise HasAccount(f"{person} can sign in already; make a reset link for a new password.")
    return _make(person, SignInLink.INVITATION, now)


@action("person.reset")
def reset(*, actor: Actor, today: date, now: datetime, person: Person) -> str:
    """Make a link for a new password (7 days, once) and give back its token; earlier ones stop working.

    Raises NoAddress, HasLeft or NoAccount.
    """
    _refuse_outsider(person, today, "get a reset link")
    if not User.objects.filter(person=person).exists():
        raise NoAccount(f"{person} has no account yet; invite {person} instead.")
    return _make(person, SignInLink.RESET, now)


@action("person.login_link")
def login_link(*, actor: Actor, today: date, now: datetime, person: Person) -> str:
    """Make a sign-in link (15 minutes, once) and give back its token; earlier ones stop working.

    For whoever runs the machine. Raises NoAddress or HasLeft.
    """
    _refuse_outsider(person, today, "sign in")
    return _make(person, SignInLink.LOGIN, now)


def _refuse_outsider(person: Person, today: date, what: str) -> None:
    if not person.email:
        raise NoAddress(f"{person} has no e-mail address and so cannot {what}; write one first.")
    if person.has_left(today):
        raise HasLeft(f"{person} has left and so cannot {what}.")


def _make(person: Person, kind: str, now: datetime) -> str:
    SignInLink.objects.filter(person=person, kind=kind, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    expires = now + LIVES[kind]
    SignInLink.objects.create(
        person=person, kind=kind, token_hash=hashed(token), made_at=now, expires_at=expires
    )
    note(person, until=expires.isoformat(timespec="minutes"))
    return token
