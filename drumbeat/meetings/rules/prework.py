"""When what comes in is due. Pure."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from drumbeat.core.days import add_working_days


def due_at(
    day: date, days_before: int, at: str | time, *, country: str, region: str, zone: str | ZoneInfo
) -> datetime:
    """The moment (UTC) at which pre-work of a meeting on ``day`` is due.

    ``days_before`` counts the chair's working days back from the day; 0 is the day itself, be it free or
    not. ``at`` is local to ``zone`` ("07:30"); an hour that a clock change leaves out is the one after it.
    """
    on = add_working_days(day, -days_before, country, region) if days_before else day
    local = time.fromisoformat(at) if isinstance(at, str) else at
    place = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)
    return datetime.combine(on, local, place).astimezone(UTC)
