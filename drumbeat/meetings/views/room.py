"""The room: one page that works as plain forms; with scripts each part is changed in its place."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.journal.openings import opened
from drumbeat.meetings.actions import notes, promising, thanking, topics
from drumbeat.meetings.actions import room as actions
from drumbeat.meetings.actions import round as rounds
from drumbeat.meetings.models import Meeting, RoundLine, Seat, Topic
from drumbeat.meetings.parts import render_part
from drumbeat.meetings.queries.closing import closing_of
from drumbeat.meetings.queries.room import room_of
from drumbeat.meetings.queries.seated import seated
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.promises.models import Promise

LARGEST = 2**31 - 1


@require_safe
@allows("meeting.read")
def room(request: Request, pk: int) -> HttpResponse:
    """The room of a meeting, for everyone with a seat; in its hour, whoever opens it has come."""
    meeting = get_visible(_meetings(), request, "meeting.read", pk=pk)
    if request.method == "GET":
        actions.enter(actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting)
    return page(request, "meetings/room.html", _context(request, meeting))


@require_safe
@allows("meeting.read")
def part(request: Request, pk: int, part: str) -> HttpResponse:
    """One part of the room's page, as it stands now."""
    meeting = get_visible(_meetings(), request, "meeting.read", pk=pk)
    return _part(request, meeting, part)


