"""The reader and the person in the reader's own calendar. Nobody else's calendar is ever asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from drumbeat.calendars.circles import Team
from drumbeat.calendars.rules.beat import AHEAD, BACK
from drumbeat.calendars.rules.entries import Entry
from drumbeat.calendars.rules.relations import AWAY, NOT_HELD, NOT_KNOWN, PLANNED
from drumbeat.core.periods import quarter_of
from drumbeat.core.wording import first_name
from drumbeat.desk.calendar import LoadedCalendar, load_calendar
from drumbeat.desk.merging import MOVED, Room
from drumbeat.desk.rooms import rooms_with, sittings_of
from drumbeat.meetings.models import Meeting
from drumbeat.people.models import Person, Reach
from drumbeat.people.viewer import Viewer

SAID = {
    "away": "No one-to-one: one of you is away",
    "not known": "One-to-one: not known whether it took place",
}


@dataclass(frozen=True)
class Hours:
    """Minutes together in a span; ``since`` where the calendar begins within it."""

    words: str
    minutes: int
    since: date | None


@dataclass(frozen=True)
class Together:
    """What the reader's calendar says of the person. ``lane`` only of direct reports: the beat is theirs."""

    lane: dict[str, Any] | None
    hours: list[Hours]
    events: list[dict[str, Any]]
    ahead: list[dict[str, Any]]
    covered_from: date
    last_on: date | None
    next_on: date | None
    calendar: bool = True  # whether one was read; else only rooms are known


def together_of(person: Person, viewer: Viewer, now: datetime, *, direct: bool) -> Together | None:
    """The beat, the hours and the events; None where the reader has neither calendar nor meetings here."""
    assert viewer.person is not None
    key, today = str(person.pk), viewer.today
    team = _team(person, viewer)
    monday = today - timedelta(days=today.weekday())
    span = (monday - timedelta(weeks=BACK), monday + timedelta(weeks=AHEAD))
    rooms = rooms_with(viewer.pk, {person.pk}, sittings_of(viewer.person, *span, person.pk), now)
    loaded = load_calendar(viewer.person, [person] if direct or rooms else [], team, today, rooms)
    if loaded is None:
        return None
    corrects = {one.url: corrections(one, person) for one in rooms.get(key, ())}
    relation = loaded.own.of.get(key)
    covered = loaded.own.facts.covered_from
    events = [
        {
            "when": mark.day,
            "text": _said(mark.label),
            "kind": mark.kind,
            "url": mark.url,
            "corrects": corrects.get(mark.url, []),
        }
        for mark in (relation.marks if relation else ())
    ]
    events += _customer_days(loaded, key, today)
    return Together(
        lane=_lane(person, relation) if relation and direct else None,
        hours=[_hours(loaded.entries, key, covered, *span) for span in _spans(today)]
        if loaded.read_on
        else [],
        events=[one for one in events if not _is_ahead(one, today)],
        ahead=[one for one in events if _is_ahead(one, today)],
        covered_from=covered,
        last_on=relation.facts.last_on if relation else None,
        next_on=relation.facts.next_on if relation else None,
        calendar=loaded.read_on is not None,
    )


def corrections(room: Room, person: Person) -> list[dict[str, Any]]:
    """What one tap may say of a meeting that is over: the opposite of what is known, or either."""
    if room.state in (PLANNED, MOVED, AWAY):
        return []
    held = {"label": "It was held", "what": Meeting.HELD}
    not_held = {"label": "It was not held", "what": Meeting.NOT_HELD}
    offers = [held, not_held] if room.state == NOT_KNOWN else [held if room.state == NOT_HELD else not_held]
    back = f"{reverse('desk:person', args=[person.pk])}#d{room.day.isoformat()}"
    url = reverse("meetings:correct", args=[room.pk])
    return [
        {"label": one["label"], "url": url, "extra": [("what", one["what"]), ("back", back)]}
        for one in offers
    ]


