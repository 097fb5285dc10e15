"""Mails with one-time addresses. The token is made here, so the queue never holds one."""

from datetime import date

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import SYSTEM, Actor
from drumbeat.people.actions.links import invite, reset
from drumbeat.people.addresses import link_path
from drumbeat.people.models import Person, SignInLink, User


@task()
def mail_reset(email: str, base: str) -> None:
    """Mail a reset link to whoever has an account under the address; otherwise do nothing."""
    user = User.objects.filter(email=email).select_related("person").first()
    if user is not None:
        _mail(user.person, SignInLink.RESET, base, SYSTEM)


@task()
def mail_invitation(person_id: int, actor_id: int, base: str) -> None:
    """Mail an invitation, or, to somebody with an account, a reset link."""
    person = Person.objects.filter(pk=person_id).first()
    actor = Person.objects.filter(pk=actor_id).first()
    if person is not None and actor is not None:
        has_account = User.objects.filter(person=person).exists()
        _mail(person, SignInLink.RESET if has_account else SignInLink.INVITATION, base, actor)


def _mail(person: Person, kind: str, base: str, actor: Actor) -> None:
    now = timezone.now()
    today: date = now.date()
    make = invite if kind == SignInLink.INVITATION else reset
    try:
        token = make(actor=actor, today=today, now=now, person=person)
    except Refused:
        return  # left, or lost the address, since the mail was asked for
    context = {"person": person, "url": base + link_path(kind, token), "kind": kind}
    subject = "Your way into Drumbeat" if kind == SignInLink.INVITATION else "A new password for Drumbeat"
    send_mail(subject, render_to_string("people/link_mail.txt", context), None, [person.email or ""])
