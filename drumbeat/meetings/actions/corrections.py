"""What became of a meeting, said by who was meant to be there: one tap, and back."""

from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import action, note, unchanged
from drumbeat.meetings.models import Meeting, Seat
from drumbeat.meetings.telling import tell
from drumbeat.people.models import Person

AS_IT_WAS = ""
TWO = 2


class NoSuchAnswer(Refused):
    """Something other than held, not held, or as it was."""


class StillAhead(Refused):
    """Nothing has become of a meeting that is still to come."""


class NotForYou(Refused):
    """In a larger meeting the chair says it."""


@action("meeting.correct")
def correct_meeting(*, actor: Person, today: date, now: datetime, meeting: Meeting, correction: str) -> str:
    """Say that it was held or not held; empty gives it back to room and calendar. The chair says it.

    In a talk of two the other one may say so too, unless the chair did. Gives back what stood before, for
    undo. Raises NoSuchAnswer, StillAhead or NotForYou.
    """
    if correction not in (AS_IT_WAS, Meeting.HELD, Meeting.NOT_HELD):
        raise NoSuchAnswer("Say “held”, “not held”, or give it back.")
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("rhythm").get(pk=meeting.pk)
    if locked.starts_at > now and locked.state == Meeting.PLANNED:
        raise StillAhead("This meeting is still to come; move it, or leave it out with a word.")
    if actor.pk != locked.rhythm.chair_id:
        _may(locked, actor)
    before = locked.correction
    if before == correction:
        unchanged()
        return before
    locked.correction = correction
    locked.corrected_by = actor if correction else None
    locked.save(update_fields=["correction", "corrected_by"])
    meeting.correction, meeting.corrected_by = locked.correction, locked.corrected_by
    note(meeting, correction=correction)
    tell(meeting, "closing")
    return before


def _may(meeting: Meeting, actor: Person) -> None:
    """Somebody else than the chair: one of two, and not against what the chair said."""
    seats = set(Seat.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    if len(seats) != TWO or actor.pk not in seats:
        raise NotForYou("In a meeting of more than two, the chair says whether it was held.")
    if meeting.corrected_by_id == meeting.rhythm.chair_id:
        raise NotForYou("The chair has said already what became of it; speak with each other.")
