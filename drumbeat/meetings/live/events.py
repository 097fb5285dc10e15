"""The event table, as readers and screens ask it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from django.db.models import Max, Q
from django.utils import timezone

from drumbeat.meetings.models import RoomEvent
from drumbeat.meetings.telling import EVERYTHING

KEPT = timedelta(days=3)
# A page that has just been loaded may have been drawn so long before its stream opened.
LOADING = timedelta(seconds=60)
# On PostgreSQL a lower id may be committed after a higher one of another meeting; so long we ask for it.
LATE = timedelta(seconds=10)


@dataclass(frozen=True)
class Change:
    """That a part of a room changed; ``number`` is the newest event that says so."""

    number: int
    meeting: int
    part: str


@dataclass
class Position:
    """How far a reader has read. Ids that were skipped are asked for again until they are ``LATE``."""

    last: int
    missing: dict[int, float] = field(default_factory=dict)

    def fresh(self) -> list[Change]:
        """Every event that was not read yet, by id."""
        rows = (
            RoomEvent.objects.filter(Q(pk__gt=self.last) | Q(pk__in=list(self.missing)))
            .order_by("pk")
            .values_list("pk", "meeting_id", "part")
        )
        found = [Change(*row) for row in rows]
        until = monotonic() + LATE.total_seconds()
        for change in found:
            if change.number > self.last:
                skipped = range(max(self.last + 1, change.number - 1000), change.number)
                self.missing.update(dict.fromkeys(skipped, until))
                self.last = change.number
            self.missing.pop(change.number, None)
        now = monotonic()
        self.missing = {number: end for number, end in self.missing.items() if end > now}
        return found


def newest() -> int:
    """The id of the newest event; 0 before the first."""
    return RoomEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def since(meeting_pk: int, seen: int | None) -> list[Change]:
    """What a screen missed that saw event ``seen`` last, or has just been loaded (None): each part once.

    A screen that was away for longer than events are kept is told ``EVERYTHING``.
    """
    events = RoomEvent.objects.filter(meeting_id=meeting_pk)
    if seen is None:
        events = events.filter(at__gte=timezone.now() - LOADING)
    elif seen:
        if not RoomEvent.objects.filter(pk=seen).exists():
            return [Change(newest(), meeting_pk, EVERYTHING)]
        events = events.filter(pk__gt=seen)
    return each_once(Change(*row) for row in events.order_by("pk").values_list("pk", "meeting_id", "part"))


def each_once(changes: Iterable[Change], among: Collection[int] | None = None) -> list[Change]:
    """Of each part the newest change, in order; ``among`` keeps the changes of these meetings alone."""
    found: dict[tuple[int, str], Change] = {}
    for change in changes:
        if among is None or change.meeting in among:
            found.pop((change.meeting, change.part), None)
            found[change.meeting, change.part] = change
    return list(found.values())


def sweep() -> None:
    """Old events go; the newest stays, so that screens know where they are."""
    RoomEvent.objects.filter(at__lt=timezone.now() - KEPT, pk__lt=newest()).delete()
