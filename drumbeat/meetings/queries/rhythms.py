"""What the pages of rhythms show."""

from dataclasses import dataclass

from drumbeat.meetings.models import Rhythm
from drumbeat.people.models import Person


@dataclass(frozen=True)
class Mine:
    """My rhythms."""

    rhythms: list[Rhythm]


def mine(person: Person) -> Mine:
    """The rhythms that a person chairs or is a member of."""
    found = Rhythm.objects.filter(chair=person) | Rhythm.objects.filter(people=person)
    return Mine(list(found.exclude(state=Rhythm.ENDED).distinct().order_by("name", "pk")))
