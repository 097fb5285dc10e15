from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from drumbeat.calendars import actions
from drumbeat.calendars.actions.corrections import Correction
from drumbeat.calendars.models import Event
from drumbeat.calendars.queries.hours import SPANS, WEEK, Hours, hours_page, span_of
from drumbeat.calendars.rules.categories import CATEGORIES
from drumbeat.calendars.rules.entries import UNKNOWN
from drumbeat.core.encrypted import KeyMissing, KeyWrong
from drumbeat.core.pages import page
from drumbeat.core.periods import Period, before
from drumbeat.core.refusal import Refused
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person

LEARNED = {
    "series": "the rest of this series",
    "domain": "whatever else is with that company",
    "word": "whatever else has that title",
}


@allows("hours.read")
def hours(request: Request) -> HttpResponse:
    """Where my time went: a week, four weeks, a quarter."""
    assert request.viewer.person is not None  # the verb lets nobody else in
    kind = request.GET.get("span", WEEK)
    kind = kind if kind in SPANS else WEEK
    period = span_of(kind, asked_day(request))
    shown = request.GET.get("shown", "")
    shown = shown if shown in {*CATEGORIES, UNKNOWN} else ""
    found, problem = readable(request.viewer.person, period, request.today, shown, asked_page(request))
    context = {
        "hours": found,
        "problem": problem,
        "kind": kind,
        "choices": [(words, f"?span={each}", each == kind) for each, words in SPANS.items()],
        "earlier": address(kind, before(period).last),
        "later": address(kind, period.end) if period.end <= request.today else "",
        "here": address(kind, min(period.last, request.today), shown),
    }
    return page(request, "calendars/hours.html", context)


@require_POST
@allows("event.correct")
def category(request: Request, pk: int) -> HttpResponse:
    """Put an entry where it belongs; an empty choice gives it back to the rules."""
    event = get_visible(Event.objects.select_related("calendar__owner"), request, "event.correct", pk=pk)
    assert request.viewer.person is not None
    try:
        done = actions.correct(
            actor=request.viewer.person,
            today=request.today,
            event=event,
            category=request.POST.get("category", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("calendars:category", args=[pk])
        messages.success(request, said(done, event), extra_tags=f"undo:{undo}" if event.corrected else "")
    back = request.POST.get("back", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(f"{back if safe else address(WEEK, event.day)}#entry-{pk}")


def readable(owner: Person, period: Period, today: date, shown: str, number: int) -> tuple[Hours, str]:
    """The page's hours; where a key is lost, without titles and with a sentence that says so."""
    try:
        return hours_page(owner, period, today, shown=shown, page=number), ""
    except (KeyMissing, KeyWrong) as refusal:
        return hours_page(owner, period, today, shown=shown, page=number, titles=False), str(refusal)


def said(done: Correction, event: Event) -> str:
    """What a correction did, in a sentence."""
    if not event.corrected:
        return "Given back to the rules."
    if not done.because:
        return "Moved. Only this one: nothing in it says which others are like it."
    others = f" {done.also} moved with it." if done.also else ""
    return f"Moved, and learned for {LEARNED[done.because]}.{others}"


def asked_day(request: Request) -> date:
    """The day of the address; today where it is none, or too far away."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.today
    return day if abs(day - request.today) < timedelta(days=3660) else request.today


def asked_page(request: Request) -> int:
    """The page of the address; the first where it is none."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def address(kind: str, day: date, shown: str = "") -> str:
    """The page of a span around a day."""
    query = {"span": kind, "on": day.isoformat(), **({"shown": shown} if shown else {})}
    return f"{reverse('calendars:hours')}?{urlencode(query)}"
