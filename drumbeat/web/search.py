"""Search over people and accounts, within what the viewer may see: two statements."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from drumbeat.customers.models import Account
from drumbeat.people.access import condition, visible
from drumbeat.people.models import Person
from drumbeat.people.viewer import Viewer
from drumbeat.web.matching import begins, begins_a_word, pattern, words_of

FEW, MANY = 8, 50
PEOPLE, ACCOUNTS = "people", "accounts"


@dataclass(frozen=True)
class Hit:
    """One thing that was found; without an address it can be seen by name only."""

    name: str
    beside: str
    url: str


@dataclass(frozen=True)
class Hits:
    """Some of what was found of one kind. ``more`` says that there is more than these."""

    kind: str
    hits: list[Hit]
    more: bool
    first: int = 0

    @property
    def title(self) -> str:
        return self.kind.capitalize()


@dataclass(frozen=True)
class Found:
    """What was found, and the words that were looked for (none: nothing was asked)."""

    words: list[str]
    groups: list[Hits]

    @property
    def nothing(self) -> bool:
        return not any(group.hits for group in self.groups)


def find(viewer: Viewer, typed: str, *, kind: str = "", page: int = 1) -> Found:
    """A few of each kind, or with ``kind`` one page of that kind alone. One statement a kind.

    Every word must be in it: of a person in the name, or in the e-mail address or title where the viewer
    sees these; of an account in the name. Names that begin with the first word come first.
    """
    words = words_of(typed)
    if not words:
        return Found([], [])
    size, first = (MANY, MANY * (page - 1)) if kind else (FEW, 0)
    groups = []
    for each, search in ((PEOPLE, _people), (ACCOUNTS, _accounts)):
        if kind in ("", each):
            rows = search(viewer, words)[first : first + size + 1]
            groups.append(Hits(each, rows[:size], len(rows) > size, first))
    return Found(words, groups)


class _Rows:
    """Slices of a sorted query, told as hits."""

    def __init__(self, rows: QuerySet[Any], tell: Any) -> None:
        self.rows, self.tell = rows, tell

    def __getitem__(self, part: slice) -> list[Hit]:
        return [self.tell(row) for row in self.rows[part]]


def _people(viewer: Viewer, words: list[str]) -> _Rows:
    readable = condition(viewer, "person.read")
    inside = Person.objects.filter(readable, pk=OuterRef("pk"))
    found = visible(Person.objects.annotate(readable=Exists(inside)), viewer, "person.name")
    for word in words:
        told = Q(email__regex=pattern(word)) | Q(title__iregex=pattern(word))
        found = found.filter(Q(name_key__regex=pattern(word)) | (Q(readable=True) & told))
    stays = Q(left_on=None) | Q(left_on__gte=viewer.today)
    found = found.filter(stays | Q(readable=True)).annotate(
        left=Case(When(stays, then=Value(False)), default=Value(True), output_field=BooleanField())
    )
    sorted_rows = _sorted(found, words[0], "left")

    def tell(person: Any) -> Hit:
        if not person.readable:
            return Hit(person.name, "by name only", "")
        beside = [person.title, person.team, "left" if person.left else ""]
        return Hit(person.name, " · ".join(filter(None, beside)), reverse("desk:person", args=[person.pk]))

    return _Rows(sorted_rows, tell)


def _accounts(viewer: Viewer, words: list[str]) -> _Rows:
    found = visible(Account.objects.all(), viewer, "account.name")
    for word in words:
        found = found.filter(name_key__regex=pattern(word))
    rows = reverse("plan:rows", args=[viewer.pk, "open"])

    def tell(account: Account) -> Hit:
        return Hit(account.name, "open deals", f"{rows}?account={account.pk}")

    return _Rows(_sorted(found, words[0]), tell)


def _sorted(found: QuerySet[Any], word: str, *before: str) -> QuerySet[Any]:
    """Names that begin with the word, then names with a word that does, then other names, then the rest."""
    rank = Case(
        When(name_key__regex=begins(word), then=Value(0)),
        When(name_key__regex=begins_a_word(word), then=Value(1)),
        When(name_key__regex=pattern(word), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).order_by(*before, "rank", "name_key", "pk")
