"""Which meetings have a second lane, to the chair alone."""

from drumbeat.meetings.models import Meeting
from drumbeat.people.models import Person

TWO = 2


def alone_with(meeting: Meeting, person: int) -> Person | None:
    """The chair whom the person may tell something alone: in a sealed room of two; None for the chair."""
    if not meeting.rhythm.confidential:
        return None
    seats = list(meeting.seats.select_related("person"))
    mine = next((seat for seat in seats if seat.person_id == person), None)
    if len(seats) != TWO or mine is None or mine.chairs:
        return None
    return next((seat.person for seat in seats if seat.chairs), None)
