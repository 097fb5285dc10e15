"""What a person's data is made of: parts of rows, plain values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from drumbeat.journal.openings import Opened
from drumbeat.people.models import Person

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One kind of thing: its rows, and those confidential texts of others that stand in them."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)
    shows: list[Opened] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The names of the values, in the order in which they first appear."""
        return list(dict.fromkeys(key for row in self.rows for key in row))

    @property
    def heads(self) -> list[str]:
        """The same as words."""
        return [name.replace("_", " ") for name in self.columns]

    @property
    def table(self) -> list[list[Any]]:
        """The rows in the order of the columns, with an empty text where nothing is known."""
        return [[_plain(row.get(name)) for name in self.columns] for row in self.rows]


def part(key: str, title: str, rows: Iterable[Row], shows: Iterable[Opened] = ()) -> Part:
    """A part whose values any reader of JSON knows: days and moments as ISO 8601, amounts as text."""
    return Part(key, title, [{name: _value(it) for name, it in row.items()} for row in rows], list(shows))


def sealed(
    kind: str, thing: Any, author: int | None, person: Person, about: int | None = None
) -> list[Opened]:
    """That the thing's text is shown here, where somebody else wrote it in confidence."""
    if (
        author is None
        or author == person.pk
        or not (thing.sealed if hasattr(thing, "sealed") else thing.text)
    ):
        return []
    return [Opened(kind, thing.pk, name=str(thing), author=author, about=about)]


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    return str(value)
