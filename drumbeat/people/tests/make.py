"""Plain functions that tests use."""

from datetime import UTC, datetime, timedelta

from drumbeat.journal.models import Entry
from drumbeat.people.models import Reach
from drumbeat.people.tests.cast import TODAY

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
GOOD = "seven-slow-drums"


def last_entry() -> Entry:
    """The newest line of the journal."""
    return Entry.objects.order_by("-pk")[0]


def leaders(member, day=TODAY) -> set[int]:
    """Who reaches the member on a day."""
    return set(Reach.objects.on(day).filter(member=member).values_list("leader_id", flat=True))
