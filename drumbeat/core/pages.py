"""One helper for page and fragment: the same template renders both."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render ``template``; where htmx asks for the element ``partial``, only that part of it.

    ``partial`` is the name of a ``{% partialdef %}`` in the template and the id of the element it fills.
    """
    values = {**(context or {}), **more}
    htmx = getattr(request, "htmx", None)
    if partial and htmx and htmx.target == partial:
        response = render(request, f"{template}#{partial}", values, status=status)
    else:
        response = render(request, template, values, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
