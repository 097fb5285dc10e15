"""From the bytes of a calendar file to its events' lines. Pure.

The file is taken apart by hand before a library sees it: one broken event then costs one event and not the
file, descriptions and attachments are never held, and what lies outside the window is passed over unparsed.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from drumbeat.calendars.rules.links import join_link
from drumbeat.core.refusal import Refused

MAX_LINE = 1_000_000
_NAME = re.compile(r"\s*([\w-]+)\s*[:;]")
_DROPPED = frozenset(
    {"ATTACH", "X-ALT-DESC", "COMMENT", "CONTACT", "DTSTAMP", "CREATED", "LAST-MODIFIED", "GEO"}
)


class NotACalendar(Refused):
    """The file holds no calendar, or only the beginning of one."""


class CalendarTooLarge(Refused):
    """The file is larger than is read."""


@dataclass(slots=True)
class Block:
    """The lines of one component, unfolded: what stands directly in it, and all lines for a time zone."""

    name: str
    lines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of the lines' properties, one each

    def add(self, name: str, line: str) -> None:
        """One more line, of the property with that name."""
        self.names.append(name)
        self.lines.append(line)

    def values(self, name: str) -> list[str]:
        """The whole lines of one property."""
        return [line for own, line in zip(self.names, self.lines, strict=True) if own == name]


@dataclass(slots=True)
class RawCalendar:
    """One VCALENDAR: its own properties, its time zones and its events."""

    properties: dict[str, str] = field(default_factory=dict)
    zones: list[Block] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)


def property_name(line: str) -> str:
    """The name of a content line in capitals: ``DTSTART`` of ``dtstart;TZID=...:...``; empty for none."""
    found = _NAME.match(line)
    return sys.intern(found[1].upper()) if found else ""


def read_bytes(source: bytes | Path, file_bytes: int) -> bytes:
    """The file's bytes, in UTF-8 where it came in UTF-16.

    Raises CalendarTooLarge, NotACalendar (empty, or a folder or missing file).
    """
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > file_bytes:
            raise CalendarTooLarge(
                f"The calendar file is larger than {file_bytes // (1024 * 1024)} MB; "
                "export a shorter span and bring that."
            )
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        name = "The calendar file" if isinstance(source, bytes) else f"“{source.name}”"
        raise NotACalendar(f"{name} cannot be read: {error.strerror or 'no such file'}.") from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise NotACalendar("The calendar file is empty; export it again from your calendar.")
    return data


def logical_lines(data: bytes) -> Iterator[str]:
    """Content lines, folded ones joined before they are decoded: a fold may lie inside a letter."""
    parts: list[bytes] = []
    length = 0
    for raw in io.BytesIO(data):
        line = raw.rstrip(b"\r\n")
        if line[:1] in (b" ", b"\t"):
            if parts and length < MAX_LINE:
                parts.append(line[1:])
                length += len(line)
            continue
        if not line.strip():
            continue  # some clients leave empty lines, even before the rest of a folded one
        if parts:
            yield _text(b"".join(parts))
        parts, length = [line[:MAX_LINE]], len(line)
    if parts:
        yield _text(b"".join(parts))


def _text(line: bytes) -> str:
    line = line.replace(b"\0", b"")  # no database keeps it
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def split(data: bytes) -> list[RawCalendar]:
    """The calendars of a file. Bare events without a calendar around them count as one calendar.

    Raises NotACalendar for a file without any calendar and for one that ends in the middle: taking half a
    calendar for a whole one would make the other half look cancelled.
    """
    taker = _Taker()
    for line in logical_lines(data):
        taker.take(line)
    return taker.finish()


class _Taker:
    """Walks the lines with a stack of open components."""

    def __init__(self) -> None:
        self.calendars: list[RawCalendar] = []
        self.stack: list[str] = []
        self.event: Block | None = None
        self.zone: Block | None = None

    def take(self, line: str) -> None:
        name = property_name(line)
        if name == "BEGIN":
            self.begin(line.partition(":")[2].strip().upper(), line)
        elif name == "END":
            self.end(line.partition(":")[2].strip().upper(), line)
        elif self.zone is not None:
            self.zone.add(name, line)
        elif self.event is not None and self.stack[-1] == "VEVENT":
            self.keep(name, line)
        elif self.stack == ["VCALENDAR"] and name:
            self.calendars[-1].properties.setdefault(name, line.partition(":")[2].strip())

    def keep(self, name: str, line: str) -> None:
        """Of a description only the join link is held."""
        if self.event is None or not name or name in _DROPPED:
            return
        if name == "DESCRIPTION":
            link = join_link(line)
            name, line = "X-JOIN-LINK", f"X-JOIN-LINK:{link}" if link else ""
        if line:
            self.event.add(name, line)

    def begin(self, name: str, line: str) -> None:
        if name == "VCALENDAR":
            self.calendars.append(RawCalendar())
            self.stack = []
            self.event = self.zone = None
        elif not self.calendars:
            if name not in {"VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY"}:
                return
            self.calendars.append(RawCalendar())
        if self.zone is not None:
            self.zone.add("BEGIN", line)
        elif name == "VTIMEZONE":
            self.zone = Block(name, [line], ["BEGIN"])
            self.calendars[-1].zones.append(self.zone)
        elif name == "VEVENT":
            self.event = Block(name)
            self.calendars[-1].events.append(self.event)
        self.stack.append(name)

    def end(self, name: str, line: str) -> None:
        if self.zone is not None:
            self.zone.add("END", line)
        if name not in self.stack:
            name = self.stack[-1] if self.stack else ""  # misspelt: it ends what is open
        while self.stack and self.stack.pop() != name:
            pass
        # An end may close several at once, where others were forgotten.
        if "VTIMEZONE" not in self.stack:
            self.zone = None
        if name == "VEVENT" or "VEVENT" not in self.stack:
            self.event = None

    def finish(self) -> list[RawCalendar]:
        if not self.calendars:
            raise NotACalendar(
                "This is not a calendar file: it has no line BEGIN:VCALENDAR. Export it as ICS (iCalendar)."
            )
        if self.stack:
            raise NotACalendar("The calendar file ends in the middle; export or fetch it again.")
        return self.calendars
