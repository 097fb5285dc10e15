"""Addresses that people's pages lead to or hand out."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from drumbeat.people.models import SignInLink

PAGES = {
    SignInLink.INVITATION: "people:invitation",
    SignInLink.RESET: "people:new_password",
    SignInLink.LOGIN: "people:sign_in_link",
}


def link_path(kind: str, token: str) -> str:
    """The path of a one-time address."""
    return reverse(PAGES[kind], args=[token])


def person_path(pk: int) -> str:
    """Where a person's page is; it lies in a layer above, which this one does not know by name."""
    return f"{reverse('people:list')}{pk}/"


def own_base(request: HttpRequest) -> str:
    """Where this instance is reached, such as ``https://drumbeat.company.com``; empty where it is not known.

    What a browser says about the host is believed only where the administrator named the hosts: a visitor
    could otherwise have a reset link mailed that leads to a host of his own.
    """
    if settings.CSRF_TRUSTED_ORIGINS:
        return str(settings.CSRF_TRUSTED_ORIGINS[0]).rstrip("/")
    if "*" not in settings.ALLOWED_HOSTS:
        return request.build_absolute_uri("/").rstrip("/")
    return ""
