"""A change as each screen is told it: the part's HTML in plain rooms, its name alone in sealed ones."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from drumbeat.meetings.live.events import Change
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.parts import html_of, is_shared

log = logging.getLogger("drumbeat.live")
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class About:
    """What a message depends on beside the change: whether no text may travel by itself, and the chair's
    zone, whose day counts as today in what all see alike."""

    sealed: bool = True
    zone: ZoneInfo = UTC


def about(meeting_pk: int) -> About:
    """Of a room that is gone nothing travels either."""
    row = Rhythm.objects.filter(meetings=meeting_pk).values_list("confidential", "time_zone").first()
    if row is None:
        return About()
    try:
        return About(row[0], ZoneInfo(row[1]))
    except (ZoneInfoNotFoundError, ValueError):
        return About(row[0])


def message(change: Change, room: About, now: datetime) -> bytes:
    """The change as a server-sent event."""
    data = {"part": change.part}
    if not room.sealed and is_shared(change.part):
        try:
            html = html_of(change.meeting, change.part, today=now.astimezone(room.zone).date(), now=now)
        except Exception as fault:
            # Each screen then fetches the part itself, where the fault has a reference of its own.
            log.warning("a part could not be drawn", extra={"reason": type(fault).__name__})
            html = ""
        if html:
            data["html"] = html
    return b"id: %d\ndata: %s\n\n" % (change.number, json.dumps(data).encode())


def here(number: int) -> bytes:
    """Nothing changed; the screen is as new as that event."""
    return b"id: %d\n\n" % number
