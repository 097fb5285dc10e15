from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people import forms
from drumbeat.people.access import allows, get_visible
from drumbeat.people.actions import roles as actions
from drumbeat.people.http import Request
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.queries.listing import choices_for
from drumbeat.people.queries.one import possible_leaders, roles_of


@allows("role.grant")
def roles(request: Request, pk: int) -> HttpResponse:
    """The roles that somebody holds, and one more."""
    person = get_visible(Person.objects.all(), request, "role.grant", pk=pk)
    form = forms.Grant(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(
                actor=request.viewer.me, today=request.today, person=person, **form.cleaned_data
            )
        except Refused as refusal:
            wrong = (actions.ServesNobody, actions.ServesOneself)
            form.add_error("for_person" if isinstance(refusal, wrong) else None, str(refusal))
        else:
            messages.success(request, "Granted.")
            return redirect("people:roles", pk=pk)
    context = {"form": form, "person": person, "grants": roles_of(person, request.today)}
    return page(request, "people/roles.html", context, choices=choices_for(possible_leaders(request.today)))


@allows("role.grant")
def removal(request: Request, pk: int, grant: int) -> HttpResponse:
    """Ask, then take a role back."""
    person = get_visible(Person.objects.all(), request, "role.grant", pk=pk)
    held = RoleGrant.objects.filter(person=person, ends_on__gt=request.today)
    found = get_visible(held.select_related("person", "for_person"), request, "role.revoke", pk=grant)
    problem = ""
    if request.method == "POST":
        try:
            actions.revoke_role(actor=request.viewer.me, today=request.today, grant=found)
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "Taken back.")
            return redirect("people:roles", pk=pk)
    whom = f" for {found.for_person}" if found.for_person else ""
    question = f"Is {person} no longer {found.get_role_display()}{whom}?"
    context = {"person": person, "question": question, "problem": problem}
    return page(request, "people/role_removal.html", context)
