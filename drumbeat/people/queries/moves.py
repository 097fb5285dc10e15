"""What a move would do, in sentences, before it is done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from drumbeat.journal.record import Actor
from drumbeat.people.actions.lines import end_line, move
from drumbeat.people.models import FOR_EVER, Person
from drumbeat.people.reach import lines_of
from drumbeat.people.rules.lines import leading_on
from drumbeat.people.words import spoken


@dataclass(frozen=True)
class Preview:
    """The move in one sentence, and what else there is to know. ``changes`` is False where nothing would."""

    sentence: str
    details: list[str]
    changes: bool


def preview_move(actor: Actor, person: Person, leader: Person | None, day: date, today: date) -> Preview:
    """Say what would change; raises what the move itself would raise, since it is tried and taken back."""
    before = lines_of([person.pk]).get(person.pk, [])
    with transaction.atomic():
        if leader is None:
            end_line(actor=actor, today=today, person=person, day=day)
        else:
            move(actor=actor, today=today, person=person, leader=leader, day=day)
        after = lines_of([person.pk]).get(person.pk, [])
        transaction.set_rollback(True)
    to = f"reports to {leader}" if leader else "reports to nobody"
    if set(before) == set(after):
        return Preview(f"On {spoken(day)} {person} {to} already.", [], False)
    names = dict(Person.objects.filter(pk__in={line.leader for line in before}).values_list("pk", "name"))
    details = []
    old = leading_on(before, day)
    if old is not None:
        if old.starts_on < day:
            details.append(
                f"Until {spoken(day - timedelta(days=1))} {person} reports to {names[old.leader]}."
            )
        else:
            details.append(f"This takes the place of {names[old.leader]} from the same day.")
    following = min(
        (line for line in before if line.starts_on > day), key=lambda one: one.starts_on, default=None
    )
    if following is not None:
        details.append(f"From {spoken(following.starts_on)} it is {names[following.leader]}, as planned.")
    elif old is not None and old.ends_on != FOR_EVER:
        details.append(f"From {spoken(old.ends_on)} it is nobody, as planned.")
    below = Person.objects.below(person.pk, max(day, today)).count()
    if below:
        words = "1 person" if below == 1 else f"{below} people"
        details.append(f"{words} below {person} {'moves' if below == 1 else 'move'} along.")
    details.append("Results stay with whoever led on their day.")
    return Preview(f"From {spoken(day)} {person} {to}.", details, True)
