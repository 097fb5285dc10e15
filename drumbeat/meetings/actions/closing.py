"""What is said before a meeting closes, its closing, and what each thought of it."""

from datetime import date, datetime

from django.db.models import Q

from drumbeat.core.refusal import Refused
from drumbeat.core.wording import first_name, listed
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.carrying import carry, carry_back, next_of
from drumbeat.meetings.models import ItemDone, Meeting, Minutes, Seat
from drumbeat.meetings.queries.closing import asked_of
from drumbeat.meetings.queries.minutes import minutes_of
from drumbeat.meetings.rules.closing import ONE_WORD, UNDONE_FOR, WORTH, ended_at
from drumbeat.meetings.standing import WHY, RoomIsShut
from drumbeat.meetings.telling import EVERYTHING, tell
from drumbeat.people.models import Person


class NoSeatHere(Refused):
    """Somebody who has no seat at this meeting."""


class NotYours(Refused):
    """Only oneself, or the chair, says that somebody leaves with nothing."""


class StillAsked(Refused):
    """Somebody who is present leaves with nothing, and nobody said so."""


class NotYet(Refused):
    """A meeting that lies ahead."""


class AlreadyClosed(Refused):
    """The other chair, or the other tab, was faster; nothing is done twice."""


class TooLate(Refused):
    """A closing that is taken back long after."""


class NoSuchWord(Refused):
    """An answer that is none of those asked."""


@action("meeting.absent")
def mark_absent(*, actor: Actor, today: date, meeting: Meeting, person: Person, absent: bool) -> None:
    """Say that somebody is not here, so nothing is asked; or that he or she is after all.

    Raises NoSeatHere, RoomIsShut or AlreadyClosed.
    """
    locked = _open(meeting)
    seat = _seat(locked, person)
    if seat.absent == absent:
        unchanged()
        return
    seat.absent = absent
    seat.save(update_fields=["absent"])
    note(meeting, absent=absent)
    tell(meeting, "people", "closing")


@action("meeting.nothing")
def leave_with_nothing(
    *, actor: Actor, today: date, meeting: Meeting, person: Person, nothing: bool = True
) -> None:
    """Say that somebody leaves with nothing; ``nothing`` false takes it back. Oneself, or the chair, says it.

    Raises NoSeatHere, NotYours, RoomIsShut or AlreadyClosed.
    """
    locked = _open(meeting)
    if actor.pk not in (person.pk, locked.rhythm.chair_id):
        raise NotYours(f"Only {person.name} or the chair says that; write a promise for yourself.")
    seat = _seat(locked, person)
    if seat.nothing == nothing:
        unchanged()
        return
    seat.nothing = nothing
    seat.save(update_fields=["nothing"])
    note(meeting, nothing=nothing)
    tell(meeting, "closing")


@action("meeting.close")
def close_meeting(*, actor: Actor, today: date, now: datetime, meeting: Meeting) -> Minutes:
    """Close it: unfinished topics go to the rhythm's next meeting, and the minutes are written.

    Raises AlreadyClosed where somebody closed it a moment ago, RoomIsShut, NotYet or StillAsked.
    """
    locked = _open(meeting)
    _begun(locked, now, "closed")
    waiting = asked_of(locked)
    if waiting:
        names = listed([first_name(one.name) for one in waiting])
        raise StillAsked(
            f"Before you close: what does {names} leave with? Write one line with a date, "
            "or tap “Nothing from …”."
            if len(waiting) == 1
            else f"Before you close: what do {names} leave with? Write a line with a date for each, "
            "or tap “Nothing from …”."
        )
    _end(locked, now, actor.pk)
    to = next_of([locked], now)
    minutes = minutes_of(locked, to.get(locked.pk))
    minutes.author_id, minutes.written_at = actor.pk, now
    minutes.save()
    carry(to)
    note(meeting)
    tell(meeting, EVERYTHING)
    return minutes


