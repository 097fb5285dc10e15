"""Who is looking, on which day, in which roles: everything that the access table asks about."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from drumbeat.people.models import Person, Reach, RoleGrant


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks. ``person`` is None for a visitor who has not signed in."""

    person: Person | None
    today: date
    leads: bool = False
    led: bool = False
    grants: tuple[tuple[str, int | None], ...] = field(default=())
    first_run: bool = False

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    @property
    def me(self) -> Person:
        """The person, behind a verb that only somebody who signed in has."""
        if self.person is None:
            raise LookupError("a visitor is nobody")
        return self.person

    @property
    def pk(self) -> int:
        """The person's id; 0, which nobody has, for a visitor."""
        return self.person.pk if self.person else 0

    @property
    def is_administrator(self) -> bool:
        return any(role == RoleGrant.ADMINISTRATOR for role, _ in self.grants)

    @property
    def is_top(self) -> bool:
        """Leads others and is led by nobody: the executive at the top."""
        return self.leads and not self.led

    def serves(self, role: str) -> list[int]:
        """The persons for whom a role is granted: leaders served, or heads of branches."""
        return [who for granted, who in self.grants if granted == role and who is not None]


def visitor(today: date, *, first_run: bool = False) -> Viewer:
    """Nobody in particular."""
    return Viewer(None, today, first_run=first_run)


def viewer_of(person: Person, today: date) -> Viewer:
    """The viewer for a person on a day, in one query; a leaver is a visitor."""
    if person.has_left(today):
        return visitor(today)
    reach = Reach.objects.on(today).filter(depth=1)
    held = Q(grants__starts_on__lte=today, grants__ends_on__gt=today)
    rows = list(
        Person.objects.filter(pk=person.pk)
        .annotate(held=FilteredRelation("grants", condition=held))
        .values_list(
            Exists(reach.filter(leader_id=OuterRef("pk"))),
            Exists(reach.filter(member_id=OuterRef("pk"))),
            "held__role",
            "held__for_person_id",
        )
    )
    grants = tuple((role, who) for _, _, role, who in rows if role is not None)
    return Viewer(person, today, leads=rows[0][0], led=rows[0][1], grants=grants)
