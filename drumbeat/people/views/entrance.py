"""The ways in: an invitation, a new password, a sign-in link. Looking uses nothing up, pressing does.

Mail scanners and previews open every address they see, so only a POST counts.
"""

from collections.abc import Callable

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.people import forms
from drumbeat.people.access import allows
from drumbeat.people.actions import accounts
from drumbeat.people.addresses import own_base
from drumbeat.people.http import Request
from drumbeat.people.links import LinkSpent, open_link
from drumbeat.people.models import SignInLink, User
from drumbeat.people.tasks import mail_reset

GONE = 410


@never_cache
@sensitive_post_parameters("password")
@allows("sign_in.use")
def invitation(request: Request, token: str) -> HttpResponse:
    """Choose a password and so get an account."""
    return _with_password(request, SignInLink.INVITATION, token, accounts.accept_invitation)


@never_cache
@sensitive_post_parameters("password")
@allows("sign_in.use")
def new_password(request: Request, token: str) -> HttpResponse:
    """Choose another password."""
    return _with_password(request, SignInLink.RESET, token, accounts.use_reset)


@never_cache
@allows("sign_in.use")
def sign_in_link(request: Request, token: str) -> HttpResponse:
    """Sign in without a password, once."""
    now = timezone.now()
    try:
        link = open_link(kind=SignInLink.LOGIN, token=token, now=now, today=request.today)
        if request.method == "POST":
            user = accounts.use_login_link(actor=link.person, today=request.today, now=now, link=link)
            return _enter(request, user)
    except LinkSpent as refusal:
        return page(request, "people/spent.html", {"sentence": str(refusal)}, status=GONE)
    return page(request, "people/sign_in_link.html", {"person": link.person})


@never_cache
@allows("sign_in.use")
def lost(request: Request) -> HttpResponse:
    """Have a reset link mailed, where mail is set; the answer tells nobody who has an account."""
    base = own_base(request) if settings.MAIL_IS_SET else ""
    form = forms.Lost(request.POST or None)
    sent = False
    if base and request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if ratelimit.consume(request, action="reset_password", key=email):
            mail_reset.enqueue(email, base)
            sent = True
        else:
            form.add_error(None, "That was too often; wait a minute, then try again.")
    return page(request, "people/lost.html", {"form": form, "by_mail": bool(base), "sent": sent})


def _with_password(request: Request, kind: str, token: str, action: Callable[..., User]) -> HttpResponse:
    now = timezone.now()
    form = forms.NewPassword(request.POST or None)
    try:
        link = open_link(kind=kind, token=token, now=now, today=request.today)
    except LinkSpent as refusal:
        return page(request, "people/spent.html", {"sentence": str(refusal)}, status=GONE)
    if request.method == "POST" and form.is_valid():
        try:
            user = action(
                actor=link.person,
                today=request.today,
                now=now,
                link=link,
                password=form.cleaned_data["password"],
            )
        except LinkSpent as refusal:
            return page(request, "people/spent.html", {"sentence": str(refusal)}, status=GONE)
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            return _enter(request, user)
    return page(request, "people/choose_password.html", {"form": form, "person": link.person, "kind": kind})


def _enter(request: Request, user: User) -> HttpResponse:
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
