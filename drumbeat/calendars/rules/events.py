"""From an event's lines to what is known of it. Pure."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from icalendar import Event
from icalendar.prop import vText

from drumbeat.calendars.rules.facts import CANCELLED, CONFIRMED, TENTATIVE, Attendee
from drumbeat.calendars.rules.lines import Block
from drumbeat.calendars.rules.links import join_link
from drumbeat.calendars.rules.zones import Zones

BLOCK = "X-DRUMBEAT-BLOCK"  # which block a component came from; it survives the library's copies
MAX_RULE = 2_000
MAX_DATES = 5_000
MOST_PEOPLE = 500
LONGEST_LINE = 4_000
TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RDATE", "EXDATE"})
NEEDED = TIMES | {"UID", "RRULE", "SEQUENCE"}
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_MAILTO = re.compile(r"mailto:\s*([^\s:;,\"'<>]+@[^\s:;,\"'<>]+)", re.IGNORECASE)
_CONTENT = re.compile(
    r'[^:;"]+((?:;[^=;:"]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
)
_PARAMETER = re.compile(r';([^=;:"]+)=("[^"]*"|[^";:]*)')
_CARET = re.compile(r"\^[n'^]")
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}
_TZID = re.compile(r';TZID=("[^"]*"|[^:;"]*)', re.IGNORECASE)
_RESPONSES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_STATUSES = {"CANCELLED": CANCELLED, "TENTATIVE": TENTATIVE}
_NO_PERSON = {"ROOM", "RESOURCE"}
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"})
_REPEATING = frozenset({"RRULE", "RDATE", "RECURRENCE-ID", "DURATION"})


class Unreadable(Exception):
    """One event cannot be read."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an event says beside its times; the description is searched for a join link and dropped."""

    title: str = ""
    place: str = ""
    link: str = ""
    status: str = CONFIRMED
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    free: bool = False
    private: bool = False
    out_of_office: bool = False
    rule: str = ""


def uid_of(block: Block) -> str:
    """The event's UID; without one, a name made of its content, so that two readings agree."""
    for line in block.values("UID"):
        value = line.partition(":")[2].strip()
        if value:
            return value[:500] if len(value) <= 500 else hashlib.sha256(value.encode()).hexdigest()
    return "without-uid-" + hashlib.sha256("\n".join(sorted(block.lines)).encode()).hexdigest()[:32]


def first_day(block: Block) -> date | None:
    """The day that DTSTART names, as written; None when it names none."""
    for line in block.values("DTSTART"):
        found = _DAY.match(line.rpartition(":")[2].strip())
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return None
    return None


def is_plain(block: Block) -> bool:
    """Whether the event neither repeats nor belongs to one that does, nor says how long it lasts by
    DURATION.
    """
    return _REPEATING.isdisjoint(block.names)


def addresses(block: Block) -> set[str]:
    """Every mail address that an event names, cheaply: for finding whose calendar it is."""
    found: set[str] = set()
    for name, line in zip(block.names, block.lines, strict=True):
        if name in _PEOPLE:
            found.update(address.lower() for address in _MAILTO.findall(line))
    return found


def component_of(block: Block, number: int, zones: Zones) -> Event:
    """The library's event with the times alone, in zones that it knows.

    Raises Unreadable when there is no start, or a rule or list of dates beyond measure.
    """
    lines = []
    for name, line in zip(block.names, block.lines, strict=True):
        if name not in NEEDED:
            continue
        if len(line) > MAX_RULE and name == "RRULE":
            raise Unreadable
        if name in {"RDATE", "EXDATE"} and line.count(",") > MAX_DATES:
            raise Unreadable
        lines.append(_in_known_zone(line, zones) if name in TIMES else line)
    if (
        sum(line.count(",") + 1 for line in lines if line[:6].upper() in {"RDATE;", "RDATE:", "EXDATE"})
        > MAX_DATES
    ):
        raise Unreadable
    # The library may raise anything at all for a broken event; that costs this event alone.
    try:
        event: Any = Event.from_ical(
            "\r\n".join(["BEGIN:VEVENT", *lines, f"{BLOCK}:{number}", "END:VEVENT", ""])
        )
        start: Any = event["DTSTART"]
        readable = isinstance(event, Event) and isinstance(start.dt, date)
    except Exception as error:
        raise Unreadable from error
    if not readable:
        raise Unreadable
    return cast(Event, event)


