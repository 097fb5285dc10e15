"""Many promises at once: a new date after a holiday, and its undo."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.refusal import Refused
from drumbeat.core.wording import count
from drumbeat.people.access import allows, visible
from drumbeat.people.http import Request
from drumbeat.promises import actions
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.dates import NoSuchDay, find_day
from drumbeat.promises.views.back import back_of, undo_tag

MOST = 200


class NoneChosen(Refused):
    """No promise is ticked, or more than one page holds."""


@require_POST
@allows("promise.list")
def new_dates(request: Request) -> HttpResponse:
    """All that are ticked to one day, or each by so many working days."""
    back = back_of(request)
    try:
        chosen = promises_in(request)
        by_days = request.POST.get("how") == "days"
        moved = actions.give_new_dates(
            actor=request.viewer.me,
            today=request.today,
            promises=chosen,
            due=None if by_days else asked_day(request),
            days=asked_count(request) if by_days else 0,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    tag = ""
    if moved:
        tag = undo_tag(reverse("promises:many_taking_back"), back, promise=[one.pk for one in moved])
    messages.success(request, f"{count(len(moved), 'promise')} given a new date.", extra_tags=tag)
    return redirect(back)


@require_POST
@allows("promise.list")
def taking_back(request: Request) -> HttpResponse:
    """Undo of the last step of each."""
    try:
        number = actions.take_back_many(
            actor=request.viewer.me, today=request.today, promises=promises_in(request)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{count(number, 'promise')} taken back.")
    return redirect(back_of(request))


def promises_in(request: Request) -> list[Promise]:
    """Those named by the form or the undo that the viewer may change. Raises NoneChosen."""
    asked = request.POST.getlist("promise") or request.GET.getlist("promise")
    pks = {int(one) for one in asked[: MOST + 1] if one.isascii() and one.isdecimal() and len(one) < 19}
    if not pks or len(asked) > MOST:
        raise NoneChosen(f"Choose the promises first, at most {MOST} at once.")
    found = list(visible(Promise.objects.filter(pk__in=pks), request.viewer, "promise.change"))
    if not found:
        raise NoneChosen("None of these is yours to change.")
    return found


def asked_day(request: Request) -> date:
    """The day as it was written. Raises NoSuchDay and those of ``find_day``."""
    found = find_day(request.POST.get("due", "").replace("\0", "")[:60], request.today)
    if found is None:
        raise NoSuchDay("Which day? Write it as Fri, 3 Dec or in 2 weeks.")
    return found.day


def asked_count(request: Request) -> int:
    """So many working days; 0, which the action refuses, where it is no number."""
    text = request.POST.get("days", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
