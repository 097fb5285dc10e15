"""The leader's sentence for the week."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import tone as actions
from drumbeat.meetings.queries.tone import tone_form
from drumbeat.people.access import allows
from drumbeat.people.http import Request


@allows("tone.say")
def tone(request: Request) -> HttpResponse:
    """Say it, change it, or take it back by an empty line, which is what undo sends."""
    me = request.viewer.me
    form = tone_form(me, request.today)
    problem = ""
    if request.method == "POST":
        try:
            said = actions.say_tone(
                actor=me, today=request.today, leader=me, text=request.POST.get("text", "")
            )
        except Refused as refusal:
            problem = str(refusal)
        else:
            # An empty line takes it back; of a sentence that was changed the one before is not kept.
            undo = "" if form.text or not said else f"undo:{request.path}"
            words = "Said. It opens every huddle below you." if said else "Taken back."
            messages.success(request, words, extra_tags=undo)
            return redirect(_back(request))
    context: dict[str, Any] = {"tone": form, "problem": problem}
    if problem:
        context["tone"] = type(form)(request.POST.get("text", "")[:2000], form.above)
    return page(request, "meetings/tone.html", context, status=422 if problem else 200)


def _back(request: Request) -> str:
    back = request.POST.get("back", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if safe else "/"
