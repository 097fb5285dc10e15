"""What comes in before a meeting: sent in, or excused with a word."""

from datetime import date, datetime, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Meeting, PreWork, Seat
from drumbeat.meetings.rules.words import NothingWritten, fit, one_line, version_of
from drumbeat.meetings.telling import EVERYTHING, tell
from drumbeat.people.models import Person

LONGEST, LONGEST_WORD = 20_000, 300
# While somebody types, a text is kept every second: one line of the journal says it.
ONE_SITTING = timedelta(hours=1)


class NoSeat(Refused):
    """Somebody who is not asked to this meeting."""


class MeetingIsOver(Refused):
    """The meeting is closed, or does not take place."""


class ChangedElsewhere(Refused):
    """The text was changed in another window since this one was opened; ``other`` is what stands there."""

    def __init__(self, message: str, other: str) -> None:
        super().__init__(message)
        self.other = other


class NotTheirs(Refused):
    """Only the person and the chair excuse from pre-work."""


@action("prework.send")
def send_in(
    *, actor: Actor, today: date, now: datetime, meeting: Meeting, text: str, seen: str | None = None
) -> PreWork:
    """Send in, or change, the actor's pre-work; a later change keeps the moment at which it came in.

    ``seen`` is the version (``version_of``) that the page showed; None takes the text as it comes.
    Raises NoSeat, MeetingIsOver, NothingWritten, TooLong or ChangedElsewhere.
    """
    seat = _seat(meeting, actor.pk)
    _still_to_come(meeting)
    text = fit(text, LONGEST)
    if not text:
        raise NothingWritten("Nothing is written yet; one line is enough, or be excused with a word.")
    mine = PreWork.objects.filter(meeting=meeting, person_id=seat.person_id).first()
    if mine is not None and mine.text == text:
        unchanged()
        return mine
    if mine is not None and seen is not None and seen != version_of(mine.changed_at):
        raise ChangedElsewhere(
            "You changed this in another window meanwhile. Both texts stand here; press again to keep yours.",
            mine.text,
        )
    sitting = mine is not None and now - mine.changed_at < ONE_SITTING
    mine = mine or PreWork(meeting=meeting, person_id=seat.person_id, in_at=now)
    mine.changed_at = now
    mine.put(text, confidential=meeting.rhythm.confidential).save()
    if sitting:
        unchanged()
    else:
        note(mine)
    tell(meeting, EVERYTHING)
    return mine


@action("prework.excuse")
def excuse(*, actor: Actor, today: date, meeting: Meeting, person: Person, word: str) -> Seat:
    """Excuse a person from the pre-work, with a word; by the person or the chair.

    Raises NotTheirs, NoSeat, MeetingIsOver, NothingWritten or TooLong.
    """
    seat = _may_excuse(actor, meeting, person)
    word = one_line(word, LONGEST_WORD)
    if not word:
        raise NothingWritten("Say it with a word: “at a customer all day” is enough.")
    seat.excused, seat.excused_word = True, word
    seat.save(update_fields=["excused", "excused_word"])
    note(seat, name=f"pre-work for the {meeting}")
    tell(meeting, EVERYTHING)
    return seat


@action("prework.ask_again")
def ask_again(*, actor: Actor, today: date, meeting: Meeting, person: Person) -> Seat:
    """Take an excuse back. Raises NotTheirs, NoSeat or MeetingIsOver."""
    seat = _may_excuse(actor, meeting, person)
    if not seat.excused:
        unchanged()
        return seat
    seat.excused, seat.excused_word = False, ""
    seat.save(update_fields=["excused", "excused_word"])
    note(seat, name=f"pre-work for the {meeting}")
    tell(meeting, EVERYTHING)
    return seat


def _may_excuse(actor: Actor, meeting: Meeting, person: Person) -> Seat:
    if actor.pk not in (person.pk, meeting.rhythm.chair_id):
        raise NotTheirs("Only the person and the chair excuse from pre-work.")
    seat = _seat(meeting, person.pk)
    _still_to_come(meeting)
    return seat


def _seat(meeting: Meeting, person: int) -> Seat:
    """The person's seat, held until the end of the action, so that two windows come one after the other."""
    seat = Seat.objects.select_for_update().filter(meeting=meeting, person_id=person).first()
    if seat is None:
        raise NoSeat("There is no seat for that person at this meeting.")
    return seat


def _still_to_come(meeting: Meeting) -> None:
    state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
    if state == Meeting.CLOSED:
        raise MeetingIsOver(
            "The meeting is closed, so this reaches nobody there. What you typed still stands here: "
            "take it to the next one, or make a promise of it."
        )
    if state != Meeting.PLANNED:
        raise MeetingIsOver(
            "This meeting does not take place. What you typed still stands here for the next one."
        )
