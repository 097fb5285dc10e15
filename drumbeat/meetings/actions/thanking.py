"""Thanks said in company."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note
from drumbeat.meetings.models import Meeting, Outcome, Seat
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell
from drumbeat.recognition.actions import thank
from drumbeat.recognition.models import Thanks


class NotInTheRoom(Refused):
    """Thanks to somebody who has no seat here."""


@action("room.thank")
def thank_in_room(
    *, actor: Actor, today: date, meeting: Meeting, receiver: int, text: str, item: str
) -> Thanks:
    """Thank somebody who sits here, at an agenda item; sealed in a confidential room.

    Raises NotInTheRoom, RoomIsShut and what recognition refuses.
    """
    still_open(meeting)
    seat = Seat.objects.filter(meeting=meeting, person_id=receiver).select_related("person").first()
    if seat is None:
        raise NotInTheRoom("Choose somebody who sits in this meeting.")
    made = thank(
        actor=actor,
        today=today,
        receiver=seat.person,
        text=text,
        confidential=meeting.rhythm.confidential,
    )
    Outcome.objects.create(meeting=meeting, thanks=made, item=item.replace("\0", "")[:40])
    note(meeting)
    tell(meeting, f"item-{item}")
    return made
