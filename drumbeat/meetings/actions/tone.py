"""The sentence for the week: it opens every huddle below."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Tone
from drumbeat.meetings.rules.tone import LONGEST, monday_of
from drumbeat.people.models import Person


class TooLong(Refused):
    """A tone is one sentence."""


@action("tone.say")
def say_tone(
    *, actor: Actor, today: date, leader: Person, text: str, week: date | None = None
) -> Tone | None:
    """Say the leader's sentence for the week of a day (this week's where none is given); empty takes it back.

    Returns what stands now. Raises TooLong.
    """
    text = " ".join(text.replace("\0", "").split())
    if len(text) > LONGEST:
        raise TooLong(f"One sentence, please: {LONGEST} characters at most, and these are {len(text)}.")
    monday = monday_of(week or today)
    before = Tone.objects.filter(leader=leader, week=monday).first()
    if (before.text if before else "") == text:
        unchanged()
        return before
    if not text:
        assert before is not None  # an empty text without one before is nothing new
        note(before)
        before.delete()
        return None
    tone, _ = Tone.objects.update_or_create(leader=leader, week=monday, defaults={"text": text})
    note(tone)
    return tone
