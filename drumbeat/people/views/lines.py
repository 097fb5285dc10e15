from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people import forms
from drumbeat.people.access import allows, get_visible
from drumbeat.people.actions import lines
from drumbeat.people.http import Request
from drumbeat.people.models import Person
from drumbeat.people.queries.listing import choices_for
from drumbeat.people.queries.moves import preview_move
from drumbeat.people.queries.one import keeping, possible_leaders
from drumbeat.people.reach import Cycle


@allows("line.change")
def move(request: Request, pk: int) -> HttpResponse:
    """Who leads somebody, from a day on: first what would change, then, confirmed, the change."""
    person = get_visible(Person.objects.all(), request, "line.change", pk=pk)
    form = forms.Move(request.POST or None, initial={"day": request.today})
    context = {"form": form, "keeping": keeping(person, request.today)}
    if request.method == "POST" and form.is_valid():
        try:
            seen = preview_move(request.viewer.me, person, **form.cleaned_data, today=request.today)
            if "confirmed" not in request.POST:
                return page(request, "people/move_preview.html", context, preview=seen)
            _carry_out(request, person, form)
        except Refused as refusal:
            form.add_error(
                "leader" if isinstance(refusal, Cycle | lines.LeaderHasLeft) else None, str(refusal)
            )
        else:
            messages.success(request, seen.sentence)
            return redirect("people:change", pk=pk)
    return page(request, "people/move.html", context, choices=choices_for(possible_leaders(request.today)))


def _carry_out(request: Request, person: Person, form: forms.Move) -> None:
    actor, today = request.viewer.me, request.today
    leader, day = form.cleaned_data["leader"], form.cleaned_data["day"]
    if leader is None:
        lines.end_line(actor=actor, today=today, person=person, day=day)
    else:
        lines.move(actor=actor, today=today, person=person, leader=leader, day=day)
