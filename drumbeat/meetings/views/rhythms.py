"""Rhythms: my meetings, one rhythm, adding and changing one, letting it rest and end."""

from datetime import time, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import rhythms as actions
from drumbeat.meetings.facts import Facts, usual
from drumbeat.meetings.forms import Told, initial_of, kinds
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.queries.passing import passing
from drumbeat.meetings.queries.quality import quality
from drumbeat.meetings.queries.rhythms import mine, one
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES
from drumbeat.people.access import allows, get_visible, may
from drumbeat.people.http import Request
from drumbeat.people.models import Person, Reach, RoleGrant


@allows("rhythm.list")
def listing(request: Request) -> HttpResponse:
    """My coming meetings and my rhythms."""
    context = {"mine": mine(request.viewer, request.now), "may_add": may(request.viewer, "rhythm.add")}
    return page(request, "meetings/list.html", context)


@allows("rhythm.read")
def rhythm(request: Request, pk: int) -> HttpResponse:
    """One rhythm: when, who, how to join, its meetings, and what may be done."""
    found = _rhythm(request, "rhythm.read", pk)
    context = {
        "one": one(found, request.viewer, request.now),
        "passing": passing(found, request.viewer, request.now),
        "quality": quality(found, request.viewer.pk, request.now),
        "may_add": may(request.viewer, "rhythm.add"),
    }
    return page(request, "meetings/rhythm.html", context)


@allows("rhythm.add")
def add(request: Request) -> HttpResponse:
    """Choose a kind of meeting, then say when and with whom; ``like`` begins with what another rhythm has."""
    chairs = _chairs(request)
    like = _like(request)
    template = like.template if like else request.POST.get("template", request.GET.get("template", ""))
    if template not in RHYTHM_TEMPLATES:
        context = {"kinds": kinds(), "with": request.GET.get("with", "")}
        return page(request, "meetings/rhythm_kind.html", context)
    reports = _reports(request, chairs)
    form = Told(
        request.POST or None,
        template=template,
        chairs=chairs,
        reports=reports,
        initial=_beginning(request, template, reports, like),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_rhythm(
                actor=request.viewer.me,
                today=request.today,
                now=request.now,
                chair=form.chair_of(),
                facts=form.told(),
                anyway="anyway" in request.POST,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            undo = reverse("meetings:rhythm_end", args=[made.pk])
            messages.success(
                request, "The rhythm begins; its meetings are planned.", extra_tags=f"undo:{undo}"
            )
            return redirect("meetings:rhythm", pk=made.pk)
    kind = next(each for each in kinds() if each["id"] == template)
    return page(request, "meetings/rhythm_form.html", {"form": form, "kind": kind})


@allows("rhythm.change")
def change(request: Request, pk: int) -> HttpResponse:
    """Change a rhythm; only coming meetings follow."""
    found = _rhythm(request, "rhythm.change", pk)
    chairs = Person.objects.filter(pk=found.chair_id)
    reports = _reports(request, chairs)
    before = Facts.of(found)
    initial = initial_of(before, {one.pk for one in reports})
    form = Told(
        request.POST or None, template=found.template, chairs=chairs, reports=reports, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_rhythm(
                actor=request.viewer.me,
                today=request.today,
                now=request.now,
                rhythm=found,
                facts=form.told(before),
                anyway="anyway" in request.POST,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved. Coming meetings follow; what was held stays as it was.")
            return redirect("meetings:rhythm", pk=pk)
    kind = next((each for each in kinds() if each["id"] == found.template), None)
    return page(request, "meetings/rhythm_form.html", {"form": form, "kind": kind, "rhythm": found})


@require_POST
@allows("rhythm.change")
def pause(request: Request, pk: int) -> HttpResponse:
    """Let it rest."""
    return _done(request, pk, actions.pause_rhythm, "It rests; nothing is planned until it goes on.")


@require_POST
@allows("rhythm.change")
def end(request: Request, pk: int) -> HttpResponse:
    """End it."""
    return _done(request, pk, actions.end_rhythm, "Ended. What was held stays.")


@require_POST
@allows("rhythm.change")
def resume(request: Request, pk: int) -> HttpResponse:
    """Let it go on."""
    return _done(request, pk, actions.resume_rhythm, "It goes on; its meetings are planned again.")


def _done(request: Request, pk: int, deed, said: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    found = _rhythm(request, "rhythm.change", pk)
    try:
        deed(actor=request.viewer.me, today=request.today, now=request.now, rhythm=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("meetings:rhythm_resume", args=[pk])
        tags = "" if deed is actions.resume_rhythm else f"undo:{undo}"
        messages.success(request, said, extra_tags=tags)
    return redirect("meetings:rhythm", pk=pk)


def _rhythm(request: Request, verb: str, pk: int) -> Rhythm:
    return get_visible(Rhythm.objects.select_related("chair"), request, verb, pk=pk)


def _chairs(request: Request) -> QuerySet[Person]:
    """For whom a rhythm may be added: oneself where one leads, and whom one serves as a delegate."""
    viewer = request.viewer
    own = [viewer.pk] if viewer.leads else []
    return Person.objects.filter(pk__in=[*own, *viewer.serves(RoleGrant.DELEGATE)])


def _reports(request: Request, chairs: QuerySet[Person]) -> QuerySet[Person]:
    """Who reports to one of the chairs today."""
    rows = Reach.objects.on(request.today).filter(leader__in=chairs.values("pk"), depth=1)
    return Person.objects.employed_on(request.today).filter(pk__in=rows.values("member_id"))


def _like(request: Request) -> Rhythm | None:
    """The rhythm that a new one begins like; nothing where it is none that the viewer may read."""
    text = request.GET.get("like", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    return get_visible(Rhythm.objects.defer("join_link", "dial_in"), request, "rhythm.read", pk=int(text))


def _beginning(
    request: Request, template: str, reports: QuerySet[Person], like: Rhythm | None
) -> dict[str, object]:
    """What the form shows first: the template's minutes and frequency, from tomorrow on."""
    first = request.today + timedelta(days=1)
    while first.weekday() > 4:
        first += timedelta(days=1)
    wanted = request.GET.get("with", "")
    known = {str(one.pk): one for one in reports}
    people = tuple(like.people.all()) if like else (known[wanted],) if wanted in known else ()
    told = usual(template, people, first, like.at if like else time(9))
    return initial_of(told, {one.pk for one in reports})
