"""Rhythms planned ahead, one or all of them."""

from datetime import date, datetime

from django.utils import timezone

from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.planned import Done, plan


@action("rhythm.plan")
def plan_ahead(*, actor: Actor, today: date, rhythm: Rhythm, now: datetime | None = None) -> Done:
    """Plan a rhythm's coming quarter, after something that it depends on has changed."""
    done = plan([Rhythm.objects.get(pk=rhythm.pk)], today=today, now=now or timezone.now())
    if done:
        note(rhythm)
    else:
        unchanged()
    return done


@action("rhythm.plan")
def plan_all(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    of: list[int] | None = None,
    rhythms: list[int] | None = None,
) -> Done:
    """Plan active rhythms, with one line for all: every one, those named by id, or those with one of the
    persons ``of`` (ids) in them."""
    found = Rhythm.objects.filter(state=Rhythm.ACTIVE)
    if rhythms is not None:
        found = found.filter(pk__in=rhythms)
    if of is not None:
        mine = Rhythm.people.through.objects.filter(person__in=of).values("rhythm")
        found = found.filter(chair__in=of) | found.filter(pk__in=mine)
    done = plan(found.order_by("pk"), today=today, now=now)
    if done:
        note(None, kind="rhythm", name="", made=done.made, changed=done.changed, gone=done.gone)
    else:
        unchanged()
    return done
