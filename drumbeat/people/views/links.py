from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people.access import allows, get_visible
from drumbeat.people.actions import links
from drumbeat.people.addresses import link_path, own_base
from drumbeat.people.http import Request
from drumbeat.people.models import Person, SignInLink, User
from drumbeat.people.tasks import mail_invitation


@never_cache
@allows("person.invite")
def way_in(request: Request, pk: int) -> HttpResponse:
    """A link to copy, shown once: an invitation, or a reset link for somebody who has an account."""
    person = get_visible(Person.objects.all(), request, "person.invite", pk=pk)
    account = User.objects.filter(person=person).exists()
    context: dict[str, object] = {"person": person, "account": account, "by_mail": settings.MAIL_IS_SET}
    if request.method == "POST":
        base = own_base(request) or request.build_absolute_uri("/").rstrip("/")
        if settings.MAIL_IS_SET and "mail" in request.POST:
            mail_invitation.enqueue(person.pk, request.viewer.pk, base)
            messages.success(request, f"A mail is on its way to {person.email}.")
            return redirect("people:change", pk=pk)
        make = links.reset if account else links.invite
        try:
            token = make(actor=request.viewer.me, today=request.today, now=timezone.now(), person=person)
        except Refused as refusal:
            context["problem"] = str(refusal)
        else:
            kind = SignInLink.RESET if account else SignInLink.INVITATION
            context["url"] = base + link_path(kind, token)
    return page(request, "people/way_in.html", context)
