"""A calendar with its people matched, its categories told and its minutes counted: what pages and truths
use. Pure.

An ``Entry`` is made from a file (``entries``) or from what is kept of one in the database, and every rule on
relations takes entries, so that the look back and the pages follow the same rules.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from drumbeat.calendars.rules.categories import CATEGORIES, Context, categorise
from drumbeat.calendars.rules.facts import (
    CANCELLED,
    DECLINED,
    FELL_OUT,
    Circle,
    Learned,
    Occurrence,
    ReadCalendar,
)
from drumbeat.calendars.rules.matching import Present, reports_among, teams_among
from drumbeat.calendars.rules.words import plain

WHOLE_DAY = 24 * 60
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One occurrence with everything that was told about it.

    ``status`` is confirmed, tentative, cancelled, declined (by the owner) or fell_out. ``day`` and
    ``slot_day`` are the owner's local days of the start and of the slot that the rule gave. ``minutes``
    counts no minute twice (see ``counted_minutes``). ``customer`` says that a customer takes part, by mail
    domain or by name in the title. ``title``, ``place`` and ``link`` are empty where the owner did not want
    them kept.
    """

    uid: str
    recurrence_id: str
    rule: str
    starts_at: datetime
    ends_at: datetime
    day: date
    slot_day: date
    all_day: bool
    status: str
    people: tuple[Present, ...] = ()
    outside: tuple[str, ...] = ()
    strangers: int = 0
    customer: bool = False
    names_customer: bool = False
    busy: bool = True
    away: bool = False
    minutes: int = 0
    category: str | None = None
    reason: str = ""
    title: str = ""
    place: str = ""
    link: str = ""
    time_zone: str = ""
    pk: int | None = None  # of the kept event; None for one out of a file

    @property
    def key(self) -> tuple[str, str]:
        """What tells this entry from every other of the same calendar."""
        return self.uid, self.recurrence_id

    @property
    def stands(self) -> bool:
        """Whether it is neither cancelled nor declined by the owner nor left out."""
        return self.status not in {CANCELLED, DECLINED, FELL_OUT}

    @property
    def counts(self) -> bool:
        """Whether its minutes are the owner's time: timed, shorter than a day, busy, standing."""
        length = (self.ends_at - self.starts_at).total_seconds() / 60
        return self.stands and self.busy and not self.all_day and not self.away and 0 < length < WHOLE_DAY

    @property
    def reports(self) -> frozenset[str]:
        """The direct reports who are there themselves."""
        return reports_among(self.people)

    @property
    def teams(self) -> frozenset[str]:
        """The direct reports who are there themselves or by somebody of their team."""
        return teams_among(self.people)

    @property
    def one_to_one_with(self) -> str | None:
        """The direct report with whom the owner is alone; None otherwise."""
        alone = len(self.people) == 1 and not self.outside and not self.strangers and not self.customer
        return self.people[0].key if alone and self.people[0].is_report and not self.all_day else None

    def response_of(self, key: str) -> str:
        """What that person answered."""
        return next((one.response for one in self.people if one.key == key), "")


def entries(read: ReadCalendar, circle: Circle, learned: Iterable[Learned] = ()) -> tuple[Entry, ...]:
    """Everything the calendar says, slots left out included, in order of time, minutes counted."""
    context = Context(circle, learned, owner_address=read.owner_address)
    made = [entry_of(one, context) for one in (*read.occurrences, *read.left_out)]
    made.sort(key=lambda one: (one.starts_at, one.ends_at, one.uid, one.recurrence_id))
    return with_minutes(made)


def entry_of(occurrence: Occurrence, context: Context) -> Entry:
    """One occurrence matched and categorised; its minutes are counted later, together with all others."""
    party = context.matcher.party(occurrence)
    category, reason = categorise(occurrence, context, party)
    circle = context.circle
    mine = {context.matcher.owner_address.lower(), circle.owner.address.lower()}
    declined = any(occurrence.response_of(address) == DECLINED for address in mine)
    title = plain(occurrence.title)
    status = occurrence.status
    if status != FELL_OUT and title.replace(" :", ":").partition(":")[0] in context.words.cancelled:
        status = CANCELLED
    if declined and status not in {CANCELLED, FELL_OUT}:
        status = DECLINED
    hidden = occurrence.private
    visits = party.from_title and party.people and context.words.visit.find(title)
    names_customer = bool(party.customer or visits)
    return Entry(
        uid=occurrence.uid,
        recurrence_id=occurrence.recurrence_id,
        rule=occurrence.rule,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        day=occurrence.local_day,
        slot_day=occurrence.slot_day,
        all_day=occurrence.all_day,
        status=status,
        people=party.people,
        outside=party.outside,
        strangers=party.strangers,
        customer=names_customer or any(domain in circle.customers for domain in party.outside),
        names_customer=names_customer,
        busy=not occurrence.free and not occurrence.private,
        away=_is_away(occurrence, context),
        category=category,
        reason=reason[:300],
        title="" if hidden else occurrence.title,
        place="" if hidden else occurrence.place,
        link="" if hidden else occurrence.link,
        time_zone=occurrence.time_zone,
    )


def _is_away(occurrence: Occurrence, context: Context) -> bool:
    """Out of office by its mark, or an all-day entry that says so in its title, with nobody else in it."""
    if occurrence.out_of_office:
        return True
    return (
        occurrence.all_day
        and len(occurrence.people) <= 1
        and bool(context.words.away.find(plain(occurrence.title)))
    )


def with_minutes(found: list[Entry]) -> tuple[Entry, ...]:
    """The same entries with ``minutes`` set."""
    minutes = counted_minutes(found)
    return tuple(replace(one, minutes=minutes.get(one.key, 0)) for one in found)


def counted_minutes(found: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """How many minutes each entry that counts has, no minute given twice.

    Where entries overlap, a minute belongs to the one that started last: what is put into a long block is
    what was really done. Of two that start together the shorter one has it, of equal ones the first by uid.
    The sum is the number of minutes that anything covered.
    """
    spans = sorted((_minute(one.starts_at), _minute(one.ends_at), one.key) for one in found if one.counts)
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    given: dict[tuple[str, str], int] = {key: 0 for _, _, key in spans}
    running: list[tuple[int, int, tuple[str, str]]] = []
    place = 0
    for edge, following in pairwise(edges):
        while place < len(spans) and spans[place][0] <= edge:
            start, end, key = spans[place]
            heapq.heappush(running, (-start, end, key))
            place += 1
        while running and running[0][1] <= edge:
            heapq.heappop(running)
        if running:
            given[running[0][2]] += following - edge
    return given


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def minutes_by_category(found: Iterable[Entry], first: date, last: date) -> dict[str, int]:
    """Minutes of each category and of ``unknown``, of entries that start on the days from first to last."""
    total = dict.fromkeys((*CATEGORIES, UNKNOWN), 0)
    for one in found:
        if first <= one.day <= last:
            total[one.category or UNKNOWN] += one.minutes
    return total


def coverage(minutes: dict[str, int]) -> float | None:
    """Categorised minutes over all counted minutes; None when nothing was counted."""
    everything = sum(minutes.values())
    return (everything - minutes.get(UNKNOWN, 0)) / everything if everything else None
