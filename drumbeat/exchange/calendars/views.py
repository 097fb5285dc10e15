from django.contrib import messages
from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from drumbeat.calendars import actions
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Calendar
from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.exchange.calendars.forms import CalendarAddress, CalendarFile
from drumbeat.exchange.calendars.laid import lay_aside
from drumbeat.exchange.calendars.tasks import read_address, read_file
from drumbeat.people.access import allows, visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person

READ_AT_ONCE = 2 * 1024 * 1024  # larger ones would keep the browser waiting: the worker reads them
BEING_READ = "Your calendar is being read; look again in a moment."


@allows("calendar.add")
def calendar(request: Request) -> HttpResponse:
    """Where one's calendar comes from, and what is kept of it."""
    return _page(request)


@require_POST
@allows("calendar.add")
def file(request: Request) -> HttpResponse:
    """Bring in a calendar file."""
    form = CalendarFile(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    owner, upload = _me(request), form.cleaned_data["file"]
    titles = form.cleaned_data["titles"]
    if upload.size > READ_AT_ONCE:
        read_file.enqueue(str(lay_aside(upload)), owner.pk, titles)
        messages.success(request, BEING_READ)
        return redirect("calendars:hours")
    try:
        kept = bring_in(
            actor=owner,
            today=request.today,
            at=timezone.now(),
            owner=owner,
            source=upload.read(),
            titles=titles,
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _page(request, file_form=form, status=422)
    messages.success(request, " ".join([f"Read: {kept.made:,} new, {kept.changed:,} changed.", *kept.notes]))
    return redirect("calendars:hours")


@require_POST
@allows("calendar.add")
def address(request: Request) -> HttpResponse:
    """Read the calendar from a private address from now on."""
    form = CalendarAddress(request.POST, auto_id="address_%s")
    if not form.is_valid():
        return _page(request, address_form=form, status=422)
    owner = _me(request)
    try:
        kept = actions.add_calendar(actor=owner, today=request.today, owner=owner, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("address", str(refusal))
        return _page(request, address_form=form, status=422)
    read_address.enqueue(kept.pk)
    messages.success(request, BEING_READ)
    return redirect("calendar_in:calendar")


@require_POST
@allows("calendar.change")
def address_removal(request: Request) -> HttpResponse:
    """Read the address no more; what was read stays."""
    mine = _mine(request)
    if mine is not None:
        actions.set_address(actor=_me(request), today=request.today, calendar=mine, address="")
        messages.success(request, "The address is forgotten; what was read of it stays.")
    return redirect("calendar_in:calendar")


@require_POST
@allows("calendar.change")
def reading(request: Request) -> HttpResponse:
    """Read the address again now."""
    mine = _mine(request)
    if mine is not None and _has_address(mine):
        read_address.enqueue(mine.pk)
        messages.success(request, BEING_READ)
    return redirect("calendar_in:calendar")


@require_POST
@allows("calendar.change")
def keep_titles(request: Request) -> HttpResponse:
    """Keep titles, or no more."""
    mine, keep = _mine(request), request.POST.get("keep") == "yes"
    if mine is not None:
        actions.keep_titles(actor=_me(request), today=request.today, calendar=mine, keep=keep)
        messages.success(
            request,
            "Titles are kept from the next reading on."
            if keep
            else "No titles any more; those kept are gone.",
        )
    return redirect("calendar_in:calendar")


@require_POST
@allows("calendar.change")
def removal(request: Request) -> HttpResponse:
    """Forget the calendar and everything read from it."""
    mine = _mine(request)
    if mine is not None:
        actions.forget_calendar(actor=_me(request), today=request.today, calendar=mine)
        messages.success(request, "Your calendar and everything read from it are gone.")
    return redirect("calendar_in:calendar")


def _page(
    request: Request,
    *,
    file_form: CalendarFile | None = None,
    address_form: CalendarAddress | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = _mine(request)
    answer = {"titles": mine.keep_titles if mine else False}
    context = {
        "calendar": mine,
        "has_address": _has_address(mine),
        "events": mine.events.count() if mine else 0,
        "file_form": file_form or CalendarFile(initial=answer),
        "address_form": address_form or CalendarAddress(initial=answer, auto_id="address_%s"),
    }
    return page(request, "exchange/calendar.html", context, status=status)


def _mine(request: Request) -> Calendar | None:
    # The address is not opened here: a page about the calendar also stands where its key is lost.
    mine = visible(Calendar.objects.all(), request.viewer, "calendar.change")
    return mine.defer("address").annotate(address_length=Length("address")).first()


def _has_address(mine: Calendar | None) -> bool:
    return bool(getattr(mine, "address_length", 0))


def _me(request: Request) -> Person:
    assert request.viewer.person is not None  # the verb lets nobody else in
    return request.viewer.person
