"""The second lane of a one-to-one: a line to the chair alone, seen and answered to its author alone."""

from collections.abc import Sequence
from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.lanes import alone_with
from drumbeat.meetings.models import Meeting, TellAlone
from drumbeat.meetings.rules.words import NothingWritten, fit, one_line

LONGEST, LONGEST_ANSWER = 5_000, 500


class NobodyToTell(Refused):
    """No second lane here, or nobody at its end."""


class NotToYou(Refused):
    """A line that was told to somebody else."""


class AlreadyAnswered(Refused):
    """A line has one answer."""


@action("alone.tell")
def tell_alone(*, actor: Actor, today: date, meeting: Meeting, text: str) -> TellAlone:
    """Tell the chair something alone. Raises NobodyToTell, NothingWritten or TooLong."""
    chair = alone_with(meeting, actor.pk)
    if chair is None:
        raise NobodyToTell("In this meeting there is no lane to the chair alone; a one-to-one has one.")
    if chair.has_left(today):
        raise NobodyToTell(f"{chair.name} has left, so nobody would read this. It was not kept anywhere.")
    text = fit(text, LONGEST)
    if not text:
        raise NothingWritten("Nothing is written yet.")
    told = TellAlone.objects.create(
        meeting=meeting, author_id=actor.pk, chair=chair, text=text, said_on=today
    )
    note(told)
    return told


@action("alone.see")
def see_alone(*, actor: Actor, today: date, told: Sequence[TellAlone]) -> list[TellAlone]:
    """Note that the chair was shown lines; gives back those that were new. Raises NotToYou."""
    if any(one.chair_id != actor.pk for one in told):
        raise NotToYou("This was told to somebody else alone.")
    waiting = [one.pk for one in told if one.seen_on is None]
    fresh = TellAlone.objects.filter(pk__in=waiting, seen_on=None).defer("text", "answer")
    new = {one.pk for one in fresh.select_for_update()} if waiting else set()
    if not new:
        unchanged()
        return []
    TellAlone.objects.filter(pk__in=new).update(seen_on=today)
    seen = [one for one in told if one.pk in new]
    for one in seen:
        one.seen_on = today
        note(one)
    return seen


@action("alone.answer")
def answer_alone(*, actor: Actor, today: date, told: TellAlone, answer: str) -> TellAlone:
    """Answer in one line, to the author alone.

    Raises NotToYou, AlreadyAnswered, NothingWritten or TooLong.
    """
    if told.chair_id != actor.pk:
        raise NotToYou("This was told to somebody else alone.")
    answer = one_line(answer, LONGEST_ANSWER)
    if not answer:
        raise NothingWritten("Nothing is written yet; one line is enough.")
    told = TellAlone.objects.select_for_update().get(pk=told.pk)
    if told.answered_on and told.answer == answer:
        unchanged()
        return told
    if told.answered_on:
        raise AlreadyAnswered(
            f"You answered this on {told.answered_on:%A} {told.answered_on.day} "
            f"{told.answered_on:%B}; the answer is on its way and stays as it is."
        )
    told.answer, told.answered_on, told.seen_on = answer, today, told.seen_on or today
    told.save(update_fields=["answer", "answered_on", "seen_on"])
    note(told)
    return told
