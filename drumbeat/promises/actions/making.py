from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from drumbeat.core.days import is_working_day
from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.lines import LONGEST, NothingOwed, NotOneLine, read_line


class HasLeft(Refused):
    """A promise of or to somebody who is no longer there."""


@action("promise.add")
def make_promise(
    *,
    actor: Person,
    today: date,
    owner: Person,
    asked_by: Person,
    text: str,
    due: date,
    confidential: bool,
) -> Promise:
    """What ``owner`` owes ``asked_by`` by ``due``. Raises NothingOwed, NotOneLine, HasLeft."""
    return _made(actor, today, owner, asked_by, text, due, confidential)


@action("promise.add")
def promise_by_line(
    *,
    actor: Person,
    today: date,
    line: str,
    people: Sequence[Person],
    confidential: bool,
    asked_by: Person | None = None,
    now: datetime | None = None,
) -> Promise:
    """What the line says (see ``rules.lines``); ``people`` are those whom it may name.

    The @name owes it, else the actor. Who asked: ``asked_by``, else whom the line names by ``for @Ana``, else
    the actor; where the actor owes it and ``people`` holds exactly one other person, that one. With ``now``
    the day is read in the owner's zone. The promise carries ``said``, the due day as a sentence.
    Raises HasLeft and the refusals of ``read_line``.
    """
    known = {one.pk: one for one in [*people, actor]}
    read = read_line(
        line,
        {pk: one.name for pk, one in known.items()},
        today,
        working=lambda pk, day: is_working_day(day, known[pk].country, known[pk].region),
        me=actor.pk,
        today_of=(lambda pk: _today_of(known[pk], now)) if now else None,
    )
    owner = known[read.owner]
    others = [one for pk, one in known.items() if pk != actor.pk]
    if asked_by is None and read.asked_by is not None:
        asked_by = known[read.asked_by]
    if asked_by is None:
        asked_by = others[0] if owner.pk == actor.pk and len(others) == 1 else actor
    made = _made(actor, today, owner, asked_by, read.text, read.due, confidential)
    made.said = read.said(today)
    return made


def _made(
    actor: Actor, today: date, owner: Person, asked_by: Person, text: str, due: date, confidential: bool
) -> Promise:
    text = " ".join(text.replace("\0", "").split())
    if not text:
        raise NothingOwed("Say what is owed.")
    if len(text) > LONGEST:
        raise NotOneLine(f"A promise is one line of at most {LONGEST} letters; shorten it.")
    for one in (owner, asked_by):
        if one.has_left(today):
            raise HasLeft(f"{one.name} is no longer here; name somebody else.")
    promise = Promise(
        owner=owner, asked_by=asked_by, author_id=actor.pk, made_on=today, due=due, first_due=due
    )
    promise.put(text, confidential=confidential)
    promise.save()
    note(promise)
    return promise


def _today_of(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.time_zone)).date()
