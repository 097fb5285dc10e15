"""What every page of the shell shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from drumbeat import __version__
from drumbeat.people.access import may
from drumbeat.people.viewer import Viewer

# (words, url name, verb): a line appears only for those whose verb opens it.
NAV = [
    ("This week", "desk:week", "week.read"),
    ("Meetings", "meetings:list", "rhythm.list"),
    ("Promises", "promises:list", "promise.list"),
    ("People", "people:list", "person.list"),
    ("Plan", "plan:report", "report.read"),
    ("My hours", "calendars:hours", "hours.read"),
    ("Imports", "exchange:imports", "import.list"),
    ("Settings", "web:settings", "settings.read"),
]
ACCOUNT = [
    ("My record", "people:my_record", "own_record.read"),
    ("Journal", "people:journal", "journal.read"),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation within one's access, who is signed in, the demonstration's bar, the version."""
    viewer = getattr(request, "viewer", None)
    known: dict[str, Any] = {
        "viewer": viewer,
        "version": __version__,
        "nav": _open_to(request, viewer, NAV),
        "account_links": _open_to(request, viewer, ACCOUNT),
        "demo": settings.DEMO,
    }
    if settings.DEMO:
        known["demo_looks"] = _demo_looks(viewer)
        known["own_data_url"] = settings.OWN_ADDRESS
    return known


def _open_to(
    request: HttpRequest, viewer: Viewer | None, places: list[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if viewer is None or not viewer.signed_in:
        return found
    for words, name, verb in places:
        if may(viewer, verb):
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            found.append({"words": words, "url": url, "current": request.path.startswith(url)})
    return found


def _demo_looks(viewer: Viewer | None) -> list[dict[str, Any]]:
    mine = viewer.person.email if viewer and viewer.person else None
    return [
        {"words": role, "url": reverse("web:look_as", args=[role]), "current": mine == address}
        for role, address in settings.DEMO_CAST.items()
    ]
