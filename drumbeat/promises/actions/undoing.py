from collections.abc import Iterable
from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.models import Entry
from drumbeat.journal.record import Actor, action, note
from drumbeat.promises.held import MOVED, locked
from drumbeat.promises.models import Promise

DAYS = {"due", "done_on", "accepted_on", "dropped_on", "waiting_since"}


class NothingToTakeBack(Refused):
    """No step, somebody else's step, or one that was taken back."""


@action("promise.take_back")
def take_back(*, actor: Actor, today: date, promise: Promise) -> Promise | None:
    """Undo the last step, by whoever did it; None where the promise was just made and is gone again.

    Making it can be taken back on the day it was made. Raises NothingToTakeBack.
    """
    return _undone(actor, today, promise)


@action("promise.take_back")
def take_back_many(*, actor: Actor, today: date, promises: Iterable[Promise]) -> int:
    """Undo the last step of each, all or none; gives how many. Raises NothingToTakeBack."""
    found = list(promises)
    for one in found:
        _undone(actor, today, one)
    if not found:
        raise NothingToTakeBack("There is nothing to take back.")
    return len(found)


def _undone(actor: Actor, today: date, promise: Promise) -> Promise | None:
    row = locked(promise)
    last = Entry.objects.filter(object_kind="promise", object_id=row.pk).order_by("-at", "-pk").first()
    if last is None or last.verb == "promise.take_back":
        raise NothingToTakeBack("There is nothing to take back.")
    if last.actor_id != actor.pk:
        raise NothingToTakeBack(f"The last step was {last.actor_name}’s; only who did it can take it back.")
    if last.verb == "promise.add":
        if last.day != today:
            raise NothingToTakeBack("It was made on an earlier day; drop it with a word instead.")
        note(row, undid=last.verb)
        row.delete()
        return None
    before = last.details["before"]
    for name in MOVED:
        value = before[name]
        setattr(row, name, date.fromisoformat(value) if value and name in DAYS else value)
    if last.details.get("reasoned"):
        row.reason = row.reason.rpartition("\n")[0]
    row.save(update_fields=[*(name.removesuffix("_id") for name in MOVED), "reason"])
    note(row, undid=last.verb)
    return row
