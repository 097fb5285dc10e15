"""What a leader does with a thing that speaks."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import action, note, unchanged
from drumbeat.people.models import Person
from drumbeat.signals.models import PutOff


class NoSuchWord(Refused):
    """Neither "not useful" nor "not now"."""


@action("thing.put_off")
def put_off(*, actor: Person, today: date, key: str, about: Person | None, word: str) -> PutOff:
    """Put a thing off for 14 days; said twice on a day, it is said once."""
    if word not in dict(PutOff.WORDS):
        raise NoSuchWord("A thing is put off as “not useful” or as “not now”; choose one of the two.")
    said, new = PutOff.objects.get_or_create(
        person=actor, key=key[:40], about=about, day=today, defaults={"word": word}
    )
    if new:
        note(about, kind="thing", name=key[:40], word=word)
    else:
        unchanged()
    return said


@action("thing.bring_back")
def bring_back(*, actor: Person, today: date, said: PutOff) -> None:
    """Take back that a thing was put off."""
    note(said.about, kind="thing", name=said.key)
    said.delete()
