"""One person as the administrator keeps them: lines, days away, roles, sign-in."""

from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.people.models import (
    FOR_EVER,
    SINCE_EVER,
    Leave,
    Person,
    ReportingLine,
    RoleGrant,
    User,
)
from drumbeat.people.queries.listing import leaders_to_choose
from drumbeat.people.words import spoken


@dataclass(frozen=True)
class LineRow:
    """One reporting line in words; ``when`` is ``was``, ``now`` or ``planned``."""

    leader: Person
    sentence: str
    when: str


@dataclass(frozen=True)
class Keeping:
    """Everything that stands on the page of keeping one person."""

    person: Person
    lines: list[LineRow]
    leaves: list[Leave]
    grants: list[RoleGrant]
    account: bool
    reports: int
    left: bool


def keeping(person: Person, today: date) -> Keeping:
    """The person with lines (the latest first), days away from this month on, and roles held or to come."""
    lines = ReportingLine.objects.filter(member=person).select_related("leader").order_by("-starts_on")
    return Keeping(
        person=person,
        lines=[line_row(line, today) for line in lines],
        leaves=list(Leave.objects.filter(person=person, ends_on__gte=today - timedelta(days=90))),
        grants=roles_of(person, today),
        account=User.objects.filter(person=person).exists(),
        reports=ReportingLine.objects.filter(leader=person, starts_on__lte=today, ends_on__gt=today).count(),
        left=person.has_left(today),
    )


def roles_of(person: Person, today: date) -> list[RoleGrant]:
    """Roles held on the day or later."""
    held = RoleGrant.objects.filter(person=person, ends_on__gt=today)
    return list(held.select_related("for_person").order_by("role", "pk"))


def line_row(line: ReportingLine, today: date) -> LineRow:
    """A line as a sentence: ``since 1 March 2026``, ``until 30 June 2026``, ``from 1 December 2026``."""
    first = "" if line.starts_on == SINCE_EVER else spoken(line.starts_on)
    last = "" if line.ends_on == FOR_EVER else spoken(line.ends_on - timedelta(days=1))
    if line.ends_on <= today:
        sentence, when = f"{first or 'from the beginning'} to {last}", "was"
    elif line.starts_on > today:
        sentence, when = f"from {first}" + (f" to {last}" if last else ""), "planned"
    else:
        sentence, when = (
            (f"since {first}" if first else "since ever") + (f", until {last}" if last else ""),
            "now",
        )
    return LineRow(line.leader, sentence, when)


def possible_leaders(today: date) -> list[Person]:
    """Whom a form suggests as leaders: those who lead somebody now."""
    return leaders_to_choose(Person.objects.employed_on(today), today)
