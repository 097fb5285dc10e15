"""The calendar itself: where it comes from, and whether titles are kept."""

from datetime import date

from drumbeat.calendars.models import Calendar, Event, LearnedCategory
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.people.models import Person


@action("calendar.add")
def add_calendar(
    *, actor: Actor, today: date, owner: Person, address: str = "", titles: bool = False
) -> Calendar:
    """The person's one calendar; made where there is none, else with the new answers.

    An empty ``address`` means that files are brought in, and takes a private address away.
    """
    calendar, made = Calendar.objects.get_or_create(
        owner=owner, defaults={"address": address, "keep_titles": titles}
    )
    if made:
        note(calendar, source="address" if address else "file", titles=titles)
        return calendar
    if calendar.address == address and calendar.keep_titles == titles:
        unchanged()
        return calendar
    calendar.address = address
    calendar.save(update_fields=["address"])
    _set_titles(calendar, titles)
    note(calendar, source="address" if address else "file", titles=titles)
    return calendar


@action("calendar.address")
def set_address(*, actor: Actor, today: date, calendar: Calendar, address: str) -> None:
    """Read the calendar from a private address from now on; empty: no more.

    An address whose key is lost can still be given up: it is not opened for that.
    """
    if address and calendar.address == address:
        unchanged()
        return
    calendar.address = address
    calendar.problem = ""
    calendar.save(update_fields=["address", "problem"])
    # The address is as good as a key to the calendar: it is never written down anywhere else.
    note(calendar, source="address" if address else "file")


@action("calendar.titles")
def keep_titles(*, actor: Actor, today: date, calendar: Calendar, keep: bool) -> None:
    """Whether titles, places and join links are kept; a no takes away at once what was kept."""
    if calendar.keep_titles == keep:
        unchanged()
        return
    _set_titles(calendar, keep)
    note(calendar, titles=keep)


@action("calendar.remove")
def forget_calendar(*, actor: Actor, today: date, calendar: Calendar) -> None:
    """Take away the calendar, everything read from it, and what its corrections taught."""
    owner, events = calendar.owner, calendar.events.count()
    note(owner, events=events)
    LearnedCategory.objects.filter(owner=owner).delete()
    calendar.delete()


@action("calendar.problem")
def note_problem(*, actor: Actor, today: date, calendar: Calendar, problem: str) -> None:
    """Keep why the calendar could not be read; what was read before stays."""
    if calendar.problem == problem[:500]:
        unchanged()
        return
    calendar.problem = problem[:500]
    calendar.save(update_fields=["problem"])
    note(calendar)


def _set_titles(calendar: Calendar, keep: bool) -> None:
    calendar.keep_titles = keep
    calendar.save(update_fields=["keep_titles"])
    if not keep:
        Event.objects.filter(calendar=calendar).update(title="", place="", link="")
        LearnedCategory.objects.filter(owner=calendar.owner_id, kind=LearnedCategory.WORD).delete()
