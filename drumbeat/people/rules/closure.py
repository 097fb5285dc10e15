"""The closure of dated reporting lines. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Line:
    """``leader`` leads ``member`` from ``starts_on`` (included) until ``ends_on`` (excluded)."""

    member: int
    leader: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, order=True)
class Reached:
    """``leader`` reaches ``member`` over ``depth`` lines, from a day (included) until a day (excluded)."""

    leader: int
    member: int
    depth: int
    starts_on: date
    ends_on: date


def by_member(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """Each member's lines."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.member, []).append(line)
    return found


def above(member: int, lines: dict[int, list[Line]], starts_on: date, ends_on: date) -> list[Reached]:
    """Everyone who reaches ``member`` in the given days, touching spans of one leader and depth merged.

    The lines hold no cycle on any day (``closes_a_cycle`` refuses those before they are written).
    """
    found: list[Reached] = []
    waiting = [(member, 1, starts_on, ends_on)]
    while waiting:
        below, depth, since, until = waiting.pop()
        for line in lines.get(below, ()):
            first, end = max(since, line.starts_on), min(until, line.ends_on)
            if first < end:
                found.append(Reached(line.leader, member, depth, first, end))
                waiting.append((line.leader, depth + 1, first, end))
    return _merged(found)


def closes_a_cycle(line: Line, lines: dict[int, list[Line]]) -> bool:
    """Whether the new line would make somebody, on any day, lead a person who leads them."""
    if line.member == line.leader:
        return True
    return any(
        reached.leader == line.member for reached in above(line.leader, lines, line.starts_on, line.ends_on)
    )


def _merged(spans: list[Reached]) -> list[Reached]:
    done: list[Reached] = []
    for span in sorted(spans):
        last = done[-1] if done else None
        if last and (last.leader, last.depth) == (span.leader, span.depth) and last.ends_on == span.starts_on:
            done[-1] = Reached(last.leader, last.member, last.depth, last.starts_on, span.ends_on)
        else:
            done.append(span)
    return done
