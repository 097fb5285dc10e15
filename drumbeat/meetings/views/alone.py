"""What is told to the chair alone, on pages that are no room's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.journal.openings import opened
from drumbeat.meetings.actions.alone import answer_alone, see_alone, tell_alone
from drumbeat.meetings.lanes import alone_with
from drumbeat.meetings.models import TellAlone
from drumbeat.meetings.queries.alone import told_alone, told_in
from drumbeat.meetings.views.before import status_of, the_meeting
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request


@allows("meeting.write")
def alone(request: Request, pk: int) -> HttpResponse:
    """Tell the chair of a one-to-one something alone; the chair is led to what was told."""
    meeting = the_meeting(request, pk, "meeting.write")
    me = request.viewer.me
    if meeting.rhythm.chair_id == me.pk:
        return redirect("meetings:told_alone")
    chair = alone_with(meeting, me.pk)
    if chair is None:
        raise Http404
    text, problem = "", None
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            tell_alone(actor=me, today=request.today, meeting=meeting, text=text)
        except Refused as refusal:
            problem = refusal
        else:
            messages.success(request, f"Told {chair.name} alone.")
            return redirect("meetings:alone", pk)
    told = told_in(meeting, me, request.today)
    opened(me, [each for one in told for each in one.opened_by(me)], today=request.today)
    context = {"meeting": meeting, "chair": chair, "told": told, "text": text, "problem": problem}
    return page(request, "meetings/alone.html", context, status=status_of(problem))


@allows("told_alone.read")
def listing(request: Request) -> HttpResponse:
    """What was told to the viewer alone, and what the viewer told; shown is seen."""
    return _list(request)


@require_POST
@allows("told_alone.answer")
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer in one line, to the author alone."""
    rows = TellAlone.objects.select_related("author")
    told = get_visible(rows, request, "told_alone.answer", pk=pk)
    line = request.POST.get("answer", "")
    try:
        answer_alone(actor=request.viewer.me, today=request.today, told=told, answer=line)
    except Refused as refusal:
        return _list(request, asked=pk, line=line, problem=refusal)
    messages.success(request, f"Answered {told.author.name} alone.")
    return redirect(reverse("meetings:told_alone"))


def _list(
    request: Request, *, asked: int = 0, line: str = "", problem: Refused | None = None
) -> HttpResponse:
    me = request.viewer.me
    found = told_alone(me, request.today)
    if request.method != "HEAD":
        opened(me, [each for one in found.everything for each in one.opened_by(me)], today=request.today)
        see_alone(actor=me, today=request.today, told=[one.told for one in found.waiting])
    settled = any(one.pk == asked for one in found.answered)
    context = {"found": found, "asked": asked, "line": line, "problem": problem, "settled": settled}
    return page(request, "meetings/told_alone.html", context, status=status_of(problem))
