from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.forms import ColumnsForm, too_large
from drumbeat.exchange.imports import preview_undo, undo
from drumbeat.exchange.intake import files, tasks
from drumbeat.exchange.intake.actions import keep_mapping
from drumbeat.exchange.intake.queries import LABELS, imports_page, work_page
from drumbeat.exchange.intake.sorting import KeptSheet
from drumbeat.exchange.models import FileAtWork, Import
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person


@allows("import.list")
def imports(request: Request) -> HttpResponse:
    """What was brought in, what is on its way, and where to drop more."""
    return page(request, "exchange/imports/list.html", imports_page(request.viewer))


@require_POST
@allows("import.lay")
def lay(request: Request) -> HttpResponse:
    """Take dropped files; the worker looks at them."""
    uploads = request.FILES.getlist("files")
    errors = too_large(uploads) if uploads else ["Choose at least one file."]
    if not errors:
        try:
            row = files.lay(uploads, _me(request))
        except Refused as refusal:
            errors = [str(refusal)]
    if errors:
        context = imports_page(request.viewer) | {"errors": errors}
        return page(request, "exchange/imports/list.html", context, status=422)
    tasks.look.enqueue(row.pk, request.today.isoformat())
    beside = FileAtWork.objects.filter(folder=row.folder).count()
    return redirect("exchange:work", row.pk) if beside == 1 else redirect("exchange:imports")


@allows("import.work")
def work(request: Request, pk: int) -> HttpResponse:
    """Where one file, or some that belong together, stands."""
    row = get_visible(FileAtWork.objects.select_related("by"), request, "import.work", pk=pk)
    return page(request, "exchange/imports/work.html", work_page(row), partial="work")


@allows("import.work")
def columns(request: Request, pk: int) -> HttpResponse:
    """Say which column is what."""
    row = get_visible(FileAtWork.objects.all(), request, "import.work", pk=pk)
    if not row.preview or "sheet" not in row.preview:
        return redirect("exchange:work", pk)
    form = ColumnsForm(KeptSheet(row.preview["sheet"]), request.POST or None)
    name = request.POST.get("name", "").strip()[:100] or Path(row.names[0]).stem[:100]
    if request.POST.get("step") == "go" and form.is_valid():
        text = form.toml(form.cleaned_data)
        keep_mapping(actor=_me(request), today=request.today, name=name, text=text)
        row.mapping, row.preview, row.kind = text, None, ""
        files.say(row, FileAtWork.WAITING)
        tasks.look.enqueue(row.pk, request.today.isoformat())
        return redirect("exchange:work", pk)
    context = {"work": row, "form": form, "preview": form.preview(), "name": name}
    wrong = request.POST.get("step") == "go"
    return page(request, "exchange/imports/columns.html", context, status=422 if wrong else 200)


@require_POST
@allows("import.work")
def asking(request: Request, pk: int) -> HttpResponse:
    """The columns were recognised by themselves, and wrongly: say which is what."""
    row = get_visible(FileAtWork.objects.all(), request, "import.work", pk=pk)
    if row.state == FileAtWork.READY and len(row.names) == 1:
        files.ask(row)
    return redirect("exchange:columns", pk)


@require_POST
@allows("import.work")
def bringing(request: Request, pk: int) -> HttpResponse:
    """Bring previewed files in, or look once more at those that failed."""
    row = get_visible(FileAtWork.objects.all(), request, "import.work", pk=pk)
    today = request.today.isoformat()
    ready = FileAtWork.objects.filter(pk=row.pk, state=FileAtWork.READY)
    if ready.update(state=FileAtWork.MOVING, rows_done=0):  # of two clicks one counts
        tasks.bring.enqueue(row.pk, today)
    elif FileAtWork.objects.filter(pk=row.pk, state=FileAtWork.FAILED).update(state=FileAtWork.WAITING):
        tasks.look.enqueue(row.pk, today)
    return redirect("exchange:work", pk)


@require_POST
@allows("import.work")
def removal(request: Request, pk: int) -> HttpResponse:
    """Put a file away without bringing it in."""
    row = get_visible(FileAtWork.objects.all(), request, "import.work", pk=pk)
    if row.state == FileAtWork.MOVING:
        messages.error(request, "It is just being brought in; take it back afterwards.")
        return redirect("exchange:work", pk)
    files.put_away(row)
    messages.success(request, f"Put away: {', '.join(row.names)}.")
    return redirect("exchange:imports")


@allows("import.read")  # type: ignore[type-var]
def rejects(request: Request, pk: int) -> FileResponse | HttpResponse:
    """The rows that an import left out, to mend and bring again."""
    row = get_visible(Import.objects.all(), request, "import.read", pk=pk)
    path = Path(settings.DATA_DIR) / "rejects" / Path(row.rejects_file).name
    if not row.rejects_file or not path.is_file():
        messages.error(request, "This import left no rows out, or its file is no longer kept.")
        return redirect("exchange:imports")
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/csv")


@allows("import.undo")
def undoing(request: Request) -> HttpResponse:
    """Take the latest import back, after a look at what that changes."""
    try:
        if request.method == "POST":
            done = undo(actor=_me(request), today=request.today)
            messages.success(request, f"Taken back: {', '.join(done.of.file_names)}.")
            return redirect("exchange:imports")
        found = preview_undo()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exchange:imports")
    parts = [
        f"{LABELS[table]}: {counts['removed']:,} go, {counts['restored']:,} are what they were before"
        for table, counts in found.tables.items()
    ]
    return page(
        request, "exchange/imports/undo.html", {"of": found.of, "consequence": ". ".join(parts) + "."}
    )


def _me(request: Request) -> Person:
    assert request.viewer.person is not None  # the verb lets nobody else in
    return request.viewer.person
