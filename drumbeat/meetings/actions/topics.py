"""What is put on the table, parked for later, or through."""

from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Meeting, Topic
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell

LONGEST = 2000


class NoTopic(Refused):
    """A topic without words, a speech, or one that lies on another table."""


@action("topic.put")
def put_topic(
    *, actor: Actor, today: date, now: datetime, meeting: Meeting, text: str, park: bool = False
) -> Topic:
    """Put something on the table, or park it for later. Raises NoTopic, RoomIsShut."""
    still_open(meeting)
    text = text.replace("\0", "").strip()
    if not text:
        raise NoTopic("Say in a few words what should come to the table.")
    if len(text) > LONGEST:
        raise NoTopic("A topic is a line or two; write the rest into the notes.")
    made = Topic(
        meeting=meeting,
        first=meeting,
        author_id=actor.pk,
        state=Topic.PARKED if park else Topic.OPEN,
        made_at=now,
    )
    made.put(text, confidential=meeting.rhythm.confidential).save()
    note(made)
    tell(meeting, "topics")
    return made


@action("topic.move")
def move_topic(*, actor: Actor, today: date, topic: Topic, state: str) -> None:
    """Park it, say that it is through, or put it back on the table. Raises NoTopic, RoomIsShut."""
    still_open(topic.meeting)
    if state not in (Topic.OPEN, Topic.PARKED, Topic.DONE):
        raise NoTopic("A topic is on the table, parked, or through.")
    if topic.state == state:
        unchanged()
        return
    topic.state = state
    topic.save(update_fields=["state"])
    note(topic, to=state)
    tell(topic.meeting, "topics")
