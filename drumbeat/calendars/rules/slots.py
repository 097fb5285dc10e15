"""Free slots in a calendar: when the owner could meet somebody. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drumbeat.calendars.rules.entries import Entry
from drumbeat.core.days import is_working_day

DAY_BEGINS, DAY_ENDS = time(9, 0), time(17, 0)
STEP = timedelta(minutes=30)
DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time, in the owner's zone."""

    starts_at: datetime
    ends_at: datetime

    @property
    def words(self) -> str:
        """``Wednesday 25 November, 9:00``."""
        at = self.starts_at
        return f"{at:%A} {at.day} {at:%B}, {at.hour}:{at:%M}"


def free_slots(
    found: Iterable[Entry],
    today: date,
    zone: ZoneInfo,
    *,
    minutes: int = 45,
    country: str = "",
    region: str = "",
    count: int = 2,
) -> list[Slot]:
    """The first free slots on different working days after today, within ten days, from 9:00 to 17:00.

    Whatever stands and is shown as busy takes its time, an absence takes its days. At most one slot a day,
    the second one in the other half of its day where that is free, so that the other has a real choice.
    """
    begins, closes = (
        datetime.combine(today + timedelta(days=n), time(), zone).astimezone(UTC) for n in (0, DAYS_AHEAD + 1)
    )
    taken = [
        (one.starts_at, one.ends_at)
        for one in found
        if one.starts_at < closes and one.ends_at > begins and one.stands and (one.busy or one.away)
    ]
    slots: list[Slot] = []
    for offset in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=offset)
        if len(slots) == count:
            break
        if not is_working_day(day, country, region):
            continue
        free = list(_free_on(day, zone, timedelta(minutes=minutes), taken))
        if slots and slots[-1].starts_at.hour < 12:
            free = [slot for slot in free if slot.starts_at.hour >= 13] or free
        if free:
            slots.append(free[0])
    return slots


def _free_on(
    day: date, zone: ZoneInfo, length: timedelta, taken: list[tuple[datetime, datetime]]
) -> Iterable[Slot]:
    begins = datetime.combine(day, DAY_BEGINS, zone)
    closes = datetime.combine(day, DAY_ENDS, zone)
    while begins + length <= closes:
        ends = begins + length
        if not any(start < ends and begins < end for start, end in taken):
            yield Slot(begins, ends)
        begins += STEP
