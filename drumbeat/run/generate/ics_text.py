"""Calendar text as Outlook and Google write it: folded lines, escaped text, time zones, attendees."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
OUTLOOK_ZONE = "W. Europe Standard Time"
GOOGLE_ZONE = "Europe/Berlin"

_TIME_ZONES = "".join(
    f"""BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
    for name in (OUTLOOK_ZONE, GOOGLE_ZONE)
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited: address, name, and the iCalendar PARTSTAT."""

    address: str
    name: str
    response: str = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. Times are local to ``zone``; a date instead of a datetime is an all-day event."""

    key: str
    title: str
    start: datetime | date
    end: datetime | date
    guests: Sequence[Guest] = ()
    organizer: Guest | None = None
    rule: str = ""
    left_out: Sequence[datetime] = ()
    moved_from: datetime | None = None
    status: str = "CONFIRMED"
    zone: str = OUTLOOK_ZONE
    place: str = ""
    text: str = ""
    private: bool = False
    busy: str = "BUSY"


def document(name: str, events: Iterator[Event], stamp: datetime, salt: str) -> Iterator[str]:
    """The calendar file in pieces, CRLF line ends, lines folded at 75 bytes."""
    head = (
        "BEGIN:VCALENDAR\nMETHOD:PUBLISH\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\n"
        f"X-WR-CALNAME:{_escaped(name)}\nX-WR-TIMEZONE:{GOOGLE_ZONE}\n"
    )
    yield _lines((head + _TIME_ZONES).splitlines())
    for event in events:
        yield _lines(_event_lines(event, stamp, salt))
    yield "END:VCALENDAR\r\n"


def utc_until(local: datetime) -> str:
    """The UNTIL value of a rule whose start is in local time: RFC 5545 wants it in UTC."""
    return local.replace(tzinfo=BERLIN).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _event_lines(event: Event, stamp: datetime, salt: str) -> Iterator[str]:
    uid = hashlib.sha256(f"{salt}:{event.key}".encode()).hexdigest()[:40].upper()
    yield "BEGIN:VEVENT"
    if event.organizer:
        yield f"ORGANIZER;CN={_parameter(event.organizer.name)}:mailto:{event.organizer.address}"
    for guest in event.guests:
        rsvp = ";RSVP=TRUE" if guest.response == "NEEDS-ACTION" else ""
        yield (
            f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={guest.response}{rsvp};"
            f"CN={_parameter(guest.name)}:mailto:{guest.address}"
        )
    if event.text:
        yield f"DESCRIPTION;LANGUAGE=en-GB:{_escaped(event.text)}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    for moment in event.left_out:
        yield f"EXDATE{_moment(moment, event.zone)}"
    yield f"SUMMARY;LANGUAGE=en-GB:{_escaped(event.title)}"
    yield f"DTSTART{_moment(event.start, event.zone)}"
    yield f"DTEND{_moment(event.end, event.zone)}"
    yield f"UID:{uid}@nordhaus.example"
    if event.moved_from:
        yield f"RECURRENCE-ID{_moment(event.moved_from, event.zone)}"
    yield f"CLASS:{'PRIVATE' if event.private else 'PUBLIC'}"
    yield f"DTSTAMP:{stamp.strftime('%Y%m%dT%H%M%SZ')}"
    yield f"TRANSP:{'TRANSPARENT' if event.busy == 'FREE' else 'OPAQUE'}"
    yield f"STATUS:{event.status}"
    yield f"SEQUENCE:{1 if event.moved_from else 0}"
    if event.place:
        yield f"LOCATION;LANGUAGE=en-GB:{_escaped(event.place)}"
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{event.busy}"
    yield "END:VEVENT"


def _moment(value: datetime | date, zone: str) -> str:
    if not isinstance(value, datetime):
        return f";VALUE=DATE:{value.strftime('%Y%m%d')}"
    if zone == "UTC":
        return f":{value.replace(tzinfo=BERLIN).astimezone(UTC).strftime('%Y%m%dT%H%M%SZ')}"
    return f";TZID={zone}:{value.strftime('%Y%m%dT%H%M%S')}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _parameter(text: str) -> str:
    plain = text.replace('"', "'")
    return f'"{plain}"' if any(sign in plain for sign in ",;:") else plain


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """At most 75 bytes a line, never a letter cut in two."""
    if len(line.encode()) <= 75:
        return line
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 74:
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time on a day."""
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local to the event's zone


def minutes_later(moment: datetime, minutes: int) -> datetime:
    """The local time so many minutes later."""
    return moment + timedelta(minutes=minutes)
