"""Who is at which event."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from drumbeat.calendars.circles import Team, team_of
from drumbeat.calendars.models import EventPerson
from drumbeat.calendars.rules.matching import Present


def present_at(events: Sequence[int], owner_id: int, day: date) -> dict[int, tuple[Present, ...]]:
    """The known people at each event, with the owner's direct report they work for on the day. Three
    queries.
    """
    rows = EventPerson.objects.filter(event_id__in=events)
    return group(
        rows.values_list("event_id", "person_id", "person__name", "response"), team_of(owner_id, day)
    )


def group(rows: Iterable[tuple[int, int, str, str]], team: Team) -> dict[int, tuple[Present, ...]]:
    """Rows of event, person, name and response by event."""
    found: defaultdict[int, list[Present]] = defaultdict(list)
    known: dict[tuple[int, str], Present] = {}
    for event, person, name, response in rows:
        present = known.get((person, response))
        if present is None:
            key = str(person)
            present = known[person, response] = Present(key, name, team.report_of.get(key), response)
        found[event].append(present)
    return {event: tuple(people) for event, people in found.items()}
