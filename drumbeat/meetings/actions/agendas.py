"""Another version of an agenda: the company's by an administrator, a rhythm's by its chair.

A version is never changed once written, and a meeting has the newest one made before it began: so coming
meetings change and held ones do not. Going back is one more version with the earlier one's words.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Agenda, Meeting, Rhythm, Seat
from drumbeat.meetings.queries.agendas import agenda_of_rhythm, agenda_of_template
from drumbeat.meetings.rules.agenda import Body
from drumbeat.meetings.rules.prework import due_at


class ChangedMeanwhile(Refused):
    """Somebody else wrote a version in between."""


@action("template.change")
def change_template(
    *, actor: Actor, today: date, now: datetime, template: str, body: Body, based_on: int | None = None
) -> Agenda | None:
    """Write the company's next version of a template; None where nothing is new.

    ``based_on`` is the number of the version that was on the screen (0: the library's). Rhythms with an
    agenda of their own keep theirs. Raises ChangedMeanwhile.
    """
    if not _is_new(body, agenda_of_template(template, now), template, None, based_on):
        return None
    made = _write(template, None, body, now, actor)
    rhythms = Rhythm.objects.filter(template=template, agendas=None).exclude(state=Rhythm.ENDED)
    _due_again(list(rhythms.select_related("chair")), body, now)
    note(made, name=body.name, kind="template", template=template, number=made.number)
    return made


@action("rhythm.agenda")
def change_agenda(
    *, actor: Actor, today: date, now: datetime, rhythm: Rhythm, body: Body, based_on: int | None = None
) -> Agenda | None:
    """Write the next version of a rhythm's own agenda; None where nothing is new. Raises ChangedMeanwhile."""
    if not _is_new(body, agenda_of_rhythm(rhythm, now), rhythm.template, rhythm, based_on):
        return None
    made = _write(rhythm.template, rhythm, body, now, actor)
    _due_again([rhythm], body, now)
    note(rhythm, number=made.number)
    return made


def _is_new(body: Body, present: Body, template: str, rhythm: Rhythm | None, based_on: int | None) -> bool:
    if based_on is not None and based_on != _last(template, rhythm):
        raise ChangedMeanwhile(
            "Somebody saved another version meanwhile. Yours is still here: compare, then save again."
        )
    if body == present:
        unchanged()
        return False
    return True


def _last(template: str, rhythm: Rhythm | None) -> int:
    found = Agenda.objects.filter(template=template, rhythm=rhythm).aggregate(last=Max("number"))
    return found["last"] or 0


def _write(template: str, rhythm: Rhythm | None, body: Body, now: datetime, actor: Actor) -> Agenda:
    try:
        with transaction.atomic():
            return Agenda.objects.create(
                template=template,
                rhythm=rhythm,
                number=_last(template, rhythm) + 1,
                body=body.as_json(),
                made_at=now,
                made_by_id=actor.pk,
            )
    except IntegrityError as fault:
        raise ChangedMeanwhile("Somebody saved another version this very moment: save again.") from fault


def _due_again(rhythms: list[Rhythm], body: Body, now: datetime) -> None:
    """When pre-work of coming meetings is due, by the new agenda; who is asked for nothing stays so."""
    seats = Seat.objects.filter(
        meeting__rhythm__in=[one.pk for one in rhythms],
        meeting__starts_at__gt=now,
        meeting__state=Meeting.PLANNED,
        prework_due_at__isnull=False,
    )
    by_pk = {one.pk: one for one in rhythms}
    changed = []
    for seat in seats.select_related("meeting").iterator(chunk_size=2000):
        rhythm = by_pk[seat.meeting.rhythm_id]
        place = {"country": rhythm.chair.country, "region": rhythm.chair.region, "zone": rhythm.time_zone}
        due = due_at(seat.meeting.day, body.prework_days, body.prework_at, **place)
        if due != seat.prework_due_at:
            seat.prework_due_at = due
            changed.append(seat)
    Seat.objects.bulk_update(changed, ["prework_due_at"], batch_size=500)
