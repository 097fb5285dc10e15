"""Days as people and systems write them. Pure.

``03/04/2017`` may be a day in March or in April: the other dates of the column tell which.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from drumbeat.files.values import BadValue, is_unknown, shown

FIRST_YEAR, LAST_YEAR = 1900, 2199

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"([0-9]{5,6})(?:[.,][0-9]+)?")
_LAST_SERIAL = 109_574  # the last day of 2199

_TIME = (
    r"(?:[T,\s]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?\s*(?:[AaPp]\.?\s?[Mm]\.?)?\s*"
    r"(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBERS = re.compile(rf"([0-9]{{1,2}})\s?([-/.])\s?([0-9]{{1,2}})\s?\2\s?([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_DAY_NAME = re.compile(rf"([0-9]{{1,2}})[.\s-]+([A-Za-zäéû]{{3,10}})[.,\s-]+([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_NAME_DAY = re.compile(rf"([A-Za-zäéû]{{3,10}})[.\s]+([0-9]{{1,2}}),?\s+([0-9]{{4}}){_TIME}")

_MONTHS = [
    "jan january januar janv janvier enero ene jän jänner",
    "feb february februar févr février febrero",
    "mar march märz mär mrz mars marzo",
    "apr april avr avril abr abril",
    "may mai mayo",
    "jun june juni juin junio",
    "jul july juli juil juillet julio",
    "aug august août agosto ago",
    "sep sept september septembre septiembre",
    "oct october okt oktober octobre octubre",
    "nov november novembre noviembre",
    "dec december dez dezember déc décembre dic diciembre",
]
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}


class DateReader:
    """Reads the dates of one column.

    ``order`` is ``dmy``, ``mdy``, ``ymd`` or None; with None, ``settle`` is called at the first date that
    could be read in two ways, and returns the column's order or refuses the file.
    """

    def __init__(self, order: str | None, settle: Callable[[], str]) -> None:
        self._given = order is not None
        self._order = order
        self._settle = settle

    def read(self, value: object) -> date | None:
        """The day, None where it is not known. Raises BadValue."""
        if isinstance(value, str):
            return None if is_unknown(value) else self._read_text(value)
        if value is None:
            return None
        if isinstance(value, datetime):
            return _in_range(value.date(), value)
        if isinstance(value, date):
            return _in_range(value, value)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 10_000 <= value < _LAST_SERIAL + 1
        ):
            raise BadValue(f"{shown(value)} is not a date.")
        return _EXCEL_EPOCH + timedelta(days=int(value))

    def _read_text(self, text: str) -> date:
        stripped = text.strip()
        if match := _YEAR_FIRST.fullmatch(stripped):
            return _day(match[1], match[3], match[4], text)
        if match := _NUMBERS.fullmatch(stripped):
            return self._in_order(match, text)
        if match := _SERIAL.fullmatch(stripped):
            if int(match[1]) > _LAST_SERIAL:
                raise BadValue(f"{shown(text)} is not a date.")
            return _EXCEL_EPOCH + timedelta(days=int(match[1]))
        if match := _COMPACT.fullmatch(stripped):
            return _day(match[1], match[2], match[3], text)
        if (match := _DAY_NAME.fullmatch(stripped)) and match[2].lower() in _MONTH_NUMBER:
            return _day(match[3], _MONTH_NUMBER[match[2].lower()], match[1], text)
        if (match := _NAME_DAY.fullmatch(stripped)) and match[1].lower() in _MONTH_NUMBER:
            return _day(match[3], _MONTH_NUMBER[match[1].lower()], match[2], text)
        raise BadValue(f"{shown(text)} is not a date.")

    def _in_order(self, match: re.Match[str], text: str) -> date:
        first, second, third = int(match[1]), int(match[3]), match[4]
        # What tells by itself, or is the same day both ways, never asks the column.
        order = self._order if self._given else order_of(first, second)
        if order is None:
            self._order = order = self._order or self._settle()
        if order == "ymd" and len(third) == 2:
            return _day(match[1], match[3], third, text)
        if order == "mdy":
            return _day(third, first, second, text)
        return _day(third, second, first, text)


def order_of(first: int, second: int) -> str | None:
    """The order that the two leading numbers of a date tell by themselves.

    None where both can be the month.
    """
    if first > 12 or first == second:
        return "dmy"
    return "mdy" if second > 12 else None


class DateVotes:
    """What the dates of a column say about their order, counted piece by piece.

    Dates with a number above twelve vote. One stray vote in twenty is taken for a slip of the hand.
    """

    def __init__(self) -> None:
        self._votes: Counter[str] = Counter()

    def add(self, texts: Iterable[str]) -> None:
        """Count some dates."""
        for text in texts:
            match = _NUMBERS.fullmatch(text.strip())
            if match and match[1] != match[3] and (order := order_of(int(match[1]), int(match[3]))):
                self._votes[order] += 1

    def result(self) -> str | None:
        """``dmy`` or ``mdy``, None where the column does not tell."""
        for order, other in (("dmy", "mdy"), ("mdy", "dmy")):
            if self._votes[order] and self._votes[order] >= 20 * self._votes[other]:
                return order
        return None


def needs_order(text: str) -> bool:
    """Whether a date can be read day first or month first."""
    match = _NUMBERS.fullmatch(text.strip())
    return match is not None and order_of(int(match[1]), int(match[3])) is None


def _day(year: str, month: str | int, day: str | int, text: object) -> date:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return _in_range(date(full, int(month), int(day)), text)
    except ValueError:
        raise BadValue(f"{shown(text)} is not a day of the calendar.") from None


def _in_range(day: date, text: object) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue(f"{shown(text)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return day
