"""Finding people: by what somebody wrote, and by who leads them."""

from datetime import date

from django.db.models import Exists, OuterRef

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.people.models import Person, PersonQuerySet, Reach


class NoSuchPerson(Refused):
    """Nobody has this address, id or name."""


class SeveralPeople(Refused):
    """A name that several people have."""


def find_person(text: str) -> Person:
    """The one person with this e-mail address, external id or exact name, looked for in that order.

    Raises NoSuchPerson or SeveralPeople.
    """
    text = text.strip()
    if "\0" not in text and text:
        for found in (
            Person.objects.filter(email=text.lower()).first(),
            Person.objects.filter(external_id=text).first(),
        ):
            if found is not None:
                return found
        named = list(Person.objects.filter(name_key=name_key(text))[:2])
        if len(named) == 1:
            return named[0]
        if named:
            raise SeveralPeople(
                f"Several people are called “{text[:100]}”; name one by e-mail address or id."
            )
    shown = text.replace("\0", "")[:100]
    raise NoSuchPerson(f"Nobody here is “{shown}”; write an e-mail address, an id, or the exact name.")


def managers_of(leader: Person, day: date) -> PersonQuerySet:
    """Those who report to ``leader`` on the day and lead somebody themselves, by name.

    A manager who has left but whose people were not moved is among them: their figures must be somewhere.
    """
    direct = Reach.objects.on(day).filter(leader_id=leader.pk, depth=1).values("member_id")
    return Person.objects.filter(_leads(day), pk__in=direct)


def reps_below(leader: Person, day: date) -> PersonQuerySet:
    """Everyone below ``leader`` on the day, at any depth, who leads nobody and has not left, by name."""
    return Person.objects.below(leader.pk, day).filter(~_leads(day)).employed_on(day)


def leaders_of(member: Person, day: date) -> list[Person]:
    """Who leads ``member`` on the day, the nearest first."""
    found = Reach.objects.on(day).filter(member_id=member.pk).order_by("depth").select_related("leader")
    return [row.leader for row in found]


def _leads(day: date) -> Exists:
    return Exists(Reach.objects.on(day).filter(leader_id=OuterRef("pk"), depth=1))
