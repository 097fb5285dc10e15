"""Reading the journal: what was done about somebody and by somebody, and all events."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from drumbeat.journal.models import Entry, Opening

PAGE = 50
NAMED = frozenset({"person"})  # kinds whose names are no content, so that the journal of events may show them


@dataclass(frozen=True)
class Line:
    """One line as a page shows it."""

    at: datetime
    day: date
    who: str
    verb: str
    name: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """A page of the journal."""

    page: Page[Entry]
    lines: list[Line]
    total: int


@dataclass(frozen=True)
class Openings:
    """A page of the openings of somebody's confidential texts by others."""

    page: Page[Opening]
    total: int

    @property
    def rows(self) -> list[Opening]:
        """Who opened what on which day, the newest first."""
        return list(self.page.object_list)


def openings_about(person_id: int, number: int = 1, *, size: int = PAGE) -> Openings:
    """Which confidential texts of a person, or about the person, were opened by others, the newest first."""
    found = _openings(person_id)
    page = Paginator(found, size).get_page(number)
    return Openings(page, page.paginator.count)


def all_openings_about(person_id: int) -> list[Opening]:
    """The same without pages, for whoever takes the own data along."""
    return list(_openings(person_id))


def record_of(person_id: int, number: int) -> Lines:
    """What was done about a person and by that person, the newest first, with what was changed."""
    found = Entry.objects.filter(Q(object_kind="person", object_id=person_id) | Q(actor_id=person_id))
    return _page(found.order_by("-at", "-pk"), number, whole=True)


def events(number: int) -> Lines:
    """Who did what and when, the newest first: events only, without what was changed."""
    return _page(Entry.objects.order_by("-at", "-pk"), number, whole=False)


def _openings(person_id: int) -> Any:
    concerned = Opening.objects.filter(Q(author_id=person_id) | Q(about_id=person_id))
    return concerned.exclude(viewer_id=person_id).order_by("-day", "-at", "-pk")


def _page(found: Any, number: int, *, whole: bool) -> Lines:
    page = Paginator(found, PAGE).get_page(number)
    return Lines(page, [_line(entry, whole) for entry in page.object_list], page.paginator.count)


def _line(entry: Entry, whole: bool) -> Line:
    return Line(
        at=entry.at,
        day=entry.day,
        who=entry.actor_name,
        verb=entry.verb,
        name=entry.object_name if whole or entry.object_kind in NAMED else "",
        details=entry.details if whole else {},
    )
