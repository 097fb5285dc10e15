"""The page before one meeting: what is asked of one person, and who is in already."""

from dataclasses import dataclass
from datetime import date, datetime

from drumbeat.journal.openings import Opened
from drumbeat.meetings.lanes import TWO
from drumbeat.meetings.models import Meeting, PreWork, PrivateNote, Seat
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.queries.alone import Told, told_in
from drumbeat.meetings.rules.words import version_of
from drumbeat.people.models import Person

NOT_ASKED, NOT_YET, EXCUSED, IN, IN_LATE = "nothing asked", "not in yet", "excused", "in", "in, late"


@dataclass(frozen=True)
class OfOne:
    """One person's pre-work: in, in late, not yet, excused or not asked, and what was sent in."""

    seat: Seat
    prework: PreWork | None

    @property
    def person(self) -> Person:
        return self.seat.person

    @property
    def late(self) -> bool:
        due = self.seat.prework_due_at
        return self.prework is not None and due is not None and self.prework.in_at > due

    @property
    def words(self) -> str:
        if self.prework is not None:
            return IN_LATE if self.late else IN
        if self.seat.excused:
            return EXCUSED
        return NOT_YET if self.seat.prework_due_at else NOT_ASKED

    @property
    def asked(self) -> bool:
        return self.words == NOT_YET

    @property
    def shows_word(self) -> bool:
        return self.words == EXCUSED and bool(self.seat.excused_word)


@dataclass(frozen=True)
class Before:
    """What one person sees before one meeting. ``alone_with`` is the chair at the end of the second lane."""

    meeting: Meeting
    mine: OfOne
    others: list[OfOne]
    prompts: tuple[str, ...]
    alone_with: Person | None
    told: list[Told]
    overdue: bool

    @property
    def seen(self) -> str:
        return version_of(self.mine.prework.changed_at if self.mine.prework else None)

    @property
    def due_at(self) -> datetime | None:
        return self.mine.seat.prework_due_at

    @property
    def open(self) -> bool:
        return self.meeting.state == Meeting.PLANNED

    def may_excuse(self, *, chairs: bool) -> set[int]:
        """Whom the viewer may excuse on the page: oneself, and as the chair anybody, while it is asked."""
        rows = [self.mine, *(self.others if chairs else ())] if self.open else []
        return {row.person.pk for row in rows if row.asked}

    @property
    def folded(self) -> bool:
        """In a large round each text is one tap away."""
        return len(self.others) >= TWO

    @property
    def readers(self) -> str:
        """Who reads what is sent in."""
        return (
            " and ".join(one.person.name for one in self.others)
            if not self.folded
            else (f"the {len(self.others) + 1} people of this meeting")
        )

    def openings(self) -> list[Opened]:
        """What the page shows that others wrote in confidence."""
        shown = []
        for one in self.others:
            if one.prework is not None and one.prework.confidential:
                shown.append(Opened("prework", one.prework.pk, str(one.prework), author=one.person.pk))
            if one.shows_word:
                name = f"word of excuse for the {self.meeting}"
                shown.append(Opened("seat", one.seat.pk, name, author=one.person.pk))
        return [*shown, *(opened for told in self.told for opened in told.opened_by(self.mine.person))]


def before(meeting: Meeting, viewer: Person, *, today: date, now: datetime) -> Before:
    """The page for somebody with a seat; its statements do not grow with the seats."""
    sent = {row.person_id: row for row in PreWork.objects.filter(meeting=meeting)}
    seats = list(meeting.seats.select_related("person").order_by("-chairs", "person__name_key", "pk"))
    rows = [OfOne(seat, sent.get(seat.person_id)) for seat in seats]
    mine = next(row for row in rows if row.person.pk == viewer.pk)
    lane = meeting.rhythm.confidential and len(seats) == TWO and not mine.seat.chairs
    chair = next((seat.person for seat in seats if seat.chairs), None) if lane else None
    due = mine.seat.prework_due_at
    return Before(
        meeting,
        mine,
        [row for row in rows if row is not mine],
        agenda_of(meeting).comes_in,
        chair,
        told_in(meeting, viewer, today) if chair else [],
        overdue=mine.asked and due is not None and due <= now,
    )


def private_note_of(meeting: Meeting, viewer: Person) -> PrivateNote | None:
    """The viewer's own note on a meeting; nobody else's is ever asked for."""
    return PrivateNote.objects.filter(meeting=meeting, author=viewer).first()
