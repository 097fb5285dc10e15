"""Thanks: one person, one thing, said once."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.models import Person
from drumbeat.recognition.models import Thanks

LONGEST = 2000


class CannotThank(Refused):
    """Thanks without words, to oneself, or longer than anyone reads."""


@action("thanks.give")
def thank(*, actor: Actor, today: date, receiver: Person, text: str, confidential: bool) -> Thanks:
    """Thank somebody for one thing; sealed where it is said in a confidential room. Raises CannotThank."""
    text = text.replace("\0", "").strip()
    if not text:
        raise CannotThank(f"Say in a few words what you thank {receiver.name} for.")
    if len(text) > LONGEST:
        raise CannotThank("That is longer than anyone reads; two sentences are enough.")
    if receiver.pk == actor.pk:
        raise CannotThank("Thank somebody else; the mirror is not in the room.")
    made = Thanks(giver_id=actor.pk, receiver=receiver, given_on=today)
    made.put(text, confidential=confidential).save()
    note(made)
    return made
