"""Before you close: who leaves with what, the closing itself, and two taps after it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.core.wording import first_name
from drumbeat.journal.openings import opened
from drumbeat.meetings.actions.closing import (
    AlreadyClosed,
    NoSeatHere,
    close_meeting,
    leave_with_nothing,
    mark_absent,
    rate,
    reopen_meeting,
)
from drumbeat.meetings.actions.promising import promise_in_room
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.queries.closing import closing_of, promised_in
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person

UNFIT = 422
BAR = "closing-bar"  # the element that the room's bar fills again


@allows("meeting.lead")
def close(request: Request, pk: int) -> HttpResponse:
    """What is still asked, person by person, on a plain page; POST closes."""
    meeting = the_meeting(request, pk, "meeting.lead")
    if request.method == "POST":
        return _closed(request, meeting)
    if meeting.state == Meeting.CLOSED:
        return redirect("meetings:minutes", pk)
    return _page(request, meeting)


@require_POST
@allows("meeting.write")
def leaves_with(request: Request, pk: int) -> HttpResponse:
    """A promise by one line, from the page of the closing."""
    meeting = the_meeting(request, pk, "meeting.write")
    line = request.POST.get("line", "")
    return _done(
        request,
        meeting,
        lambda: promise_in_room(
            actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting, line=line
        ),
        line=line,
    )


@require_POST
@allows("meeting.write")
def nothing(request: Request, pk: int) -> HttpResponse:
    """Nothing from somebody, by one tap; with ``undo`` something after all."""
    meeting = the_meeting(request, pk, "meeting.write")
    undo = "undo" in request.POST or "undo" in request.GET

    def say() -> None:
        person = _person(request, meeting)
        leave_with_nothing(
            actor=request.viewer.me, today=request.today, meeting=meeting, person=person, nothing=not undo
        )
        if not undo:
            back = f"{reverse('meetings:nothing', args=[pk])}?person={person.pk}&undo=1"
            said = f"{first_name(person.name)} leaves with nothing."
            messages.success(request, said, extra_tags=f"undo:{back}")

    return _done(request, meeting, say)


@require_POST
@allows("meeting.lead")
def absent(request: Request, pk: int) -> HttpResponse:
    """Somebody is not here, or is after all."""
    meeting = the_meeting(request, pk, "meeting.lead")
    away = "undo" not in request.POST
    return _done(
        request,
        meeting,
        lambda: mark_absent(
            actor=request.viewer.me,
            today=request.today,
            meeting=meeting,
            person=_person(request, meeting),
            absent=away,
        ),
    )


@require_POST
@allows("meeting.lead")
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take the closing back."""
    meeting = the_meeting(request, pk, "meeting.lead")
    try:
        reopen_meeting(actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("meetings:minutes", pk)
    messages.success(request, "It is open again, and what was carried on is back.")
    return redirect("meetings:close", pk)


@require_POST
@allows("meeting.write")
def rating(request: Request, pk: int) -> HttpResponse:
    """Worth the time, and one word: by each for oneself, one tap each."""
    meeting = the_meeting(request, pk, "meeting.write")
    worth, word = request.POST.get("worth"), request.POST.get("word")
    try:
        rate(
            actor=request.viewer.me,
            today=request.today,
            now=request.now,
            meeting=meeting,
            worth=None if worth is None else int(worth) if worth in ("1", "2", "3") else 0,
            one_word=word,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    if request.htmx.target == BAR:
        return bar(request, meeting)
    return redirect(f"{reverse('meetings:minutes', args=[pk])}#rating")


def the_meeting(request: Request, pk: int, verb: str) -> Meeting:
    """The meeting with its rhythm and chair."""
    rows = Meeting.objects.select_related("rhythm__chair", "closed_by", "corrected_by").defer(
        "word", "rhythm__join_link", "rhythm__dial_in"
    )
    return get_visible(rows, request, verb, pk=pk)


def bar(request: Request, meeting: Meeting, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The bar alone, for the room."""
    meeting.refresh_from_db(fields=["state", "closed_at", "closed_by"])
    closing = closing_of(meeting, request.viewer.pk, request.now)
    context = {"closing_bar": closing, "problem": problem}
    return page(request, "meetings/closing_bar.html", context, status=status)


def _closed(request: Request, meeting: Meeting) -> HttpResponse:
    pk = meeting.pk
    try:
        close_meeting(actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting)
    except AlreadyClosed as refusal:
        messages.info(request, str(refusal))
    except Refused as refusal:
        if request.htmx.target == BAR:
            return bar(request, meeting, problem=str(refusal))
        return _page(request, meeting, problem=str(refusal), status=UNFIT)
    else:
        undo = reverse("meetings:reopen", args=[pk])
        messages.success(request, "Closed; the minutes are written.", extra_tags=f"undo:{undo}")
    if request.htmx.target == BAR:
        return bar(request, meeting)
    return redirect("meetings:minutes", pk)


def _done(request: Request, meeting: Meeting, act: Callable[[], object], *, line: str = "") -> HttpResponse:
    """Do it, and show the bar or the page again; a refusal stands beside the form, the typed text kept."""
    try:
        act()
    except AlreadyClosed as refusal:
        messages.info(request, str(refusal))
        return (
            bar(request, meeting) if request.htmx.target == BAR else redirect("meetings:minutes", meeting.pk)
        )
    except Refused as refusal:
        if request.htmx.target == BAR:
            return bar(request, meeting, problem=str(refusal))
        return _page(request, meeting, problem=str(refusal), line=line, status=UNFIT)
    if request.htmx.target == BAR:
        return bar(request, meeting)
    return redirect(_back(request, meeting))


def _back(request: Request, meeting: Meeting) -> str:
    """The page of the closing for who closes; the room for everyone else, and for who came from there."""
    leads = meeting.rhythm.chair_id == request.viewer.pk
    if leads and request.POST.get("back") != "room":
        return reverse("meetings:close", args=[meeting.pk])
    return reverse("meetings:room", args=[meeting.pk])


def _page(
    request: Request, meeting: Meeting, *, problem: str = "", line: str = "", status: int = 200
) -> HttpResponse:
    me = request.viewer.me
    meeting.refresh_from_db(fields=["state", "closed_at", "closed_by"])
    closing = closing_of(meeting, me.pk, request.now)
    promised = promised_in(meeting)
    opened(me, promised.opened, today=request.today)
    context = {"closing": closing, "meeting": meeting, "promised": promised, "problem": problem, "line": line}
    return page(request, "meetings/close.html", context, status=status)


def _person(request: Request, meeting: Meeting) -> Person:
    """The person of the form. Raises NoSeatHere for anybody who has no seat."""
    text = request.POST.get("person") or request.GET.get("person") or ""
    pk = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
    person = Person.objects.filter(seats__meeting=meeting, pk=pk).first()
    if person is None:
        raise NoSeatHere("Choose somebody who has a seat in this meeting.")
    return person
