"""The demonstration's switch: looking as somebody else of the made cast. Not there in any other instance."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.people.models import User


@require_POST
@allows("demo.look_as")
def look_as(request: Request, role: str) -> HttpResponse:
    """Sign in as the person of the cast who has the role; 404 outside of the demonstration."""
    if not settings.DEMO:
        raise Http404
    user = User.objects.filter(email=settings.DEMO_CAST.get(role, "")).first()
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
