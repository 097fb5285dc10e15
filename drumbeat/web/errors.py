"""Error pages that help: what happened, that nothing changed, where to go. None asks the database."""

import logging
import sys

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("drumbeat.request")
LAST_RESORT = (
    '<!doctype html><html lang="en"><title>That went wrong here · Drumbeat</title>'
    "<h1>That went wrong here, not with you</h1><p>Nothing half-done was saved. Try once more.</p></html>"
)


def not_understood(request: HttpRequest, exception: Exception | SuspiciousOperation) -> HttpResponse:
    """400, without the shell: a request that makes no sense may have no viewer."""
    return HttpResponse(render_to_string("400.html"), status=400)


def not_allowed(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """403, with the sentence of the refusal where it has one."""
    return render(request, "403.html", {"sentence": sentence_of(exception)}, status=403)


def not_there(request: HttpRequest, exception: Http404) -> HttpResponse:
    """404: also what lies outside of one's reach."""
    return render(request, "404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the log tells more; without the shell, which may be what failed."""
    reference = getattr(request, "reference", "")
    match = request.resolver_match
    log.error(
        "a page failed",
        extra={"reference": reference, "path": match.route if match else "unresolved"},
        exc_info=sys.exc_info(),
    )
    try:
        body: str = render_to_string("500.html", {"reference": reference})
    except Exception:
        log.exception("the page for failures failed", extra={"reference": reference})
        body = LAST_RESORT
    return HttpResponse(body, status=500)


def sentence_of(exception: Exception) -> str:
    """What a refusal says of itself; Django's own are said in other words by the page."""
    said = str(exception)
    return said if " " in said and len(said) < 500 else ""
