"""One's own notes on a meeting."""

from datetime import date, datetime

from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.actions.prework import ONE_SITTING, ChangedElsewhere, NoSeat
from drumbeat.meetings.models import Meeting, PrivateNote, Seat
from drumbeat.meetings.rules.words import fit, version_of

LONGEST = 50_000


@action("private_note.keep")
def keep_private_note(
    *, actor: Actor, today: date, now: datetime, meeting: Meeting, text: str, seen: str | None = None
) -> PrivateNote | None:
    """Keep the actor's own note on a meeting, at any time; an empty text empties it.

    ``seen`` is the version that the page showed; None takes the text as it comes.
    Raises NoSeat, TooLong or ChangedElsewhere.
    """
    if not Seat.objects.select_for_update().filter(meeting=meeting, person_id=actor.pk).exists():
        raise NoSeat("There is no seat for you at this meeting.")
    text = fit(text, LONGEST)
    mine = PrivateNote.objects.filter(meeting=meeting, author_id=actor.pk).first()
    if text == (mine.text if mine else ""):
        unchanged()
        return mine
    if mine is not None and seen is not None and seen != version_of(mine.changed_at):
        raise ChangedElsewhere(
            "You changed this in another window meanwhile. Both texts stand here; press again to keep yours.",
            mine.text,
        )
    sitting = mine is not None and now - mine.changed_at < ONE_SITTING
    mine = mine or PrivateNote(meeting=meeting, author_id=actor.pk)
    mine.text, mine.changed_at = text, now
    mine.save()
    if sitting:
        unchanged()
    else:
        note(mine)
    return mine
