"""Accounts: the first one, accepting an invitation, new passwords."""

from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.actions.links import HasAccount, NoAddress
from drumbeat.people.actions.persons import add_person, change_person
from drumbeat.people.actions.roles import grant_role
from drumbeat.people.facts import Facts, checked
from drumbeat.people.links import use_up
from drumbeat.people.models import Person, RoleGrant, SignInLink, User
from drumbeat.people.reach import hold


class AccountExists(Refused):
    """The first account is made once."""


class WeakPassword(Refused):
    """A password that is too easy to guess."""


@action("account.first")
def first_account(
    *, actor: Actor, today: date, facts: Facts, password: str, person: Person | None = None
) -> Person:
    """Make the first account: the executive, with a sign-in, as administrator too.

    ``person`` says who of those already there it is; else whoever has the address, else somebody new. What
    the facts leave unknown stays as it is. Raises AccountExists, NoAddress, WeakPassword, or what
    ``facts.checked`` raises.
    """
    hold()
    if User.objects.exists():
        raise AccountExists("An account exists already; sign in, or ask the administrator for an invitation.")
    facts = checked(facts)
    if not facts.email:
        raise NoAddress("An account needs an e-mail address to sign in with; write one.")
    person = person or Person.objects.filter(email=facts.email).first()
    if person is None:
        person = add_person(actor=actor, today=today, facts=facts)
    else:
        known = {name: value for name, value in vars(facts).items() if value not in ("", None)}
        change_person(actor=actor, today=today, person=person, facts=replace(Facts.of(person), **known))
    _make_user(person, password)
    grant_role(actor=actor, today=today, person=person, role=RoleGrant.ADMINISTRATOR)
    note(person)
    return person


@action("invitation.accept")
def accept_invitation(*, actor: Actor, today: date, now: datetime, link: SignInLink, password: str) -> User:
    """Use an invitation up and make the account with a password.

    Raises LinkSpent, HasAccount or WeakPassword.
    """
    person = link.person
    if User.objects.filter(person=person).exists():
        raise HasAccount("You have an account already; sign in with your address and password.")
    use_up(link, now)
    user = _make_user(person, password)
    note(person)
    return user


@action("password.reset")
def use_reset(*, actor: Actor, today: date, now: datetime, link: SignInLink, password: str) -> User:
    """Use a reset link up and set the password; every open session of the person ends.

    Raises LinkSpent or WeakPassword.
    """
    user = User.objects.get(person=link.person)
    use_up(link, now)
    _set_password(user, password)
    note(link.person)
    return user


@action("sign_in.by_link")
def use_login_link(*, actor: Actor, today: date, now: datetime, link: SignInLink) -> User:
    """Use a sign-in link up; who had no account gets one without a password. Raises LinkSpent."""
    use_up(link, now)
    user = User.objects.filter(person=link.person).first()
    if user is None:
        user = User.objects.create_user(link.person.email or "", None, person=link.person)
    note(link.person)
    return user


@action("password.change")
def change_password(*, actor: Actor, today: date, user: User, password: str) -> None:
    """Set a new password for somebody who is signed in; raises WeakPassword."""
    _set_password(user, password)
    note(user.person)


def _make_user(person: Person, password: str) -> User:
    user = User(email=person.email or "", person=person)
    _check(password, user)
    user.set_password(password)
    user.save()
    return user


def _set_password(user: User, password: str) -> None:
    _check(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


def _check(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise WeakPassword(" ".join(fault.messages)) from fault
