"""Calendar files and people written by hand."""

from drumbeat.calendars.rules.facts import Circle, Known

ELENA = Known("elena", "Elena Rossi", "elena@acme.example")
ANA = Known("ana", "Ana Ribeiro", "ana@acme.example")
TOM = Known("tom", "Tom Okafor", "tom@acme.example")
PIOTR = Known("piotr", "Piotr Nowak", "piotr@acme.example")  # Ana's rep
FAITH = Known("faith", "Faith Meyer", "faith@acme.example")  # a colleague in finance


def ics(*events: str, head: str = "") -> bytes:
    """A calendar file around the events."""
    body = "".join(events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\n{head}{body}END:VCALENDAR\r\n".encode()


def event(
    uid: str,
    start: str,
    end: str = "",
    *more: str,
    title: str = "Meeting",
    people: tuple[str, ...] = (),
) -> str:
    """One event; ``start`` and ``end`` as iCalendar writes them, in UTC unless they bring parameters
    (``;TZID=…:``).

    People are ``address`` or ``address=PARTSTAT``; the first one organises.
    """
    lines = ["BEGIN:VEVENT", f"UID:{uid}", _time("DTSTART", start)]
    if end:
        lines.append(_time("DTEND", end))
    lines.append(f"SUMMARY:{title}")
    for number, person in enumerate(people):
        address, _, answer = person.partition("=")
        if number == 0:
            lines.append(f"ORGANIZER:mailto:{address}")
        lines.append(f"ATTENDEE;PARTSTAT={answer or 'NEEDS-ACTION'}:mailto:{address}")
    lines += [*more, "END:VEVENT", ""]
    return "\r\n".join(lines)


def _time(name: str, value: str) -> str:
    if value.startswith(";"):
        return name + value
    return f"{name};VALUE=DATE:{value}" if len(value) == 8 else f"{name}:{value}"


def circle(**changes: object) -> Circle:
    """Elena leads Ana (with Piotr) and Tom; Brandt is a customer, Nordmann a supplier, Lawyers are other."""
    return Circle(
        **{
            "owner": ELENA,
            "reports": (ANA, TOM),
            "below": ((PIOTR, "ana"),),
            "colleagues": (FAITH,),
            "own_domains": frozenset({"acme.example"}),
            "customers": frozenset({"brandt.example"}),
            "suppliers": frozenset({"nordmann.example"}),
            "other": frozenset({"lawyers.example"}),
            **changes,
        }
    )
