"""The reporting lines that an import of people asks for: cycles left out, row by row."""

from collections.abc import Callable, Mapping
from datetime import date

from drumbeat.exchange.imports.people_rows import Known, Row
from drumbeat.people.models import FOR_EVER, SINCE_EVER
from drumbeat.people.reach import all_lines
from drumbeat.people.rules.closure import Line, closes_a_cycle
from drumbeat.people.rules.lines import leading_on, moved


class Wanted:
    """Lines by member, before and after. Somebody new has a negative number until written."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._before = all_lines()
        self._asked: list[tuple[Row, int]] = []
        self._after: dict[int, list[Line]] = {}

    @property
    def changed(self) -> set[int]:
        """Whose lines become others."""
        return set(self._after)

    def ask(self, row: Row, leader: Known) -> None:
        """A row names a leader."""
        self._asked.append((row, leader.pk))

    def settle(self, name: Callable[[int], str]) -> None:
        """Decide which rows can be had together, in the order of the file; the others get their reason.

        All lines that change are taken out first, so that two people can change places in one file. A row
        left out brings its member's old lines back, which may close a cycle with a row taken before: then
        that one is looked at again.
        """
        while True:
            after = self._lines_asked()
            lines = {pk: own for pk, own in self._before.items() if pk not in after}
            refused = False
            for row, leader in self._standing():
                pk = row.person.pk
                if pk not in after or pk in lines:
                    continue
                if any(closes_a_cycle(line, lines) for line in after[pk]):
                    row.reason = (
                        f"{name(pk)} cannot report to {name(leader)}, who is or will be below {name(pk)}."
                    )
                    refused = True
                    break
                lines[pk] = after[pk]
            if not refused:
                self._after = after
                return

    def leaders(self) -> set[int]:
        """Everyone whom a row that is taken names as leader."""
        return {leader for _, leader in self._standing()}

    def leader_asked(self, member: int) -> int | None:
        """Whom the file names as the leader of a member whose lines change."""
        return next(
            (leader for row, leader in self._standing() if row.person.pk == member and member in self._after),
            None,
        )

    def leader_before(self, member: int) -> int | None:
        """Who led the member on the day of the import."""
        line = leading_on(self._before.get(member, ()), self._today)
        return line.leader if line else None

    def written(self, ids: Mapping[int, int]) -> dict[int, list[Line]]:
        """The lines under the ids that everybody has by now."""
        return {
            ids[pk]: [Line(ids[pk], ids[line.leader], line.starts_on, line.ends_on) for line in own]
            for pk, own in self._after.items()
        }

    def _standing(self) -> list[tuple[Row, int]]:
        return [(row, leader) for row, leader in self._asked if not row.reason]

    def _lines_asked(self) -> dict[int, list[Line]]:
        after: dict[int, list[Line]] = {}
        for row, leader in self._standing():
            pk = row.person.pk
            before = self._before.get(pk, [])
            after[pk] = self._moved(after.get(pk, before), pk, leader, row.line_from)
        return {pk: own for pk, own in after.items() if set(own) != set(self._before.get(pk, ()))}

    def _moved(self, own: list[Line], member: int, leader: int, line_from: date | None) -> list[Line]:
        """Without a date: since ever where nobody led, else from the day of the import on."""
        if line_from:
            return moved(own, member, leader, line_from, FOR_EVER)
        if not own:
            return [Line(member, leader, SINCE_EVER, FOR_EVER)]
        now = leading_on(own, self._today)
        if now and now.leader == leader:
            return own
        return moved(own, member, leader, self._today, FOR_EVER)
