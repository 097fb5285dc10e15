"""Days on which somebody is away."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.models import Leave, Person
from drumbeat.people.words import spoken


class EndsBeforeStart(Refused):
    """A leave whose last day lies before its first."""


class AwayAlready(Refused):
    """Two leaves of one person on one day."""


@action("leave.add")
def add_leave(*, actor: Actor, today: date, person: Person, starts_on: date, ends_on: date) -> Leave:
    """Keep that the person is away, both days included; raises EndsBeforeStart or AwayAlready."""
    if ends_on < starts_on:
        raise EndsBeforeStart(
            f"The last day away, {spoken(ends_on)}, lies before the first, {spoken(starts_on)}; mend one."
        )
    other = Leave.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other is not None:
        raise AwayAlready(
            f"{person} is already away from {spoken(other.starts_on)} to {spoken(other.ends_on)}; "
            "remove that first."
        )
    leave = Leave.objects.create(person=person, starts_on=starts_on, ends_on=ends_on)
    note(person, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    return leave


@action("leave.remove")
def remove_leave(*, actor: Actor, today: date, leave: Leave) -> None:
    """Forget a leave."""
    note(leave.person, starts_on=leave.starts_on.isoformat(), ends_on=leave.ends_on.isoformat())
    leave.delete()
