"""One meeting moved or left out with a word, and brought back; its rhythm goes on."""

from datetime import date, datetime, time, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day as spoken_day
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.facts import every_of
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.overlaps import check_meeting
from drumbeat.meetings.planned import dues_of, plan, zone_of
from drumbeat.meetings.rules.recurrence import moment, next_day

LONGEST_WORD = 300


class CannotMove(Refused):
    """A meeting that is over or closed, or a time at which it cannot be."""


class NoWord(Refused):
    """Why is said with a word, and shortly."""


@action("meeting.move")
def move_meeting(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    day: date,
    at: time,
    word: str,
    anyway: bool = False,
) -> Meeting:
    """Give one meeting another time, local to its rhythm's zone; planning leaves it there.

    Raises CannotMove, NoWord; Overlaps (another meeting of the chair's), unless ``anyway``.
    """
    meeting = _open(meeting, now)
    rhythm, zone = meeting.rhythm, zone_of(meeting.rhythm.time_zone)
    if not 2000 <= day.year <= 2200:
        raise CannotMove("Say to which day, such as 30 November 2026.")
    starts_at = moment(day, at, zone)
    ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
    if starts_at <= now:
        raise CannotMove("That time is over; move it to a coming one.")
    _check_order(meeting, rhythm, day, starts_at)
    if not anyway:
        check_meeting(meeting, starts_at, ends_at)
    meeting.word = _worded(word)
    meeting.day, meeting.starts_at, meeting.ends_at = day, starts_at, ends_at
    meeting.state, meeting.by_hand = Meeting.PLANNED, True
    meeting.save(update_fields=["word", "day", "starts_at", "ends_at", "state", "by_hand"])
    dues_of(meeting, now)
    note(meeting)
    return meeting


@action("meeting.leave_out")
def leave_out(*, actor: Actor, today: date, now: datetime, meeting: Meeting, word: str) -> Meeting:
    """Leave one meeting out; the rhythm goes on. Raises CannotMove, NoWord."""
    meeting = _open(meeting, now)
    if meeting.state == Meeting.LEFT_OUT and meeting.by_hand:
        unchanged()
        return meeting
    meeting.word, meeting.state, meeting.by_hand = _worded(word), Meeting.LEFT_OUT, True
    meeting.save(update_fields=["word", "state", "by_hand"])
    note(meeting)
    return meeting


@action("meeting.bring_back")
def bring_back(*, actor: Actor, today: date, now: datetime, meeting: Meeting) -> Meeting:
    """Undo a move or a leaving out: the meeting is again where its rhythm gave it its place.

    Raises CannotMove where that time is over.
    """
    meeting = _locked(meeting)
    if not meeting.by_hand:
        unchanged()
        return meeting
    rhythm = meeting.rhythm
    starts_at = moment(meeting.slot_day, rhythm.at, zone_of(rhythm.time_zone))
    if meeting.state == Meeting.CLOSED or meeting.started_at is not None or starts_at <= now:
        raise CannotMove(f"Its time on {spoken_day(meeting.slot_day)} is over; move it to a coming one.")
    if rhythm.state != Rhythm.ACTIVE:
        raise CannotMove("Its rhythm rests; let that go on first.")
    meeting.day, meeting.starts_at = meeting.slot_day, starts_at
    meeting.ends_at = starts_at + timedelta(minutes=rhythm.minutes)
    meeting.word, meeting.state, meeting.by_hand = "", Meeting.PLANNED, False
    meeting.save(update_fields=["word", "day", "starts_at", "ends_at", "state", "by_hand"])
    plan([rhythm], today=today, now=now)
    note(meeting)
    # Where the rhythm has other days by now, planning may have found that nothing is on this one.
    return Meeting.objects.filter(pk=meeting.pk).first() or meeting


def _locked(meeting: Meeting) -> Meeting:
    # The rhythm's nullable relations stay out of the lock: PostgreSQL refuses outer joins there.
    return Meeting.objects.select_for_update(of=("self",)).select_related("rhythm__chair").get(pk=meeting.pk)


def _open(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting as it is kept now; refused once it is closed or begun."""
    meeting = _locked(meeting)
    if meeting.state == Meeting.CLOSED:
        raise CannotMove("This meeting is closed already.")
    if meeting.started_at is not None:
        raise CannotMove("This meeting has begun already; close it, or say what became of it.")
    if meeting.rhythm.state == Rhythm.ENDED:
        raise CannotMove("Its rhythm has ended; let that go on first.")
    if meeting.ends_at <= now and meeting.state != Meeting.LEFT_OUT:
        raise CannotMove("Its time is over; say what became of it, or move the next one.")
    return meeting


def _check_order(meeting: Meeting, rhythm: Rhythm, day: date, starts_at: datetime) -> None:
    """Raise CannotMove where it would come after its next one, or before the one that went before it."""
    others = rhythm.meetings.exclude(state=Meeting.LEFT_OUT).exclude(pk=meeting.pk).defer("word")
    after = others.filter(slot_day__gt=meeting.slot_day).order_by("slot_day").first()
    following = next_day(every_of(rhythm), meeting.slot_day)
    if after is not None and starts_at >= after.starts_at:
        raise CannotMove(
            f"The next one is on {spoken_day(after.day)}; move it to before that, or leave it out."
        )
    if after is None and following is not None and day >= following:
        raise CannotMove(f"The next one is on {spoken_day(following)}; move it to before that.")
    before = others.filter(slot_day__lt=meeting.slot_day).order_by("-slot_day").first()
    if before is not None and starts_at <= before.starts_at:
        raise CannotMove(f"The one before it is on {spoken_day(before.day)}; move it to after that.")


def _worded(word: str) -> str:
    text = word.replace("\0", "").strip()
    if not text:
        raise NoWord("Say why, with a word; those who come read it.")
    if len(text) > LONGEST_WORD:
        raise NoWord(f"Keep the word to {LONGEST_WORD} letters.")
    return text
