"""Adding somebody, keeping what is known of them, and their leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people import facts, forms
from drumbeat.people.access import allows, get_visible
from drumbeat.people.actions import persons
from drumbeat.people.http import Request
from drumbeat.people.models import Person
from drumbeat.people.queries.one import keeping
from drumbeat.people.words import spoken


@allows("person.add")
def add(request: Request) -> HttpResponse:
    """Somebody new."""
    form = forms.Facts(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = persons.add_person(actor=request.viewer.me, today=request.today, facts=form.told())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{person} is added. Say who leads {person}.")
            return redirect("people:move", pk=person.pk)
    return page(request, "people/add.html", {"form": form, "time_zones": sorted(facts.time_zones())})


@allows("person.change")
def change(request: Request, pk: int) -> HttpResponse:
    """What is known of somebody, and the ways to everything else that is kept."""
    person = get_visible(Person.objects.all(), request, "person.change", pk=pk)
    form = forms.Facts(request.POST or None, initial=vars(facts.Facts.of(person)))
    if request.method == "POST" and form.is_valid():
        try:
            persons.change_person(
                actor=request.viewer.me, today=request.today, person=person, facts=form.told()
            )
        except Refused as refusal:
            form.refuse(refusal)
            person.refresh_from_db()
        else:
            messages.success(request, "Saved.")
            return redirect("people:change", pk=pk)
    context = {
        "form": form,
        "keeping": keeping(person, request.today),
        "time_zones": sorted(facts.time_zones()),
    }
    return page(request, "people/change.html", context)


@allows("person.change")
def departure(request: Request, pk: int) -> HttpResponse:
    """The last day of somebody who leaves."""
    person = get_visible(Person.objects.all(), request, "person.change", pk=pk)
    form = forms.Departure(request.POST or None, initial={"left_on": person.left_on or request.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["left_on"]
        try:
            persons.mark_left(actor=request.viewer.me, today=request.today, person=person, left_on=day)
        except Refused as refusal:
            form.add_error("left_on", str(refusal))
        else:
            messages.success(request, f"The last day of {person} is {spoken(day)}.")
            return redirect("people:change", pk=pk)
    return page(request, "people/departure.html", {"form": form, "keeping": keeping(person, request.today)})


@require_POST
@allows("person.change")
def comeback(request: Request, pk: int) -> HttpResponse:
    """Somebody stays, or has come back."""
    person = get_visible(Person.objects.all(), request, "person.change", pk=pk)
    persons.mark_back(actor=request.viewer.me, today=request.today, person=person)
    messages.success(request, f"{person} is here. Roles that ended are granted anew.")
    return redirect("people:change", pk=pk)
