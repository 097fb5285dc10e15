"""Who leads whom on a day, from the rows of a people file. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused


class ReportingCycle(Refused):
    """The people file makes somebody his or her own leader."""


@dataclass
class Someone:
    """A person as far as the files know. ``lines``: leader (or None) from a day on; None is since ever."""

    name: str
    external_id: str | None = None
    email: str | None = None
    team: str | None = None
    left_on: date | None = None
    lines: list[tuple[date | None, int | None]] = field(default_factory=list)


class Organisation:
    """The people and their reporting lines; persons are numbered in the order of the files."""

    def __init__(self) -> None:
        self.people: list[Someone] = []
        self._by_id: dict[str, int] = {}
        self._by_email: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._found: dict[str, int | None] = {}
        self.ambiguous: set[str] = set()

    def add_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take the rows of a people file; leaders are matched once all rows are known, unknown ones are
        made.
        """
        led: list[tuple[int, str | None, date | None]] = []
        for row in rows:
            number = self._known(row)
            person = self.people[number]
            person.team = row.get("team") or person.team
            person.left_on = row.get("left_on") or person.left_on
            if row.get("manager") or row.get("line_from"):
                led.append((number, row.get("manager"), row.get("line_from")))
        for number, leader, since in led:
            line = (since, None if leader is None else self.find_or_add(leader))
            if line not in self.people[number].lines:
                self.people[number].lines.append(line)
        for person in self.people:
            person.lines.sort(key=lambda line: line[0] or date.min)
        self._found.clear()

    def find(self, text: str) -> int | None:
        """The person of that external id, e-mail address or exact name; None for nobody and for several."""
        if text in self._found:
            return self._found[text]
        number = self._by_id.get(text)
        if number is None:
            number = self._by_email.get(text.strip().lower())
        if number is None:
            same = self._by_name.get(name_key(text), [])
            if len(same) > 1:
                self.ambiguous.add(text)
            number = same[0] if len(same) == 1 else None
        self._found[text] = number
        return number

    def find_or_add(self, text: str) -> int:
        """The person of that text, made where there is none."""
        number = self.find(text)
        return (
            self._add(Someone(text.strip(), email=text if "@" in text else None))
            if number is None
            else number
        )

    def label(self, number: int) -> str:
        """The person's name, with what tells it from another of the same name."""
        person = self.people[number]
        if len(self._by_name[name_key(person.name)]) == 1:
            return person.name
        return f"{person.name} ({person.external_id or person.email or number + 1})"

    def leader_on(self, number: int, day: date) -> int | None:
        """Who led the person on the day; None where nobody is known to."""
        leader = None
        for since, led_by in self.people[number].lines:
            if since is not None and since > day:
                break
            leader = led_by
        return leader

    def led_by(self, leaders: Iterable[int]) -> dict[int, list[tuple[date, date]]]:
        """Of each of these leaders the spans of days (first, day after the last) on which somebody reports to
        him or her.
        """
        spans: dict[int, list[tuple[date, date]]] = {leader: [] for leader in leaders}
        for person in self.people:
            gone = person.left_on + timedelta(days=1) if person.left_on else date.max
            starts = [since or date.min for since, _ in person.lines]
            for (_, leader), first, end in zip(person.lines, starts, [*starts, gone][1:], strict=True):
                if leader in spans:
                    spans[leader].append((first, min(end, gone)))
        return spans

    def on(self, day: date) -> "OnDay":
        """The organisation as of a day. Raises ReportingCycle where the lines of that day go in a circle."""
        return OnDay(self, day)

    def _known(self, row: Mapping[str, Any]) -> int:
        external_id, email, name = row.get("external_id"), row.get("email"), str(row["name"])
        number = self._by_id.get(external_id) if external_id else None
        if number is None and email:
            number = self._by_email.get(str(email).lower())
        if number is None and not external_id and not email:
            same = self._by_name.get(name_key(name), [])
            number = same[0] if same else None
        return self._add(Someone(name, external_id, email)) if number is None else number

    def _add(self, person: Someone) -> int:
        number = len(self.people)
        self.people.append(person)
        if person.external_id:
            self._by_id[person.external_id] = number
        if person.email:
            self._by_email[person.email.lower()] = number
        self._by_name.setdefault(name_key(person.name), []).append(number)
        self._found.clear()
        return number


class OnDay:
    """Leaders, reps and managers of one day.

    ``reps`` lead nobody. ``managers`` lead at least one rep: each has a row. Who left before the day is
    neither.
    """

    def __init__(self, organisation: Organisation, day: date) -> None:
        here = [n for n, one in enumerate(organisation.people) if one.left_on is None or one.left_on >= day]
        self.leader_of: dict[int, int | None] = {n: organisation.leader_on(n, day) for n in here}
        _refuse_cycles(organisation, self.leader_of, day)
        leaders = {leader for leader in self.leader_of.values() if leader is not None}
        self.reps = [n for n in here if n not in leaders]
        self.managers = {leader for n in self.reps if (leader := self.leader_of[n]) is not None}

    def above(self, number: int) -> list[int]:
        """Everyone above the person, nearest first."""
        found: list[int] = []
        leader = self.leader_of.get(number)
        while leader is not None:
            found.append(leader)
            leader = self.leader_of.get(leader)
        return found


def _refuse_cycles(organisation: Organisation, leader_of: Mapping[int, int | None], day: date) -> None:
    settled: set[int] = set()
    for start in leader_of:
        path: list[int] = []
        here: int | None = start
        while here is not None and here not in settled:
            if here in path:
                first, second = organisation.people[here].name, organisation.people[path[-1]].name
                raise ReportingCycle(
                    f"The people file goes in a circle on {day.isoformat()}: {first} leads {second}, "
                    f"who is above {first}; correct one of their managers."
                )
            path.append(here)
            here = leader_of.get(here)
        settled.update(path)
