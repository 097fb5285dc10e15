"""The look back in the browser: drop files, say what is not clear, read what is true."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback import steps, store
from drumbeat.desk.lookback.forms import ColumnsForm, DomainsForm, QuestionForm, too_large
from drumbeat.desk.lookback.pdf import as_pdf
from drumbeat.desk.lookback.store import Folder
from drumbeat.people.access import allows, may
from drumbeat.people.http import Request

SESSION_KEY = "look_back"
ROWS_A_PAGE = 100


@never_cache
@allows("look_back.use")
def look_back(request: Request) -> HttpResponse:
    """The truths, once files were dropped; before that, the place to drop them."""
    folder = folder_of(request)
    if request.method == "POST":
        return _bring(request, folder)
    if folder is None or not folder.files:
        return _upload(request, folder)
    found = folder.answer()
    if found is None:
        return _go_on(request, folder)
    return page(request, "desk/lookback/page.html", _shown(request, folder, found))


@never_cache
@allows("look_back.use")
def files(request: Request) -> HttpResponse:
    """The place to bring more files, once there are some."""
    return _upload(request, folder_of(request))


@never_cache
@allows("look_back.use")
def columns(request: Request) -> HttpResponse:
    """Which column is what, for the first sheet that cannot be read by itself."""
    folder = _folder_or_404(request)
    asked = folder.asked(request.today)
    try:
        unclear = steps.unclear_sheets(folder, asked)
    except Refused as refusal:
        return _upload(request, folder, [str(refusal)])
    if not unclear:
        return redirect("desk:look_back")
    first = unclear[0]
    form = ColumnsForm(first.sheet, request.POST or None)
    step = request.POST.get("step")
    if step == "leave_out":
        asked.left_out.append(first.key)
    elif step == "go" and form.is_valid():
        asked.mappings[first.key] = form.toml(form.cleaned_data)
    else:
        return _columns_page(request, first, form, len(unclear))
    folder.ask(asked)
    return _go_on(request, folder)


@never_cache
@allows("look_back.use")
def domains(request: Request) -> HttpResponse:
    """Each outside mail domain sorted with one tap."""
    folder = _folder_or_404(request)
    asked = folder.asked(request.today)
    try:
        sources, _ = steps.read_all(steps.sort_sheets(folder, asked)[0])
        seen = steps.domains_to_sort(folder, sources, asked) if sources else []
    except Refused as refusal:
        return _upload(request, folder, [str(refusal)])
    form = DomainsForm(seen, asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        folder.ask(form.asked(asked))
        return _go_on(request, folder)
    return page(request, "desk/lookback/domains.html", {"form": form})


@require_POST
@allows("look_back.use")
def question(request: Request) -> HttpResponse:
    """Another last day, or another owner of the calendar."""
    folder = _folder_or_404(request)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _upload(request, folder, form=form)
    folder.ask(form.asked(folder.asked(request.today)))
    return _go_on(request, folder)


@never_cache
@require_GET
@allows("look_back.use")
def rows(request: Request, key: str) -> HttpResponse:
    """The rows behind a truth, and how it was found out."""
    folder = _folder_or_404(request)
    found, table = folder.answer(), folder.rows(key)
    truth = next((each for each in (found or {}).get("truths", []) if each["key"] == key), None)
    if truth is None or table is None:
        raise Http404
    shown = Paginator(table["rows"], ROWS_A_PAGE).get_page(request.GET.get("page"))
    cells = [list(zip(table["header"], row, strict=True)) for row in shown]
    values = {
        "truth": truth,
        "header": table["header"],
        "shown": shown,
        "rows": cells,
        "total": table["total"],
        "kept": len(table["rows"]),
    }
    return page(request, "desk/lookback/rows.html", values)


@never_cache
@require_GET
@allows("look_back.use")
def sheet(request: Request) -> HttpResponse:
    """One page of PDF."""
    found = _folder_or_404(request).answer()
    if found is None:
        raise Http404
    response = HttpResponse(as_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="look-back-{found["last"]}.pdf"'
    return response


@require_POST
@allows("look_back.use")
def forgetting(request: Request) -> HttpResponse:
    """Everything dropped here is deleted at once."""
    folder = folder_of(request)
    if folder is not None:
        folder.forget()
    request.session.pop(SESSION_KEY, None)
    return redirect("desk:look_back")


def folder_of(request: Request) -> Folder | None:
    """The folder of this browser session; None where nothing lies there any more."""
    return store.open_folder(request.session.get(SESSION_KEY, ""))


def _folder_or_404(request: Request) -> Folder:
    folder = folder_of(request)
    if folder is None:
        raise Http404
    return folder


def _bring(request: Request, folder: Folder | None) -> HttpResponse:
    """Take the dropped files in, all of them or, where one is refused, none."""
    form, dropped = QuestionForm(request.POST), request.FILES.getlist("files")
    errors = too_large(dropped)
    if not dropped and (folder is None or not folder.files):
        errors.append("Choose at least one file: the export of your CRM as CSV or XLSX.")
    if errors or not form.is_valid():
        return _upload(request, folder, errors, form)
    folder = folder or store.new_folder()
    request.session[SESSION_KEY] = folder.token
    errors = _lay_down(folder, dropped)
    if errors:
        return _upload(request, folder, errors, form)
    folder.ask(form.asked(folder.asked(request.today)))
    return _go_on(request, folder)


def _lay_down(folder: Folder, dropped: list[UploadedFile]) -> list[str]:
    """Put the files into the folder; where one is refused none stays. A sentence for each that is refused."""
    errors = []
    for file in dropped:
        path = folder.add(file.name or "file", file.chunks())
        try:
            if path not in folder.calendars:
                steps.check(path)
        except Refused as refusal:
            errors.append(str(refusal))
    for file in dropped if errors else ():
        folder.remove(file.name or "file")
    return errors


def _go_on(request: Request, folder: Folder) -> HttpResponse:
    """The next thing that is not clear, else the answer."""
    asked = folder.asked(request.today)
    try:
        clear, unclear = steps.sort_sheets(folder, asked)
        sources, ambiguous = (None, []) if unclear else steps.read_all(clear)
        if sources is None or unclear or ambiguous:
            return redirect("desk:look_back_columns")
        if not asked.domains_sorted and steps.domains_to_sort(folder, sources, asked):
            return redirect("desk:look_back_domains")
        steps.answer(folder, sources, asked)
    except Refused as refusal:
        return _upload(request, folder, [str(refusal)])
    return redirect("desk:look_back")


def _upload(
    request: Request, folder: Folder | None, errors: list[str] | None = None, form: QuestionForm | None = None
) -> HttpResponse:
    asked = folder.asked(request.today) if folder else None
    form = form or QuestionForm(
        initial={"day": asked.day if asked else request.today, "me": asked.me if asked else ""}
    )
    names = [path.name for path in folder.files] if folder else []
    status = 422 if errors or form.errors else 200
    return page(
        request,
        "desk/lookback/upload.html",
        {"form": form, "errors": errors or [], "names": names},
        status=status,
    )


def _columns_page(request: Request, unclear: steps.Unclear, form: ColumnsForm, left: int) -> HttpResponse:
    status = 422 if form.is_bound and request.POST.get("step") == "go" else 200
    values = {"unclear": unclear, "form": form, "preview": form.preview(), "left": left}
    return page(request, "desk/lookback/columns.html", values, status=status)


def _shown(request: Request, folder: Folder, found: dict[str, Any]) -> dict[str, Any]:
    """The answer as the components want it."""
    label = f"won, {found['weeks']} weeks" if found["weeks"] != 1 else "won, one week"
    managers = [
        each | {"figure": each["amount"], "figure_label": label, "aside": each["calendar"] or each["counts"]}
        for each in found["managers"]
    ]
    asked = folder.asked(request.today)
    return {
        "found": found,
        "managers": managers,
        "lanes": [each["lane"] for each in managers],
        "figure_label": label.capitalize(),
        "this_week": date.fromisoformat(found["last"]) + timedelta(days=1),
        "newest": date.fromisoformat(found["newest"]) if found["newest"] else None,
        "form": QuestionForm(initial={"day": asked.day, "me": asked.me or found["owner"]}),
        "may_keep": may(request.viewer, "look_back.keep"),
    }
