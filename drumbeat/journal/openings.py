"""Every reading of a confidential text by anyone but its author is kept: one bulk insert a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from drumbeat.journal.models import Opening
from drumbeat.journal.record import Actor


@dataclass(frozen=True)
class Opened:
    """A text that a page showed: what it is (by kind and date), who wrote it, who else it concerns."""

    kind: str
    pk: int
    name: str
    author: int
    about: int | None = None


def opened(viewer: Actor, things: Iterable[Opened], *, today: date) -> None:
    """Keep that the viewer was shown the things' texts; own ones are left out, the second time a day too."""
    at = timezone.now()
    rows = [
        Opening(
            day=today,
            at=at,
            viewer_id=viewer.pk,
            viewer_name=str(viewer.name)[:200],
            object_kind=one.kind,
            object_id=one.pk,
            object_name=one.name[:300],
            author_id=one.author,
            about_id=one.about if one.about not in (viewer.pk, one.author) else None,
        )
        for one in things
        if one.author != viewer.pk
    ]
    if rows:
        Opening.objects.bulk_create(rows, ignore_conflicts=True)
