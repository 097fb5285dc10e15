"""Everything that the room's page shows, in a number of statements that nothing makes grow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from drumbeat.core.worded import Worded
from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import (
    ItemDone,
    Meeting,
    Note,
    Outcome,
    PreWork,
    Rhythm,
    RoundLine,
    Seat,
    Topic,
)
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.queries.room_promises import RoomPromise, promises_for
from drumbeat.meetings.queries.tone import tones_for
from drumbeat.meetings.rules import room as rules
from drumbeat.meetings.rules.agenda import LEADS, Body, Item
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


def room_of(meeting: Meeting, *, me: Person | None, today: date, now: datetime) -> Room:
    """The room of a meeting whose rhythm and chair are loaded."""
    body = agenda_of(meeting)
    seats = list(
        Seat.objects.filter(meeting=meeting)
        .select_related("person")
        .defer("excused_word")
        .order_by("-chairs", "person__name", "person_id")
    )
    prework = {one.person_id: one for one in PreWork.objects.filter(meeting=meeting)}
    notes = list(
        Note.objects.filter(meeting=meeting).select_related("author").order_by("beside", "changed_at", "pk")
    )
    topics = list(Topic.objects.filter(meeting=meeting).select_related("author").order_by("made_at", "pk"))
    outcomes = list(
        Outcome.objects.filter(meeting=meeting, thanks__isnull=False)
        .select_related("thanks__giver", "thanks__receiver")
        .order_by("pk")
    )
    promises = promises_for(meeting, [seat.person for seat in seats], today)
    parts = {item.part for item in body.items}
    spoken = _spoken(meeting) if rules.ROUND in parts else []
    won = _won(meeting) if rules.NUMBER in parts else []
    tones = tones_for(meeting.rhythm.chair, meeting.day) if "tone" in parts else []
    through = set(ItemDone.objects.filter(meeting=meeting).values_list("item", flat=True))
    return Room(
        meeting=meeting,
        rhythm=meeting.rhythm,
        chair=meeting.rhythm.chair,
        body=body,
        me=me,
        now=now,
        today=today,
        seats=[_seat(seat, prework, now) for seat in seats],
        items=_items(meeting, body, seats, through, prework, notes, outcomes, promises),
        round=_round(meeting, seats, spoken, prework, now) if rules.ROUND in parts else [],
        topics=[
            TopicRow(one.pk, rules.folded(one.text), one.author.name, one.state, one.carried)
            for one in topics
        ],
        promises=promises,
        tones=[Said(tone.leader, rules.folded(tone.text)) for tone in tones],
        won=won,
        openings=_openings([*prework.values(), *notes, *topics], outcomes, promises),
    )


def _seat(seat: Seat, prework: dict[int, PreWork], now: datetime) -> SeatRow:
    state = "in" if seat.person_id in prework else "excused" if seat.excused else "missing"
    return SeatRow(
        person=seat.person,
        chairs=seat.chairs,
        here=rules.is_here(seat.seen_at, now),
        absent=seat.absent,
        prework=state if seat.prework_due_at or state == "in" else "",
        nothing=seat.nothing,
    )


def _items(
    meeting: Meeting,
    body: Body,
    seats: list[Seat],
    through: set[str],
    prework: dict[int, PreWork],
    notes: list[Note],
    outcomes: list[Outcome],
    promises: list[RoomPromise],
) -> list[ItemRow]:
    fields: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        fields[note.item].append(note)
    place = rules.place_of_prework(body)
    names = {seat.person_id: seat.person.name for seat in seats}
    sent = [
        Said(names.get(one.person_id, ""), rules.folded(one.text), one.pk)
        for one in prework.values()
        if one.text.strip()
    ]
    others = [seat.person.name.split()[0] for seat in seats if not seat.chairs]
    theirs = others[0] if len(seats) == 2 and len(others) == 1 else ""
    rows = []
    for item in body.items:
        own = [note for note in fields[item.key] if not note.beside]
        rows.append(
            ItemRow(
                item=item,
                state="now" if meeting.running == item.key else "done" if item.key in through else "coming",
                lead=_lead(item, seats),
                title=rules.named(item.text, theirs),
                text=own[0].text if own else "",
                number=own[0].number if own else 0,
                beside=[
                    Said(note.author.name, rules.folded(note.text), note.pk)
                    for note in fields[item.key]
                    if note.beside
                ],
                prework=sent if item.key == place and item.part != rules.ROUND else [],
                thanks=[
                    Said(
                        one.thanks.giver.name,
                        rules.folded(one.thanks.text),
                        one.thanks.pk,
                        one.thanks.receiver.name,
                    )
                    for one in outcomes
                    if one.thanks and (one.item == item.key or item.part == rules.THANKS)
                ],
                kept=[row for row in promises if row.item == item.key and item.part == rules.KEEP],
            )
        )
    return rows


def _lead(item: Item, seats: list[Seat]) -> str:
    """Who leads the item, by name where the room has one such person."""
    chair = next((seat.person.name for seat in seats if seat.chairs), "")
    others = [seat.person.name for seat in seats if not seat.chairs]
    if item.lead in rules.CHAIR_LEADS and chair:
        return chair.split()[0]
    if item.lead in ("manager", "rep") and len(others) == 1:
        return others[0].split()[0]
    return LEADS.get(item.lead, item.lead)


def _spoken(meeting: Meeting) -> list[RoundLine]:
    return list(RoundLine.objects.filter(meeting=meeting).prefetch_related("helpers"))


def _round(
    meeting: Meeting,
    seats: list[Seat],
    spoken: list[RoundLine],
    prework: dict[int, PreWork],
    now: datetime,
) -> list[RoundRow]:
    """Everyone in turn, the chair last; what is not said yet is prefilled from the pre-work."""
    said = {line.person_id: line for line in spoken}
    rows = []
    for seat in sorted(seats, key=lambda seat: (seat.chairs, seat.person.name, seat.person_id)):
        line, sent = said.get(seat.person_id), prework.get(seat.person_id)
        must_win, help_needed = rules.must_win_of(sent.text) if sent else ("", "")
        rows.append(
            RoundRow(
                person=seat.person,
                must_win=line.must_win if line else must_win,
                help_needed=line.help_needed if line else help_needed,
                said=line is not None,
                spoke=seat.spoke,
                has_turn=meeting.turn_id == seat.person_id,
                here=rules.is_here(seat.seen_at, now),
                helpers=sorted(line.helpers.all(), key=lambda one: one.name) if line else [],
            )
        )
    return rows


def _won(meeting: Meeting) -> list[Won]:
    """The must-wins of the last time that the round of this rhythm was held."""
    earlier = RoundLine.objects.filter(
        meeting__rhythm_id=meeting.rhythm_id, meeting__starts_at__lt=meeting.starts_at
    )
    last = earlier.order_by("-meeting__starts_at").values("meeting_id")[:1]
    lines = (
        RoundLine.objects.filter(meeting_id__in=last).select_related("person").order_by("person__name", "pk")
    )
    return [Won(line.pk, line.person.name, line.must_win, line.won) for line in lines if line.must_win]


def _openings(worded: Iterable[Worded], outcomes: list[Outcome], promises: list[RoomPromise]) -> list[Opened]:
    """Every sealed text that the page shows, by whom it is."""
    found = [
        Opened(one._meta.model_name or "", one.pk, name=str(one), author=_author(one))
        for one in worded
        if one.confidential
    ]
    found += [
        Opened(
            "thanks",
            one.thanks.pk,
            name=str(one.thanks),
            author=one.thanks.giver_id,
            about=one.thanks.receiver_id,
        )
        for one in outcomes
        if one.thanks and one.thanks.confidential
    ]
    return found + [row.opened for row in promises if row.opened]


def _author(one: Worded) -> int:
    return getattr(one, "person_id", None) or getattr(one, "author_id")  # noqa: B009 - of four kinds
