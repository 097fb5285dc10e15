"""Who leads whom, from which day."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.people.models import FOR_EVER, Person
from drumbeat.people.reach import hold, lines_of, put_lines
from drumbeat.people.rules.lines import ended, leading_on, moved
from drumbeat.people.words import spoken


class LeaderHasLeft(Refused):
    """Somebody who has left leads nobody any more."""


class NobodyLeads(Refused):
    """There is no line to end."""


@action("line.move")
def move(*, actor: Actor, today: date, person: Person, leader: Person, day: date) -> None:
    """Let ``person`` report to ``leader`` from a day on: past, today or to come.

    Whoever led until then did so; what is planned for later stays. Results stay with whoever led on their
    day. Raises Cycle or LeaderHasLeft.
    """
    hold()
    own = lines_of([person.pk]).get(person.pk, [])
    wanted = moved(own, person.pk, leader.pk, day, FOR_EVER)
    fresh = leading_on(wanted, day)
    if leader.has_left(day) or (leader.has_left(today) and fresh and fresh.ends_on > today):
        raise LeaderHasLeft(
            f"{leader} left on {spoken(leader.left_on)} and leads nobody after that; choose somebody else."
        )
    if not put_lines({person.pk: wanted}):
        unchanged()
        return
    before = leading_on(own, day)
    note(person, leader=[before.leader if before else None, leader.pk], to=leader.name, day=day.isoformat())


@action("line.end")
def end_line(*, actor: Actor, today: date, person: Person, day: date) -> None:
    """Let nobody lead ``person`` from a day on; raises NobodyLeads where nobody did."""
    hold()
    own = lines_of([person.pk]).get(person.pk, [])
    before = leading_on(own, day)
    if before is None:
        raise NobodyLeads(f"{person} reports to nobody on {spoken(day)}; there is nothing to end.")
    put_lines({person.pk: ended(own, day)})
    note(person, leader=[before.leader, None], day=day.isoformat())
