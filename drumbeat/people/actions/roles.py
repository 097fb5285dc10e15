"""Roles that are granted: administrator, HR partner, delegate."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.administrators import refuse_without_administrator
from drumbeat.people.models import FOR_EVER, Person, RoleGrant


class UnknownRole(Refused):
    """A word that is no role."""


class ServesNobody(Refused):
    """A delegate or HR partner without somebody served, or an administrator with one."""


class ServesOneself(Refused):
    """Nobody is their own delegate."""


class GrantedAlready(Refused):
    """The role is held on those days."""


class HasLeft(Refused):
    """Somebody who has left holds no role and cannot sign in."""


@action("role.grant")
def grant_role(
    *, actor: Actor, today: date, person: Person, role: str, for_person: Person | None = None
) -> RoleGrant:
    """Give a role from today on.

    ``for_person`` is the leader whom a delegate serves, or the head of an HR partner's branch.
    Raises UnknownRole, ServesNobody, ServesOneself, HasLeft or GrantedAlready.
    """
    words = dict(RoleGrant.ROLES)
    if role not in words:
        raise UnknownRole(f"“{role}” is not a role; choose {', '.join(words.values())}.")
    if (for_person is None) != (role == RoleGrant.ADMINISTRATOR):
        raise ServesNobody(
            "An administrator serves the whole company; leave the second person empty."
            if for_person
            else f"Say whom {person} serves: a delegate for a leader, an HR partner for a branch."
        )
    if person == for_person:
        raise ServesOneself(f"{person} cannot be {words[role]} for themselves; choose somebody else.")
    for one in filter(None, (person, for_person)):
        if one.has_left(today):
            raise HasLeft(f"{one} has left; choose somebody else.")
    held = RoleGrant.objects.filter(person=person, role=role, for_person=for_person, ends_on__gt=today)
    if held.exists():
        raise GrantedAlready(f"{person} is {words[role]} already; nothing needs doing.")
    ends_on = FOR_EVER
    grant = RoleGrant.objects.create(
        person=person, role=role, for_person=for_person, starts_on=today, ends_on=ends_on
    )
    note(person, role=role, for_person=for_person.name if for_person else None)
    return grant


@action("role.revoke")
def revoke_role(*, actor: Actor, today: date, grant: RoleGrant) -> None:
    """Take a role back, at once; raises LastAdministrator."""
    if grant.role == RoleGrant.ADMINISTRATOR:
        refuse_without_administrator(grant.person, today)
    for_person = grant.for_person.name if grant.for_person else None
    note(grant.person, role=grant.role, for_person=for_person)
    if grant.starts_on < today:
        grant.ends_on = today
        grant.save(update_fields=["ends_on"])
    else:
        grant.delete()
