"""A change as each screen is told it: the part's HTML in plain rooms, its name alone in sealed ones."""

import json

from drumbeat.meetings.live.events import Change
from drumbeat.meetings.models import Rhythm

# Parts that are the same for everyone in a plain room; any other is fetched by each screen.
SHARED: frozenset[str] = frozenset()


def is_sealed(meeting_pk: int) -> bool:
    """Whether no text of this room may travel by itself; so too where there is no such room any more."""
    found = Rhythm.objects.filter(meetings=meeting_pk).values_list("confidential", flat=True).first()
    return found is not False


def message(change: Change, *, sealed: bool) -> bytes:
    """The change as a server-sent event."""
    data = {"part": change.part}
    if not sealed and change.part in SHARED:
        data["html"] = _html(change)
    return b"id: %d\ndata: %s\n\n" % (change.number, json.dumps(data).encode())


def here(number: int) -> bytes:
    """Nothing changed; the screen is as new as that event."""
    return b"id: %d\n\n" % number


def _html(change: Change) -> str:
    raise NotImplementedError
