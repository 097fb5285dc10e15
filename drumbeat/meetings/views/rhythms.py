"""Rhythms: my meetings, one rhythm, and what may be done to both."""

from django.http import HttpResponse

from drumbeat.core.pages import page
from drumbeat.meetings.queries.rhythms import mine
from drumbeat.people.access import allows
from drumbeat.people.http import Request


@allows("rhythm.list")
def listing(request: Request) -> HttpResponse:
    """My coming meetings and my rhythms."""
    return page(request, "meetings/list.html", {"mine": mine(request.viewer.me)})
