"""Coming into the room, and going through its agenda."""

from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.models import ItemDone, Meeting, Seat
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules.agenda import Item
from drumbeat.meetings.rules.room import counts_as_coming, is_here
from drumbeat.meetings.standing import still_open
from drumbeat.meetings.telling import tell


class NoSuchItem(Refused):
    """An agenda item that this meeting does not have."""


@action("room.enter")
def enter(*, actor: Actor, today: date, now: datetime, meeting: Meeting) -> bool:
    """The actor has opened the room: present from the first time on, where it is the meeting's hour.

    The second person who comes begins the meeting. Gives back whether the actor counts as present.
    """
    unchanged()
    seat = Seat.objects.filter(meeting=meeting, person_id=actor.pk).first()
    counts = counts_as_coming(meeting.starts_at, meeting.ends_at, now)
    if seat is None or meeting.state != Meeting.PLANNED or not counts:
        return False
    news = not is_here(seat.seen_at, now)
    if seat.came_at is None:
        seat.came_at = now
        note(meeting)
    seat.seen_at = now
    seat.absent = False
    seat.save(update_fields=["came_at", "seen_at", "absent"])
    if meeting.started_at is None:
        came = Seat.objects.filter(meeting=meeting, came_at__isnull=False).count()
        if came > 1 and Meeting.objects.filter(pk=meeting.pk, started_at=None).update(started_at=now):
            meeting.started_at = now
            tell(meeting, "agenda")
    if news:
        tell(meeting, "people")
    return True


@action("item.run")
def run_item(*, actor: Actor, today: date, now: datetime, meeting: Meeting, item: str) -> None:
    """Make the item the running one. Raises NoSuchItem, RoomIsShut."""
    still_open(meeting)
    _item(meeting, item)
    before = meeting.running
    if before == item:
        unchanged()
        return
    ItemDone.objects.filter(meeting=meeting, item=item).delete()
    _run(meeting, item, now)
    note(meeting, item=item)
    tell(meeting, "agenda", *[f"item-{key}" for key in (before, item) if key])


@action("item.done")
def finish_item(*, actor: Actor, today: date, now: datetime, meeting: Meeting, item: str) -> None:
    """The item is through; where it was the running one, the next takes its turn.

    Raises NoSuchItem, RoomIsShut.
    """
    still_open(meeting)
    _item(meeting, item)
    _, made = ItemDone.objects.get_or_create(meeting=meeting, item=item, defaults={"at": now})
    if not made:
        unchanged()
        return
    parts = ["agenda", f"item-{item}"]
    if meeting.running == item:
        following = _after(meeting, item)
        _run(meeting, following, now)
        parts += [f"item-{following}"] if following else []
    note(meeting, item=item)
    tell(meeting, *parts)


@action("item.undone")
def reopen_item(*, actor: Actor, today: date, now: datetime, meeting: Meeting, item: str) -> None:
    """The item is not through after all. Raises NoSuchItem, RoomIsShut."""
    still_open(meeting)
    _item(meeting, item)
    gone, _ = ItemDone.objects.filter(meeting=meeting, item=item).delete()
    if not gone:
        unchanged()
        return
    note(meeting, item=item)
    tell(meeting, "agenda", f"item-{item}")


def _item(meeting: Meeting, key: str) -> Item:
    found = agenda_of(meeting).item(key)
    if found is None:
        raise NoSuchItem("The agenda of this meeting has no such item; load the page again.")
    return found


def _after(meeting: Meeting, key: str) -> str:
    """The next item that is not through, in the order of the agenda; empty after the last."""
    through = set(ItemDone.objects.filter(meeting=meeting).values_list("item", flat=True))
    keys = [one.key for one in agenda_of(meeting).items]
    return next((one for one in keys[keys.index(key) + 1 :] if one not in through), "")


def _run(meeting: Meeting, key: str, now: datetime) -> None:
    meeting.running, meeting.running_since = key, now if key else None
    meeting.save(update_fields=["running", "running_since"])
