"""The edge: the clock is read, the viewer is known, each request leaves one log line."""

import logging
import time
import uuid
import zoneinfo
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from drumbeat.people.models import Person, User
from drumbeat.people.viewer import viewer_of, visitor

log = logging.getLogger("drumbeat.request")
Handler = Callable[[HttpRequest], HttpResponse]


def today_for(person: Person | None) -> date:
    """The day that counts as today: DRUMBEAT_AS_OF where set, else the day in the person's own zone."""
    if settings.DRUMBEAT_AS_OF:
        return date.fromisoformat(settings.DRUMBEAT_AS_OF)
    try:
        zone = zoneinfo.ZoneInfo(person.time_zone if person else "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo("UTC")
    return timezone.now().astimezone(zone).date()


def now_for(person: Person | None) -> datetime:
    """The moment that counts as now: the clock's, or, where DRUMBEAT_AS_OF is set, this time of that day."""
    now = timezone.now()
    if not settings.DRUMBEAT_AS_OF:
        return now
    zone = zoneinfo.ZoneInfo(person.time_zone if person else "UTC")
    return datetime.combine(today_for(person), now.astimezone(zone).time(), zone)


class Edge:
    """Sets ``request.today``, ``request.now``, ``request.viewer`` and the time zone that pages speak in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        person = user.person if isinstance(user, User) and user.is_active else None
        if person is not None and person.has_left(today_for(person)):
            logout(request)  # an open session ends with the last day
            person = None
        request.today = today_for(person)  # type: ignore[attr-defined]
        request.now = now_for(person)  # type: ignore[attr-defined]
        if person is None:
            request.viewer = visitor(request.today, first_run=not User.objects.exists())  # type: ignore[attr-defined]
        else:
            request.viewer = viewer_of(person, request.today)  # type: ignore[attr-defined]
        with timezone.override(person.time_zone if person else "UTC"):
            return self.get_response(request)


class RequestLog:
    """One structured line a request: path, status, time; never a query string or a body."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = uuid.uuid4().hex[:10]  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = self.get_response(request)
        log.info(
            request.method or "",
            extra={
                "path": request.resolver_match.route if request.resolver_match else "unresolved",
                "status": response.status_code,
                "milliseconds": round(1000 * (time.perf_counter() - began)),
                "viewer": request.viewer.pk if hasattr(request, "viewer") else 0,
                "reference": request.reference,  # type: ignore[attr-defined]
            },
        )
        return response
