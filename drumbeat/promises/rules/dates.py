"""Days as people write them: ``Fri``, ``next Fri``, ``3 Dec``, ``3.12.``, ``in 2 weeks``. Pure.

``find_day`` looks for one in a line; ``land`` puts a day on one on which its owner works. A bare weekday is
the next one to come, never today; ``next Fri`` is the Friday of the coming week, so on a Friday both are the
same day. A month without a year is the next one of that name.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day as spoken

FURTHEST = 5 * 366
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.casefold() for name in calendar.month_name)[1:]
NUMBERS = (
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class NoSuchDay(Refused):
    """A day that no calendar has, or that can be read in two ways."""


class DayPast(Refused):
    """A day that is over."""


class TooFar(Refused):
    """A day that nobody plans for."""


@dataclass(frozen=True)
class Found:
    """A day that stands in a line: where it begins and ends there; ``last``: it is the end of a span."""

    day: date
    start: int
    end: int
    last: bool = False


_WEEKDAY = "|".join(
    sorted({n for w in WEEKDAYS for n in (w, w[:3])} | {"tues", "weds", "thur", "thurs"}, key=len)[::-1]
)
_MONTH = "|".join(sorted({n for m in MONTHS for n in (m, m[:3])} | {"sept"}, key=len)[::-1])
_COUNT = r"\d{1,4}|" + "|".join(NUMBERS)
_BY = r"(?P<by>(?:by|until|till|due|before|on|for)\s+)?(?:the\s+)?"
_ITS = rf"(?:(?P<its>{_WEEKDAY})\b[.,]*\s+(?:the\s+)?)?"
_FORMS = (
    r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})",
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s?(?P<n2>{_MONTH})\b\.?(?:,?\s+(?P<y2>\d{{4}}))?",
    rf"(?P<n3>{_MONTH})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y3>\d{{4}}))?",
    r"(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.(?:\s?(?P<y4>\d{4}|\d{2}))?",
    r"(?P<a5>\d{1,2})/(?P<b5>\d{1,2})(?:/(?P<y5>\d{4}|\d{2}))?",
    rf"in\s+(?P<n6>{_COUNT})\s+(?P<u6>working days?|days?|weeks?|months?)",
    r"\+\s?(?P<n7>\d{1,4})\s?(?P<u7>wd|d|w|m)",
    r"(?P<tomorrow2>(?:the\s+)?day after tomorrow)|(?P<today>today|tonight)|(?P<tomorrow>tomorrow|tmrw)",
    rf"(?:the\s+)?end of (?:the\s+|this\s+)?(?P<nx8>next\s+)?(?P<e8>week|month|quarter|year|{_MONTH})",
    r"(?P<e9>eow|eom|eoq|eoy)",
    r"(?P<w10>this|next) (?P<e10>week|month)",
    rf"(?P<w11>(?:this|next|coming)\s+)?(?P<d11>{_WEEKDAY})\b\.?",
    r"(?P<d12>\d{1,2})\.(?P<m12>\d{1,2})",
)
_ANY = [
    # Letters of other scripts that stand for ours when upper and lower case are one would name no weekday.
    re.compile(rf"(?<![\w.,/+@#-]){_BY}{_ITS if n < 5 else ''}(?:{form})(?![\w/%'’]|[.,-]\d)", re.I | re.A)
    for n, form in enumerate(_FORMS)
]
_BARE = _ANY[-1]


def find_day(text: str, today: date) -> Found | None:
    """The day that the text names: after ``by``, else at its start, else at its end, else near one of them.

    None where it names none. Raises NoSuchDay, DayPast and TooFar.
    """
    spots: list[tuple[int, int, re.Match[str]]] = []
    taken: list[tuple[int, int]] = []
    for pattern in _ANY:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            rank = _rank(text, match, bare=pattern is _BARE)
            if rank is not None:
                taken.append(match.span())
                spots.append((rank, match.start(), match))
    if not spots:
        return None
    match = min(spots, key=lambda spot: spot[:2])[2]
    day, last = _read(match, today)
    its = match.groupdict().get("its") or ""
    if its and not WEEKDAYS[day.weekday()].startswith(its[:3].casefold()):
        raise NoSuchDay(f"{day.day} {day:%B %Y} is a {day:%A}; name the one or the other.")
    if day < today:
        raise DayPast(f"{spoken(day, today)} is over; a promise needs a day to come.")
    if (day - today).days > FURTHEST:
        raise TooFar("That is more than five years away; name a nearer day.")
    return Found(day, match.start(), match.end(), last)


def land(
    day: date, working: Callable[[date], bool], *, last: bool = False, earliest: date | None = None
) -> date:
    """The day itself where it is worked on, else the next one; of the end of a span the one before.

    Never before ``earliest``. A country where nobody ever works keeps the day.
    """
    for step in (-1, 1) if last else (1,):
        for apart in range(32):
            try:
                tried = day + timedelta(days=step * apart)
            except OverflowError:
                break
            if earliest is not None and tried < earliest:
                break
            if working(tried):
                return tried
    return day


def _rank(text: str, match: re.Match[str], *, bare: bool) -> int | None:
    """How likely the words are meant as the day: 0 is surest; None where they hardly are."""
    before, after = text[: match.start()].split(), text[match.end() :].strip(" .,;:!-–").split()
    by = (match["by"] or "").strip().casefold().split(" ")[0]
    if bare and not (not before or not after):
        return None
    if by in ("by", "until", "till", "due", "before") and not bare:
        return 0
    if not before:
        return 1
    if not after:
        return 2 if by != "for" else 3
    return 4 if min(len(before), len(after)) <= 3 else None


def _read(match: re.Match[str], today: date) -> tuple[date, bool]:
    """The day of a match, and whether it is the end of a span."""
    found = {name: value.casefold().strip() for name, value in match.groupdict().items() if value}
    found = {name: value for name, value in found.items() if name not in ("by", "its")}
    key = next(iter(found))
    if key.startswith("tod"):
        return today, False
    if key.startswith("tomorrow"):
        return _plus(today, 2 if key.endswith("2") else 1), False
    form = int(re.sub(r"\D", "", key))
    if form in (6, 7):
        return _counted(found[f"n{form}"], found[f"u{form}"], today), False
    if form in (8, 9, 10):
        what = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(found[f"e{form}"])
        ahead = "nx8" in found or found.get("w10") == "next"
        return _end(what or found[f"e{form}"], today, ahead), True
    if form == 11:
        return _weekday(found["d11"], found.get("w11", ""), today), False
    return _dated(form, found, today), False


def _counted(count: str, unit: str, today: date) -> date:
    number = int(count) if count.isdecimal() else max(NUMBERS.index(count), 1)
    if unit.startswith("working") or unit == "wd":
        return _plus(today, number // 5 * 7 + _rest(today, number % 5))
    if unit.startswith("d"):
        return _plus(today, number)
    return _plus(today, 7 * number) if unit.startswith("w") else _months(today, number)


def _rest(today: date, count: int) -> int:
    """Days until ``count`` weekdays are over, for fewer than five of them."""
    apart = 0
    while count:
        apart += 1
        count -= (today + timedelta(days=apart)).weekday() < 5
    return apart


def _end(what: str, today: date, ahead: bool) -> date:
    """The last day of the week (its Friday), month, quarter, year or named month."""
    if what == "week":
        friday = 4 - today.weekday()
        return _plus(today, friday + 7 if ahead or friday < 0 else friday)
    if what == "month":
        return _last_of(_months(today.replace(day=1), 1 if ahead else 0))
    if what == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return _last_of(_months(first, 5 if ahead else 2))
    if what == "year":
        return date(today.year + (1 if ahead else 0), 12, 31)
    month = _month(what)
    year = today.year + (1 if month < today.month else 0)
    return _last_of(date(year, month, 1))


def _weekday(name: str, word: str, today: date) -> date:
    wanted = next(n for n, full in enumerate(WEEKDAYS) if full.startswith(name[:3]))
    apart = (wanted - today.weekday()) % 7
    if word == "next":
        return _plus(today, 7 - today.weekday() + wanted)
    if word == "this":
        return _plus(today, apart)
    return _plus(today, apart or 7)


def _dated(form: int, found: dict[str, str], today: date) -> date:
    if form == 5:
        one, other = int(found["a5"]), int(found["b5"])
        if one != other and one <= 12 and other <= 12:
            raise (
                NoSuchDay(
                    f"“{one}/{other}” can be read in two ways; write {one} {MONTHS[other - 1][:3].title()} "
                    f"or {other} {MONTHS[one - 1][:3].title()}."
                )
                if one and other
                else NoSuchDay(f"There is no day {one}/{other}; write it as 3 Dec.")
            )
        number, month = (one, other) if other <= 12 else (other, one)
    else:
        number = int(found[f"d{form}"])
        month = int(found[f"m{form}"]) if f"m{form}" in found else _month(found[f"n{form}"])
    year = int(found.get(f"y{form}", 0))
    year += 2000 if 0 < year < 100 else 0
    if year:
        return _day(year, month, number)
    this = _day(today.year, month, number, leap=True)
    return this if this >= today else _day(today.year + 1, month, number, leap=True)


def _day(year: int, month: int, number: int, *, leap: bool = False) -> date:
    """That day; with ``leap``, of 29 February the one of the next leap year. Raises NoSuchDay."""
    if leap and (month, number) == (2, 29):
        while not calendar.isleap(year):
            year += 1
    try:
        return date(year, month, number)
    except ValueError:
        pass
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise NoSuchDay("There is no such day; write it as 3 Dec or 2026-12-03.")
    name, ends = MONTHS[month - 1].title(), calendar.monthrange(year, month)[1]
    its = "" if leap else f" {year}"
    ordinal = "31st" if ends == 31 else f"{ends}th"
    raise NoSuchDay(f"There is no {number} {name}{its}; {name} ends on the {ordinal}.")


def _plus(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise TooFar("That is more than five years away; name a nearer day.") from None


def _months(day: date, count: int) -> date:
    """The same day of a later month, or that month's last one."""
    months = day.year * 12 + day.month - 1 + count
    if months // 12 > 9999:
        raise TooFar("That is more than five years away; name a nearer day.")
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _month(name: str) -> int:
    return next(n for n, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))
