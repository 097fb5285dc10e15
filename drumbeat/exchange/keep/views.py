from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from drumbeat.core.pages import page
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.store import Folder
from drumbeat.desk.lookback.views import folder_of
from drumbeat.exchange.keep.forms import Keep
from drumbeat.exchange.keep.keeping import keep as keep_files
from drumbeat.people.access import allows
from drumbeat.people.http import Request

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@allows("look_back.keep")
def keep(request: Request) -> HttpResponse:
    """Keep this going: the form at first (the look back's button posts nothing), then everything at once."""
    folder = folder_of(request)
    if folder is None:
        messages.warning(request, "The files that you dropped are gone by now; drop them once more.")
        return redirect("desk:look_back")
    if "email" not in request.POST:
        return _form(request, folder, Keep(initial=_guess(folder)))
    form = Keep(request.POST)
    if not form.is_valid():
        return _form(request, folder, form)
    try:
        kept = keep_files(folder, form.wish(), today=request.today, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _form(request, folder, form)
    login(request, kept.person.user, backend=BACKEND)
    messages.success(
        request, f"Kept. Lay the next exports into {inbox()}, and they are brought in by themselves."
    )
    return redirect("home")


def inbox() -> str:
    """The folder whose files are brought in by themselves."""
    return f"{settings.DATA_DIR}/inbox"


def _form(request: Request, folder: Folder, form: Keep) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "files": [path.name for path in folder.files],
        "inbox": inbox(),
        "has_calendar": bool(folder.calendars),
    }
    return page(request, "exchange/keep.html", context, status=422 if form.errors else 200)


def _guess(folder: Folder) -> dict[str, str]:
    """The calendar's owner is most likely who sits here."""
    found = folder.answer() or {}
    address = str(found.get("owner") or "")
    name = " ".join(
        part.capitalize() for part in address.partition("@")[0].replace("_", ".").split(".") if part
    )
    return {"email": address, "name": name}
