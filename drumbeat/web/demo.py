"""The demonstration's switch: looking as somebody else of the made cast. Not there in any other instance.

Nobody has to sign in: the demonstration holds made people only and is served on its own machine only.
"""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.people.models import User

FIRST = "executive"


@require_POST
@allows("demo.look_as")
def look_as(request: Request, role: str) -> HttpResponse:
    """Sign in as the person of the cast who has the role; 404 outside of the demonstration."""
    become(request, role)
    return redirect("home")


@never_cache
@require_safe
@allows("demo.look_as")
def start(request: Request) -> HttpResponse:
    """What ``up --demo`` opens: the first page, as the executive unless somebody is signed in."""
    if settings.DEMO and not request.viewer.signed_in:
        become(request, FIRST)
    return redirect("home")


def become(request: Request, role: str) -> None:
    """Sign the browser in as that person; raises Http404 outside of the demonstration."""
    user = User.objects.filter(email=settings.DEMO_CAST.get(role, "")).first() if settings.DEMO else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
