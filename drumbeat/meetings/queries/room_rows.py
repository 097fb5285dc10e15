"""What the room's page is made of: rows, and the few questions that its templates ask."""

from dataclasses import dataclass, field
from datetime import date, datetime

from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import Meeting, Rhythm, Topic
from drumbeat.meetings.queries.room_promises import RoomPromise
from drumbeat.meetings.rules import room as rules
from drumbeat.meetings.rules.agenda import Body, Item
from drumbeat.meetings.rules.joining import link_name
from drumbeat.people.models import Person


@dataclass(frozen=True)
class Said:
    """A text and who said it."""

    who: str
    text: rules.Folded
    pk: int = 0
    to: str = ""


@dataclass(frozen=True)
class SeatRow:
    """One person of the room. ``prework``: in, missing, excused, or empty where nothing is asked."""

    person: Person
    chairs: bool
    here: bool
    absent: bool
    prework: str
    nothing: bool


@dataclass(frozen=True)
class ItemRow:
    """One item of the agenda as the room shows it; ``state`` is done, now or coming."""

    item: Item
    state: str
    lead: str
    title: str = ""
    text: str = ""
    number: int = 0
    beside: list[Said] = field(default_factory=list)
    prework: list[Said] = field(default_factory=list)
    thanks: list[Said] = field(default_factory=list)
    kept: list[RoomPromise] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def part(self) -> str:
        return self.item.part

    @property
    def short(self) -> str:
        return rules.short(self.title)

    @property
    def takes_notes(self) -> bool:
        """Where a line of another kind is asked for, notes are shown only if there are any."""
        return self.part not in rules.WITHOUT_NOTES or bool(self.text)

    @property
    def folded(self) -> rules.Folded:
        return rules.folded(self.text)


@dataclass(frozen=True)
class RoundRow:
    """What one person said in the round, or would say by the pre-work."""

    person: Person
    must_win: str
    help_needed: str
    said: bool
    spoke: bool
    has_turn: bool
    here: bool
    helpers: list[Person]


@dataclass(frozen=True)
class TopicRow:
    pk: int
    text: rules.Folded
    who: str
    state: str
    carried: int


@dataclass(frozen=True)
class Won:
    """A must-win of the last time; ``won`` is None until somebody says."""

    pk: int
    who: str
    text: str
    won: bool | None


@dataclass
class Room:
    """One meeting's room for one person; for ``me`` None, as everyone sees it alike."""

    meeting: Meeting
    rhythm: Rhythm
    chair: Person
    body: Body
    me: Person | None
    now: datetime
    today: date
    seats: list[SeatRow]
    items: list[ItemRow]
    round: list[RoundRow]
    topics: list[TopicRow]
    promises: list[RoomPromise]
    tones: list[Said]
    won: list[Won]
    openings: list[Opened]

    @property
    def here(self) -> list[SeatRow]:
        return [seat for seat in self.seats if seat.here]

    @property
    def not_here(self) -> list[SeatRow]:
        return [seat for seat in self.seats if not seat.here]

    @property
    def example(self) -> str:
        """Whom the empty line names, to show how one is written."""
        others = [one for one in self.people if one.pk != self.chair.pk]
        return (others or self.people)[0].name.split()[0] if self.people else ""

    @property
    def people(self) -> list[Person]:
        return [seat.person for seat in self.seats]

    @property
    def of_two(self) -> bool:
        return len(self.seats) == 2

    @property
    def other(self) -> Person | None:
        """The other one, in a meeting of two."""
        others = [person for person in self.people if self.me is None or person.pk != self.me.pk]
        return others[0] if self.of_two and len(others) == 1 else None

    @property
    def title(self) -> str:
        """``One-to-one with Rahul`` from where the viewer sits; a meeting of more by its own name."""
        return f"{self.body.name} with {self.other.name.split()[0]}" if self.other else self.rhythm.name

    @property
    def provider(self) -> str:
        """``Teams`` for a link whose host is known; empty for any other."""
        return link_name(self.rhythm.join_link)

    @property
    def can_write(self) -> bool:
        return self.meeting.state == Meeting.PLANNED

    @property
    def is_early(self) -> bool:
        """Before anyone who comes in counts as present."""
        return self.can_write and self.now < self.meeting.starts_at - rules.EARLY

    @property
    def can_run(self) -> bool:
        """Whether the agenda can be gone through: not days before."""
        return self.can_write and not self.is_early

    @property
    def running(self) -> ItemRow | None:
        return next((row for row in self.items if row.state == "now"), None)

    @property
    def following(self) -> ItemRow | None:
        """What comes after the running item; the first that is not through where none runs."""
        rows = self.items
        if self.running:
            rows = rows[rows.index(self.running) + 1 :]
        return next((row for row in rows if row.state == "coming"), None)

    @property
    def through(self) -> int:
        return sum(1 for row in self.items if row.state == "done")

    @property
    def minutes_gone(self) -> int:
        since = self.meeting.running_since
        return max(0, int((self.now - since).total_seconds() // 60)) if since else 0

    @property
    def speaks(self) -> RoundRow | None:
        return next((row for row in self.round if row.has_turn), None)

    @property
    def in_topics(self) -> bool:
        """Whether the agenda has a place for topics; else they stand beside it."""
        return any(row.part == rules.TOPICS for row in self.items)

    @property
    def in_round(self) -> bool:
        return any(row.part == rules.ROUND for row in self.items)

    @property
    def missing(self) -> list[Person]:
        """Whose pre-work is not in."""
        return [seat.person for seat in self.seats if seat.prework == "missing"]

    @property
    def my_prework(self) -> str:
        return next((seat.prework for seat in self.seats if self.me and seat.person.pk == self.me.pk), "")

    @property
    def on_table(self) -> list[TopicRow]:
        return [row for row in self.topics if row.state == Topic.OPEN]

    @property
    def parked(self) -> list[TopicRow]:
        return [row for row in self.topics if row.state == Topic.PARKED]

    @property
    def talked(self) -> list[TopicRow]:
        return [row for row in self.topics if row.state == Topic.DONE]

    @property
    def mine(self) -> list[RoomPromise]:
        return [row for row in self.promises if self.me and row.owner_id == self.me.pk]

    def row(self, key: str) -> ItemRow | None:
        return next((one for one in self.items if one.key == key), None)
