"""The minutes of a meeting, and what became of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.journal.openings import opened
from drumbeat.meetings.actions.corrections import correct_meeting
from drumbeat.meetings.queries.closing import closing_of
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.queries.minutes import minutes_page
from drumbeat.meetings.rules.held import COUNTS, NOT_HELD, WORDS
from drumbeat.meetings.views.closing import the_meeting
from drumbeat.people.access import allows
from drumbeat.people.http import Request

SAID = {
    "held": "It counts as held.",
    "not_held": "It counts as not held.",
    "": "Given back to room and calendar.",
}


@allows("meeting.read")
def minutes(request: Request, pk: int) -> HttpResponse:
    """What came of the meeting: readable, on one sheet, with its neighbours."""
    me = request.viewer.me
    meeting = the_meeting(request, pk, "meeting.read")
    found = minutes_page(meeting, me.pk)
    opened(me, found.opened, today=request.today)
    state = states_of([meeting], request.now)[pk]
    context = {
        "found": found,
        "meeting": meeting,
        "closing": closing_of(meeting, me.pk, request.now),
        "state_words": WORDS[state],
        "counts": state in COUNTS,
        "not_held": state == NOT_HELD,
        "held": [("what", "held")],
        "fell": [("what", "not_held")],
        "given_back": [("what", "")],
        "over": meeting.ends_at <= request.now,
    }
    return page(request, "meetings/minutes.html", context)


@require_POST
@allows("meeting.write")
def correction(request: Request, pk: int) -> HttpResponse:
    """Held, not held, or given back: one tap, and undo."""
    meeting = the_meeting(request, pk, "meeting.write")
    said = request.POST.get("what", request.GET.get("what", ""))
    try:
        before = correct_meeting(
            actor=request.viewer.me, today=request.today, now=request.now, meeting=meeting, correction=said
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = f"{reverse('meetings:correct', args=[pk])}?what={before}"
        messages.success(request, SAID[said], extra_tags=f"undo:{undo}")
    back = request.POST.get("back", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("meetings:minutes", args=[pk]))
