"""Imports of people: persons and dated reporting lines, read into memory, checked, then written at once."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count, groupby
from pathlib import Path
from typing import Any

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.exchange.imports.people_lines import Wanted
from drumbeat.exchange.imports.people_rows import (
    KEPT,
    Everybody,
    Known,
    Row,
    facts_of,
    made_leader,
    merged,
)
from drumbeat.exchange.imports.rejects import Rejects
from drumbeat.exchange.imports.result import Counts, Example
from drumbeat.exchange.imports.words import counted, some
from drumbeat.exchange.models import Import, Undo
from drumbeat.files.assign import Assigned
from drumbeat.files.typed import Chunk, typed_chunks
from drumbeat.people.facts import Facts
from drumbeat.people.models import Person, User
from drumbeat.people.reach import hold, lines_of, put_lines

BATCH = 500


class StagedPeople:
    """People read and checked against those who are kept; ``land`` writes what is new or changed."""

    def __init__(
        self,
        assigned: Sequence[Assigned],
        files: Sequence[Path],
        today: date,
        progress: Callable[[int], None],
    ) -> None:
        self.rejects = Rejects()
        self.warnings: list[str] = []
        self.made: dict[str, list[list[int]]] = {}
        self.rows_read: list[int | None] = [None for _ in files]
        self.counts = Counts()
        self._everybody = Everybody()
        self._first: dict[int, Row] = {}
        self._rows: list[Row] = []
        self._leaders: list[Known] = []
        self._unknown_words: dict[str, int] = {}
        self._repeated = 0
        self._signing_in = set(User.objects.values_list("person_id", flat=True))
        self._kept_addresses: list[str] = []
        for each in assigned:
            sheet = self.rejects.sheet(each)
            for chunk in typed_chunks(each):
                self._read(sheet, chunk)
                progress(self.counts.read)
        self._wanted = Wanted(today)
        self._resolve_leaders()
        self._count()
        self._warn()

    @property
    def tables(self) -> dict[str, Counts]:
        return {"people": self.counts}

    @property
    def changes_something(self) -> bool:
        return bool(self.counts.created or self.counts.updated)

    def examples(self) -> list[Example]:
        """A few people who would come, and a few who would change."""
        found = [Example("people", "created", known.facts.name) for known in self._fresh()[:3]]
        for known in self._changed_people()[:3]:
            found.append(Example("people", "updated", known.facts.name, self._changes(known)))
        return found

    def land(self, made: Import, today: date) -> None:
        """Write persons, lines and what was before, within the caller's transaction."""
        hold()
        before = lines_of([pk for pk in self._wanted.changed if pk > 0])
        ids = self._create()
        self._update(made)
        lines = self._wanted.written({**ids, **{pk: pk for pk in self._everybody.people if pk > 0}})
        Undo.objects.bulk_create(
            (
                Undo(
                    of=made,
                    table="lines",
                    row_id=pk,
                    before=[
                        [line.leader, line.starts_on.isoformat(), line.ends_on.isoformat()]
                        for line in before.get(pk, [])
                    ],
                )
                for pk in sorted(self._wanted.changed)
                if pk > 0
            ),
            batch_size=BATCH,
        )
        put_lines(lines)
        self.made = {"people": _runs(sorted(ids.values()))} if ids else {}

    def _read(self, sheet: int, chunk: Chunk) -> None:
        rejected = self.rejects.add_all(sheet, chunk.rejects)
        self.counts.read += rejected + len(chunk.lines)
        self.counts.rejected += rejected
        self.warnings += chunk.warnings
        names = list(chunk.columns)
        for line, *values in zip(chunk.lines, *chunk.columns.values(), strict=True):
            self._take(sheet, line, dict(zip(names, values, strict=True)))

    def _take(self, sheet: int, line: int, values: dict[str, Any]) -> None:
        try:
            facts = facts_of(values, self._unknown_words)
        except Refused as fault:
            self._reject(sheet, line, str(fault))
            return
        left_on = values.get("left_on")
        told = [name for name in KEPT if values.get(name)]
        found = self._everybody.meant_by(facts)
        if isinstance(found, str):
            self._reject(sheet, line, found)
            return
        row = Row(
            sheet,
            line,
            found or self._everybody.make(facts, left_on),
            values.get("manager"),
            values.get("line_from"),
            facts,
            left_on,
        )
        first = self._first.get(row.person.pk)
        if first is not None:
            self._again(first, row)
            return
        if found is not None:
            self._tell(found, facts, left_on, told)
        self._first[row.person.pk] = row
        self._rows.append(row)

    def _tell(self, known: Known, facts: Facts, left_on: date | None, told: Sequence[str]) -> None:
        known.before = Known(known.pk, known.facts, known.left_on)
        if known.pk in self._signing_in and "email" in told and facts.email != known.facts.email:
            self._kept_addresses.append(known.facts.name)
            told = [name for name in told if name != "email"]
        known.facts, known.left_on = merged(known, facts, left_on, told)
        self._everybody.index(known)

    def _again(self, first: Row, row: Row) -> None:
        """A person's further row: the same once more, one more dated line, or other values."""
        if (row.facts, row.left_on) == (first.facts, first.left_on):
            own = [known for known in self._rows if known.person is first.person] if first.again else [first]
            if any((row.leader, row.line_from) == (known.leader, known.line_from) for known in own):
                self._repeated += 1
                self.counts.read -= 1
                return
            if row.line_from and all(known.line_from and known.line_from != row.line_from for known in own):
                first.again = row.again = True
                self._rows.append(row)
                return
        self._reject(
            row.sheet, row.line, f"{row.facts.name} stands in line {first.line} already with other values."
        )

    def _resolve_leaders(self) -> None:
        """Who each row names as leader, in the order of the file; whom nobody knows is made."""
        for row in self._rows:
            if not row.leader:
                continue
            leader = self._everybody.leader(row.leader)
            if leader is None:
                facts = made_leader(row.leader)
                if isinstance(facts, str):
                    row.reason = facts
                    continue
                leader = self._everybody.make(facts)
                self._leaders.append(leader)
            if isinstance(leader, str):
                row.reason = leader
            elif leader is row.person:
                row.reason = f"{row.facts.name} cannot report to themselves."
            else:
                self._wanted.ask(row, leader)
        self._wanted.settle(lambda pk: self._everybody.people[pk].facts.name)
        self._leave_out([row for row in self._rows if row.reason])

    def _leave_out(self, rows: Sequence[Row]) -> None:
        """Take back what the rows told; a new person whom others name as leader stays, as a leader made."""
        gone = {id(row.person): row.person for row in rows}
        for row in rows:
            self._reject(row.sheet, row.line, row.reason)
        self._rows = [row for row in self._rows if not row.reason]
        still = {id(row.person) for row in self._rows}
        leaders = self._wanted.leaders()
        for known in gone.values():
            if id(known) in still:
                continue
            if known.before is not None:
                known.facts, known.left_on = known.before.facts, known.before.left_on
            elif known.pk < 0 and known.pk in leaders:
                known.facts = Facts(
                    name=known.facts.name, email=known.facts.email, external_id=known.facts.external_id
                )
                self._leaders.append(known)
            elif known.pk < 0:
                self._everybody.forget(known)
        unnamed = [known for known in self._leaders if known.pk not in leaders]
        for known in unnamed:
            self._everybody.forget(known)
        self._leaders = [known for known in self._leaders if known.pk in leaders]

    def _reject(self, sheet: int, line: int, reason: str) -> None:
        self.rejects.add(sheet, line, reason)
        self.counts.rejected += 1

    def _count(self) -> None:
        self.counts.created = len(self._fresh())
        self.counts.updated = len(self._changed_people())
        self.counts.unchanged = (
            self.counts.read
            - self.counts.rejected
            - self.counts.updated
            - self.counts.created
            + len(self._leaders)
        )

    def _fresh(self) -> list[Known]:
        return [known for known in self._everybody.people.values() if known.pk < 0]

    def _changed_people(self) -> list[Known]:
        return [
            known
            for known in self._everybody.people.values()
            if known.pk > 0 and (known.changed or known.pk in self._wanted.changed)
        ]

    def _changes(self, known: Known) -> list[tuple[str, str, str]]:
        found = []
        if known.before is not None:
            now, then = (
                vars(known.facts) | {"left_on": known.left_on},
                vars(known.before.facts) | {"left_on": known.before.left_on},
            )
            found = [
                (name, _written(then[name]), _written(now[name])) for name in KEPT if now[name] != then[name]
            ]
        leader = self._wanted.leader_asked(known.pk)
        if leader is not None:
            before = self._wanted.leader_before(known.pk)
            people = self._everybody.people
            found.append(("manager", people[before].facts.name if before else "", people[leader].facts.name))
        return found

    def _create(self) -> dict[int, int]:
        fresh = self._fresh()
        made = Person.objects.bulk_create(
            (
                Person(**vars(known.facts), name_key=name_key(known.facts.name), left_on=known.left_on)
                for known in fresh
            ),
            batch_size=BATCH,
        )
        return {known.pk: person.pk for known, person in zip(fresh, made, strict=True)}

    def _update(self, made: Import) -> None:
        changed = [known for known in self._everybody.people.values() if known.pk > 0 and known.changed]
        befores = [(known.pk, known.before) for known in changed if known.before is not None]
        Undo.objects.bulk_create(
            (
                Undo(of=made, table="people", row_id=pk, before=_plain(before.facts, before.left_on))
                for pk, before in befores
            ),
            batch_size=BATCH,
        )
        Person.objects.bulk_update(
            [
                Person(
                    pk=known.pk,
                    **vars(known.facts),
                    name_key=name_key(known.facts.name),
                    left_on=known.left_on,
                )
                for known in changed
            ],
            [*KEPT, "name_key"],
            batch_size=BATCH,
        )

    def _warn(self) -> None:
        if self._leaders:
            were = counted(len(self._leaders), "leader without a row was", "leaders without a row were")
            self.warnings.append(f"{were} made: {some(known.facts.name for known in self._leaders)}.")
        for what, rows in self._unknown_words.items():
            self.warnings.append(
                f"The {what} is not known and was left out in {counted(rows, 'row', 'rows')}."
            )
        if self._repeated:
            rows_stand = counted(self._repeated, "row stands", "rows stand")
            self.warnings.append(f"{rows_stand} in people more than once and counted once.")
        for name in self._kept_addresses[:5]:
            self.warnings.append(
                f"{name} signs in with another address than the file has; change it on the person's page."
            )


def _plain(facts: Facts, left_on: date | None) -> dict[str, Any]:
    values = vars(facts) | {"left_on": left_on}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _runs(ids: Sequence[int]) -> list[list[int]]:
    """Ids as first and last of each unbroken run."""
    counter = count()
    return [
        [run[0], run[-1]] for run in (list(group) for _, group in groupby(ids, lambda pk: pk - next(counter)))
    ]
