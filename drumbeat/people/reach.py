"""Keeps the closure table true to the reporting lines."""

from collections.abc import Iterable

from drumbeat.people.models import FOR_EVER, SINCE_EVER, Reach, ReportingLine
from drumbeat.people.rules.closure import Line, above, by_member


def all_lines() -> dict[int, list[Line]]:
    """Every reporting line by its member, in one query."""
    rows = ReportingLine.objects.values_list("member_id", "leader_id", "starts_on", "ends_on")
    return by_member(Line(*row) for row in rows)


def refresh(members: Iterable[int]) -> None:
    """Work out anew who reaches the members, and everyone who was or is below one of them.

    Called inside the transaction that changed their lines.
    """
    lines = all_lines()
    led: dict[int, set[int]] = {}
    for member, own in lines.items():
        for line in own:
            led.setdefault(line.leader, set()).add(member)
    touched: set[int] = set()
    waiting = list(members)
    while waiting:
        member = waiting.pop()
        if member not in touched:
            touched.add(member)
            waiting.extend(led.get(member, ()))
    fresh = {
        (r.leader, r.member, r.depth, r.starts_on, r.ends_on)
        for member in touched
        for r in above(member, lines, SINCE_EVER, FOR_EVER)
    }
    known: dict[tuple[object, ...], int] = {}
    ordered = sorted(touched)
    for start in range(0, len(ordered), 500):
        for row in Reach.objects.filter(member_id__in=ordered[start : start + 500]).values_list(
            "leader_id", "member_id", "depth", "starts_on", "ends_on", "pk"
        ):
            known[row[:5]] = row[5]
    gone = [pk for row, pk in known.items() if row not in fresh]
    for start in range(0, len(gone), 500):
        Reach.objects.filter(pk__in=gone[start : start + 500]).delete()
    Reach.objects.bulk_create(
        (
            Reach(leader_id=leader, member_id=member, depth=depth, starts_on=since, ends_on=until)
            for leader, member, depth, since, until in sorted(fresh - known.keys())
        ),
        batch_size=1000,
    )
