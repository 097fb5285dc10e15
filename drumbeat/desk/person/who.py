"""Who somebody is and was: leaders, team, days away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from holidays.registry import COUNTRIES

from drumbeat.core.names import sort_key
from drumbeat.core.wording import listed
from drumbeat.people.access import visible
from drumbeat.people.models import FOR_EVER, SINCE_EVER, Leave, Person, ReportingLine
from drumbeat.people.viewer import Viewer

LOOKS_BACK = timedelta(days=548)  # a year and a half of moves


@dataclass(frozen=True)
class Lines:
    """The reporting lines of one person as of a day, as leader and as member."""

    person: Person
    today: date
    leader: Person | None
    leader_is_open: bool
    led: list[Person]
    moves: Sequence[ReportingLine]


def lines_of(person: Person, viewer: Viewer) -> Lines:
    """Leader, team by name, and the moves of the last year and a half; one statement."""
    today = viewer.today
    readable = visible(Person.objects.filter(pk=OuterRef("leader_id")), viewer, "person.read")
    found = (
        ReportingLine.objects.filter(Q(member=person) | Q(leader=person))
        .filter(ends_on__gt=today - LOOKS_BACK)
        .select_related("leader", "member")
        .annotate(leader_is_open=Exists(readable))
    )
    lines = list(found)
    own = next((one for one in lines if one.member_id == person.pk and _holds(one, today)), None)
    led = [one.member for one in lines if one.leader_id == person.pk and _holds(one, today)]
    return Lines(
        person=person,
        today=today,
        leader=own.leader if own else None,
        leader_is_open=bool(own and own.leader_is_open),
        led=sorted((p for p in led if not p.has_left(today)), key=lambda p: (sort_key(p.name), p.pk)),
        moves=lines,
    )


def _holds(line: ReportingLine, day: date) -> bool:
    return line.starts_on <= day < line.ends_on


def moves_of(lines: Lines) -> list[dict[str, Any]]:
    """The moves as events of the timeline; several people who came or went on one day are one event."""
    since = lines.today - LOOKS_BACK
    events: list[dict[str, Any]] = []
    came: dict[tuple[date, bool], list[str]] = {}
    own = sorted(
        (one for one in lines.moves if one.member_id == lines.person.pk), key=lambda one: one.starts_on
    )
    starts = {one.starts_on for one in own}
    for one in own:
        if one.starts_on != SINCE_EVER and one.starts_on >= since:
            events.append(_event(one.starts_on, f"Reports to {one.leader.name}"))
        if one.ends_on != FOR_EVER and one.ends_on not in starts:
            events.append(_event(one.ends_on, f"Reports to {one.leader.name} no longer"))
    for one in lines.moves:
        if one.leader_id == lines.person.pk:
            if one.starts_on != SINCE_EVER and one.starts_on >= since:
                came.setdefault((one.starts_on, True), []).append(one.member.name)
            if one.ends_on != FOR_EVER:
                came.setdefault((one.ends_on, False), []).append(one.member.name)
    for (day, into), names in came.items():
        said = listed(sorted(names, key=sort_key), 2)
        events.append(_event(day, f"{said} joined the team" if into else f"{said} left the team"))
    return events


def _event(day: date, text: str) -> dict[str, Any]:
    return {"when": day, "text": text}


def facts_of(lines: Lines, leaves: Iterable[Leave]) -> list[tuple[str, str | None, str]]:
    """The terms at the head of the page: (term, value, address). What nobody wrote down is not known."""
    person, today = lines.person, lines.today
    facts: list[tuple[str, str | None, str]] = []
    if person.team:
        facts.append(("Team", person.team, ""))
    leader = lines.leader
    if leader is not None:
        address = reverse("desk:person", args=[leader.pk]) if lines.leader_is_open else ""
        facts.append(("Reports to", leader.name, address))
    else:
        facts.append(("Reports to", "nobody here", ""))
    facts.append(("In this role since", _day(person.started_on), ""))
    facts.append(("Time zone", person.time_zone.replace("_", " "), ""))
    facts.append(("Public holidays", _place(person) or None, ""))
    away = [_span(one) for one in leaves]
    facts.append(("Away", "; ".join(away) if away else "no day written down", ""))
    if person.email:
        facts.append(("E-mail", person.email, f"mailto:{person.email}"))
    if person.left_on is not None:
        words = "Left on" if person.has_left(today) else "Last day"
        facts.append((words, _day(person.left_on), ""))
    return facts


def leaves_of(person: Person, today: date, *, most: int = 4) -> list[Leave]:
    """Days away now and ahead, the next first; one statement."""
    return list(Leave.objects.filter(person=person, ends_on__gte=today).order_by("starts_on")[:most])


def _place(person: Person) -> str:
    """The country whose holidays are free, and its region: ``Germany, BY``."""
    country = _countries().get(person.country, person.country)
    return ", ".join(filter(None, [country, person.region]))


@cache
def _countries() -> dict[str, str]:
    return {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}


def _day(day: date | None) -> str | None:
    return f"{day.day} {day:%B %Y}" if day else None


def _span(leave: Leave) -> str:
    first, last = leave.starts_on, leave.ends_on
    if first == last:
        return f"{first.day} {first:%B %Y}"
    begin = (
        f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first.day} {first:%B}"
    )
    begin += f" {first.year}" if first.year != last.year else ""
    return f"{begin} to {last.day} {last:%B %Y}"
