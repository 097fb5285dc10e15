from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from drumbeat.core.pages import page
from drumbeat.people.access import allows, may
from drumbeat.people.http import Request
from drumbeat.people.queries.first_page import first_page
from drumbeat.web.instance import instance
from drumbeat.web.search import ACCOUNTS, PEOPLE, find


@allows("home.read")
def home(request: Request) -> HttpResponse:
    """The first page of each role."""
    viewer = request.viewer
    if viewer.first_run:
        return redirect("desk:look_back")
    if not viewer.signed_in:
        return redirect("account_login")
    if may(viewer, "week.read"):
        return redirect("desk:week")
    return page(request, "web/home.html", dict(first_page(viewer)))


@allows("health.read")
def health(request: Request) -> HttpResponse:
    """Whether this process and its database answer (503 where the database does not)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@allows("search.use")
def search(request: Request) -> HttpResponse:
    """People and accounts by name, within what the viewer may see."""
    typed, kind = request.GET.get("q", "")[:200], request.GET.get("kind", "")
    kind = kind if kind in (PEOPLE, ACCOUNTS) else ""
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else 1
    found = find(request.viewer, typed, kind=kind, page=number)
    context = {"words": typed, "found": found, "kind": kind, "page_number": number}
    return page(request, "web/search.html", context, partial="find-hits")


@allows("settings.read")
def settings_page(request: Request) -> HttpResponse:
    """What an administrator configures, and what waits or failed."""
    return page(request, "web/settings.html", {"found": instance(request.today)})
