"""The life of a promise (domain.md 2.3). Each step is journalled with the dates and states before it.

Whether somebody may do it at all is the access table's matter; who does it decides what it means.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from drumbeat.core.days import add_working_days, is_working_day
from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day as spoken
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.people.models import Person
from drumbeat.promises.held import MOVED, facts_of, locked
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.dates import FURTHEST, DayPast, TooFar, land

LONGEST_REASON = 500


class NotOpen(Refused):
    """A step that the promise's state does not know."""


class NeedsReason(Refused):
    """Dropped without a word."""


class SameDay(Refused):
    """A new date that is the old one."""


class WaitsForOwner(Refused):
    """Waiting for oneself."""


class TooLong(Refused):
    """A reason that is no sentence."""


@action("promise.done")
def mark_done(*, actor: Actor, today: date, promise: Promise) -> Promise:
    """Done; said by who asked for it, it is accepted at once. Raises NotOpen."""
    row = locked(promise)
    if row.state in (Promise.DONE, Promise.ACCEPTED):
        unchanged()
        return row
    before = facts_of(row)
    _must_be_open(row, today)
    _stop_waiting(row, today)
    row.state, row.done_on = Promise.DONE, today
    if actor.pk == row.asked_by_id:
        row.state, row.accepted_on = Promise.ACCEPTED, today
    return _kept(row, before)


@action("promise.accept")
def accept(*, actor: Actor, today: date, promise: Promise) -> Promise:
    """Who asked for it says that it is what was meant. Raises NotOpen."""
    row = locked(promise)
    if row.state == Promise.ACCEPTED:
        unchanged()
        return row
    if row.state != Promise.DONE:
        raise NotOpen("It is not done yet; mark it as done first.")
    if actor.pk != row.asked_by_id:
        raise NotOpen("Only who asked for it can accept it.")
    before = facts_of(row)
    row.state, row.accepted_on = Promise.ACCEPTED, today
    return _kept(row, before)


@action("promise.new_date")
def give_new_date(*, actor: Actor, today: date, promise: Promise, due: date, reason: str = "") -> Promise:
    """Another day, counted; it lands on a working day of the owner. Raises NotOpen, DayPast, TooFar, SameDay.

    While it waits for somebody, it goes on waiting, from today.
    """
    return _moved(locked(promise), today, due, _one_line(reason))


@action("promise.new_date")
def give_new_dates(
    *, actor: Actor, today: date, promises: Iterable[Promise], due: date | None = None, days: int = 0
) -> list[Promise]:
    """Many at once, after a holiday: all to ``due``, or each by ``days`` working days of its owner.

    A day that would be over counts from today. All or none; those that are on that day already stay.
    Raises NotOpen, DayPast, TooFar.
    """
    pks = [one.pk for one in promises]
    rows = list(Promise.objects.select_for_update(of=("self",)).select_related("owner").filter(pk__in=pks))
    moved = []
    for row in sorted(rows, key=lambda one: (one.due, one.pk)):
        wanted = due or _after(max(row.due, today), days, row.owner)
        if _landed(wanted, row.owner, today) != row.due:
            moved.append(_moved(row, today, wanted, ""))
    if not moved:
        unchanged()
    return moved


@action("promise.drop")
def drop(*, actor: Actor, today: date, promise: Promise, reason: str) -> Promise:
    """Given up, with a word why. Raises NeedsReason, NotOpen."""
    row, reason = locked(promise), _one_line(reason)
    if not reason:
        raise NeedsReason("Say in a few words why it is dropped.")
    before = facts_of(row)
    _must_be_open(row, today)
    _stop_waiting(row, today)
    row.state, row.dropped_on = Promise.DROPPED, today
    return _kept(row, before, reason)


@action("promise.wait")
def wait_for(*, actor: Actor, today: date, promise: Promise, person: Person) -> Promise:
    """Somebody else has to act first: the clock stands still. Raises WaitsForOwner, NotOpen."""
    row = locked(promise)
    if person.pk == row.owner_id:
        raise WaitsForOwner(f"{person.name} owes it; name somebody else to wait for.")
    before = facts_of(row)
    _must_be_open(row, today)
    if row.waiting_for_id == person.pk:
        unchanged()
        return row
    row.state, row.waiting_for = Promise.WAITING, person
    row.waiting_since = row.waiting_since or today
    return _kept(row, before)


@action("promise.resume")
def resume(*, actor: Actor, today: date, promise: Promise) -> Promise:
    """The wait is over; its days do not count. Raises NotOpen."""
    row = locked(promise)
    before = facts_of(row)
    _must_be_open(row, today)
    if row.state == Promise.OPEN:
        unchanged()
        return row
    _stop_waiting(row, today)
    row.state = Promise.OPEN
    return _kept(row, before)


def _moved(row: Promise, today: date, due: date, reason: str) -> Promise:
    before = facts_of(row)
    _must_be_open(row, today)
    if due < today:
        raise DayPast(f"{spoken(due, today)} is over; choose a day to come.")
    if (due - today).days > FURTHEST:
        raise TooFar("That is more than five years away; choose a nearer day.")
    due = _landed(due, row.owner, today)
    if due == row.due:
        raise SameDay(f"It is due {spoken(due, today)} already; choose another day.")
    row.due, row.new_dates, row.waited_days = due, min(row.new_dates + 1, 32_767), 0
    if row.waiting_since:
        row.waiting_since = today
    return _kept(row, before, reason)


def _landed(day: date, owner: Person, today: date) -> date:
    return land(day, lambda each: is_working_day(each, owner.country, owner.region), earliest=today)


def _after(day: date, count: int, owner: Person) -> date:
    """So many working days later; at most a year, so that no number keeps us busy. Raises TooFar."""
    if not 1 <= count <= 260:
        raise TooFar("Move them by 1 to 260 working days.")
    return add_working_days(day, count, owner.country, owner.region)


def _must_be_open(row: Promise, today: date) -> None:
    if row.state in Promise.UNKEPT:
        return
    when = row.dropped_on if row.state == Promise.DROPPED else row.done_on
    word = "dropped" if row.state == Promise.DROPPED else "done"
    raise NotOpen(f"It was {word} on {spoken(when, today)}; take that back first.")


def _stop_waiting(row: Promise, today: date) -> None:
    if row.waiting_since:
        row.waited_days = min(row.waited_days + max((today - row.waiting_since).days, 0), 32_767)
    row.waiting_for = row.waiting_since = None


def _one_line(reason: str) -> str:
    """A reason as one line. Raises TooLong."""
    if (
        len(reason) > 4 * LONGEST_REASON
        or len(line := " ".join(reason.replace("\0", "").split())) > LONGEST_REASON
    ):
        raise TooLong(f"A reason is at most {LONGEST_REASON} letters; shorten it.")
    return line


def _kept(row: Promise, before: dict[str, Any], reason: str = "") -> Promise:
    """Save the step; a reason goes below the earlier ones, so that an undo can take off just this."""
    if reason:
        row.reason = "\n".join(filter(None, [row.reason, reason]))
    row.save(update_fields=[*(name.removesuffix("_id") for name in MOVED), "reason"])
    note(row, before=before, reasoned=bool(reason))
    return row
