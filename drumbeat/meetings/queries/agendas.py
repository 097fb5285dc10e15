"""Which agenda a meeting, a rhythm or a template has at a moment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.models import Agenda, Meeting, Rhythm
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES, Body, from_library, read


def agenda_of(meeting: Meeting) -> Body:
    """The agenda of a meeting: what was newest when it began, so a later change never touches it. One query
    (two where the meeting's rhythm was not selected with it).
    """
    begins = min(meeting.started_at or meeting.starts_at, meeting.starts_at)
    return agenda_of_rhythm(meeting.rhythm, begins)


def agenda_of_rhythm(rhythm: Rhythm, now: datetime) -> Body:
    """The agenda that a meeting of the rhythm has which begins ``now``: its own, else the company's, else the
    library's. One query."""
    return _newest(rhythm.template, Q(rhythm=None) | Q(rhythm=rhythm.pk), now)


def agenda_of_template(template: str, now: datetime) -> Body:
    """The company's agenda of a template, else the library's. One query; KeyError for an unknown id."""
    return _newest(template, Q(rhythm=None), now)


def library_body(template: str) -> Body:
    """The template as the library has it. KeyError for an unknown id."""
    return from_library(meeting_templates()[template])


@dataclass(frozen=True)
class Version:
    """One version as a page lists it; number 0 is what stood there before the first."""

    number: int
    made_at: datetime | None
    by: str
    current: bool


@dataclass(frozen=True)
class Kept:
    """An agenda with its versions, newest first, and every item key that any of them ever had."""

    body: Body
    number: int
    versions: tuple[Version, ...]
    taken: frozenset[str]
    bodies: tuple[Body, ...]

    def as_of(self, number: str) -> Body | None:
        """The body of a version by its number as an address has it; None for one that never was."""
        known = {
            str(one.number): body for one, body in zip(reversed(self.versions), self.bodies, strict=True)
        }
        return known.get(number)


@dataclass(frozen=True)
class Shelf:
    """One template in the list: its agenda now, and how often the company changed it."""

    id: str
    body: Body
    changed: int
    repeats: bool


def shelf(now: datetime) -> list[Shelf]:
    """All templates as they are now. One query."""
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    company = Agenda.objects.filter(rhythm=None, made_at__lte=now).order_by("made_at", "number")
    for template, body in company.values_list("template", "body"):
        rows[template].append(body)
    found = []
    for key in meeting_templates():
        bodies = rows[key]
        body = read(bodies[-1]) if bodies else library_body(key)
        found.append(Shelf(key, body, len(bodies), key in RHYTHM_TEMPLATES))
    return found


def kept(template: str, rhythm: Rhythm | None, now: datetime) -> Kept:
    """An agenda with all of its versions: the company's, or a rhythm's own. Two queries at most."""
    own = Agenda.objects.filter(template=template, rhythm=rhythm).select_related("made_by").order_by("number")
    rows = list(own)
    first = library_body(template) if rhythm is None else agenda_of_template(template, now)
    bodies = [first, *(read(row.body) for row in rows)]
    versions = [Version(0, None, "", not rows)]
    versions += [
        Version(row.number, row.made_at, row.made_by.name if row.made_by else "", row is rows[-1])
        for row in rows
    ]
    return Kept(
        body=bodies[-1],
        number=versions[-1].number,
        versions=tuple(reversed(versions)),
        taken=frozenset(item.key for body in bodies for item in body.items),
        bodies=tuple(bodies),
    )


def _newest(template: str, whose: Q, now: datetime) -> Body:
    found = (
        Agenda.objects.filter(whose, template=template, made_at__lte=now)
        .order_by(F("rhythm").asc(nulls_last=True), "-made_at", "-number")
        .values_list("body", flat=True)
        .first()
    )
    return read(found) if found else library_body(template)
