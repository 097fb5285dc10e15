"""One promise and its steps. Each leads back to where it was taken; a refusal stands beside its form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day
from drumbeat.journal.openings import opened
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.promises import actions
from drumbeat.promises.models import Promise
from drumbeat.promises.queries import opening_of, row_of
from drumbeat.promises.queries.people import people_in
from drumbeat.promises.rules.dates import NoSuchDay, find_day
from drumbeat.promises.rules.lines import who_is
from drumbeat.promises.views.back import back_of, undo_tag


@allows("promise.read")
def one(request: Request, pk: int) -> HttpResponse:
    """One promise with its history in words, and what can be done with it."""
    return shown(request, get_visible(Promise.objects.all(), request, "promise.read", pk=pk))


@require_POST
@allows("promise.change")
def done(request: Request, pk: int) -> HttpResponse:
    """Done; by who asked for it, done and accepted."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)
    return stepped(request, promise, "done", "Done.", lambda **who: actions.mark_done(**who))


@require_POST
@allows("promise.accept")
def acceptance(request: Request, pk: int) -> HttpResponse:
    """What was asked for has come."""
    promise = get_visible(Promise.objects.all(), request, "promise.accept", pk=pk)
    return stepped(request, promise, "done", "Accepted.", lambda **who: actions.accept(**who))


@require_POST
@allows("promise.change")
def new_date(request: Request, pk: int) -> HttpResponse:
    """Another day, as one writes it."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)

    def step(**who: Any) -> Promise:
        found = find_day(request.POST.get("due", "").replace("\0", "")[:60], request.today)
        if found is None:
            raise NoSuchDay("Which day? Write it as Fri, 3 Dec or in 2 weeks.")
        return actions.give_new_date(due=found.day, reason=request.POST.get("reason", ""), **who)

    def words(moved: Promise) -> str:
        return f"Due {day(moved.due, request.today)} now."

    return stepped(request, promise, "new_date", words, step)


@require_POST
@allows("promise.change")
def dropping(request: Request, pk: int) -> HttpResponse:
    """Given up, with a word why."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)
    reason = request.POST.get("reason", "")
    return stepped(request, promise, "drop", "Dropped.", lambda **who: actions.drop(reason=reason, **who))


@require_POST
@allows("promise.change")
def wait(request: Request, pk: int) -> HttpResponse:
    """Somebody else has to act first."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)
    name = " ".join(request.POST.get("person", "").replace("\0", "").split())[:200].lstrip("@ ")

    def step(**who: Any) -> Promise:
        known = {person.pk: person for person in people_in(f"@{name}", request.viewer)}
        pk, _ = who_is(name, {pk: person.name for pk, person in known.items()})
        return actions.wait_for(person=known[pk], **who)

    return stepped(request, promise, "wait", "Waiting; its clock stands still.", step)


@require_POST
@allows("promise.change")
def going_on(request: Request, pk: int) -> HttpResponse:
    """The wait is over."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)
    return stepped(request, promise, "wait", "It goes on.", lambda **who: actions.resume(**who))


@require_POST
@allows("promise.change")
def taking_back(request: Request, pk: int) -> HttpResponse:
    """Undo of the last step."""
    promise = get_visible(Promise.objects.all(), request, "promise.change", pk=pk)
    back = back_of(request)
    try:
        left = actions.take_back(actor=request.viewer.me, today=request.today, promise=promise)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, "Taken back.")
    gone = left is None and back == reverse("promises:one", args=[pk])
    return redirect(reverse("promises:list") if gone else back)


def stepped(
    request: Request,
    promise: Promise,
    form: str,
    words: str | Callable[[Promise], str],
    step: Callable[..., Promise],
) -> HttpResponse:
    """Take the step and go back, with an undo; a refusal is shown on the promise's page, beside its form."""
    try:
        moved = step(actor=request.viewer.me, today=request.today, promise=promise)
    except Refused as refusal:
        return shown(request, promise, form, str(refusal))
    back = back_of(request)
    undo = undo_tag(reverse("promises:taking_back", args=[promise.pk]), back)
    messages.success(request, words if isinstance(words, str) else words(moved), extra_tags=undo)
    return redirect(back)


def shown(request: Request, promise: Promise, wrong: str = "", problem: str = "") -> HttpResponse:
    """The page of one promise; ``wrong`` names the form beside which the problem stands."""
    row = row_of(promise, request.today)
    if promise.confidential:
        opened(request.viewer.me, [opening_of(row)], today=request.today)
    context = {
        "row": row,
        "wrong": wrong,
        "problem": problem,
        "typed": {name: request.POST.get(name, "").replace("\0", "")[:2000] for name in TYPED},
        "back": back_of(request),
        "mine": request.viewer.pk in (promise.owner_id, promise.asked_by_id),
        "reasons": promise.reason.split("\n") if promise.reason else [],
    }
    return page(request, "promises/one.html", context, status=422 if problem else 200)


TYPED = ("due", "reason", "person")
