"""Taking an import of people back."""

from datetime import date
from typing import Any

from django.db.models import ForeignObjectRel, Q

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.people_rows import KEPT
from drumbeat.exchange.models import FileAtWork, Import, Undo
from drumbeat.people.models import Person, Reach, ReportingLine
from drumbeat.people.reach import hold, lines_of, put_lines
from drumbeat.people.rules.closure import Line
from drumbeat.plan.models import OwnerMonth

DAYS = ("started_on", "left_on")
# What goes with a person, or only remembers who brought something in.
GO_WITH = {ReportingLine, Reach, OwnerMonth, Import, FileAtWork}


class AlreadyAtWork(Refused):
    """Somebody whom the import made is in use by now."""


def take_people_back(of: Import) -> None:
    """Remove the persons whom the import made, and give the others back their facts and lines.

    Within the caller's transaction. Raises AlreadyAtWork where somebody who would go signs in or has deals.
    """
    hold()
    runs = of.made.get("people", [])
    made = Q(pk__in=[])
    for first, last in runs:
        made |= Q(pk__range=(first, last))
    gone = list(Person.objects.filter(made).values_list("pk", flat=True))
    _refuse_when_used(runs)
    wanted: dict[int, list[Line]] = {pk: [] for pk in gone}
    for row_id, before in Undo.objects.filter(of=of, table="lines").values_list("row_id", "before"):
        wanted[row_id] = [
            Line(row_id, leader, date.fromisoformat(first), date.fromisoformat(end))
            for leader, first, end in before
        ]
    put_lines(wanted)
    assert not lines_of(gone)
    _give_back(of)
    Person.objects.filter(made).delete()


def _give_back(of: Import) -> None:
    rows = Undo.objects.filter(of=of, table="people").values_list("row_id", "before")
    Person.objects.bulk_update(
        [Person(pk=pk, **_values(before), name_key=name_key(before["name"])) for pk, before in rows],
        [*KEPT, "name_key"],
        batch_size=500,
    )


def _values(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value for name, value in before.items()
    }


def _refuse_when_used(runs: list[list[int]]) -> None:
    """Somebody who signs in, owns deals, or has a calendar or a role does not vanish."""
    for relation in Person._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not isinstance(relation, ForeignObjectRel) or not isinstance(model, type) or model in GO_WITH:
            continue
        name = relation.field.name
        for first, last in runs:
            row = model._base_manager.filter(**{f"{name}__pk__range": (first, last)}).first()
            if row is not None:
                raise AlreadyAtWork(
                    f"{getattr(row, name)} is in use already ({model._meta.verbose_name}), so the import of"
                    " people can no longer be taken back; change single people on their pages."
                )
