"""A calendar brought in: read outside of any transaction, then kept in one short one."""

from datetime import date, datetime, timedelta
from pathlib import Path

from drumbeat.calendars import actions
from drumbeat.calendars.actions.reading import Kept, Window
from drumbeat.calendars.circles import circle_of
from drumbeat.calendars.lessons import lessons_of
from drumbeat.calendars.models import Calendar
from drumbeat.calendars.rules.entries import entries
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.journal.record import Actor
from drumbeat.people.models import Person

BACK, AHEAD = timedelta(days=400), timedelta(days=190)


def bring_in(
    *,
    actor: Actor,
    today: date,
    at: datetime,
    owner: Person,
    source: bytes | Path,
    titles: bool | None = None,
) -> Kept:
    """Read a calendar file of the owner and keep what it says of the last 13 months and the next six.

    ``titles`` answers whether titles are kept; None leaves the answer as it is, no at first.
    Raises NotACalendar or CalendarTooLarge, each with a sentence; then nothing is written.
    """
    window = Window(today - BACK, today + AHEAD)
    # "UTC" is what a person has whose zone nobody entered; the calendar's own then says more.
    zone = "" if owner.time_zone == "UTC" else owner.time_zone
    read = read_ics(source, window.first, window.last, zone=zone)
    found = entries(read, circle_of(owner, today), lessons_of(owner.pk))
    calendar = Calendar.objects.filter(owner=owner).first()
    if calendar is None or (titles is not None and calendar.keep_titles != titles):
        calendar = actions.add_calendar(
            actor=actor,
            today=today,
            owner=owner,
            address=calendar.address if calendar else "",
            titles=bool(titles),
        )
    return actions.keep_reading(
        actor=actor, today=today, calendar=calendar, read=read, found=found, window=window, at=at
    )