@require_POST
@allows("meeting.write")
def save_note(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep the notes of an item; a script is answered in JSON."""
    meeting = get_visible(_meetings(), request, "meeting.write", pk=pk)
    script = request.headers.get("Accept", "").startswith("application/json")
    try:
        saved = notes.save_note(
            **_by(request),
            meeting=meeting,
            item=key,
            text=request.POST.get("text", ""),
            number=_number(request, "number"),
            client=request.POST.get("client", ""),
            sequence=_number(request, "sequence"),
        )
    except Refused as refusal:
        if script:
            return JsonResponse({"refused": str(refusal)}, status=422)
        return _refused(request, meeting, f"item-{key}", "note", refusal)
    if script:
        return JsonResponse({"number": saved.number, "kept_beside": saved.kept_beside})
    return _done(request, meeting, f"item-{key}")


@require_POST
@allows("meeting.write")
def join_notes(request: Request, pk: int, key: str) -> HttpResponse:
    """Put both texts of a field together."""
    return _do(request, pk, f"item-{key}", "note", lambda meeting: notes.join_notes(
        **_by(request), meeting=meeting, item=key
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def run_item(request: Request, pk: int, key: str) -> HttpResponse:
    """Take an item now."""
    return _do(request, pk, "agenda", "agenda", lambda meeting: actions.run_item(
        **_by(request), meeting=meeting, item=key
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def finish_item(request: Request, pk: int, key: str) -> HttpResponse:
    """An item is through."""
    return _do(request, pk, "agenda", "agenda", lambda meeting: actions.finish_item(
        **_by(request), meeting=meeting, item=key
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def reopen_item(request: Request, pk: int, key: str) -> HttpResponse:
    """An item is not through after all."""
    return _do(request, pk, f"item-{key}", "agenda", lambda meeting: actions.reopen_item(
        **_by(request), meeting=meeting, item=key
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def say_line(request: Request, pk: int, person: int) -> HttpResponse:
    """What somebody says in the round; then the word goes on."""

    def say(meeting: Meeting) -> None:
        seat = Seat.objects.filter(meeting=meeting, person_id=person).select_related("person").first()
        if seat is None:
            raise Http404
        rounds.say_line(
            **_by(request),
            meeting=meeting,
            person=seat.person,
            must_win=request.POST.get("must_win", ""),
            help_needed=request.POST.get("help_needed", ""),
        )
        if meeting.turn_id == person:
            rounds.hand_on(**_by(request), meeting=meeting)

    return _do(request, pk, "round", "round", say)


@require_POST
@allows("meeting.write")
def hand_on(request: Request, pk: int) -> HttpResponse:
    """Hand the word on, or give it to somebody."""
    to = _number(request, "to") or None
    return _do(request, pk, "round", "round", lambda meeting: rounds.hand_on(
        **_by(request), meeting=meeting, to=to
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def offer_help(request: Request, pk: int, person: int) -> HttpResponse:
    """I help; a second tap takes it back."""
    return _do(request, pk, "round", "round", lambda meeting: rounds.offer_help(
        **_by(request), meeting=meeting, person=person
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def say_won(request: Request, pk: int, line: int) -> HttpResponse:
    """Whether a must-win of the last time was won."""
    meeting = get_visible(_meetings(), request, "meeting.write", pk=pk)
    said = RoundLine.objects.filter(pk=line, meeting__rhythm=meeting.rhythm).select_related("meeting").first()
    if said is None:
        raise Http404
    won = {"yes": True, "no": False}.get(request.POST.get("won", ""))
    try:
        rounds.say_won(actor=request.viewer.me, today=request.today, meeting=meeting, line=said, won=won)
    except Refused as refusal:
        return _refused(request, meeting, "agenda", "agenda", refusal)
    return _done(request, meeting, _place(request, "number"))


@require_POST
@allows("meeting.write")
def put_topic(request: Request, pk: int) -> HttpResponse:
    """Put something on the table, or park it."""
    return _do(request, pk, "topics", "topics", lambda meeting: topics.put_topic(
        **_by(request), meeting=meeting, text=request.POST.get("text", ""), park="park" in request.POST
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def move_topic(request: Request, pk: int, topic: int) -> HttpResponse:
    """Park a topic, take it up again, or say that it is through."""

    def move(meeting: Meeting) -> None:
        found = Topic.objects.filter(pk=topic, meeting=meeting).select_related("meeting__rhythm").first()
        if found is None:
            raise Http404
        topics.move_topic(
            actor=request.viewer.me, today=request.today, topic=found, state=request.POST.get("state", "")
        )

    return _do(request, pk, "topics", "topics", move)


@require_POST
@allows("meeting.write")
def thank(request: Request, pk: int, key: str) -> HttpResponse:
    """Thank somebody in company."""
    return _do(request, pk, f"item-{key}", "thanks", lambda meeting: thanking.thank_in_room(
        actor=request.viewer.me,
        today=request.today,
        meeting=meeting,
        receiver=_number(request, "receiver"),
        text=request.POST.get("text", ""),
        item=key,
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def promise(request: Request, pk: int) -> HttpResponse:
    """A promise by one line."""
    return _do(request, pk, "promises", "promises", lambda meeting: promising.promise_in_room(
        **_by(request), meeting=meeting, line=request.POST.get("line", ""),
        item=request.POST.get("item", ""),
    ))  # fmt: skip


@require_POST
@allows("meeting.write")
def promise_done(request: Request, pk: int, promise: int) -> HttpResponse:
    """A promise is kept, said in the room."""

    def finish(meeting: Meeting) -> None:
        found = get_visible(Promise.objects.all(), request, "promise.change", pk=promise)
        promising.finish_in_room(actor=request.viewer.me, today=request.today, meeting=meeting, promise=found)

    return _do(request, pk, "promises", "promises", finish)


@require_safe
@allows("meeting.read")
def people(request: Request, pk: int) -> HttpResponse:
    """Those who sit here and whose name begins with what was typed after the @."""
    meeting = get_visible(Meeting.objects.all(), request, "meeting.read", pk=pk)
    return JsonResponse({"people": seated(meeting, request.GET.get("q", ""))})


@require_POST
@allows("meeting.write")
def keep(request: Request, pk: int, key: str) -> HttpResponse:
    """What the chair should start, stop or keep."""
    return _do(request, pk, f"item-{key}", "keep", lambda meeting: promising.keep_in_room(
        actor=request.viewer.me,
        today=request.today,
        meeting=meeting,
        text=request.POST.get("text", ""),
        item=key,
    ))  # fmt: skip


def _meetings() -> Any:
    return Meeting.objects.select_related("rhythm__chair")


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.viewer.me, "today": request.today, "now": request.now}


def _number(request: Request, name: str) -> int:
    """A whole number that was sent; 0 where it is none that a database holds."""
    text = request.POST.get(name, "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
    return number if number <= LARGEST else 0


def _do(request: Request, pk: int, place: str, where: str, deed: Callable[[Meeting], object]) -> HttpResponse:
    """Do something in the room and show the part in which it was done; a refusal beside its form."""
    meeting = get_visible(_meetings(), request, "meeting.write", pk=pk)
    try:
        deed(meeting)
    except Refused as refusal:
        return _refused(request, meeting, place, where, refusal)
    return _done(request, meeting, place)


def _done(request: Request, meeting: Meeting, place: str) -> HttpResponse:
    if request.htmx:
        return _part(request, meeting, place)
    return redirect(f"{reverse('meetings:room', args=[meeting.pk])}#part-{place}")


def _refused(request: Request, meeting: Meeting, place: str, where: str, refusal: Refused) -> HttpResponse:
    """The page, or its part, with the sentence beside the form and what was typed kept."""
    refused = {
        "where": where,
        "item": place.removeprefix("item-") if place.startswith("item-") else "",
        "sentence": str(refusal),
        "typed": request.POST,
    }
    if request.htmx:
        return _part(request, meeting, place, refused)
    return page(request, "meetings/room.html", _context(request, meeting, refused), status=422)


def _part(
    request: Request, meeting: Meeting, place: str, refused: dict[str, Any] | None = None
) -> HttpResponse:
    context = _context(request, meeting, refused, closing=place == "closing")
    html = render_part(request, context["room"], place, context)
    if html is None:
        raise Http404
    return HttpResponse(html)


def _context(
    request: Request, meeting: Meeting, refused: dict[str, Any] | None = None, *, closing: bool = True
) -> dict[str, Any]:
    """All that the page or a part of it shows; that the viewer saw others' sealed texts is kept."""
    found = room_of(meeting, me=request.viewer.me, today=request.today, now=request.now)
    opened(request.viewer.me, found.openings, today=request.today)
    return {
        "room": found,
        "refused": refused or {},
        "closing_bar": closing_of(meeting, request.viewer.pk, request.now) if closing else None,
        "client": secrets.token_urlsafe(9),
        "private_url": _address("meetings:private", meeting),
        "prework_url": _address("meetings:prework", meeting) if found.my_prework else "",
        "minutes_url": _address("meetings:minutes", meeting),
    }


def _address(name: str, meeting: Meeting) -> str:
    try:
        return reverse(name, args=[meeting.pk])
    except NoReverseMatch:
        return ""


def _place(request: Request, part: str) -> str:
    """The item of the number, as the page says it; the agenda where it says none."""
    target = request.htmx.target or ""
    return target.removeprefix("part-") if target.startswith("part-item-") else "agenda"
