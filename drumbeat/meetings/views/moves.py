"""One meeting moved, left out, brought back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import moves
from drumbeat.meetings.forms import LeaveOut, Move
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.overlaps import Overlaps
from drumbeat.meetings.queries.rhythms import local_start
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request


@allows("meeting.move")
def move(request: Request, pk: int) -> HttpResponse:
    """Another time for one meeting, by the clock of its rhythm."""
    meeting = _meeting(request, pk)
    starts_at = local_start(meeting)
    form = Move(request.POST or None, initial={"day": starts_at.date(), "at": starts_at.time()})
    return _asked(request, meeting, form, "meetings/move.html", "Moved.", moves.move_meeting)


@allows("meeting.move")
def leave_out(request: Request, pk: int) -> HttpResponse:
    """Leave one meeting out."""
    form = LeaveOut(request.POST or None)
    said = "Left out; the rhythm goes on."
    return _asked(request, _meeting(request, pk), form, "meetings/leave_out.html", said, moves.leave_out)


@require_POST
@allows("meeting.move")
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Undo a move or a leaving out."""
    meeting = _meeting(request, pk)
    try:
        moves.bring_back(actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Back at its time.")
    return redirect("meetings:rhythm", pk=meeting.rhythm_id)


def _asked(
    request: Request,
    meeting: Meeting,
    form: Move | LeaveOut,
    template: str,
    said: str,
    deed: Callable[..., Any],
) -> HttpResponse:
    overlaps = False
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if isinstance(form, Move):
            values["anyway"] = "anyway" in request.POST
        try:
            deed(actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting, **values)
        except Refused as refusal:
            overlaps = isinstance(refusal, Overlaps)
            word = isinstance(refusal, moves.NoWord) or "day" not in form.fields
            form.add_error("word" if word else "day", str(refusal))
        else:
            undo = reverse("meetings:bring_back", args=[meeting.pk])
            messages.success(request, said, extra_tags=f"undo:{undo}")
            return redirect("meetings:rhythm", pk=meeting.rhythm_id)
    context = {"meeting": meeting, "form": form, "overlaps": overlaps, "starts_at": local_start(meeting)}
    return page(request, template, context)


def _meeting(request: Request, pk: int) -> Meeting:
    found = Meeting.objects.select_related("rhythm__chair")
    found = found.defer("word", "rhythm__join_link", "rhythm__dial_in")
    return get_visible(found, request, "meeting.move", pk=pk)
