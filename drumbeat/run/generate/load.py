"""The order in which a made company is brought into an instance, so that real history arises.

Each step is one import, as of a day: first how the people stood when the deals begin, then what the exports
of eight, four and one weeks ago held, then today's. ``steps`` only writes files and names them; who brings
them in is the caller's matter.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from drumbeat.run.generate.company import Company, write_tables
from drumbeat.run.generate.history import SNAPSHOT_WEEKS

# Above this many opportunities only today's state is brought in: four exports would take four times as long.
HISTORY_UP_TO = 100_000
_KINDS = (
    ("people", ("people",)),
    ("crm", ("accounts", "products", "opportunities", "bookings")),
    ("targets", ("targets",)),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One import: ``kind`` people, crm or targets, ``day`` what counts as today, a file per table."""

    kind: str
    day: date
    files: tuple[Path, ...]


def steps(made: Company, folder: Path, *, history: bool | None = None) -> Iterator[Step]:
    """Write and yield one step after the other, the oldest first.

    A step's files are gone once the next one is asked for. ``history`` says whether earlier exports come
    before today's; by default up to HISTORY_UP_TO opportunities.
    """
    today = made.frame.today
    earlier = made.frame.opportunities <= HISTORY_UP_TO if history is None else history
    yield from _step(made, folder, "people", made.frame.first)
    if earlier:
        for weeks in SNAPSHOT_WEEKS:
            for kind in ("people", "crm"):
                yield from _step(made, folder, kind, today - timedelta(weeks=weeks))
    for kind, _ in _KINDS:
        yield from _step(made, folder, kind, today)


def _step(made: Company, folder: Path, kind: str, day: date) -> Iterator[Step]:
    place = folder / f"{day.isoformat()}-{kind}"
    yield Step(kind, day, write_tables(made, place, dict(_KINDS)[kind], day))
    shutil.rmtree(place, ignore_errors=True)
