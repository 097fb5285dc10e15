"""Adding people, changing what is known of them, and their leaving."""

from dataclasses import fields
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.people.administrators import refuse_without_administrator
from drumbeat.people.facts import Facts, checked
from drumbeat.people.models import Person, RoleGrant, User
from drumbeat.people.words import spoken


class AddressTaken(Refused):
    """Two people cannot have one e-mail address: it is how they sign in."""


class IdTaken(Refused):
    """Two people cannot have one id."""


class AccountNeedsAddress(Refused):
    """Who has an account keeps an address."""


class LeftBeforeStart(Refused):
    """A last day before the first one."""


@action("person.add")
def add_person(*, actor: Actor, today: date, facts: Facts) -> Person:
    """Keep somebody new; raises what ``facts.checked`` raises, AddressTaken or IdTaken."""
    facts = checked(facts)
    _refuse_taken(facts, None)
    person = Person(**vars(facts))
    _save(person, facts)
    note(person)
    return person


@action("person.change")
def change_person(*, actor: Actor, today: date, person: Person, facts: Facts) -> Person:
    """Make the person's facts these. Who signs in does so with the new address from then on.

    Raises what ``facts.checked`` raises, AddressTaken, IdTaken, or AccountNeedsAddress.
    """
    facts = checked(facts)
    before = Facts.of(person)
    changed = {
        field.name: [_written(getattr(before, field.name)), _written(getattr(facts, field.name))]
        for field in fields(Facts)
        if getattr(facts, field.name) != getattr(before, field.name)
    }
    if not changed:
        unchanged()
        return person
    _refuse_taken(facts, person)
    if "email" in changed:
        _change_address(person, facts.email)
    for name in changed:
        setattr(person, name, getattr(facts, name))
    _save(person, facts, update_fields=[*changed, "name_key"])
    note(person, fields=changed)
    return person


@action("person.leave_company")
def mark_left(*, actor: Actor, today: date, person: Person, left_on: date) -> None:
    """Say which day is (or was) the person's last one.

    The record, the lines and the results stay. From the next day on the person is a stranger to every page,
    an open session ends, and roles end. Raises LeftBeforeStart or LastAdministrator.
    """
    if person.left_on == left_on:
        unchanged()
        return
    if person.started_on and left_on < person.started_on:
        raise LeftBeforeStart(
            f"{person} cannot leave on {spoken(left_on)}, before starting on {spoken(person.started_on)}; "
            "mend one of the two days."
        )
    gone = left_on + timedelta(days=1)
    refuse_without_administrator(person, today)
    RoleGrant.objects.filter(person=person, starts_on__gte=gone).delete()
    RoleGrant.objects.filter(person=person, ends_on__gt=gone).update(ends_on=gone)
    before, person.left_on = person.left_on, left_on
    person.save(update_fields=["left_on", "name_key"])
    note(person, fields={"left_on": [_written(before), _written(left_on)]})


@action("person.come_back")
def mark_back(*, actor: Actor, today: date, person: Person) -> None:
    """Take back that the person leaves or left; roles are granted anew where they are wanted."""
    if person.left_on is None:
        unchanged()
        return
    before, person.left_on = person.left_on, None
    person.save(update_fields=["left_on", "name_key"])
    note(person, fields={"left_on": [_written(before), None]})


def _refuse_taken(facts: Facts, person: Person | None) -> None:
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if facts.email and (holder := others.filter(email=facts.email).first()):
        raise AddressTaken(f"{facts.email} is already the address of {holder}; write another one.")
    if facts.external_id and (holder := others.filter(external_id=facts.external_id).first()):
        raise IdTaken(f"The id {facts.external_id} already belongs to {holder}; write another one.")


def _save(person: Person, facts: Facts, update_fields: list[str] | None = None) -> None:
    try:
        person.save(update_fields=update_fields)
    except IntegrityError as fault:  # somebody else was quicker between the check and here
        raise AddressTaken(
            f"{facts.email or facts.external_id} was just given to somebody else; look again."
        ) from fault


def _change_address(person: Person, email: str | None) -> None:
    user = User.objects.filter(person=person).first()
    if user is None:
        return
    if email is None:
        raise AccountNeedsAddress(f"{person} signs in with this address; write another one instead of none.")
    # allauth keeps addresses of its own, which would go on opening the door.
    EmailAddress.objects.filter(user=user).delete()
    user.email = email
    user.save(update_fields=["email"])


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
