"""The quality of a rhythm's meetings, for those who sit in them."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.meetings.models import Meeting, Outcome, PreWork, Rhythm, RoundLine, Seat
from drumbeat.meetings.queries.agendas import agenda_of_rhythm
from drumbeat.meetings.queries.held import states_of
from drumbeat.meetings.rules.closing import Sitter
from drumbeat.meetings.rules.held import HELD
from drumbeat.meetings.rules.quality import SHOWN, Kept, Part, lost_its_use, parts_of

LOOKED_AT = 3 * SHOWN  # meetings that are over, to find eight that were held


@dataclass(frozen=True)
class Dot:
    """One meeting in a small trend: ``kind`` is yes, part, no, or empty for not known."""

    day: str
    kind: str
    words: str


@dataclass(frozen=True)
class Line:
    """One part with its dots."""

    part: Part
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Quality:
    """The panel: how many held meetings it is about, its lines, and why it should change or end, if so."""

    rhythm: Rhythm
    held: int
    lines: tuple[Line, ...]
    lost: str
    chairs: bool


def quality(rhythm: Rhythm, person_id: int, now: datetime) -> Quality | None:
    """The panel for one who chairs or belongs to the rhythm; None for everyone else, leaders above included.
    Ten queries at most, however long it has been running."""
    chairs = rhythm.chair_id == person_id
    if not chairs and not rhythm.people.filter(pk=person_id).exists():
        return None
    over = rhythm.meetings.filter(starts_at__lt=now).order_by("-starts_at").select_related("rhythm")
    found = list(over.defer("word", "rhythm__join_link", "rhythm__dial_in")[:LOOKED_AT])[::-1]
    states = states_of(found, now)
    held = [one for one in found if states[one.pk] == HELD and one.ends_at <= now][-SHOWN:]
    kept = _kept(held, agenda_of_rhythm(rhythm, now).demands)
    lines = tuple(Line(part, _dots(part, held)) for part in parts_of(kept))
    lost = lost_its_use(kept, [states[one.pk] for one in found]) if rhythm.state == Rhythm.ACTIVE else ""
    return Quality(rhythm, len(held), lines, lost, chairs)


def _kept(held: list[Meeting], demands: str) -> list[Kept]:
    ids = [one.pk for one in held]
    sent = {
        (meeting, person): at
        for meeting, person, at in PreWork.objects.filter(meeting__in=ids).values_list(
            "meeting_id", "person_id", "in_at"
        )
    }
    promises = Counter(
        Outcome.objects.filter(meeting__in=ids, promise__isnull=False).values_list(
            "meeting_id", "promise__owner_id"
        )
    )
    wins = set(
        RoundLine.objects.filter(meeting__in=ids).exclude(must_win="").values_list("meeting_id", "person_id")
    )
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(meeting__in=ids).defer("excused_word"):
        seats[seat.meeting_id].append(seat)
    return [_one(one, seats[one.pk], sent, promises, wins, demands) for one in held]


def _one(
    one: Meeting,
    seats: list[Seat],
    sent: dict[tuple[int, int], datetime],
    promises: Counter[tuple[int, int]],
    wins: Collection[tuple[int, int]],
    demands: str,
) -> Kept:
    asked = [seat for seat in seats if seat.prework_due_at and not seat.excused]
    return Kept(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        prework=tuple(_in_time(sent.get((one.pk, seat.person_id)), seat.prework_due_at) for seat in asked),
        sitters=tuple(
            Sitter(
                seat.person_id,
                seat.chairs,
                came=seat.came_at is not None,
                absent=seat.absent,
                spoke=seat.spoke,
                nothing=seat.nothing,
                promises=promises[one.pk, seat.person_id],
                must_win=(one.pk, seat.person_id) in wins,
            )
            for seat in seats
        ),
        worth=tuple(seat.worth for seat in seats if seat.worth is not None),
        demands=demands,
    )


def _in_time(at: datetime | None, due: datetime | None) -> bool:
    return at is not None and due is not None and at <= due + timedelta(minutes=1)


def _dots(part: Part, held: list[Meeting]) -> tuple[Dot, ...]:
    found = []
    for one, value in zip(held, part.values, strict=True):
        kind = "" if value is None else "yes" if value >= 0.75 else "no" if value < 0.25 else "part"
        words = "not known" if value is None else f"{round(100 * value)}%"
        found.append(Dot(f"{one.day.day} {one.day:%B}", kind, words))
    return tuple(found)
