from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people import forms
from drumbeat.people.access import allows, get_visible
from drumbeat.people.actions import leaves
from drumbeat.people.http import Request
from drumbeat.people.models import Leave, Person
from drumbeat.people.queries.one import keeping
from drumbeat.people.words import spoken


@allows("leave.change")
def leave(request: Request, pk: int) -> HttpResponse:
    """Days on which somebody is away."""
    person = get_visible(Person.objects.all(), request, "leave.change", pk=pk)
    form = forms.Away(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leaves.add_leave(actor=request.viewer.me, today=request.today, person=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("ends_on" if isinstance(refusal, leaves.EndsBeforeStart) else None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("people:leave", pk=pk)
    return page(request, "people/leave.html", {"form": form, "keeping": keeping(person, request.today)})


@allows("leave.change")
def removal(request: Request, pk: int, leave: int) -> HttpResponse:
    """Ask, then forget a leave."""
    person = get_visible(Person.objects.all(), request, "leave.change", pk=pk)
    mine = Leave.objects.filter(person=person).select_related("person")
    found = get_visible(mine, request, "leave.remove", pk=leave)
    if request.method == "POST":
        leaves.remove_leave(actor=request.viewer.me, today=request.today, leave=found)
        messages.success(request, "Removed.")
        return redirect("people:leave", pk=pk)
    sentence = f"{person} counts as here from {spoken(found.starts_on)} to {spoken(found.ends_on)}."
    return page(request, "people/leave_removal.html", {"person": person, "sentence": sentence})
