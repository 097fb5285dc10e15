"""How many promises the people below have, in which state; never a text, and to whom is not said."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from drumbeat.core.names import sort_key
from drumbeat.people.access import visible
from drumbeat.people.models import Person
from drumbeat.people.viewer import Viewer
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.ageing import ACCEPTED, DONE, OPEN, WAITING, Facts, late_days

LATELY = timedelta(days=30)


@dataclass
class TeamRow:
    """One person below: promises to others that are open, those of them late, waiting, done in 30 days."""

    person: Person
    open: int = 0
    late: int = 0
    oldest: int = 0
    waiting: int = 0
    done: int = 0


def team_of(viewer: Viewer) -> list[TeamRow]:
    """Everyone below who promised something to somebody else, by name; two statements, no text is read."""
    today = viewer.today
    counted = Q(state__in=Promise.UNKEPT) | Q(done_on__gt=today - LATELY)
    below = Person.objects.below(viewer.pk, today)
    promises = visible(Promise.objects.filter(counted, owner__in=below.values("pk")), viewer, "promise.state")
    facts = ("state", "due", "done_on", "waiting_since", "waited_days")
    # The condition may reach a promise over several seats, so each is counted once by its id.
    found: dict[int, list[Facts]] = defaultdict(list)
    for _, owner, *values in (
        promises.exclude(owner_id=F("asked_by_id")).values_list("pk", "owner_id", *facts).distinct()
    ):
        found[owner].append(Facts(*values))
    rows = []
    for pk, person in Person.objects.in_bulk(list(found)).items():
        row = TeamRow(person)
        for one in found[pk]:
            _count(row, one, today)
        rows.append(row)
    return sorted(rows, key=lambda row: (sort_key(row.person.name), row.person.pk))


def _count(row: TeamRow, facts: Facts, today: date) -> None:
    row.open += facts.state == OPEN
    row.waiting += facts.state == WAITING
    row.done += facts.state in (DONE, ACCEPTED)
    late = late_days(facts, today)
    if facts.state == OPEN and late > 0:
        row.late += 1
        row.oldest = max(row.oldest, late)
