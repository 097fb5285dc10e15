"""Small files of a made company, written by hand: people, deals and the executive's calendar, as of a Monday.

Elena leads Ana (Mira, João) and Tom (Piotr, Olga). Ana's deals go well; one of Tom's is older than any that
was ever closed, and his weekly talk with Elena fell out three times in a row. Two outside companies stand
in the calendar that are nobody's customer yet.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 23)
ELENA, ANA, TOM = (f"{name}@nordhaus.example" for name in ("elena.hartmann", "ana.ribeiro", "tom.okafor"))
PEOPLE = [
    ("Mira Lund", "mira.lund@nordhaus.example", ANA, "North"),
    ("João Ávila", "joao.avila@nordhaus.example", ANA, "North"),
    ("Piotr Zieliński", "piotr.zielinski@nordhaus.example", TOM, "West"),
    ("Olga Brandt", "olga.brandt@nordhaus.example", TOM, "West"),
    ("Ana Ribeiro", ANA, "", "North"),
    ("Tom Okafor", TOM, "", "West"),
]


def people(folder: Path) -> str:
    """Reps with their managers."""
    return _table(folder / "people.csv", ["Name", "E-mail", "Manager", "Team"], PEOPLE)


def deals(folder: Path) -> str:
    """Forty deals won or lost within thirteen weeks, and some open ones."""
    reps = [name for name, _, leader, _ in PEOPLE if leader]
    rows = []
    for n in range(40):
        closed = AS_OF - timedelta(days=3 + 2 * n)
        stage = "Lost" if n % 4 == 3 else "Won"
        day = closed - timedelta(days=20 + n)
        rows.append((f"D{n}", reps[n % 4], f"Customer {n % 7}", stage, day, closed, 1000 + 100 * n))
    for n in range(8):
        created = AS_OF - timedelta(days=30 if n % 2 else 300)
        rows.append((f"E{n}", reps[n % 4], "" if n == 5 else f"Customer {n}", "Open", created, "", 5000))
    header = ["Deal id", "Owner", "Account", "Stage", "Created", "Close date", "Amount"]
    return _table(folder / "deals.csv", header, rows)


def calendar(folder: Path) -> str:
    """Thirteen weeks: weekly talks with Ana and Tom, two companies from outside."""
    events = [
        _talk("ana", ANA, date(2026, 8, 25), "8", ()),
        _talk("tom", TOM, date(2026, 8, 26), "9", ("20261104", "20261111", "20261118")),
    ]
    for n in range(13):
        day = date(2026, 8, 27) + timedelta(weeks=n)
        who = "parts" if n % 2 else "tubes"
        events.append(_event(f"out{n}", f"{day:%Y%m%d}T120000Z", f"{day:%Y%m%d}T140000Z", f"x@{who}.example"))
    path = folder / "elena.ics"
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand made//EN\r\n"
    path.write_text(head + "".join(events) + "END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return str(path)


def _talk(uid: str, who: str, first: date, hour: str, fell_out: tuple[str, ...]) -> str:
    start = f"{first:%Y%m%d}T{int(hour):02}0000Z"
    more = ["RRULE:FREQ=WEEKLY;COUNT=16", *(f"EXDATE:{day}T{int(hour):02}0000Z" for day in fell_out)]
    return _event(uid, start, start.replace("0000Z", "3000Z"), who, *more)


def _event(uid: str, start: str, end: str, who: str, *more: str) -> str:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{start}",
        f"DTSTART:{start}",
        f"DTEND:{end}",
        "SUMMARY:Talk",
        f"ORGANIZER:mailto:{ELENA}",
        f"ATTENDEE:mailto:{ELENA}",
        f"ATTENDEE:mailto:{who}",
        *more,
        "END:VEVENT",
        "",
    ]
    return "\r\n".join(lines)


def _table(path: Path, header: list[str], rows: list[tuple]) -> str:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)
    return str(path)
