"""There is always an administrator who can sign in."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.people.models import FOR_EVER, Person, RoleGrant
from drumbeat.people.reach import hold


class LastAdministrator(Refused):
    """Without an administrator nobody could let anyone in again."""


def refuse_without_administrator(person: Person, today: date) -> None:
    """Raise LastAdministrator where nobody else who can sign in would be administrator for good."""
    hold()
    held = RoleGrant.objects.filter(role=RoleGrant.ADMINISTRATOR, ends_on__gt=today)
    if not held.filter(person=person).exists():
        return
    lasting = held.filter(starts_on__lte=today, ends_on=FOR_EVER)
    others = lasting.filter(person__left_on=None, person__user__isnull=False).exclude(person=person)
    if not others.exists():
        raise LastAdministrator(
            f"{person} is the only administrator who can sign in; make somebody else administrator first."
        )
