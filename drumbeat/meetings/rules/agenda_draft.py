"""An agenda while somebody writes it: rows as typed, what is wrong with them, new keys. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_lowercase

from drumbeat.core.refusal import Refused
from drumbeat.meetings.rules.agenda import EACH, MUST_WIN, PARTS, Body, Item

MOST_ITEMS, MOST_LINES = 20, 12
LONGEST_TEXT, LONGEST_LINE = 200, 300
LEAST_MINUTES, MOST_MINUTES = 5, 720
MOST_DAYS = 10
ADD, UP, DOWN, REMOVE = "add", "up", "down", "remove"
# What these show is kept in plain, so no room whose texts are sealed has them; and the other way round.
PLAIN_ONLY, SEALED_ONLY = frozenset({"tone", "number", "round"}), frozenset({"keep"})
NEEDED = {
    "promises": "One item must be for promises: they are asked for before the meeting is closed.",
    "round": "One item must be the round: what must go out of this meeting is said in it.",
    "keep": "One item must be for start, stop or keep: what is said there becomes the leader’s promise.",
}


class BadAgenda(Refused):
    """What was typed is no agenda."""


@dataclass(frozen=True)
class Row:
    """One item as it was typed."""

    key: str = ""
    minutes: str = ""
    text: str = ""
    lead: str = "chair"
    part: str = "notes"


@dataclass(frozen=True)
class Draft:
    """An agenda as it was typed: the long lists are one line each."""

    purpose: str
    minutes: str
    prework_days: str
    prework_at: str
    comes_in: str
    goes_out: str
    rules: str
    rows: tuple[Row, ...]

    @property
    def sum(self) -> int:
        """The minutes of those items whose minutes are a number."""
        return sum(int(row.minutes) for row in self.rows if _whole(row.minutes) is not None)

    @property
    def said(self) -> str:
        """The sum against the length: ``45 of 45 minutes``, or how far off it is."""
        length = _whole(self.minutes)
        if length is None:
            return f"{self.sum} minutes in all"
        said = f"{self.sum} of {length} minutes"
        if self.sum == length:
            return said
        off = abs(self.sum - length)
        return f"{said}: {off} too many" if self.sum > length else f"{said}: {off} to spare"


def draft_of(body: Body) -> Draft:
    """An agenda as the form first shows it."""
    return Draft(
        purpose=body.purpose,
        minutes=str(body.minutes),
        prework_days=str(body.prework_days),
        prework_at=body.prework_at,
        comes_in="\n".join(body.comes_in),
        goes_out="\n".join(body.goes_out),
        rules="\n".join(body.rules),
        rows=tuple(Row(one.key, str(one.minutes), one.text, one.lead, one.part) for one in body.items),
    )


def turned(draft: Draft, deed: str) -> Draft:
    """The draft after a button: ``add``, or ``up``, ``down``, ``remove`` with a row, as in ``up:2``.

    What makes no sense changes nothing.
    """
    name, _, place = deed.partition(":")
    rows = list(draft.rows)
    if name == ADD and len(rows) < MOST_ITEMS:
        rows.append(Row())
    at = _whole(place)
    if at is not None and at < len(rows):
        if name == REMOVE:
            del rows[at]
        other = {UP: at - 1, DOWN: at + 1}.get(name, -1)
        if 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
    return replace(draft, rows=tuple(rows))


def parts_for(confidential: bool) -> tuple[str, ...]:
    """What an item may show in a room whose texts are sealed, or are not."""
    barred = PLAIN_ONLY if confidential else SEALED_ONLY
    return tuple(part for part in PARTS if part not in barred)


def body_of(
    draft: Draft, base: Body, *, confidential: bool, leads: Collection[str], taken: Collection[str]
) -> Body:
    """The agenda that was typed, with name, clock and demands of ``base``. Raises BadAgenda.

    ``taken`` are the keys of all earlier versions: a row that has one keeps it, a new row gets a new one, so
    a key never comes to mean another item. What the template's room needs must stay on it.
    """
    if not draft.rows:
        raise BadAgenda("An agenda needs at least one item.")
    if len(draft.rows) > MOST_ITEMS:
        raise BadAgenda(f"That is {len(draft.rows)} items; an agenda has {MOST_ITEMS} at most.")
    minutes = _whole(draft.minutes)
    if minutes is None or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadAgenda(f"Give the length in whole minutes, from {LEAST_MINUTES} to {MOST_MINUTES}.")
    days = _whole(draft.prework_days)
    if days is None or days > MOST_DAYS:
        raise BadAgenda(f"Pre-work is due 0 to {MOST_DAYS} working days before: give a whole number.")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", draft.prework_at):
        raise BadAgenda("Give the time at which pre-work is due as 12:00.")
    items = _items(draft.rows, parts_for(confidential), leads, taken)
    _needed(items, base)
    return replace(
        base,
        purpose=_line(draft.purpose, "The purpose"),
        minutes=minutes,
        items=items,
        comes_in=_lines(draft.comes_in, "What comes in"),
        goes_out=_lines(draft.goes_out, "What goes out"),
        rules=_lines(draft.rules, "The rules"),
        prework_days=days,
        prework_at=draft.prework_at,
    )


def _items(
    rows: Sequence[Row], parts: Collection[str], leads: Collection[str], taken: Collection[str]
) -> tuple[Item, ...]:
    items, used, fresh = [], set(), _keys(taken)
    for number, row in enumerate(rows, 1):
        text = _plain(row.text)
        minutes = _whole(row.minutes)
        if not text:
            raise BadAgenda(f"Item {number} has no words: say what it is about, or remove it.")
        if len(text) > LONGEST_TEXT:
            raise BadAgenda(f"Item {number} is too long: {LONGEST_TEXT} characters at most.")
        if minutes is None or not 1 <= minutes <= MOST_MINUTES:
            raise BadAgenda(f"Give item {number} its whole minutes, at least 1.")
        if row.lead not in leads:
            raise BadAgenda(f"Choose who leads item {number}.")
        if row.part not in parts:
            raise BadAgenda(f"Choose what item {number} shows; not everything may stand in this room.")
        key = row.key if row.key in taken and row.key not in used else next(fresh)
        used.add(key)
        items.append(Item(key, minutes, text, row.lead, row.part))
    return tuple(items)


def _needed(items: Collection[Item], base: Body) -> None:
    needed = {EACH: {"promises"}, MUST_WIN: {"round"}}.get(base.demands, set())
    needed |= {"keep"} & {one.part for one in base.items}
    for part in sorted(needed - {one.part for one in items}):
        raise BadAgenda(NEEDED[part])


def _keys(taken: Collection[str]) -> Iterator[str]:
    yield from (letter for letter in ascii_lowercase if letter not in taken)
    yield from (key for number in count(1) if (key := f"i{number}") not in taken)


def _lines(text: str, what: str) -> tuple[str, ...]:
    lines = tuple(filter(None, (_plain(line) for line in text.splitlines())))
    if len(lines) > MOST_LINES:
        raise BadAgenda(f"{what}: {MOST_LINES} lines at most, and here are {len(lines)}.")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise BadAgenda(f"{what}: a line is too long; {LONGEST_LINE} characters at most.")
    return lines


def _line(text: str, what: str) -> str:
    plain = _plain(text)
    if len(plain) > LONGEST_LINE:
        raise BadAgenda(f"{what} is too long: {LONGEST_LINE} characters at most.")
    return plain


def _plain(text: str) -> str:
    """One line, without what no database keeps."""
    return " ".join(text.replace("\0", "").split())


def _whole(text: str) -> int | None:
    """A whole number of at most four digits."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
