"""Before a meeting: pre-work, an excuse with a word, and one's own notes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.journal.openings import opened
from drumbeat.meetings.actions.prework import ChangedElsewhere, ask_again, excuse, send_in
from drumbeat.meetings.actions.private_notes import keep_private_note
from drumbeat.meetings.models import Meeting, PreWork
from drumbeat.meetings.queries.before_page import before, private_note_of
from drumbeat.meetings.rules.words import version_of
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person

CONFLICT, UNFIT = 409, 422


@allows("meeting.read")
def prework(request: Request, pk: int) -> HttpResponse:
    """What comes in before a meeting: one field, who is in, and the lane to the chair alone."""
    meeting = the_meeting(request, pk)
    if request.method != "POST":
        return show_before(request, meeting)
    text = request.POST.get("text", "")
    try:
        kept = send_in(**who(request), meeting=meeting, text=text, seen=request.POST.get("seen"))
    except Refused as refusal:
        if wants_json(request):
            return told_json(refusal)
        return show_before(request, meeting, typed=text, problem=refusal)
    if wants_json(request):
        return kept_json(kept.changed_at)
    due = meeting.seats.values_list("prework_due_at", flat=True).get(person=request.viewer.me)
    late = due is not None and kept.in_at > due
    messages.success(request, "In, late; better than not at all." if late else "In.")
    return redirect("meetings:prework", pk)


@require_POST
@allows("meeting.write")
def excused(request: Request, pk: int, person: int) -> HttpResponse:
    """Excuse oneself, or as the chair somebody, from pre-work, with a word."""
    meeting = the_meeting(request, pk, "meeting.write")
    whom = get_object_or_404(Person, seats__meeting=meeting, pk=person)
    word = request.POST.get("word", "")
    try:
        excuse(actor=request.viewer.me, today=request.today, meeting=meeting, person=whom, word=word)
    except Refused as refusal:
        return show_before(request, meeting, word=word, whom=whom.pk, excuse_problem=refusal)
    undo = reverse("meetings:ask_again", args=[pk, person])
    messages.success(request, "Excused.", extra_tags=f"undo:{undo}")
    return redirect("meetings:prework", pk)


@require_POST
@allows("meeting.write")
def asked_again(request: Request, pk: int, person: int) -> HttpResponse:
    """Take an excuse back."""
    meeting = the_meeting(request, pk, "meeting.write")
    whom = get_object_or_404(Person, seats__meeting=meeting, pk=person)
    try:
        ask_again(actor=request.viewer.me, today=request.today, meeting=meeting, person=whom)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:prework", pk)


@allows("meeting.read")
def my_notes(request: Request, pk: int) -> HttpResponse:
    """One's own notes on a meeting, on a page that is nobody else's."""
    meeting = the_meeting(request, pk)
    typed, problem = None, None
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            kept = keep_private_note(
                **who(request), meeting=meeting, text=typed, seen=request.POST.get("seen")
            )
        except Refused as refusal:
            if wants_json(request):
                return told_json(refusal)
            problem = refusal
        else:
            if wants_json(request):
                return kept_json(kept.changed_at if kept else None)
            messages.success(request, "Kept.")
            return redirect("meetings:private", pk)
    mine = private_note_of(meeting, request.viewer.me)
    context = {
        "meeting": meeting,
        "text": typed if typed is not None else (mine.text if mine else ""),
        "seen": version_of(mine.changed_at if mine else None),
        "changed_at": mine.changed_at if mine else None,
        "problem": problem,
        "other": problem.other if isinstance(problem, ChangedElsewhere) else "",
    }
    return page(request, "meetings/my_notes.html", context, status=status_of(problem))


def show_before(
    request: Request,
    meeting: Meeting,
    *,
    typed: str | None = None,
    problem: Refused | None = None,
    whom: int = 0,
    word: str = "",
    excuse_problem: Refused | None = None,
) -> HttpResponse:
    """The page before a meeting; with a refusal the typed text stays."""
    found = before(meeting, request.viewer.me, today=request.today, now=request.now)
    opened(request.viewer.me, found.openings(), today=request.today)
    chairs = meeting.rhythm.chair_id == request.viewer.pk
    context = {
        "before": found,
        "meeting": meeting,
        "text": typed if typed is not None else _text_of(found.mine.prework),
        "problem": problem,
        "whom": whom,
        "word": word,
        "excuse_problem": excuse_problem,
        "excuse_has_field": whom in found.may_excuse(chairs=chairs),
        "other": problem.other if isinstance(problem, ChangedElsewhere) else "",
        "chairs": chairs,
        "elsewhere": meeting.rhythm.time_zone != request.viewer.me.time_zone,
    }
    return page(request, "meetings/prework.html", context, status=status_of(problem or excuse_problem))


def the_meeting(request: Request, pk: int, verb: str = "meeting.read") -> Meeting:
    """The meeting of the address, for somebody with a seat."""
    rows = Meeting.objects.select_related("rhythm__chair")
    return get_visible(rows.defer("word", "rhythm__join_link", "rhythm__dial_in"), request, verb, pk=pk)


def who(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": request.viewer.me, "today": request.today, "now": request.now}


def status_of(problem: Refused | None) -> int:
    """The status of a page that shows a refusal."""
    return 200 if problem is None else CONFLICT if isinstance(problem, ChangedElsewhere) else UNFIT


def wants_json(request: Request) -> bool:
    """Whether the script asks, which saves as one types."""
    return request.headers.get("Accept", "").startswith("application/json")


def kept_json(changed_at: Any) -> JsonResponse:
    """What the script shows after a text was kept."""
    words = f"Saved {timezone.localtime(changed_at):%H:%M}" if changed_at else "Saved"
    return JsonResponse({"seen": version_of(changed_at), "words": words})


def told_json(refusal: Refused) -> JsonResponse:
    """Why a text was not kept; it still stands in its field."""
    return JsonResponse({"words": str(refusal)}, status=status_of(refusal))


def _text_of(prework: PreWork | None) -> str:
    return prework.text if prework else ""
