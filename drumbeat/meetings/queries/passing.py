"""What is shown of passing on: whether one may, and whether what was passed on lives. Never its notes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.rules.held import COUNTS, NOT_HELD
from drumbeat.meetings.rules.passing import STAYS
from drumbeat.meetings.rules.tone import monday_of
from drumbeat.people.access import visible
from drumbeat.people.viewer import Viewer

WEEKS = 8
YES, NO = "held", "not held"


@dataclass(frozen=True)
class Week:
    """One week of a rhythm that was passed on: ``word`` is held, not held, or empty where nothing is known
    or nothing was due."""

    first: date
    word: str


@dataclass(frozen=True)
class Life:
    """One rhythm that was passed on, with its weeks, oldest first."""

    rhythm: Rhythm
    weeks: tuple[Week, ...]

    @property
    def said(self) -> str:
        """``held in 3 of 4 weeks``; a beginning where there is none yet."""
        known = [one for one in self.weeks if one.word]
        if not known:
            return "not known yet"
        held = sum(one.word == YES for one in known)
        return f"held in {held} of {len(known)} {'week' if len(known) == 1 else 'weeks'}"


@dataclass(frozen=True)
class Passing:
    """The panel: ``may`` offers the one tap, ``mine`` is what the viewer made of it already."""

    rhythm: Rhythm
    may: bool
    mine: tuple[Rhythm, ...]
    lives: tuple[Life, ...]


def passing(rhythm: Rhythm, viewer: Viewer, now: datetime) -> Passing:
    """The panel of a rhythm for a viewer. At most seven queries, however many took it on."""
    passed = list(
        visible(Rhythm.objects.filter(passed_from=rhythm), viewer, "rhythm.read")
        .exclude(state=Rhythm.ENDED)
        .select_related("chair")
        .defer("join_link", "dial_in")
        .order_by("chair__name", "pk")
    )
    mine = tuple(one for one in passed if one.chair_id == viewer.pk)
    may = viewer.leads and not mine and rhythm.template not in STAYS and rhythm.state == Rhythm.ACTIVE
    may = may and rhythm.people.filter(pk=viewer.pk).exists()
    others = [one for one in passed if one.chair_id != viewer.pk]
    return Passing(rhythm, may, mine, tuple(_lives(others, viewer.today, now)))


def _lives(rhythms: list[Rhythm], today: date, now: datetime) -> list[Life]:
    this_week = monday_of(today)
    first = this_week - timedelta(weeks=WEEKS - 1)
    meetings = Meeting.objects.filter(rhythm__in=rhythms, day__gte=first, day__lte=today)
    found = list(meetings.select_related("rhythm").defer("word", "rhythm__join_link", "rhythm__dial_in"))
    states = states_of(found, now)
    words: defaultdict[tuple[int, date], set[str]] = defaultdict(set)
    for one in found:
        words[one.rhythm_id, monday_of(one.day)].add(states[one.pk])
    days = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return [Life(one, tuple(Week(day, _word(words[one.pk, day])) for day in days)) for one in rhythms]


def _word(states: set[str]) -> str:
    if states & COUNTS:
        return YES
    return NO if NOT_HELD in states else ""
