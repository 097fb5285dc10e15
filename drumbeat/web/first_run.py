"""Until an account exists, only this machine is let in, or whoever holds the one-time address.

A server that is new and listens to the network belongs to nobody yet; the first to come would become its
owner. So a visitor from elsewhere is answered only with the address that ``up`` printed, and that once: the
browser that opens it first is remembered by a cookie.

"This machine" means that the connection comes from a loopback address, that the browser believes to speak
to a loopback name (a page elsewhere whose name was made to point here says its own name), and that nothing
speaks of a proxy, behind which everybody looks local.
"""

import hashlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from drumbeat.people.models import User

Handler = Callable[[HttpRequest], HttpResponse]
COOKIE = "drumbeat_first_run"
PREFIX = "/first/"
PROXY_SIGNS = (
    *("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_CF_CONNECTING_IP", "HTTP_TRUE_CLIENT_IP"),
)
OPEN = frozenset({"/healthz"})


def make_address() -> str:
    """A fresh one-time path; an earlier one, used or not, stops working."""
    token = secrets.token_urlsafe(24)
    _claimed().unlink(missing_ok=True)
    _write(_asked(), token)
    return f"{PREFIX}{token}/"


class FirstRun:
    """Answers visitors from elsewhere until somebody can sign in. Stands behind the sign-in middleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in OPEN or request.user.is_authenticated or is_local(request):
            return self.get_response(request)
        if User.objects.exists():
            return self.get_response(request)
        if request.path_info.startswith(PREFIX):
            return self._claim(request)
        if _is(_claimed(), request.COOKIES.get(COOKIE, "")):
            return self.get_response(request)
        return render(request, "web/first_run.html", status=403)

    def _claim(self, request: HttpRequest) -> HttpResponse:
        token = request.path_info.removeprefix(PREFIX).rstrip("/")
        if not _is(_asked(), token):
            return render(request, "web/first_run.html", status=403)
        ticket = secrets.token_urlsafe(24)
        try:
            _write(_claimed(), ticket, once=True)
        except FileExistsError:
            return render(request, "web/first_run.html", {"used": True}, status=403)
        answer = HttpResponseRedirect("/")
        answer.set_cookie(
            COOKIE, ticket, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        return answer


def is_local(request: HttpRequest) -> bool:
    """Whether the request was made on this machine, by a browser that knows it."""
    if any(sign in request.META for sign in PROXY_SIGNS):
        return False
    # No browser speaks HTTP/1.0 any more; a proxy that adds no header of its own often does.
    if _protocol(request) == "1.0":
        return False
    if not is_loopback(request.META.get("REMOTE_ADDR", "")):
        return False
    spoken_of = [request.META.get("HTTP_HOST", "")]
    spoken_of += [
        urlsplit(value).netloc
        for name in ("HTTP_ORIGIN", "HTTP_REFERER")
        if (value := request.META.get(name)) and value != "null"
    ]
    return all(is_loopback(urlsplit(f"//{host}").hostname or "") for host in spoken_of)


def is_loopback(host: str) -> bool:
    """Whether a host, as a name or a number, can only be this machine."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(number, "ipv4_mapped", None)
    return bool((mapped or number).is_loopback)


def _protocol(request: HttpRequest) -> str:
    scope = getattr(request, "scope", None)
    if scope is not None:
        return str(scope.get("http_version", ""))
    return str(request.META.get("SERVER_PROTOCOL", "")).rpartition("/")[2]


def _asked() -> Path:
    return Path(settings.DATA_DIR) / "first_run.asked"


def _claimed() -> Path:
    return Path(settings.DATA_DIR) / "first_run.claimed"


def _write(path: Path, secret: str, *, once: bool = False) -> None:
    """Only the digest is kept; with ``once``, FileExistsError when it is there."""
    how = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if once else os.O_TRUNC)
    with os.fdopen(os.open(path, how, 0o600), "w", encoding="ascii") as out:
        out.write(_digest(secret))


def _is(path: Path, secret: str) -> bool:
    try:
        kept = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return bool(secret) and hmac.compare_digest(kept, _digest(secret))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
