"""Which agenda a meeting, a rhythm or a template has at a moment."""

from datetime import datetime

from django.db.models import F, Q

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.models import Agenda, Meeting, Rhythm
from drumbeat.meetings.rules.agenda import Body, from_library, read


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


def _newest(template: str, whose: Q, now: datetime) -> Body:
    found = (
        Agenda.objects.filter(whose, template=template, made_at__lte=now)
        .order_by(F("rhythm").asc(nulls_last=True), "-made_at", "-number")
        .values_list("body", flat=True)
        .first()
    )
    return read(found) if found else library_body(template)
