"""``export_me``: the file of everything that is kept about one person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from drumbeat.exchange.export import beat, company
from drumbeat.exchange.export.part import Part
from drumbeat.exchange.export.sources import LEFT_OUT
from drumbeat.journal.openings import opened
from drumbeat.journal.record import Actor, action, note
from drumbeat.people.models import Person


@dataclass(frozen=True)
class Export:
    """Everything kept about a person on a day, part by part; ``left_out`` says what is not, and why."""

    person: Person
    day: date
    parts: list[Part]
    left_out: list[str]
    access_request: bool

    def as_json(self) -> dict[str, Any]:
        """The same as one document: the rows of each part under its key."""
        return {
            "person": self.person.name,
            "day": self.day.isoformat(),
            "access_request": self.access_request,
            "parts": {one.key: one.rows for one in self.parts},
            "left_out": self.left_out,
        }


@action("export.me")
def export_me(*, actor: Actor, today: date, person: Person, access_request: bool = False) -> Export:
    """Gather what is kept about the person; an access request adds what leaders prepared in private.

    The file is the person's: the confidential texts of others in it count as opened by the person, and
    their authors see that.
    """
    parts = [*company.parts(person), *beat.parts(person)]
    if access_request:
        parts += beat.prepared_by_others(person)
    opened(person, [thing for part in parts for thing in part.shows], today=today)
    note(person, access_request=access_request)
    reasons = list(dict.fromkeys(LEFT_OUT.values()))
    return Export(person, today, parts, reasons, access_request)
