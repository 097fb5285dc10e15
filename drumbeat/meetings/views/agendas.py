"""Templates of the company and the agendas of single rhythms: reading, changing, going back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from drumbeat.core.content import meeting_templates
from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.meetings.actions import agendas
from drumbeat.meetings.forms_agenda import shown, typed
from drumbeat.meetings.models import Agenda, Rhythm
from drumbeat.meetings.queries.agendas import Kept, kept, shelf
from drumbeat.meetings.rules.agenda import LEADS, RHYTHM_TEMPLATES, Body
from drumbeat.meetings.rules.agenda_draft import Draft, body_of, draft_of, turned
from drumbeat.people.access import allows, get_visible, may
from drumbeat.people.http import Request

Save = Callable[..., Agenda | None]


@allows("template.read")
def templates(request: Request) -> HttpResponse:
    """Every template with what it is for."""
    return page(request, "meetings/templates.html", {"shelf": shelf(request.now)})


@allows("template.read")
def template(request: Request, template: str) -> HttpResponse:
    """One template: items, what comes in, what goes out, rules, versions."""
    found = kept(_known(template), None, request.now)
    context = {
        "id": template,
        "kept": found,
        "items": _items(found.body),
        "repeats": template in RHYTHM_TEMPLATES,
        "may_change": may(request.viewer, "template.change"),
        "may_start": may(request.viewer, "rhythm.add"),
    }
    return page(request, "meetings/template.html", context)


@allows("template.change")
def template_change(request: Request, template: str) -> HttpResponse:
    """Write the company's next version."""
    found = kept(_known(template), None, request.now)
    here = reverse("meetings:template", args=[template])

    def save(**values: Any) -> Agenda | None:
        return agendas.change_template(template=template, **values)

    return _form(request, found, save, template, here, found.body.name)


@require_POST
@allows("template.change")
def template_back(request: Request, template: str, number: str) -> HttpResponse:
    """Take up an earlier version again, as a new one."""
    found = kept(_known(template), None, request.now)
    body = _version(found, number)
    common: dict[str, Any] = {"actor": request.viewer.me, "today": request.today, "now": request.now}
    try:
        agendas.change_template(**common, template=template, body=body)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("meetings:template_back", args=[template, found.number])
        messages.success(request, "The earlier version is taken up again.", extra_tags=f"undo:{undo}")
    return redirect("meetings:template", template)


@allows("rhythm.agenda")
def agenda(request: Request, pk: int) -> HttpResponse:
    """Write a rhythm's own next version."""
    rhythm = _rhythm(request, pk)
    found = kept(rhythm.template, rhythm, request.now)
    here = reverse("meetings:agenda", args=[pk])

    def save(**values: Any) -> Agenda | None:
        return agendas.change_agenda(rhythm=rhythm, **values)

    return _form(request, found, save, rhythm.template, here, rhythm.name, rhythm)


@require_POST
@allows("rhythm.agenda")
def agenda_back(request: Request, pk: int, number: int) -> HttpResponse:
    """Take up an earlier version again, as a new one; 0 is the company's."""
    rhythm = _rhythm(request, pk)
    found = kept(rhythm.template, rhythm, request.now)
    body = _version(found, str(number))
    common: dict[str, Any] = {"actor": request.viewer.me, "today": request.today, "now": request.now}
    try:
        agendas.change_agenda(**common, rhythm=rhythm, body=body)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("meetings:agenda_back", args=[pk, found.number])
        messages.success(request, "The earlier agenda is taken up again.", extra_tags=f"undo:{undo}")
    return redirect("meetings:agenda", pk)


def _form(
    request: Request,
    found: Kept,
    save: Save,
    template: str,
    here: str,
    name: str,
    rhythm: Rhythm | None = None,
) -> HttpResponse:
    """The form: a button of a row turns the draft and keeps nothing, saving makes a version."""
    confidential = meeting_templates()[template]["confidential"]
    draft, problem, based_on = draft_of(found.body), "", str(found.number)
    if request.method == "POST":
        draft, based_on = typed(request.POST), request.POST.get("based_on", "")
        deed = request.POST.get("do", "save")
        if deed != "save":
            draft = turned(draft, deed)
        else:
            try:
                made = _save(request, save, found, draft, confidential, based_on)
            except Refused as refusal:
                problem, based_on = str(refusal), str(found.number)
            else:
                _say(request, found, made, template, rhythm)
                return redirect(here)
    context = {
        "name": name,
        "rhythm": rhythm,
        "id": template,
        "draft": draft,
        "rows": shown(draft, confidential=confidential),
        "problem": problem,
        "based_on": based_on,
        "kept": found,
    }
    return page(request, "meetings/agenda_form.html", context, status=422 if problem else 200)


def _save(
    request: Request, save: Save, found: Kept, draft: Draft, confidential: bool, based_on: str
) -> Agenda | None:
    body = body_of(draft, found.body, confidential=confidential, leads=LEADS, taken=found.taken)
    number = int(based_on) if based_on.isascii() and based_on.isdecimal() and len(based_on) < 7 else None
    return save(actor=request.viewer.me, today=request.today, now=request.now, body=body, based_on=number)


def _say(request: Request, found: Kept, made: Agenda | None, template: str, rhythm: Rhythm | None) -> None:
    if made is None:
        messages.info(request, "Nothing was changed.")
    elif rhythm is None:
        undo = reverse("meetings:template_back", args=[template, found.number])
        messages.success(request, "Saved, for coming meetings.", extra_tags=f"undo:{undo}")
    else:
        undo = reverse("meetings:agenda_back", args=[rhythm.pk, found.number])
        messages.success(request, "Saved, for the coming meetings of this rhythm.", extra_tags=f"undo:{undo}")


def _rhythm(request: Request, pk: int) -> Rhythm:
    return get_visible(
        Rhythm.objects.select_related("chair").defer("join_link", "dial_in"), request, "rhythm.agenda", pk=pk
    )


def _known(template: str) -> str:
    if template not in meeting_templates():
        raise Http404
    return template


def _version(found: Kept, number: str) -> Body:
    body = found.as_of(number)
    if body is None:
        raise Http404
    return body


def _items(body: Body) -> list[tuple[int, str, str]]:
    return [(one.minutes, one.text, LEADS.get(one.lead, one.lead)) for one in body.items]
