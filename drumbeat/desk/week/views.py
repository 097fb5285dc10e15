from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.desk.week.queries import week_of
from drumbeat.journal.openings import opened
from drumbeat.meetings.queries.tone import tone_form
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person
from drumbeat.signals import actions
from drumbeat.signals.models import PutOff


@allows("week.read")
def week(request: Request) -> HttpResponse:
    """This week of whoever leads."""
    found = week_of(request.viewer.me, request.today, request.now)
    opened(request.viewer.me, found.owed.opened, today=request.today)
    hour = timezone.localtime().hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    context = {"week": found, "me": request.viewer.me, "part": part, "figures_day": request.today}
    context["tone"] = tone_form(request.viewer.me, request.today)
    return page(request, "desk/week.html", context)


@require_POST
@allows("thing.dismiss")
def put_off(request: Request, key: str, about: int, word: str) -> HttpResponse:
    """Not useful, or not now."""
    if word not in dict(PutOff.WORDS):
        raise Http404
    person = get_visible(Person.objects.all(), request, "person.read", pk=about) if about else None
    said = actions.put_off(actor=request.viewer.me, today=request.today, key=key, about=person, word=word)
    undo = reverse("desk:bring_back", args=[said.pk])
    text = (
        "Put off for two weeks."
        if word == PutOff.NOT_NOW
        else "Noted as not useful; it stays away for two weeks."
    )
    messages.success(request, text, extra_tags=f"undo:{undo}")
    return redirect("desk:week")


@require_POST
@allows("thing.dismiss")
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Undo."""
    said = get_visible(PutOff.objects.all(), request, "thing.bring_back", pk=pk)
    actions.bring_back(actor=request.viewer.me, today=request.today, said=said)
    return redirect("desk:week")
