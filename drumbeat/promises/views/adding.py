from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.core.wording import first_name
from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.promises import actions
from drumbeat.promises.models import Promise
from drumbeat.promises.queries.people import offered, people_in
from drumbeat.promises.views.back import back_of, undo_tag

KEPT_TEXT = 2000


@allows("promise.add")
def add(request: Request) -> HttpResponse:
    """One line makes a promise; what cannot be read is kept beside the sentence that says why."""
    typed, problem = (request.POST if request.method == "POST" else request.GET).get("line", ""), ""
    back = back_of(request)
    if request.method == "POST":
        try:
            made = actions.promise_by_line(
                actor=request.viewer.me,
                today=request.today,
                line=typed,
                people=people_in(typed, request.viewer),
                confidential=True,
                now=request.now,
            )
        except Refused as refusal:
            problem = str(refusal)
        else:
            undo = undo_tag(reverse("promises:taking_back", args=[made.pk]), back)
            messages.success(request, said(made, request.viewer.pk), extra_tags=undo)
            return redirect(back)
    context = {"typed": typed.replace("\0", "")[:KEPT_TEXT], "problem": problem, "back": back}
    return page(request, "promises/add.html", context, status=422 if problem else 200)


@allows("promise.add")
def people(request: Request) -> HttpResponse:
    """Names that begin with what was typed after the @."""
    return JsonResponse({"people": offered(request.GET.get("q", ""), request.viewer)})


def said(made: Promise, me: int) -> str:
    """Who owes it and by when; the text itself is confidential and stands in no message."""
    if made.owner_id != me:
        return f"{first_name(made.owner.name)} owes you. {made.said}"
    if made.asked_by_id != me:
        return f"You owe {first_name(made.asked_by.name)}. {made.said}"
    return f"You owe it yourself. {made.said}"