@action("meeting.reopen")
def reopen_meeting(*, actor: Actor, today: date, now: datetime, meeting: Meeting) -> None:
    """Take a closing back, shortly after: the minutes go, carried topics come back.

    Raises TooLate.
    """
    locked = _locked(meeting)
    if locked.state != Meeting.CLOSED or locked.closed_at is None:
        unchanged()
        return
    if now - locked.closed_at > UNDONE_FOR:
        raise TooLate("This meeting was closed more than half a day ago, so it stays closed.")
    Minutes.objects.filter(meeting=locked).delete()
    carry_back(locked)
    locked.state, locked.closed_by, locked.closed_at, locked.ended_at = Meeting.PLANNED, None, None, None
    locked.save(update_fields=["state", "closed_by", "closed_at", "ended_at"])
    note(meeting)
    tell(meeting, EVERYTHING)


@action("meeting.rate")
def rate(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    worth: int | None = None,
    one_word: str | None = None,
) -> Seat:
    """Say, for oneself, whether it was worth the time (3 yes, 2 partly, 1 no) and one of six words.

    What is None stays as it was. Raises NoSuchWord, NotYet or NoSeatHere.
    """
    seat = Seat.objects.filter(meeting=meeting, person_id=actor.pk).first()
    if seat is None:
        raise NoSeatHere("Only who had a seat in this meeting says whether it was worth the time.")
    _begun(meeting, now, "rated")
    if worth is not None and worth not in WORTH:
        raise NoSuchWord("Worth the time: yes, partly or no.")
    if one_word is not None and one_word not in ONE_WORD:
        raise NoSuchWord(f"Choose one of the six words: {listed(ONE_WORD)}.")
    before = (seat.worth, seat.one_word)
    seat.worth = seat.worth if worth is None else worth
    seat.one_word = seat.one_word if one_word is None else one_word
    if (seat.worth, seat.one_word) == before:
        unchanged()
        return seat
    seat.save(update_fields=["worth", "one_word"])
    note(meeting)
    return seat


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, held until the end of the transaction: of two at once one waits."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("rhythm__chair", "closed_by")
        .get(pk=meeting.pk)
    )


def _open(meeting: Meeting) -> Meeting:
    locked = _locked(meeting)
    if locked.state == Meeting.CLOSED:
        by = f"{locked.closed_by.name} closed it" if locked.closed_by else "it has closed by itself"
        raise AlreadyClosed(f"This meeting is closed: {by}. Nothing was done twice; here is what came of it.")
    if locked.state in WHY:
        raise RoomIsShut(WHY[locked.state])
    return locked


def _begun(meeting: Meeting, now: datetime, done: str) -> None:
    """An early talk counts from the first who comes in."""
    ahead = meeting.starts_at > now and meeting.state == Meeting.PLANNED
    if ahead and not meeting.seats.filter(came_at__isnull=False).exists():
        raise NotYet(
            f"This meeting is still to come, so it cannot be {done} yet; move it if it was held before."
        )


def _seat(meeting: Meeting, person: Person) -> Seat:
    seat = Seat.objects.filter(meeting=meeting, person=person).first()
    if seat is None:
        raise NoSeatHere(f"{person.name} has no seat in this meeting.")
    return seat


def _end(meeting: Meeting, now: datetime, by: int | None) -> None:
    """Closed; the running item is through, nobody has the word."""
    if meeting.running:
        ItemDone.objects.get_or_create(meeting=meeting, item=meeting.running, defaults={"at": now})
    seen = meeting.seats.filter(~Q(seen_at=None)).order_by("-seen_at").values_list("seen_at", flat=True)
    meeting.state, meeting.closed_at, meeting.closed_by_id = Meeting.CLOSED, now, by
    meeting.ended_at = ended_at(now, meeting.ends_at, seen.first())
    meeting.running, meeting.running_since, meeting.turn = "", None, None
    meeting.save(
        update_fields=[
            *("state", "closed_at", "closed_by", "ended_at"),
            *("running", "running_since", "turn"),
        ]
    )
