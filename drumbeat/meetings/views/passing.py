"""Pass it on, and take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import passing
from drumbeat.meetings.models import Rhythm
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request


@require_POST
@allows("rhythm.add")
def pass_on(request: Request, pk: int) -> HttpResponse:
    """Take a rhythm to the own team."""
    rhythm = _rhythm(request, pk)
    try:
        made = passing.pass_on(actor=request.viewer.me, today=request.today, now=request.now, rhythm=rhythm)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("meetings:rhythm", pk=pk)
    undo = reverse("meetings:pass_back", args=[pk])
    said = "Passed on to your team." if len(made) == 1 else f"Passed on: {len(made)} rhythms, one with each."
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("meetings:rhythm", pk=made[0].pk if len(made) == 1 else pk)


@require_POST
@allows("rhythm.add")
def pass_back(request: Request, pk: int) -> HttpResponse:
    """Take it back: the rhythms that came of it end."""
    rhythm = _rhythm(request, pk)
    passing.pass_back(actor=request.viewer.me, today=request.today, now=request.now, rhythm=rhythm)
    messages.success(request, "Taken back. What was held of it stays.")
    return redirect("meetings:rhythm", pk=pk)


def _rhythm(request: Request, pk: int) -> Rhythm:
    return get_visible(Rhythm.objects.defer("join_link", "dial_in"), request, "rhythm.read", pk=pk)
