"""What every page of the shell shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from drumbeat import __version__
from drumbeat.people.access import may

# (words, url name, verb): a line appears only for those whose verb opens it.
NAV = [
    ("This week", "desk:week", "week.read"),
    ("People", "people:list", "person.list"),
    ("Plan", "plan:report", "report.read"),
    ("My hours", "calendars:hours", "hours.read"),
    ("Imports", "exchange:imports", "import.list"),
    ("Settings", "web:settings", "settings.read"),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation within one's access, the demonstration's bar, the version."""
    viewer = getattr(request, "viewer", None)
    links = []
    if viewer is not None and viewer.signed_in:
        for words, name, verb in NAV:
            if not may(viewer, verb):
                continue
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            links.append({"words": words, "url": url, "current": request.path.startswith(url)})
    return {"nav": links, "viewer": viewer, "demo": settings.DEMO, "version": __version__}
