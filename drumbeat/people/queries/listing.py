"""The list of people: names for everyone, the rest within one's access."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from drumbeat.core.names import name_key
from drumbeat.people.access import EVERYTHING, condition, may, visible
from drumbeat.people.models import Person, Reach, ReportingLine, User
from drumbeat.people.viewer import Viewer

PAGE = 50
MANY = 200  # as many choices as a list in a form can hold before a search serves better


@dataclass(frozen=True)
class Asked:
    """What was asked of the list. ``leader`` is the id of whoever leads directly."""

    words: str = ""
    team: str = ""
    leader: int | None = None
    left: bool = False
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One person. What the viewer may not read is None."""

    pk: int
    name: str
    readable: bool
    title: str | None = None
    team: str | None = None
    leader: str | None = None
    leader_pk: int | None = None
    left_on: date | None = None
    can_sign_in: bool | None = None


@dataclass(frozen=True)
class Listing:
    """A page of the list, and what it can be narrowed to."""

    asked: Asked
    page: Page[Any]
    rows: list[Row]
    total: int
    teams: list[str]
    leaders: list[Person]
    may_add: bool
    today: date


def people_list(viewer: Viewer, asked: Asked) -> Listing:
    """The people whom the viewer may name, fifty a page, by name.

    Whoever is found by team, title, address, leader or by having left is found among those only whom the
    viewer may read: a search must not tell what the page does not.
    """
    readable = condition(viewer, "person.read")
    found = visible(Person.objects.all(), viewer, "person.name").filter(
        _narrowed(asked, readable, viewer.today)
    )
    page = Paginator(_with_leader(found, viewer.today), PAGE).get_page(asked.page)
    people: list[Any] = list(page.object_list)
    may_read = set(
        visible(Person.objects.filter(pk__in=[one.pk for one in people]), viewer, "person.read").values_list(
            "pk", flat=True
        )
    )
    everyone = visible(Person.objects.employed_on(viewer.today), viewer, "person.read").order_by()
    teams = everyone.exclude(team="").values_list("team", flat=True).distinct().order_by("team")[:MANY]
    return Listing(
        asked=asked,
        page=page,
        rows=[_row(one, one.pk in may_read) for one in people],
        total=page.paginator.count,
        teams=list(teams),
        leaders=leaders_to_choose(everyone, viewer.today),
        may_add=may(viewer, "person.add"),
        today=viewer.today,
    )


def leaders_to_choose(people: QuerySet[Person], day: date) -> list[Person]:
    """Those of the people who lead somebody on the day, by name, as many as a form's list can hold."""
    leads = Reach.objects.on(day).filter(depth=1, leader_id=OuterRef("pk"))
    return list(people.filter(Exists(leads)).only("pk", "name", "email").order_by("name", "pk")[:MANY])


def _narrowed(asked: Asked, readable: Q, today: date) -> Q:
    here = Q(left_on=None) | Q(left_on__gte=today)
    # An empty Q is dropped by "or", so everything stands by itself.
    everyone = readable if readable == EVERYTHING else here | readable
    wanted = everyone if asked.left else here
    words = name_key(asked.words.replace("\0", ""))
    for word in words.split():
        known = Q(email__contains=word) | Q(team__icontains=word) | Q(title__icontains=word)
        wanted &= Q(name_key__contains=word) | (readable & known)
    if asked.team:
        wanted &= readable & Q(team=asked.team)
    if asked.leader:
        direct = Reach.objects.on(today).filter(leader_id=asked.leader, depth=1).values("member_id")
        wanted &= readable & Q(pk__in=direct)
    return wanted


def _with_leader(people: QuerySet[Person], day: date) -> QuerySet[Any]:
    line = ReportingLine.objects.filter(member_id=OuterRef("pk"), starts_on__lte=day, ends_on__gt=day)
    return people.annotate(
        leader_pk=Subquery(line.values("leader_id")[:1]),
        leader_name=Subquery(line.values("leader__name")[:1]),
        can_sign_in=Exists(User.objects.filter(person_id=OuterRef("pk"))),
    )


def _row(person: Any, readable: bool) -> Row:
    if not readable:
        return Row(person.pk, person.name, False)
    return Row(
        pk=person.pk,
        name=person.name,
        readable=True,
        title=person.title,
        team=person.team,
        leader=person.leader_name,
        leader_pk=person.leader_pk,
        left_on=person.left_on,
        can_sign_in=person.can_sign_in,
    )


def choices_for(people: Iterable[Person]) -> list[str]:
    """What a form suggests for people: the address, which is never ambiguous, else the name."""
    return [person.email or person.name for person in people]
