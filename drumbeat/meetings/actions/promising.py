"""What comes out of a room by one line: promises, the chair's own step."""

from datetime import date, datetime, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import action, note
from drumbeat.meetings.models import Meeting, Outcome, Seat
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules.room import KEEP
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell
from drumbeat.people.models import Person
from drumbeat.promises.actions import make_promise, mark_done, promise_by_line
from drumbeat.promises.models import Promise

UNTIL_NEXT = timedelta(days=14)


class NothingToKeep(Refused):
    """A start, stop or keep without words."""


@action("room.promise")
def promise_in_room(
    *, actor: Person, today: date, now: datetime, meeting: Meeting, line: str, item: str = ""
) -> Promise:
    """A promise by one line (``@Ana Fri price list``) among those who sit here; confidential as the room.

    Raises RoomIsShut and whatever the line does not say.
    """
    still_open(meeting)
    made = promise_by_line(
        actor=actor,
        today=today,
        line=line,
        people=_seated(meeting),
        confidential=meeting.rhythm.confidential,
        now=now,
    )
    return _came_out(meeting, made, item)


@action("room.promise_done")
def finish_in_room(*, actor: Person, today: date, meeting: Meeting, promise: Promise) -> None:
    """Somebody of the two says in the room that a promise is kept. Raises RoomIsShut, NotOpen."""
    still_open(meeting)
    mark_done(actor=actor, today=today, promise=promise)
    note(meeting)
    tell(meeting, "promises", "closing")


@action("room.keep")
def keep_in_room(*, actor: Person, today: date, meeting: Meeting, text: str, item: str = "") -> Promise:
    """What the chair should start, stop or keep: the chair's own promise, asked by the one who said it.

    Where the chair types it in a meeting of two, the other asked for it. Due on the day before the next
    meeting of the rhythm, two weeks from now where there is none. Raises NothingToKeep, RoomIsShut.
    """
    still_open(meeting)
    text = text.replace("\0", "").strip()
    if not text:
        raise NothingToKeep("Say in one line what to start, stop or keep.")
    chair = meeting.rhythm.chair
    others = [person for person in _seated(meeting) if person.pk != chair.pk]
    asked_by = next((person for person in others if person.pk == actor.pk), None)
    if asked_by is None:
        asked_by = others[0] if len(others) == 1 else chair
    made = make_promise(
        actor=actor,
        today=today,
        owner=chair,
        asked_by=asked_by,
        text=text,
        due=_before_next(meeting, today),
        confidential=meeting.rhythm.confidential,
    )
    return _came_out(meeting, made, item or _key(meeting, KEEP))


def _seated(meeting: Meeting) -> list[Person]:
    """Everyone with a seat, by name."""
    seats = (
        Seat.objects.filter(meeting=meeting).select_related("person").order_by("person__name", "person_id")
    )
    return [seat.person for seat in seats]


def _before_next(meeting: Meeting, today: date) -> date:
    """The day before the next meeting of the rhythm, never before today."""
    following = (
        Meeting.objects.filter(
            rhythm_id=meeting.rhythm_id, state=Meeting.PLANNED, starts_at__gt=meeting.starts_at
        )
        .order_by("starts_at")
        .values_list("day", flat=True)
        .first()
    )
    if following is None:
        return today + UNTIL_NEXT
    return max(following - timedelta(days=1), today)


def _came_out(meeting: Meeting, made: Promise, item: str) -> Promise:
    Outcome.objects.create(meeting=meeting, promise=made, item=item.replace("\0", "")[:40])
    note(meeting)
    tell(meeting, "promises", "closing", *([f"item-{item}"] if item else []))
    return made


def _key(meeting: Meeting, part: str) -> str:
    return next((one.key for one in agenda_of(meeting).items if one.part == part), "")
