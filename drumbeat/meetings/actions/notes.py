"""Notes at an agenda item, typed by several at once without loss: the rule is ``rules.notes.settle``."""

from dataclasses import dataclass
from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.actions.room import NoSuchItem
from drumbeat.meetings.models import Meeting, Note
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules import notes as rules
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell


class NoteTooLong(Refused):
    """A note that no field holds."""


@dataclass(frozen=True)
class Saved:
    """``number`` is sent with the page's next save; ``kept_beside``: another text stands there."""

    number: int
    kept_beside: bool = False


@action("note.save")
def save_note(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    item: str,
    text: str,
    number: int,
    client: str,
    sequence: int,
) -> Saved:
    """Keep what a page says its field holds; where another wrote there meanwhile, beside that.

    ``number`` is the change that the page saw last (0: an empty field), ``client`` the page, ``sequence``
    its count of saves. A page whose text is kept beside stays behind: it gets its own number back, until it
    has shown the other text. Raises NoSuchItem, NoteTooLong, RoomIsShut.
    """
    still_open(meeting)
    if agenda_of(meeting).item(item) is None:
        raise NoSuchItem("The agenda of this meeting has no such item; load the page again.")
    text = rules.cleaned(text)
    if len(text) > rules.LONGEST:
        raise NoteTooLong("A note holds 200,000 characters; put the rest at another item.")
    client = f"{actor.pk}-{client}".replace("\0", "")[:40]
    _wait_for_others(meeting)
    fields = {
        one.beside: one for one in Note.objects.filter(meeting=meeting, item=item, beside__in=["", client])
    }
    field, own = fields.get(""), fields.get(client)
    goes = rules.settle(_kept(field), text, number=number, client=client, sequence=sequence)
    if own is not None and goes == rules.BESIDE:
        goes = rules.THERE if sequence <= own.sequence else goes
    elif field is None and not text.strip():
        goes = rules.THERE
    if goes == rules.THERE:
        unchanged()
        behind = own is not None and field is not None and number != field.number
        return Saved(number if behind or field is None else field.number, behind)
    aside = client if goes == rules.BESIDE else ""
    row = own if aside else field
    goes_on = row is not None and row.author_id == actor.pk
    row = row or Note(meeting=meeting, item=item, beside=aside, number=0)
    row.author_id, row.client, row.sequence, row.changed_at = actor.pk, client, sequence, now
    row.number += 1
    row.put(text, confidential=meeting.rhythm.confidential).save()
    if goes_on:
        unchanged()  # every pause in typing saves: only the first of a writer is a deed of its own
    else:
        note(row)
    if not aside and own is not None and own.text.strip() in text:
        own.delete()
    tell(meeting, f"item-{item}")
    return Saved(number if aside else row.number, bool(aside))


@action("note.join")
def join_notes(*, actor: Actor, today: date, now: datetime, meeting: Meeting, item: str) -> None:
    """Put the texts of a field together, each once, in the order of their writing. Raises RoomIsShut."""
    still_open(meeting)
    _wait_for_others(meeting)
    rows = list(Note.objects.filter(meeting=meeting, item=item).order_by("beside", "changed_at", "pk"))
    if len(rows) < 2:
        unchanged()
        return
    field, *others = sorted(rows, key=lambda row: (row.beside != "", row.changed_at, row.pk))
    text = rules.joined([row.text for row in (field, *others)])
    if len(text) > rules.LONGEST:
        raise NoteTooLong("Together they are longer than 200,000 characters, so both stay as they are.")
    Note.objects.filter(pk__in=[row.pk for row in others]).delete()
    field.author_id, field.client, field.sequence, field.changed_at = actor.pk, "", 0, now
    field.beside, field.number = "", field.number + 1
    field.put(text, confidential=meeting.rhythm.confidential).save()
    note(field)
    tell(meeting, f"item-{item}")


def _wait_for_others(meeting: Meeting) -> None:
    """One after the other: on SQLite a transaction holds the database, on PostgreSQL the meeting's row."""
    Meeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk).values_list("pk").first()


def _kept(row: Note | None) -> rules.Kept | None:
    return None if row is None else rules.Kept(row.text, row.number, row.client, row.sequence)