def _team(person: Person, viewer: Viewer) -> Team:
    """The reader's direct reports, and for whom of them the person and the person's people work.

    Of everyone else's people the page says nothing, so they are not asked for; one statement.
    """
    reach = Reach.objects.on(viewer.today)
    whose = Q(leader_id=viewer.pk, depth=1) | Q(leader_id=person.pk) | Q(member_id=person.pk)
    rows = list(reach.filter(whose).values_list("leader_id", "member_id", "member__name", "depth"))
    direct = {member for leader, member, _, depth in rows if leader == viewer.pk and depth == 1}
    names = {str(member): name for _, member, name, _ in rows}
    report_of = {str(member): str(member) for member in direct}
    for leader, member, _, _ in rows:
        if member not in direct and leader in direct:
            report_of[str(member)] = str(leader)
    return Team(names, report_of)


def _is_ahead(event: dict[str, Any], today: date) -> bool:
    return bool(event["when"] > today or (event["when"] == today and event.get("kind") == "planned"))


def _lane(person: Person, relation: Any) -> dict[str, Any]:
    """The beat with each mark a link to its day in the timeline below."""
    return {
        "name": first_name(person.name),
        "marks": [{**vars(mark), "url": f"#d{mark.day}"} for mark in relation.marks],
        "days": [{**vars(mark), "url": f"#d{mark.day}"} for mark in relation.days],
    }


def _said(label: str) -> str:
    """A mark's words without the day, which the timeline writes itself."""
    words = label.partition(": ")[2]
    return SAID.get(words, f"One-to-one {words}")


def _spans(today: date) -> list[tuple[str, date, date]]:
    return [
        ("this week", today - timedelta(days=today.weekday()), today),
        ("four weeks", today - timedelta(days=27), today),
        ("this quarter", quarter_of(today).first, today),
    ]


def _hours(entries: Iterable[Entry], key: str, covered: date, words: str, first: date, last: date) -> Hours:
    spent = sum(one.minutes for one in entries if first <= one.day <= last and _own_time(one, key))
    return Hours(words, spent, covered if covered > first else None)


def _own_time(one: Entry, key: str) -> bool:
    """Whether the person was there and no other direct report was: a huddle is nobody's own time."""
    there = any(who.key == key for who in one.people)
    others = {who.key for who in one.people if who.is_report} - {key}
    return one.stands and there and len(others - {_boss_of(one, key)}) == 0


def _boss_of(one: Entry, key: str) -> str:
    """The direct report for whom the person works: his or her being there does not make it a huddle."""
    return next((who.report or "" for who in one.people if who.key == key), "")


def _customer_days(loaded: LoadedCalendar, key: str, today: date) -> list[dict[str, Any]]:
    """Days at a customer with the person or somebody of the person's team, one event a day."""
    relation = loaded.own.of.get(key)
    marks = {mark.day: mark.kind for mark in relation.days} if relation else {}
    monday = today - timedelta(days=today.weekday())
    first, last = monday - timedelta(weeks=BACK), monday + timedelta(weeks=AHEAD) - timedelta(days=1)
    domains: dict[date, set[str]] = {day: set() for day in marks}
    for one in loaded.entries:
        there = key in one.teams or any(who.key == key for who in one.people)
        if (
            one.customer
            and one.stands
            and there
            and (one.day in marks or (not relation and first <= one.day <= last))
        ):
            domains.setdefault(one.day, set()).update(one.outside)
    return [
        _day_out(day, marks.get(day) or ("was" if day < today else "planned"), found)
        for day, found in domains.items()
    ]


def _day_out(day: date, kind: str, domains: set[str]) -> dict[str, Any]:
    planned = kind == "planned"
    return {
        "when": day,
        "text": "At a customer together, planned" if planned else "At a customer together",
        "detail": ", ".join(sorted(domains)),
        "kind": kind,
    }
