"""The round: each in turn says the must-win and the help needed; others offer it."""

from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import Meeting, RoundLine, Seat
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules.room import NUMBER, is_here, next_to_speak
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell
from drumbeat.people.models import Person

LONGEST = 500


class NoSuchLine(Refused):
    """A word for somebody who has no seat, or help for somebody who said nothing."""


class NothingSaid(Refused):
    """A round line without a must-win, or one that is a speech."""


@action("round.say")
def say_line(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    person: Person,
    must_win: str,
    help_needed: str,
) -> RoundLine:
    """Write down what the person says in the round. Anyone in the room may write for one who is on the phone.

    Raises NothingSaid, NoSuchLine, RoomIsShut.
    """
    still_open(meeting)
    _seat(meeting, person.pk)
    must_win, help_needed = (" ".join(text.replace("\0", "").split()) for text in (must_win, help_needed))
    if not must_win:
        raise NothingSaid(f"What must {person.name} win this week? One line is enough.")
    if max(len(must_win), len(help_needed)) > LONGEST:
        raise NothingSaid("That is more than 45 seconds; say it in one line of at most 500 letters.")
    line, _ = RoundLine.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={"must_win": must_win, "help_needed": help_needed, "said_at": now},
    )
    Seat.objects.filter(meeting=meeting, person=person).update(spoke=True)
    note(line)
    tell(meeting, "round", "closing")
    return line


@action("round.hand_on")
def hand_on(
    *, actor: Actor, today: date, now: datetime, meeting: Meeting, to: int | None = None
) -> int | None:
    """Give the word to somebody; without ``to`` to the next who has not spoken, those who are here first.

    Whoever had it counts as having spoken. Gives back whose word it is; None: the round is over.
    Raises NoSuchLine, RoomIsShut.
    """
    still_open(meeting)
    if to is not None:
        _seat(meeting, to)
    if meeting.turn_id and meeting.turn_id != to:
        Seat.objects.filter(meeting=meeting, person_id=meeting.turn_id).update(spoke=True)
    seats = list(Seat.objects.filter(meeting=meeting).order_by("chairs", "person__name", "person_id"))
    turn = to or next_to_speak(
        [seat.person_id for seat in seats],
        {seat.person_id for seat in seats if seat.spoke or seat.absent},
        {seat.person_id for seat in seats if is_here(seat.seen_at, now)},
        meeting.turn_id or 0,
    )
    if turn == meeting.turn_id:
        unchanged()
        return turn
    meeting.turn_id = turn
    meeting.save(update_fields=["turn"])
    note(meeting)
    tell(meeting, "round")
    return turn


@action("round.help")
def offer_help(*, actor: Actor, today: date, now: datetime, meeting: Meeting, person: int) -> bool:
    """The actor helps that person with what was asked for; a second time takes it back.

    Gives back whether the actor helps now. Raises NoSuchLine, RoomIsShut.
    """
    still_open(meeting)
    line = RoundLine.objects.filter(meeting=meeting, person_id=person).first()
    if line is None:
        raise NoSuchLine("Nothing was said there yet; help can be offered once it is.")
    if person == actor.pk:
        raise NoSuchLine("This is your own line; the others say whether they help.")
    helps = not line.helpers.filter(pk=actor.pk).exists()
    (line.helpers.add if helps else line.helpers.remove)(actor.pk)
    note(line, helps=helps)
    tell(meeting, "round", "closing")
    return helps


@action("round.won")
def say_won(*, actor: Actor, today: date, meeting: Meeting, line: RoundLine, won: bool | None) -> None:
    """Whether the must-win of an earlier meeting of this rhythm was won; None takes the word back.

    Raises NoSuchLine, RoomIsShut.
    """
    still_open(meeting)
    if line.meeting.rhythm_id != meeting.rhythm_id:
        raise NoSuchLine("That must-win belongs to another rhythm.")
    if line.won is won:
        unchanged()
        return
    line.won = won
    line.save(update_fields=["won"])
    note(line)
    tell(meeting, *[f"item-{item.key}" for item in agenda_of(meeting).items if item.part == NUMBER])


def _seat(meeting: Meeting, person: int) -> None:
    if not Seat.objects.filter(meeting=meeting, person_id=person).exists():
        raise NoSuchLine("Nobody of that name has a seat in this meeting.")
