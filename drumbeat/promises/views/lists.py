from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse

from drumbeat.core.pages import page
from drumbeat.journal.openings import opened
from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.promises.queries import Row, kept_both_ways, opening_of, promises_of, team_of
from drumbeat.promises.queries.lists import MEETING, PERSON, found_in, grouped

A_PAGE = 200
NO_GROUP = "none"
GROUPS = {NO_GROUP: "by day", PERSON: "by person", MEETING: "by meeting"}


@allows("promise.list")
def mine(request: Request) -> HttpResponse:
    """What I owe."""
    return listed(request, promises_of(request.viewer.me, request.today), "mine")


@allows("promise.list")
def owed(request: Request) -> HttpResponse:
    """What others owe me."""
    return listed(request, promises_of(request.viewer.me, request.today, owed_to=True), "owed")


@allows("promise.list")
def team(request: Request) -> HttpResponse:
    """How many promises the people below have, in which state; no texts."""
    rows = Paginator(team_of(request.viewer), A_PAGE).get_page(request.GET.get("page", "1")[:5])
    return page(request, "promises/team.html", {"rows": rows, "choices": choices(request, "team")})


@allows("promise.list")
def kept(request: Request) -> HttpResponse:
    """How many promises were kept, both ways, month by month."""
    months = kept_both_ways(request.viewer.pk, request.today)
    return page(request, "promises/kept.html", {"months": months, "choices": choices(request, "kept")})


def listed(request: Request, rows: list[Row], which: str) -> HttpResponse:
    """The rows that were asked for, in groups, a page of them."""
    typed = request.GET.get("q", "").replace("\0", "")[:200]
    by = request.GET.get("by", NO_GROUP)
    by = by if by in GROUPS else NO_GROUP
    newest = request.GET.get("sort") == "new"
    found = found_in(rows, typed) if typed.strip() else rows
    if newest:
        found = sorted(found, key=lambda row: (row.promise.made_on, row.promise.pk), reverse=True)
    some = Paginator(found, A_PAGE).get_page(request.GET.get("page", "1")[:5])
    other = "asked_by" if which == "mine" else "owner"
    sealed = [opening_of(row) for row in some if row.promise.confidential]
    if sealed:
        opened(request.viewer.me, sealed, today=request.today)
    asked = {"by": by if by != NO_GROUP else "", "q": typed, "sort": "new" if newest else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    context: dict[str, Any] = {
        "which": which,
        "who": other if by != PERSON else "",
        "groups": grouped(some, by, other=other) if by != NO_GROUP else [],
        "rows": some,
        "typed": typed,
        "by": by,
        "newest": newest,
        "group_choices": list(GROUPS.items()),
        "query": f"&{query}" if query else "",
        "picking": request.GET.get("pick") == "1",
        "open": sum(1 for row in rows if row.open),
        "late": sum(1 for row in rows if row.late),
        "any": bool(rows),
        "choices": choices(request, which),
        "here": request.get_full_path(),
    }
    return page(request, "promises/list.html", context)


def choices(request: Request, which: str) -> list[tuple[str, str, bool]]:
    """The four views; the team's only for who leads somebody."""
    views = [("I owe", "list", "mine"), ("Owes me", "owed", "owed")]
    if request.viewer.leads:
        views.append(("My team’s", "team", "team"))
    views.append(("Kept", "kept", "kept"))
    return [(words, reverse(f"promises:{name}"), which == each) for words, name, each in views]
