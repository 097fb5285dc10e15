"""The room's page in parts: each is rendered alone when it changed, from the same template as in the page."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from drumbeat.meetings.models import Meeting
from drumbeat.meetings.queries.room import room_of
from drumbeat.meetings.queries.room_rows import Room

NAMED = ("agenda", "people", "promises", "topics", "round", "closing")
# What every screen of a plain room shows alike, so that it is rendered once for all; the rest is fetched.
SHARED = frozenset({"agenda", "people", "promises", "topics", "round"})


def is_shared(part: str) -> bool:
    """Whether the part looks the same on every screen of a plain room."""
    return part in SHARED or part.startswith("item-")


def template_of(room: Room, part: str) -> tuple[str, dict[str, Any]] | None:
    """A part's template and what it needs beside the room; None where the room has no such part."""
    if part in NAMED:
        return f"meetings/parts/{part}.html", {}
    row = room.row(part.removeprefix("item-")) if part.startswith("item-") else None
    return ("meetings/parts/item.html", {"row": row}) if row else None


def html_of(meeting_pk: int, part: str, *, today: date, now: datetime) -> str:
    """A shared part of a plain room as everyone sees it, without any viewer; empty where there is none."""
    meeting = Meeting.objects.select_related("rhythm__chair").filter(pk=meeting_pk).first()
    if meeting is None or meeting.rhythm.confidential or not is_shared(part):
        return ""
    room = room_of(meeting, me=None, today=today, now=now)
    found = template_of(room, part)
    return render_to_string(found[0], {"room": room, **found[1]}) if found else ""


def render_part(request: HttpRequest, room: Room, part: str, more: dict[str, Any]) -> str | None:
    """A part for the one who asks; None where the room has no such part."""
    found = template_of(room, part)
    if found is None:
        return None
    return render_to_string(found[0], {"room": room, **more, **found[1]}, request=request)
