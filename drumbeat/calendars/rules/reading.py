"""A calendar file read: its events between two days, each occurrence by itself. Pure.

Occurrences are those of ``recurring-ical-events``. Whatever a single event does wrong costs that event and is
counted; only a file that is no calendar, too large, or cut off is refused.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import x_wr_timezone
from icalendar import Calendar

from drumbeat.calendars.rules import events
from drumbeat.calendars.rules.facts import FELL_OUT, Limits, Occurrence, ReadCalendar
from drumbeat.calendars.rules.lines import Block, NotACalendar, RawCalendar, read_bytes, split
from drumbeat.calendars.rules.series import Expansion, Slot, TooMany
from drumbeat.calendars.rules.zones import Zones, standard_name

DEFAULT_LIMITS = Limits()
LONGEST = timedelta(days=366)


def read_ics(
    source: bytes | Path,
    first: date,
    last: date,
    limits: Limits = DEFAULT_LIMITS,
    *,
    zone: str = "",
    owner: str = "",
) -> ReadCalendar:
    """What the calendar says of the days from ``first`` to ``last``, both included, by the start of each
    event.

    ``zone`` is the owner's time zone, for floating times and for the day on which an event lies; without it
    the calendar's own (X-WR-TIMEZONE, else the one most of its events are in) counts. ``owner`` is the
    owner's address; without it the address in most events.

    Raises CalendarTooLarge or NotACalendar, each with a sentence.
    """
    raw = split(read_bytes(source, limits.file_bytes))
    for one in raw:
        if one.properties.get("CALSCALE", "GREGORIAN").upper() != "GREGORIAN":
            raise NotACalendar("Only calendars by the Gregorian calendar can be read.")
    own_zone = standard_name(zone) or _zone_of_file(raw)
    reading = _Reading(first, last, ZoneInfo(own_zone), Expansion(limits))
    for one in raw:
        reading.take(one)
    return reading.result(owner.lower() or _owner(raw), own_zone)


def _zone_of_file(raw: list[RawCalendar]) -> str:
    for one in raw:
        named = standard_name(one.properties.get("X-WR-TIMEZONE", ""))
        if named:
            return named
    used: Counter[str] = Counter()
    for one in raw:
        zones = Zones(one.zones)
        used.update(events.zone_of(block, zones) for block in one.events[:2_000])
    for name, _ in used.most_common():
        if name != "UTC" and standard_name(name):
            return standard_name(name)
    return "UTC"


def _owner(raw: list[RawCalendar]) -> str:
    """The address that stands in most events; of equal ones that which the calendar is named after, then by
    letter.
    """
    seen: Counter[str] = Counter()
    for one in raw:
        for block in one.events:
            seen.update(events.addresses(block))
    named = {one.properties.get("X-WR-CALNAME", "").lower() for one in raw}
    ranked = sorted(seen.items(), key=lambda item: (-item[1], item[0] not in named, item[0]))
    return ranked[0][0] if ranked else ""


@dataclass(slots=True)
class _Reading:
    """Gathers the occurrences of one file."""

    first: date
    last: date
    zone: ZoneInfo
    expansion: Expansion
    found: dict[tuple[str, str], Occurrence] = field(default_factory=dict)
    left_out: dict[tuple[str, str], Occurrence] = field(default_factory=dict)
    details: dict[int, events.Details] = field(default_factory=dict)
    covers_from: date | None = None
    covers_to: date | None = None
    events: int = 0
    unreadable: int = 0
    too_many: int = 0
    truncated: bool = False
    unknown_zones: set[str] = field(default_factory=set)

    def take(self, raw: RawCalendar) -> None:
        """Read one VCALENDAR."""
        zones = Zones(raw.zones)
        by_uid: defaultdict[str, list[Block]] = defaultdict(list)
        for block in raw.events:
            self.events += 1
            self._cover(block)
            if not self._outside(block):
                by_uid[events.uid_of(block)].append(block)
        calendar_zone = standard_name(raw.properties.get("X-WR-TIMEZONE", ""))
        for uid, blocks in by_uid.items():
            if self.truncated:
                break
            self._series(uid, blocks, zones, ZoneInfo(calendar_zone) if calendar_zone else None)
        self.unknown_zones |= zones.unknown

    def _cover(self, block: Block) -> None:
        day = events.first_day(block)
        timed = not any("VALUE=DATE:" in line.upper() for line in block.values("DTSTART"))
        if day and timed and day.year > 1970:
            self.covers_from = min(day, self.covers_from or day)
            self.covers_to = max(day, self.covers_to or day)

    def _outside(self, block: Block) -> bool:
        """Whether a single event lies so far outside the window that it need not be read."""
        day = events.first_day(block)
        if day is None or not events.is_plain(block):
            return False
        return not (self.first - timedelta(days=2) <= day <= self.last + timedelta(days=2))

    def _series(self, uid: str, blocks: list[Block], zones: Zones, calendar_zone: ZoneInfo | None) -> None:
        """The occurrences of one UID."""
        components = []
        for number, block in enumerate(blocks):
            try:
                components.append(events.component_of(block, number, zones))
            except events.Unreadable:
                self.unreadable += 1
        if not components:
            return
        self.details = {}
        # The library raises whatever a broken event runs into; the event is then unreadable, the file is not.
        try:
            if calendar_zone is not None:
                components = _in_calendar_zone(components, calendar_zone)
            margin = timedelta(days=1)
            slots = self.expansion.slots(components, self.first - margin, self.last + margin)
            ready = [self._occurrence(uid, slot, blocks, zones) for slot in slots]
        except TooMany:
            self.too_many += 1
            return
        except Exception:
            self.unreadable += len(components)
            return
        for one in ready:
            self._add(one)

    def _add(self, one: Occurrence) -> None:
        if not self.first <= one.local_day <= self.last:
            return
        if one.status == FELL_OUT:
            self.left_out.setdefault(one.key, one)
        elif one.key in self.found:
            return
        elif len(self.found) >= self.expansion.limits.occurrences:
            self.truncated = True
        else:
            self.found[one.key] = one

    def _occurrence(self, uid: str, slot: Slot, blocks: list[Block], zones: Zones) -> Occurrence:
        number = int(slot.component[events.BLOCK])
        if number not in self.details:
            self.details[number] = events.details_of(blocks[number])
        details = self.details[number]
        all_day = not isinstance(slot.start, datetime)
        starts, ends = self._moment(slot.start), self._moment(slot.end)
        slot_at = self._moment(slot.slot) if slot.slot is not None else starts
        rule = details.rule or next((d for b in blocks for d in [_rule(b)] if d), "")
        return Occurrence(
            uid=uid,
            recurrence_id="" if slot.slot is None else slot_at.strftime("%Y%m%dT%H%M%SZ"),
            rule=rule,
            starts_at=starts,
            ends_at=max(starts, min(ends, starts + LONGEST)),
            all_day=all_day,
            local_day=starts.astimezone(self.zone).date(),
            slot_day=slot_at.astimezone(self.zone).date(),
            time_zone=events.zone_of(blocks[number], zones) or self.zone.key,
            status=FELL_OUT if slot.left_out else details.status,
            title=details.title,
            place=details.place,
            link=details.link,
            organizer=details.organizer,
            attendees=details.attendees,
            free=details.free,
            private=details.private,
            out_of_office=details.out_of_office,
        )

    def _moment(self, when: date | datetime) -> datetime:
        if not isinstance(when, datetime):
            when = datetime.combine(when, time(), self.zone)
        elif when.tzinfo is None:
            when = when.replace(tzinfo=self.zone)
        return when.astimezone(UTC)

    def result(self, owner: str, zone: str) -> ReadCalendar:
        """All of it, in order of time."""
        return ReadCalendar(
            occurrences=_in_order(self.found),
            left_out=_in_order({key: one for key, one in self.left_out.items() if key not in self.found}),
            owner_address=owner,
            time_zone=zone,
            covers_from=self.covers_from,
            covers_to=self.covers_to,
            events=self.events,
            unreadable=self.unreadable,
            too_many=self.too_many,
            truncated=self.truncated,
            notes=tuple(self._notes()),
        )

    def _notes(self) -> list[str]:
        notes = []
        if self.unreadable:
            notes.append(
                f"{_entries(self.unreadable)} could not be read and {_is(self.unreadable)} left out."
            )
        if self.too_many:
            repeat = "repeats" if self.too_many == 1 else "repeat"
            notes.append(
                f"{_entries(self.too_many)} {repeat} more often than a person can meet, "
                f"and {_is(self.too_many)} left out."
            )
        if self.truncated:
            most = f"{self.expansion.limits.occurrences:,}"
            notes.append(
                f"The calendar has more than {most} entries in these days; only the first {most} were read."
            )
        for name in sorted(self.unknown_zones)[:3]:
            notes.append(
                f"The time zone “{name[:64]}” is not known; its entries are read in {self.zone.key}."
            )
        return notes


def _rule(block: Block) -> str:
    return next((line.partition(":")[2].strip()[:500] for line in block.values("RRULE")), "")


def _in_calendar_zone(components: list[Any], zone: ZoneInfo) -> list[Any]:
    """Some calendars write everything in UTC and mean the zone they name; the library's own way to mend
    that.
    """
    calendar = Calendar()
    calendar.subcomponents = components
    return list(x_wr_timezone.to_standard(calendar, timezone=zone).subcomponents)


def _in_order(found: dict[tuple[str, str], Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(
        sorted(found.values(), key=lambda one: (one.starts_at, one.ends_at, one.uid, one.recurrence_id))
    )


def _entries(count: int) -> str:
    return "One entry" if count == 1 else f"{count:,} entries"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
