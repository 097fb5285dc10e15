"""Whether a meeting's room still takes anything in."""

from drumbeat.core.refusal import Refused
from drumbeat.meetings.models import Meeting

WHY = {
    Meeting.CLOSED: "This meeting is closed; what came of it stands in its minutes.",
    Meeting.LEFT_OUT: "This meeting was left out, so nothing can be written in its room.",
    Meeting.AWAY: "Somebody is away on this day, so this meeting does not take place.",
}


class RoomIsShut(Refused):
    """Something for a room that is closed, left out or away."""


def still_open(meeting: Meeting) -> None:
    """Raises RoomIsShut, by the state in the database: another page may have closed it a moment ago."""
    state = Meeting.objects.filter(pk=meeting.pk).values_list("state", flat=True).get()
    if state in WHY:
        raise RoomIsShut(WHY[state])
