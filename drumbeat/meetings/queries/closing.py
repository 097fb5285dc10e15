"""What the bar at the foot of the room, and the page of the closing, show."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.wording import first_name, in_words
from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import Meeting, Outcome, RoundLine, Seat
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules.agenda import EACH, MUST_WIN, Body
from drumbeat.meetings.rules.closing import ONE_WORD, UNDONE_FOR, WORTH, Sitter, present, still_asked
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise

SHOWN = 3  # "Nothing from …" buttons in the bar; more stand on the page


@dataclass(frozen=True)
class Row:
    """One person: ``asked`` while a word is still missing, ``there`` unless said or seen to be absent."""

    person: Person
    sitter: Sitter
    there: bool
    asked: bool

    @property
    def first(self) -> str:
        """The first name, as the bar says it."""
        return first_name(self.person.name)


@dataclass(frozen=True)
class Closing:
    """The bar and the page. ``mine`` is the viewer's own seat, for the rating after the closing."""

    meeting: Meeting
    body: Body
    rows: tuple[Row, ...]
    mine: Seat | None
    chairs: bool
    now: datetime

    @property
    def closed(self) -> bool:
        return self.meeting.state == Meeting.CLOSED

    @property
    def open(self) -> bool:
        return self.meeting.state == Meeting.PLANNED

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Of whom something is still asked."""
        return tuple(row for row in self.rows if row.asked)

    @property
    def nothing_from(self) -> tuple[Row, ...]:
        """For whom the viewer may say by one tap that nothing comes."""
        mine = self.mine.person_id if self.mine else 0
        return tuple(row for row in self.waiting if self.chairs or row.person.pk == mine)[:SHOWN]

    @property
    def more(self) -> int:
        """How many more are waited for than the bar has room to name."""
        return max(0, len(self.waiting) - SHOWN)

    @property
    def each(self) -> bool:
        """Whether everyone is asked for a dated promise."""
        return self.body.demands == EACH

    @property
    def sentence(self) -> str:
        """Who leaves with what, in one sentence, without a word of it."""
        return _sentence(self.body.demands, [row for row in self.rows if row.there])

    @property
    def example(self) -> str:
        """Whose name stands in the empty line: somebody who is still asked, else anybody."""
        rows = self.waiting or self.rows
        return rows[0].first if rows else ""

    @property
    def asks_rating(self) -> bool:
        """Whether the viewer is asked the two taps now."""
        return self.closed and self.mine is not None and not self.rated

    @property
    def rated(self) -> bool:
        return self.mine is not None and self.mine.worth is not None and bool(self.mine.one_word)

    @property
    def may_reopen(self) -> bool:
        at = self.meeting.closed_at
        return self.chairs and self.closed and at is not None and self.now - at <= UNDONE_FOR

    @property
    def two(self) -> bool:
        """Whether it is a talk of two, in which no answer is nameless."""
        return len(self.rows) == 2

    worths = tuple(WORTH.items())
    words = ONE_WORD


def closing_of(meeting: Meeting, viewer: int, now: datetime) -> Closing:
    """The closing as a person sees it. The meeting comes with its rhythm; three queries and the agenda's."""
    body = agenda_of(meeting)
    seats = _seats(meeting)
    rows = _rows(meeting, body, seats)
    mine = next((seat for seat in seats if seat.person_id == viewer), None)
    return Closing(meeting, body, rows, mine, viewer == meeting.rhythm.chair_id, now)


def asked_of(meeting: Meeting) -> list[Person]:
    """Of whom something is still asked, by name."""
    return [row.person for row in _rows(meeting, agenda_of(meeting), _seats(meeting)) if row.asked]


def _seats(meeting: Meeting) -> list[Seat]:
    """Everyone with a seat, the chair last: what others leave with comes first."""
    return list(
        Seat.objects.filter(meeting=meeting)
        .select_related("person")
        .defer("excused_word")
        .order_by("chairs", "person__name", "person_id")
    )


def _rows(meeting: Meeting, body: Body, seats: list[Seat]) -> tuple[Row, ...]:
    made = (
        Outcome.objects.filter(meeting=meeting, promise__isnull=False)
        .exclude(promise__state=Promise.DROPPED)
        .values_list("promise__owner_id", "item")
    )
    owes: Counter[int] = Counter()
    keep = {item.key for item in body.items if item.part == "keep"}
    for owner, item in made:
        # What the chair should start, stop or keep is the chair's, whoever typed it.
        owes[meeting.rhythm.chair_id if item in keep else owner] += 1
    lines = RoundLine.objects.filter(meeting=meeting).exclude(must_win="")
    won = set(lines.values_list("person_id", flat=True))
    sitters = [
        Sitter(
            person=seat.person_id,
            chairs=seat.person_id == meeting.rhythm.chair_id,
            came=seat.came_at is not None,
            absent=seat.absent,
            spoke=seat.spoke,
            nothing=seat.nothing,
            promises=owes[seat.person_id],
            must_win=seat.person_id in won,
        )
        for seat in seats
    ]
    asked = {one.person for one in still_asked(body.demands, sitters)}
    there = {one.person for one in present(sitters)}
    return tuple(
        Row(seat.person, sitter, seat.person_id in there, seat.person_id in asked)
        for seat, sitter in zip(seats, sitters, strict=True)
    )


def _sentence(demands: str, there: list[Row]) -> str:
    if demands == MUST_WIN:
        others = [row for row in there if not row.sitter.chairs]
        gave = sum(row.sitter.must_win or row.sitter.promises > 0 for row in others)
        if not others or gave == len(others):
            return "Everyone leaves with a must-win." if others else ""
        return f"{gave} of {len(others)} leave with a must-win."
    leaving = [row for row in there if row.sitter.promises]
    if not leaving:
        return "Nobody leaves with a step yet." if demands == EACH else "Nobody leaves with a promise."
    if len(there) > SHOWN:
        return f"{len(leaving)} of {len(there)} leave with a step."
    said = [f"{row.first} leaves with {in_words(row.sitter.promises, 'step')}." for row in leaving]
    said += [
        f"{row.first} leaves with nothing." for row in there if row.sitter.nothing and row not in leaving
    ]
    return " ".join(said)


@dataclass(frozen=True)
class Promised:
    """What came out of the meeting so far; ``opened`` where the texts are confidential."""

    of: tuple[Promise, ...]
    opened: tuple[Opened, ...]


def promised_in(meeting: Meeting) -> Promised:
    """The promises made in the meeting, by day. One query."""
    found = tuple(
        Promise.objects.filter(made_in__meeting=meeting)
        .exclude(state=Promise.DROPPED)
        .defer("reason")
        .order_by("due", "pk")
    )
    sealed = (one for one in found if one.confidential)
    return Promised(
        found, tuple(Opened("promise", one.pk, str(one), one.author_id, one.owner_id) for one in sealed)
    )
