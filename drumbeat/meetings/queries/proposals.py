"""Rhythms that a person's own calendar proposes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from drumbeat.calendars.models import Calendar, Event
from drumbeat.calendars.queries.entries import entries_of
from drumbeat.core.content import meeting_templates
from drumbeat.core.encrypted import KeyMissing, KeyWrong
from drumbeat.core.wording import first_name
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES
from drumbeat.meetings.rules.proposals import Proposal, proposals
from drumbeat.people.models import Person

BACK, AHEAD = timedelta(weeks=13), timedelta(weeks=27)


@dataclass(frozen=True)
class Row:
    """One proposal as the page shows it: ``key`` names it in the form."""

    key: str
    proposal: Proposal
    name: str

    @property
    def when(self) -> str:
        """``every second Tuesday at 9:00``."""
        return f"{self.proposal.every.words()} at {self.proposal.at.hour}:{self.proposal.at:%M}"


@dataclass(frozen=True)
class Page:
    """The page: whether there is a calendar at all, what it proposes, which templates may be chosen."""

    calendar: bool
    rows: tuple[Row, ...]
    templates: tuple[tuple[str, str], ...]


def proposals_page(person: Person, today: date) -> Page:
    """What the page shows. About ten queries, however much the calendar holds."""
    calendar = Calendar.objects.filter(owner=person).defer("address").first()
    library = meeting_templates()
    templates = tuple((key, library[key]["name"]) for key in RHYTHM_TEMPLATES)
    if calendar is None:
        return Page(False, (), templates)
    return Page(True, tuple(_row(one) for one in proposals_for(person, today, calendar)), templates)


def proposals_for(person: Person, today: date, calendar: Calendar | None = None) -> list[Proposal]:
    """The series of the person's own calendar that are no rhythm yet; those taken over once never come again.

    Nor does one whose people have an active rhythm of the same template with the person as chair.
    """
    calendar = calendar or Calendar.objects.filter(owner=person).defer("address").first()
    if calendar is None:
        return []
    entries = entries_of(calendar, today - BACK, today + AHEAD, today)
    found = proposals(entries, today, ZoneInfo(calendar.time_zone))
    if not found:
        return []
    left = set(
        Person.objects.filter(
            pk__in={pk for one in found for pk in one.people}, left_on__lt=today
        ).values_list("pk", flat=True)
    )
    uids, active = _known(person)
    return [
        one
        for one in found
        if one.uid not in uids
        and (one.template, frozenset(one.people)) not in active
        and not left & {*one.people}
    ]


def links_of(found: Collection[Proposal]) -> dict[str, str]:
    """The links to join by the uid of their series, where the owner has them kept. One query."""
    uids = {one.sample: one.uid for one in found if one.sample is not None}
    try:
        return {uids[one.pk]: one.link for one in Event.objects.filter(pk__in=uids).only("pk", "link")}
    except (KeyMissing, KeyWrong):
        return {}


def name_of(template: str, names: Collection[str]) -> str:
    """``One-to-one with Ana``; never the entry's own title, which is the owner's alone."""
    name = str(meeting_templates()[template]["name"])
    return f"{name} with {first_name(next(iter(names)))}" if len(names) == 1 else name


def _known(person: Person) -> tuple[set[str], set[tuple[str, frozenset[int]]]]:
    rhythms = Rhythm.objects.filter(chair=person).prefetch_related("people").defer("join_link", "dial_in")
    uids, active = set(), set()
    for one in rhythms:
        if one.source_uid:
            uids.add(one.source_uid)
        if one.state != Rhythm.ENDED:
            active.add((one.template, frozenset(each.pk for each in one.people.all())))
    return uids, active


def _row(one: Proposal) -> Row:
    return Row(sha256(one.uid.encode()).hexdigest()[:16], one, name_of(one.template, one.names))
