"""Rhythms from the calendar that was read in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import proposals
from drumbeat.meetings.queries.proposals import proposals_page
from drumbeat.people.access import allows
from drumbeat.people.http import Request

MOST = 500


@allows("rhythm.add")
def from_calendar(request: Request) -> HttpResponse:
    """What one's own calendar proposes, all of it ticked; taken over in one go."""
    me = request.viewer.me
    found = proposals_page(me, request.today)
    problem, ticked = "", {row.key for row in found.rows}
    if request.method == "POST":
        ticked = set(request.POST.getlist("take"))
        chosen = {
            row.proposal.uid: request.POST.get(f"template-{row.key}", "")
            for row in found.rows
            if row.key in ticked
        }
        try:
            made = proposals.take_over(actor=me, today=request.today, now=request.now, chosen=chosen)
        except Refused as refusal:
            problem = str(refusal)
        else:
            undo = reverse("meetings:give_back", args=["-".join(str(one.pk) for one in made)])
            many = "One rhythm is" if len(made) == 1 else f"{len(made)} rhythms are"
            messages.success(request, f"{many} taken over.", extra_tags=f"undo:{undo}")
            return redirect("meetings:list")
    context = {"page": found, "problem": problem, "ticked": ticked}
    return page(request, "meetings/from_calendar.html", context, status=422 if problem else 200)


@require_POST
@allows("rhythm.add")
def give_back(request: Request, rhythms: str) -> HttpResponse:
    """Undo of taking over."""
    ids = [int(pk) for pk in rhythms.split("-")[:MOST] if pk.isascii() and pk.isdecimal() and len(pk) < 16]
    proposals.give_back(actor=request.viewer.me, today=request.today, now=request.now, rhythms=ids)
    messages.success(request, "Taken back.")
    return redirect("meetings:from_calendar")
