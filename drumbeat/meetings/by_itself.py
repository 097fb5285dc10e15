"""What the clock does with rhythms: plans them ahead, and soon after somebody's days away were noted."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from drumbeat.journal.models import Entry
from drumbeat.journal.record import SYSTEM
from drumbeat.meetings.actions.planning import plan_all
from drumbeat.meetings.models import Rhythm

# So that nobody who wants to write waits long for the transaction.
AT_ONCE = 100
LOOKED_BACK = timedelta(minutes=5)
# Whatever decides on which days somebody is there.
DEEDS = ("leave.add", "leave.remove", "person.change", "person.leave_company", "person.come_back")


def plan() -> None:
    """Every active rhythm, a quarter ahead."""
    today, now = _today(), timezone.now()
    ids = list(Rhythm.objects.filter(state=Rhythm.ACTIVE).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        plan_all(actor=SYSTEM, today=today, now=now, rhythms=ids[start : start + AT_ONCE])


def follow_leave() -> None:
    """The rhythms of those whose days away, or place, changed within the last minutes."""
    now = timezone.now()
    recent = Entry.objects.filter(verb__in=DEEDS, at__gte=now - LOOKED_BACK, object_kind="person")
    of = {pk for pk in recent.values_list("object_id", flat=True) if pk is not None}
    if of:
        plan_all(actor=SYSTEM, today=_today(), now=now, of=sorted(of))


def _today() -> date:
    """The day at the worker’s edge; which one, where zones differ, is of no matter a quarter ahead."""
    if settings.DRUMBEAT_AS_OF:
        return date.fromisoformat(settings.DRUMBEAT_AS_OF)
    return datetime.now(timezone.get_default_timezone()).date()