def _in_known_zone(line: str, zones: Zones) -> str:
    found = _TZID.search(line)
    if not found:
        return line
    known = zones.resolve(found[1].strip('"'))
    return line[: found.start()] + (f";TZID={known}" if known else "") + line[found.end() :]


def zone_of(block: Block, zones: Zones) -> str:
    """The time zone that the event's start is written in; empty for floating times, ``UTC`` for those in
    UTC.
    """
    for line in block.values("DTSTART"):
        found = _TZID.search(line)
        if found:
            known = zones.resolve(found[1].strip('"'))
            return found[1].strip('"')[:64] if known.startswith("custom-") else known
        return "UTC" if line.rstrip().endswith("Z") else ""
    return ""


def details_of(block: Block) -> Details:
    """Everything but the times. A line that cannot be read is passed over."""
    details = Details()
    searched: list[str] = []
    people: list[Attendee] = []
    for name, line in zip(block.names, block.lines, strict=True):
        if name in NEEDED:
            if name == "RRULE" and not details.rule:
                details = replace(details, rule=line.partition(":")[2].strip()[:500])
        elif name == "ATTENDEE":
            person = _person(line) if len(people) < MOST_PEOPLE else None
            if person is not None:
                people.append(person)
        else:
            details = _take(details, name, line, searched)
    places = [text for text in (details.place, details.link) if text]
    return replace(details, attendees=_once(people), link=join_link(*places, *searched))


def _take(details: Details, name: str, line: str, searched: list[str]) -> Details:
    value = line.partition(":")[2].strip()
    capitals = value.upper()
    match name:
        case "SUMMARY":
            return replace(details, title=_text(line)[:500])
        case "LOCATION":
            return replace(details, place=_text(line)[:500])
        case "STATUS":
            return replace(details, status=_STATUSES.get(capitals, CONFIRMED))
        case "ORGANIZER":
            return replace(details, organizer=_person(line))
        case "TRANSP":
            return replace(details, free=details.free or capitals == "TRANSPARENT")
        case "X-MICROSOFT-CDO-BUSYSTATUS":
            free = details.free or capitals in {"FREE", "WORKINGELSEWHERE"}
            return replace(details, free=free, out_of_office=capitals == "OOF")
        case "CLASS":
            return replace(details, private=capitals in {"PRIVATE", "CONFIDENTIAL"})
        case _ if name.startswith("X-") or name in {"CONFERENCE", "URL"}:
            searched.append(line)
    return details


def _parts(line: str) -> tuple[dict[str, str], str]:
    """Parameters by name, and the value, of a line. The library's own way takes a fiftieth of a second for
    a long one.

    A line that breaks the grammar has no parameters, and its value is what follows the first colon.
    """
    found = _CONTENT.match(line[:LONGEST_LINE])
    if not found:
        return {}, line[:LONGEST_LINE].partition(":")[2].strip()
    params = {
        name.upper(): _CARET.sub(lambda sign: _CARETS[sign[0]], value.strip('"').strip())
        for name, value in _PARAMETER.findall(found[1])
    }
    return params, found[2].strip()


def _text(line: str) -> str:
    return str(vText.from_ical(_parts(line)[1])).strip()


def _person(line: str) -> Attendee | None:
    """The person of an ATTENDEE or ORGANIZER line; None for a room, a resource, an onlooker, or nobody."""
    params, value = _parts(line)
    if params.get("CUTYPE", "").upper() in _NO_PERSON or params.get("ROLE", "").upper() == "NON-PARTICIPANT":
        return None
    address = value[7:] if value[:7].lower() == "mailto:" else value
    address = address.strip().strip("'\"<>").lower()
    if "@" not in address or " " in address or len(address) > 254:
        address = params.get("EMAIL", "").removeprefix("mailto:").lower()[:254]
    if address.endswith("@resource.calendar.google.com"):
        return None
    name = params.get("CN", "").strip("'")[:200]
    if "@" in name:
        name = ""
    response = _RESPONSES.get(params.get("PARTSTAT", "").upper(), "")
    return Attendee(address, name, response) if address or name else None


def _once(people: list[Attendee]) -> tuple[Attendee, ...]:
    """Each person once; an answer wins over none."""
    kept: dict[str, Attendee] = {}
    for person in people:
        key = person.address or person.name.casefold()
        if key not in kept or (person.response and not kept[key].response):
            kept[key] = person
    return tuple(kept.values())
