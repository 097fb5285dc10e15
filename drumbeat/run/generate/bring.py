"""Brings a made company into the instance, through the same importer as every other file."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.run import bring_in
from drumbeat.journal.record import SYSTEM
from drumbeat.people.actions.leaves import add_leave
from drumbeat.people.models import Leave, Person
from drumbeat.run.generate.company import Company
from drumbeat.run.generate.load import steps

Counts = dict[str, dict[str, int]]


class OtherPeople(Refused):
    """The instance holds people who are not of the made company."""


def bring(
    made: Company,
    data_dir: Path,
    *,
    source: str = "demonstration",
    history: bool | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Counts:
    """Bring the company in step by step (load.py) and give the counts of today's imports by table.

    Raises OtherPeople before anything is read where the instance holds anybody else. Where it holds this same
    company, from an earlier call, only today's files are brought in again. The calendar and roles are the
    caller's matter.
    """
    today = made.frame.today
    begun = _refuse_others(made)
    counts: Counts = {}
    with tempfile.TemporaryDirectory(prefix="made-company-") as folder:
        for step in steps(made, Path(folder), history=False if begun else history):
            if begun and step.day < today:
                continue
            tell(f"{step.kind} as of {step.day.isoformat()}")
            result = bring_in(
                step.kind, step.files, actor=SYSTEM, today=step.day, source=source, data_dir=data_dir
            )
            if step.day == today:
                counts |= {name: table.as_json() for name, table in result.tables.items()}
    _add_leaves(made, today)
    return counts


def _refuse_others(made: Company) -> bool:
    """Whether the instance holds some of the made company already."""
    ours = {person.email for person in made.tree.everybody()}
    other = next(
        (name for name, email in Person.objects.values_list("name", "email").iterator() if email not in ours),
        None,
    )
    if other is not None:
        raise OtherPeople(
            f"This data directory holds other people ({other} for one), and a made company would mix with "
            "them; give an empty one with --data-dir."
        )
    return Person.objects.exists()


def _add_leaves(made: Company, today: date) -> None:
    for leave in made.leaves:
        person = Person.objects.get(email=leave.email)
        if not Leave.objects.filter(person=person, starts_on=leave.first).exists():
            add_leave(actor=SYSTEM, today=today, person=person, starts_on=leave.first, ends_on=leave.last)
