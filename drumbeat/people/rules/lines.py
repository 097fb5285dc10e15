"""What becomes of one member's reporting lines when somebody moves. Pure.

A member's lines never overlap: on each day there is one leader or none.
"""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from drumbeat.people.rules.closure import Line


def moved(own: Iterable[Line], member: int, leader: int, day: date, last: date) -> list[Line]:
    """The lines after ``member`` reports to ``leader`` from ``day`` on.

    Whoever led on that day does so until the day before; what was planned for later stays: the new line runs
    as long as the one that it replaces, or, where nobody led, until the next one begins (else ``last``).
    """
    lines = sorted(own)
    covering = leading_on(lines, day)
    if covering is None:
        end = min((line.starts_on for line in lines if line.starts_on > day), default=last)
    else:
        end = covering.ends_on
    return joined([*ended(lines, day), Line(member, leader, day, end)])


def ended(own: Iterable[Line], day: date) -> list[Line]:
    """The lines after nobody leads the member from ``day`` on, until the next planned line begins."""
    kept = []
    for line in sorted(own):
        if line.starts_on < day < line.ends_on:
            kept.append(Line(line.member, line.leader, line.starts_on, day))
        elif not line.starts_on <= day < line.ends_on:
            kept.append(line)
    return kept


def leading_on(own: Iterable[Line], day: date) -> Line | None:
    """The line that holds on the day."""
    return next((line for line in own if line.starts_on <= day < line.ends_on), None)


def joined(lines: Iterable[Line]) -> list[Line]:
    """The same lines by their first day, touching ones of one leader made one."""
    done: list[Line] = []
    for line in sorted(lines, key=lambda one: one.starts_on):
        last = done[-1] if done else None
        if last and last.leader == line.leader and last.ends_on == line.starts_on:
            done[-1] = Line(line.member, line.leader, last.starts_on, line.ends_on)
        else:
            done.append(line)
    return done


def overlap(lines: Iterable[Line]) -> bool:
    """Whether the member would have two leaders on one day."""
    ordered = sorted(lines, key=lambda one: one.starts_on)
    return any(before.ends_on > after.starts_on for before, after in pairwise(ordered))
