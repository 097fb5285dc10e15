"""Who asks for a stream: what the middlewares find out of a request, without the request."""

from datetime import timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.utils import timezone

from drumbeat.people.models import User
from drumbeat.people.viewer import Viewer, viewer_of, visitor
from drumbeat.web.middleware import now_for, today_for


def identify(scope: dict[str, Any]) -> tuple[Viewer, timedelta]:
    """The viewer by the session's cookie, and how far the viewer's clock is from the real one."""
    request = ASGIRequest(scope, BytesIO())
    try:
        request.get_host()
    except DisallowedHost:
        return visitor(today_for(None)), timedelta()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    user = get_user(request)
    person = user.person if isinstance(user, User) and user.is_active else None
    if person is None:
        return visitor(today_for(None)), timedelta()
    return viewer_of(person, today_for(person)), now_for(person) - timezone.now()
