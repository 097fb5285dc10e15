"""Where a step leads back to: the page it was taken on."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back_of(request: HttpRequest, otherwise: str = "promises:list") -> str:
    """The address of this instance that the form or the undo names; else the page of that name."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and len(asked) < 500 else reverse(otherwise)


def undo_tag(address: str, back: str, **more: object) -> str:
    """The message's tag whose button takes the step back and leads to the same page."""
    return f"undo:{address}?{urlencode({'back': back, **more}, doseq=True)}"
