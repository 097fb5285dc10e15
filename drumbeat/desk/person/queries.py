"""The one loader of a person's page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse

from drumbeat.core import wording
from drumbeat.core.periods import Period, quarter_of
from drumbeat.desk.person.figures import Figure, beat_words, bullet_words, figures_of, hours_of
from drumbeat.desk.person.together import Together, together_of
from drumbeat.desk.person.who import LOOKS_BACK, Lines, facts_of, leaves_of, lines_of, moves_of
from drumbeat.journal.openings import Opened
from drumbeat.journal.queries import Openings, openings_about
from drumbeat.people.access import NOBODY, condition
from drumbeat.people.models import Person, Reach
from drumbeat.people.viewer import Viewer
from drumbeat.plan.person import PersonPlan, plan_of
from drumbeat.plan.rows import Row
from drumbeat.promises.queries import Both, opening_of, owed_between

WINS_SINCE = timedelta(weeks=13)


@dataclass(frozen=True)
class PersonPage:
    """Everything that stands on one person's page for one reader."""

    person: Person
    today: date
    period: Period
    lines: Lines
    facts: list[tuple[str, str | None, str]]
    plan: PersonPlan | None
    leads_them: bool
    direct: bool
    together: Together | None
    ahead: list[dict[str, Any]]
    events: list[dict[str, Any]]
    openings: Openings | None
    owed: Both | None

    @property
    def opened(self) -> list[Opened]:
        """The promises whose texts the page shows."""
        return [opening_of(row) for row in self.owed.rows] if self.owed else []

    @property
    def figures(self) -> list[Figure]:
        """Won, lost, booked, open."""
        return figures_of(self.person, self.plan) if self.plan else []

    @property
    def bullet_words(self) -> str:
        """The bar of plan to date in words."""
        return bullet_words(self.plan) if self.plan else ""

    @property
    def hours(self) -> list[Figure]:
        """Hours together by span."""
        return hours_of(self.together) if self.together else []

    @property
    def beat_words(self) -> str:
        """The last and the next one-to-one."""
        return beat_words(self.together, self.today) if self.together and self.direct else ""

    @property
    def left_words(self) -> str:
        """Said of who has left; empty otherwise."""
        if not self.person.has_left(self.today):
            return ""
        day = wording.day(self.person.left_on, self.today)
        return f"{self.person.name} left; the last working day was {day}. The record stays, past results too."

    @property
    def lanes(self) -> list[dict[str, Any]]:
        """For the key of the marks."""
        return [self.together.lane] if self.together and self.together.lane else []


def people_for(viewer: Viewer) -> QuerySet[Person]:
    """Persons with what the reader may see: ``depth`` below the reader (or null), ``open_figures``."""
    reach = Reach.objects.on(viewer.today).filter(leader_id=viewer.pk, member_id=OuterRef("pk"))
    figures = condition(viewer, "figures.read")
    is_open: Any = Value(False)
    if figures != NOBODY:
        is_open = Case(When(figures, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Person.objects.annotate(
        depth=Subquery(reach.values("depth")[:1], output_field=IntegerField()), open_figures=is_open
    )


def person_page(person: Person, viewer: Viewer, now: datetime, number: int = 1) -> PersonPage:
    """The page of a person out of ``people_for``, in as many statements for one row as for thirty.

    ``number`` is the page of the openings of own texts, which only the person sees.
    """
    today = viewer.today
    lines = lines_of(person, viewer)
    depth: int | None = person.depth  # type: ignore[attr-defined]
    plan = None
    if person.open_figures:  # type: ignore[attr-defined]
        plan = plan_of(person, quarter_of(today), today, wins_since=today - WINS_SINCE)
    together = together_of(person, viewer, now, direct=depth == 1) if depth else None
    events = [*moves_of(lines), *_beginnings(person, today), *_wins(person, plan.wins if plan else [])]
    past = [one for one in events if one["when"] <= today]
    coming = [one for one in events if one["when"] > today]
    if together is not None:
        past += together.events
        coming += together.ahead
    return PersonPage(
        person=person,
        today=today,
        period=quarter_of(today),
        lines=lines,
        facts=facts_of(lines, leaves_of(person, today)),
        plan=plan,
        leads_them=bool(depth),
        direct=depth == 1,
        together=together,
        ahead=anchored(sorted(coming, key=lambda one: one["when"])),
        events=anchored(sorted(past, key=lambda one: one["when"], reverse=True)),
        openings=openings_about(person.pk, number) if person.pk == viewer.pk else None,
        owed=owed_between(viewer.pk, person.pk, today) if person.pk != viewer.pk else None,
    )


def anchored(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first event of each day carries the day's anchor: ``d2026-11-17``."""
    seen: set[date] = set()
    for one in events:
        if one["when"] not in seen:
            seen.add(one["when"])
            one["anchor"] = f"d{one['when'].isoformat()}"
    return events


def _beginnings(person: Person, today: date) -> list[dict[str, Any]]:
    events = []
    if person.started_on is not None and person.started_on >= today - LOOKS_BACK:
        title = f" as {person.title}" if person.title else ""
        events.append({"when": person.started_on, "text": f"Began in this role{title}"})
    if person.left_on is not None:
        events.append({"when": person.left_on, "text": "Last working day"})
    return events


def _wins(person: Person, rows: list[Row]) -> list[dict[str, Any]]:
    """Deals won, each under the name of who won it."""
    return [
        {
            "when": row.day,
            "text": f"{'Won' if row.owner_id == person.pk else f'{row.owner} won'} {row.name}",
            "detail": row.account,
            "amount": row.amount,
            "url": f"{reverse('plan:rows', args=[person.pk, 'won'])}?period={quarter_of(row.day)}",
        }
        for row in rows
        if row.day is not None
    ]
