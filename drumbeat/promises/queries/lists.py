"""Promises as rows: whose, to whom, how old, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from drumbeat.core.names import sort_key
from drumbeat.journal.openings import Opened
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.ageing import Facts, late_days, words

SHOWN_AFTER = timedelta(days=14)
PERSON, MEETING = "person", "meeting"
OUTSIDE = "Outside of meetings"


@dataclass(frozen=True)
class Row:
    """One promise with everything that its line on a page says. ``late_days`` below 0: not yet due.

    ``meeting`` is the name of the rhythm in whose meeting it was made, and ``meeting_day`` its day.
    """

    promise: Promise
    late_days: int
    words: str
    meeting: str = ""
    meeting_day: date | None = None
    meeting_pk: int | None = None

    @property
    def text(self) -> str:
        return self.promise.text

    @property
    def owner(self) -> Person:
        return self.promise.owner

    @property
    def asked_by(self) -> Person:
        return self.promise.asked_by

    @property
    def open(self) -> bool:
        return self.promise.state in Promise.UNKEPT

    @property
    def late(self) -> bool:
        return self.promise.state == Promise.OPEN and self.late_days > 0

    @property
    def own(self) -> bool:
        """Owed to nobody but its owner."""
        return self.promise.owner_id == self.promise.asked_by_id


@dataclass(frozen=True)
class Both:
    """What two people owe each other: what the one owes, and what the other owes the one."""

    mine: tuple[Row, ...]
    theirs: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.mine + self.theirs


@dataclass(frozen=True)
class Group:
    """Rows under one heading: a person, or a rhythm of meetings."""

    name: str
    rows: tuple[Row, ...]
    person: Person | None = None

    @property
    def late(self) -> int:
        return sum(1 for row in self.rows if row.late)


def owed_between(one: int, other: int, today: date) -> Both:
    """The open promises of two people to each other, the oldest first; one statement."""
    pair = Q(owner_id=one, asked_by_id=other) | Q(owner_id=other, asked_by_id=one)
    rows = _rows(Promise.objects.filter(pair, state__in=Promise.UNKEPT), today)
    return Both(
        tuple(row for row in rows if row.promise.owner_id == one),
        tuple(row for row in rows if row.promise.owner_id != one),
    )


def promises_of(person: Person, today: date, *, owed_to: bool = False) -> list[Row]:
    """What the person owes, or is owed by others; open ones first, the longest due first.

    What was done and not yet accepted stands as long as that; what is over, for two weeks. One statement.
    """
    since = today - SHOWN_AFTER
    whose = Q(asked_by_id=person.pk) & ~Q(owner_id=person.pk) if owed_to else Q(owner_id=person.pk)
    shown = (
        Q(state__in=[*Promise.UNKEPT, Promise.DONE]) | Q(accepted_on__gte=since) | Q(dropped_on__gte=since)
    )
    if not owed_to:
        shown &= ~Q(state=Promise.DONE) | Q(done_on__gte=since)
    return _rows(Promise.objects.filter(whose & shown), today)


def row_of(promise: Promise, today: date) -> Row:
    """One promise as a row, with the meeting it was made in; one statement."""
    return _rows(Promise.objects.filter(pk=promise.pk), today)[0]


def rows_of(promises: QuerySet[Promise], today: date) -> list[Row]:
    """Any promises as rows, such as those of a meeting; one statement."""
    return _rows(promises, today)


def grouped(rows: Iterable[Row], by: str, *, other: str = "asked_by") -> list[Group]:
    """The rows under the other person (``owner`` or ``asked_by``), by name, or under the rhythm, by name.

    What one owes nobody else, and what was made outside of meetings, stands last.
    """
    found: dict[tuple[bool, str, int], list[Row]] = {}
    for row in rows:
        if by == MEETING:
            key = (not row.meeting, row.meeting or OUTSIDE, 0)
        else:
            who = getattr(row, other)
            key = (row.own, "Myself" if row.own else who.name, who.pk)
        found.setdefault(key, []).append(row)
    return [
        Group(key[1], tuple(found[key]), None if by == MEETING or key[0] else getattr(found[key][0], other))
        for key in sorted(found, key=lambda key: (key[0], sort_key(key[1]), key[2]))
    ]


def found_in(rows: Iterable[Row], typed: str) -> list[Row]:
    """The rows whose text, people or meeting hold every typed word, whatever its accents."""
    wanted = sort_key(typed[:200]).split()
    return [
        row
        for row in rows
        if all(
            word in sort_key(f"{row.text} {row.owner.name} {row.asked_by.name} {row.meeting}")
            for word in wanted
        )
    ]


def opening_of(row: Row) -> Opened:
    """That the text of the row was shown, for the record of openings."""
    made = row.promise
    about = made.owner_id if made.owner_id != made.author_id else made.asked_by_id
    return Opened("promise", made.pk, str(made), made.author_id, about)


def facts_of(promise: Any) -> Facts:
    """What counts of a promise."""
    return Facts(
        promise.state,
        promise.due,
        promise.done_on,
        promise.waiting_since,
        promise.waited_days,
        promise.new_dates,
        promise.dropped_on,
    )


def _rows(promises: QuerySet[Promise], today: date) -> list[Row]:
    loaded = promises.select_related("owner", "asked_by", "waiting_for").annotate(
        # The meetings' tables lie in a higher layer, so they are named as an address would name them.
        meeting_pk=F("made_in__meeting_id"),
        meeting_day=F("made_in__meeting__day"),
        meeting_name=F("made_in__meeting__rhythm__name"),
    )
    rows = [
        Row(
            one,
            late_days(facts_of(one), today),
            words(facts_of(one), today, one.waiting_for.name if one.waiting_for else ""),
            one.meeting_name or "",
            one.meeting_day,
            one.meeting_pk,
        )
        for one in loaded
    ]
    return sorted(rows, key=lambda row: (not row.open, row.promise.due, row.promise.pk))
