"""The only writer of reporting lines, and of the closure table that is kept true to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Q

from drumbeat.core.refusal import Refused
from drumbeat.people.models import FOR_EVER, SINCE_EVER, Person, Reach, ReportingLine
from drumbeat.people.rules.closure import Line, above, by_member, closes_a_cycle
from drumbeat.people.rules.lines import overlap

LOCK = 7_204_118  # any number that no other advisory lock of ours uses
CHUNK = 500
T = TypeVar("T")


class Cycle(Refused):
    """Somebody would, on some day, lead a person who leads them."""


class TwoLeaders(Refused):
    """Somebody would report to two people on one day."""


def hold() -> None:
    """Let nobody else change lines until the transaction ends: two moves, each fine alone, can make a cycle.

    SQLite needs nothing: its transactions take the write lock when they begin.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def all_lines() -> dict[int, list[Line]]:
    """Every reporting line by its member, in one query."""
    return _lines(Q())


def lines_of(members: Iterable[int]) -> dict[int, list[Line]]:
    """The members' own lines, by member; a member without any is missing."""
    found: dict[int, list[Line]] = {}
    for some in _chunks(sorted(set(members))):
        found.update(_lines(Q(member_id__in=some)))
    return found


def put_lines(wanted: Mapping[int, Sequence[Line]]) -> set[int]:
    """Make each member's lines exactly the given ones and refresh the closure; returns whose lines changed.

    Runs inside the caller's transaction, after ``hold``. Raises Cycle or TwoLeaders before it writes.
    """
    known = lines_of(wanted)
    changed = {member for member, own in wanted.items() if set(own) != set(known.get(member, ()))}
    if not changed:
        return set()
    fresh = {member: sorted(wanted[member], key=lambda line: line.starts_on) for member in sorted(changed)}
    _check(fresh)
    _write(fresh, known)
    refresh(changed)
    return changed


def refresh(members: Iterable[int]) -> None:
    """Work out anew who reaches the members, and everyone who was or is below one of them.

    Called inside the transaction that changed their lines.
    """
    touched, lines = _around(set(members))
    fresh = {
        (r.leader, r.member, r.depth, r.starts_on, r.ends_on)
        for member in touched
        for r in above(member, lines, SINCE_EVER, FOR_EVER)
    }
    known: dict[tuple[object, ...], int] = {}
    for some in _chunks(sorted(touched)):
        for row in Reach.objects.filter(member_id__in=some).values_list(
            "leader_id", "member_id", "depth", "starts_on", "ends_on", "pk"
        ):
            known[row[:5]] = row[5]
    for gone in _chunks([pk for row, pk in known.items() if row not in fresh]):
        Reach.objects.filter(pk__in=gone).delete()
    Reach.objects.bulk_create(
        (
            Reach(leader_id=leader, member_id=member, depth=depth, starts_on=since, ends_on=until)
            for leader, member, depth, since, until in sorted(fresh - known.keys())
        ),
        batch_size=5000,
    )


def _around(members: set[int]) -> tuple[set[int], dict[int, list[Line]]]:
    """Everyone whose leaders may have changed, and the lines that decide it.

    For a few members the lines are gathered level by level, down to the last below and up to the top; for
    many (an import) one query for all lines is cheaper.
    """
    if len(members) > CHUNK:
        lines = all_lines()
        led: dict[int, set[int]] = {}
        for member, own in lines.items():
            for line in own:
                led.setdefault(line.leader, set()).add(member)
        return _down(members, lambda level: {m for leader in level for m in led.get(leader, ())}), lines
    touched = _down(members, _led_by)
    return touched, _upward(touched)


def _down(members: set[int], led_by: Callable[[set[int]], set[int]]) -> set[int]:
    touched, level = set(members), set(members)
    while level:
        level = led_by(level) - touched
        touched |= level
    return touched


def _led_by(leaders: set[int]) -> set[int]:
    found: set[int] = set()
    for some in _chunks(sorted(leaders)):
        found.update(ReportingLine.objects.filter(leader_id__in=some).values_list("member_id", flat=True))
    return found


def _upward(members: set[int]) -> dict[int, list[Line]]:
    """The lines of the members, of their leaders, and so on to the top."""
    lines: dict[int, list[Line]] = {}
    asked: set[int] = set()
    level = set(members)
    while level:
        asked |= level
        found = lines_of(level)
        lines.update(found)
        level = {line.leader for own in found.values() for line in own} - asked
    return lines


def _check(fresh: Mapping[int, Sequence[Line]]) -> None:
    """Refuse two leaders on one day, and cycles.

    All changed lines are taken out first and come back one by one, so that two people who change places in
    one import close no cycle on the way.
    """
    leaders = {line.leader for own in fresh.values() for line in own}
    lines = dict(all_lines() if len(fresh) > CHUNK else _upward(leaders | set(fresh)))
    for member in fresh:
        lines.pop(member, None)
    for member, own in fresh.items():
        if overlap(own):
            raise TwoLeaders(f"{_name(member)} would report to two people on one day; end the first line.")
        for line in own:
            if closes_a_cycle(line, lines):
                raise Cycle(
                    f"{_name(member)} cannot report to {_name(line.leader)}, who is or will be below "
                    f"{_name(member)}; move {_name(line.leader)} first."
                    if member != line.leader
                    else f"{_name(member)} cannot report to themselves; choose somebody else."
                )
            lines.setdefault(member, []).append(line)


def _write(fresh: Mapping[int, Sequence[Line]], known: Mapping[int, Sequence[Line]]) -> None:
    gone = Q()
    count = 0
    for member, own in fresh.items():
        for line in set(known.get(member, ())) - set(own):
            gone |= Q(member_id=member, starts_on=line.starts_on)
            count += 1
            if count % 100 == 0:
                ReportingLine.objects.filter(gone).delete()
                gone = Q()
    if gone:
        ReportingLine.objects.filter(gone).delete()
    ReportingLine.objects.bulk_create(
        (
            ReportingLine(
                member_id=line.member, leader_id=line.leader, starts_on=line.starts_on, ends_on=line.ends_on
            )
            for member, own in fresh.items()
            for line in own
            if line not in known.get(member, ())
        ),
        batch_size=5000,
    )


def _lines(which: Q) -> dict[int, list[Line]]:
    rows = ReportingLine.objects.filter(which).order_by("member_id", "starts_on")
    return by_member(Line(*row) for row in rows.values_list("member_id", "leader_id", "starts_on", "ends_on"))


def _name(pk: int) -> str:
    return Person.objects.filter(pk=pk).values_list("name", flat=True).first() or f"person {pk}"


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
