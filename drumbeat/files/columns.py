"""How each column of a sheet is converted, also where only the whole column tells. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from drumbeat.core.periods import Period, month_of, parse, quarter_of, year_of
from drumbeat.core.refusal import Refused
from drumbeat.files.amounts import AmountReader, AmountVotes
from drumbeat.files.assign import Assigned
from drumbeat.files.currency import currency_code, one_currency
from drumbeat.files.dates import DateReader, DateVotes, needs_order
from drumbeat.files.fields import FIELDS
from drumbeat.files.values import BadValue, Memory, shown
from drumbeat.files.words import StageReader, read_category, read_metric, read_status

MAX_TEXT = 255

Convert = Callable[[Sequence[Any]], list[Any]]


class AmbiguousDates(Refused):
    """A column whose dates can be read day first or month first."""


class Currencies:
    """The currencies that a sheet's amounts and currency column name; a second one is refused at once."""

    def __init__(self, where: str) -> None:
        self._where = where.replace("the sheet", "The sheet", 1) if where.startswith("the sheet") else where
        self.codes: set[str] = set()

    def add(self, text: str | None) -> str | None:
        """Note a currency as it is written; returns its code. Raises MoreThanOneCurrency."""
        code = currency_code(text)
        if code and code not in self.codes:
            one_currency({*self.codes, code}, self._where)
            self.codes.add(code)
        return code


class Settler:
    """Looks through a whole sheet once, when a first value needs it, and answers for every column."""

    def __init__(self, assigned: Assigned) -> None:
        self._assigned = assigned
        self._votes: dict[int, DateVotes | AmountVotes] | None = None

    def order(self, index: int) -> str:
        """The order of a column's dates. Raises AmbiguousDates."""
        votes = self._look()[index]
        order = votes.result()
        if order is None:
            sheet = self._assigned.sheet
            line, example = self._first(index, needs_order)
            column = f"The column {shown(sheet.header[index])} of {sheet.title}"
            raise AmbiguousDates(
                f"{column} can be read day first or month first (“{example}” in line {line});"
                ' write date_order = "dmy" or date_order = "mdy" into the mapping.'
            )
        return order

    def decimal(self, index: int) -> str:
        """What parts the decimals of a column's amounts."""
        return self._look()[index].result() or "mixed"

    def _look(self) -> dict[int, DateVotes | AmountVotes]:
        if self._votes is None:
            assigned = self._assigned
            places = {
                name: assigned.sheet.header.index(column) for name, column in assigned.mapping.columns.items()
            }
            kinds = {place: FIELDS[assigned.table][name].kind for name, place in places.items()}
            self._votes = {
                place: AmountVotes() if kind == "amount" else DateVotes()
                for place, kind in kinds.items()
                if kind in ("amount", "date", "period")
            }
            seen: dict[int, set[Any]] = {place: set() for place in self._votes}
            for block in assigned.sheet.blocks():
                for place, votes in self._votes.items():
                    new = {row[place] for row in block.rows} - seen[place]
                    votes.add(cell for cell in new if isinstance(cell, str))
                    if len(seen[place]) > Memory.LIMIT:
                        seen[place].clear()  # some are counted twice then, which sways no vote
                    seen[place] |= new
        return self._votes

    def _first(self, index: int, test: Callable[[str], bool]) -> tuple[int, str]:
        for line, row in self._assigned.sheet.rows():
            if len(row) > index and isinstance(cell := row[index], str) and test(cell):
                return line, cell.strip()
        raise AssertionError("asked only where one was met")


class Converter:
    """One column: where it stands, and how its cells become values. ``memory`` is None for plain text."""

    def __init__(self, field: str, index: int, read: Callable[[Any], Any] | None, *, all_text: bool) -> None:
        self.field = field
        self.index = index
        self.memory = Memory(read) if read else None
        self._all_text = all_text

    def convert(self, cells: Sequence[Any]) -> list[Any]:
        """The values of some rows; what cannot be read is a Bad."""
        if self.memory is not None:
            return self.memory.convert(cells)
        texts = cells if self._all_text else [as_text(cell) for cell in cells]
        return [text or None for text in map(str.strip, texts)]


def converters(assigned: Assigned, currencies: Currencies) -> list[Converter]:
    """A converter for each mapped column of a sheet."""
    sheet, mapping = assigned.sheet, assigned.mapping
    places = {name: sheet.header.index(name) for name in mapping.columns.values()}
    settler = Settler(assigned)
    result = []
    for field, column in mapping.columns.items():
        kind = FIELDS[assigned.table][field].kind
        index = places[column]
        read = _reader(kind, assigned, settler, index, currencies)
        if read is not None and kind not in ("date", "amount", "period") and not sheet.all_text:
            read = partial(_of_text, read)
        result.append(Converter(field, index, read, all_text=sheet.all_text))
    return result


def as_text(cell: Any) -> str:
    """A cell of a workbook as the text that a person sees in it: 4711.0 is 4711."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _reader(
    kind: str, assigned: Assigned, settler: Settler, index: int, currencies: Currencies
) -> Callable[[Any], Any] | None:
    mapping = assigned.mapping
    if kind in ("date", "period"):
        dates = DateReader(mapping.date_order, partial(settler.order, index))
        return dates.read if kind == "date" else partial(_read_period, mapping.length, dates)
    if kind == "amount":
        return AmountReader(mapping.decimal, partial(settler.decimal, index), currencies.add).read
    if kind == "stage" and "status" not in mapping.columns:
        return StageReader(mapping.stages, mapping.other_stages).text
    readers: dict[str, Callable[[Any], Any]] = {
        "email": _read_email,
        "category": read_category,
        "currency": currencies.add,
        "metric": read_metric,
        "status": read_status,
    }
    return readers.get(kind)


def _of_text(read: Callable[[str], Any], cell: Any) -> Any:
    return read(as_text(cell))


def _read_email(text: str | None) -> str | None:
    address = (text or "").strip().lower()
    if not address:
        return None
    local, _, domain = address.rpartition("@")
    if not local or not domain or any(sign.isspace() or sign in "<>,;" for sign in address):
        raise BadValue(f"{shown(text)} is not an e-mail address.")
    return address


def _read_period(length: str | None, dates: DateReader, value: Any) -> str | None:
    """A period's name, or the name of the one of the given length that begins on a day."""
    text = as_text(value).strip()
    if not text:
        return None
    try:
        return parse(text).name
    except Refused:
        pass
    swapped = text.replace("/", "-").replace(" ", "-")
    for form in (swapped, "-".join(reversed(swapped.split("-")))):
        try:
            return parse(form).name
        except Refused:
            continue
    if length is None:
        raise BadValue(f"{shown(text)} is not a period; a start date needs a length in the mapping.")
    day = dates.read(value)
    if day is None:
        return None
    begins: dict[str, Callable[[date], Period]] = {"month": month_of, "quarter": quarter_of, "year": year_of}
    period = begins[length](day)
    if period.first != day:
        raise BadValue(f"{shown(text)} is not the first day of a {length}.")
    return period.name
