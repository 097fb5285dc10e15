"""Calendars read in the background: an address again and again, a large file once."""

import logging
import zoneinfo
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models.functions import Length
from django.utils import timezone
from django_tasks import task

from drumbeat.calendars.actions import add_calendar, note_problem
from drumbeat.calendars.actions.reading import Kept
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Calendar
from drumbeat.core.refusal import Refused
from drumbeat.exchange.calendars.fetching import Fetcher
from drumbeat.journal.record import SYSTEM, Actor
from drumbeat.people.models import Person

log = logging.getLogger("drumbeat.calendars")


@task()
def read_address(calendar_id: int) -> None:
    """Fetch a calendar's address and keep what stands there; a fault is kept as the calendar's problem."""
    calendar = Calendar.objects.select_related("owner").defer("address").filter(pk=calendar_id).first()
    if calendar is None:
        return
    today = today_of(calendar.owner)
    try:
        if not calendar.address:
            return
        fetch_in(actor=SYSTEM, today=today, at=timezone.now(), owner=calendar.owner, address=calendar.address)
    except Refused as refusal:
        log.info("calendar not read", extra={"job": "read_address", "kind": type(refusal).__name__})
        note_problem(actor=SYSTEM, today=today, calendar=calendar, problem=str(refusal))


@task()
def read_file(path: str, owner_id: int, titles: bool | None = None) -> None:
    """Read a calendar file that was laid aside, and delete it whatever came of it."""
    file = Path(path)
    try:
        owner = Person.objects.filter(pk=owner_id).first()
        if owner is None:
            return
        today = today_of(owner)
        try:
            bring_in(actor=owner, today=today, at=timezone.now(), owner=owner, source=file, titles=titles)
        except Refused as refusal:
            calendar = Calendar.objects.filter(owner=owner).first() or add_calendar(
                actor=owner, today=today, owner=owner
            )
            note_problem(actor=SYSTEM, today=today, calendar=calendar, problem=str(refusal))
    finally:
        file.unlink(missing_ok=True)


def read_all() -> None:
    """Put every calendar with an address into the queue; the clock calls this."""
    with_address = Calendar.objects.annotate(address_length=Length("address")).filter(address_length__gt=0)
    for pk in with_address.values_list("pk", flat=True):
        read_address.enqueue(pk)


def fetch_in(
    *,
    actor: Actor,
    today: date,
    at: datetime,
    owner: Person,
    address: str,
    titles: bool | None = None,
) -> Kept:
    """Fetch an address and keep what the calendar there says.

    Raises the fetcher's refusals and those of reading; then nothing is written.
    """
    source = Fetcher(allow_inside=settings.DRUMBEAT_PRIVATE_CALENDARS).fetch(address)
    return bring_in(actor=actor, today=today, at=at, owner=owner, source=source, titles=titles)


def today_of(person: Person) -> date:
    """The day that counts as today for the person, at the worker's edge."""
    if settings.DRUMBEAT_AS_OF:
        return date.fromisoformat(settings.DRUMBEAT_AS_OF)
    try:
        zone = zoneinfo.ZoneInfo(person.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo("UTC")
    return timezone.now().astimezone(zone).date()
