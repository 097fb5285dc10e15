"""Which time zone a TZID means. Pure.

The library keeps time zones that files define under their names for as long as the process runs, so the
"Custom" of one file would be taken for the "Custom" of the next: they go in under a name made of their
content.
"""

import contextlib
import hashlib
import re
import warnings
import zoneinfo
from functools import lru_cache

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from drumbeat.calendars.rules.lines import Block, property_name

MAX_CUSTOM = 50
_CITY_LIST = re.compile(r"^\((?:UTC|GMT)[^)]*\)\s*(.+)$")
_OFFSET = re.compile(r"^(?:UTC|GMT|Etc/GMT)?\s*([+-])(\d{1,2}):?(00)?$", re.IGNORECASE)
_YEARLY_PARTS = {
    "FREQ",
    "BYMONTH",
    "BYDAY",
    "BYMONTHDAY",
    "UNTIL",
    "INTERVAL",
    "COUNT",
    "WKST",
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
}


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names that the time zone database has."""
    return frozenset(zoneinfo.available_timezones())


@lru_cache(maxsize=1)
def _by_city() -> dict[str, str]:
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(known_zones())}


def standard_name(tzid: str) -> str:
    """The database's name for a TZID: itself, a Windows name, ``/vendor/Europe/Berlin``, a list of cities,
    an offset.

    Empty when none of these.
    """
    name = tzid.strip().strip('"').strip("/")
    if name in known_zones():
        return name
    if name in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[name])
    parts = name.split("/")
    for start in range(1, len(parts) - 1):
        if "/".join(parts[start:]) in known_zones():
            return "/".join(parts[start:])
    cities = _CITY_LIST.match(name)
    if cities:
        for city in cities[1].split(","):
            if city.strip().casefold() in _by_city():
                return _by_city()[city.strip().casefold()]
    offset = _OFFSET.match(name)
    if offset and int(offset[2]) <= 12:
        # Etc names count westwards, so the sign turns round.
        return f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}" if int(offset[2]) else "Etc/GMT"
    return ""


class Zones:
    """The time zones of one calendar: standard ones, and those it defines itself."""

    def __init__(self, blocks: list[Block]) -> None:
        self._defined: dict[str, Block] = {}
        for block in blocks[: 10 * MAX_CUSTOM]:
            for line in block.values("TZID")[:1]:
                self._defined.setdefault(line.partition(":")[2].strip(), block)
        self._resolved: dict[str, str] = {}
        self.unknown: set[str] = set()

    def resolve(self, tzid: str) -> str:
        """The name under which the library knows the zone; empty, and noted in ``unknown``, when there is
        none.
        """
        if tzid not in self._resolved:
            self._resolved[tzid] = standard_name(tzid) or self._custom(tzid)
            if not self._resolved[tzid]:
                self.unknown.add(tzid)
        return self._resolved[tzid]

    def _custom(self, tzid: str) -> str:
        block = self._defined.get(tzid)
        if (
            block is None
            or len(self._resolved) > MAX_CUSTOM
            or not all(_harmless(line) for line in block.lines)
        ):
            return ""
        text = "\r\n".join(line for line in block.lines if property_name(line) != "TZID")
        name = "custom-" + hashlib.sha256(text.encode()).hexdigest()[:32]
        body = text.replace("BEGIN:VTIMEZONE", f"BEGIN:VTIMEZONE\r\nTZID:{name}", 1)
        # A definition may be wrong in any way at all; the zone is then unknown, which is said.
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            zone = Timezone.from_ical(body + "\r\n")
            if isinstance(zone, Timezone) and zone.to_tz() is not None:
                return name
        for line in block.values("X-LIC-LOCATION"):
            return standard_name(line.partition(":")[2])
        return ""


def _harmless(line: str) -> bool:
    """Whether a line of a time zone can be worked out: a rule each second would never come to an end."""
    name = property_name(line)
    if name == "RRULE":
        parts = dict(part.partition("=")[::2] for part in line.partition(":")[2].upper().split(";") if part)
        one_time = all(parts.get(name, "0").isdigit() for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        return parts.get("FREQ") == "YEARLY" and set(parts) <= _YEARLY_PARTS and one_time and len(line) < 300
    return name != "RDATE" or line.count(",") < 1000
