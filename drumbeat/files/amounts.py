"""Amounts of money as people and systems write them, read exactly. Pure.

``21,000`` alone may be twenty-one thousand or twenty-one: the other amounts of the column tell which.
"""

import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from drumbeat.files.values import BadValue, is_unknown, shown

LARGEST = Decimal(10) ** 12
MOST_DIGITS = 40

# The usual notations, tried first because they are cheap; everything else goes by _SHAPE.
_ENGLISH = re.compile(r"-?\$?[0-9]{1,3}(?:,[0-9]{3}){1,3}(\.[0-9]{1,2})?")
_GERMAN = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){0,3}(?:,[0-9]{1,2})?")
_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
_MONEY = r"(?:[A-Za-z]{0,2}[$€£¥₹₩₺]|[A-Z]{3}|zł|Kč|kr\.?|Fr\.?|R\$)"
_SHAPE = re.compile(
    rf"(?P<paren>\()?\s*(?P<sign>[-+−–])?\s*(?P<before>{_MONEY})?\s*(?P<inner>[-+−–])?\s*"
    r"(?P<number>[0-9](?:[0-9.,'’\s]*[0-9])?|[.,][0-9]+)(?:[.,][-–—]+)?\s*"
    r"(?:(?P<scale>[kK]|[mM]|[bB]|Mio\.?|Mrd\.?|mn|bn|Tsd\.?|TEUR|T€|tsd\.?|mio\.?)(?![A-Za-z]))?\s*"
    rf"(?P<after>{_MONEY})?\s*(?P<trailing>[-−])?\s*(?(paren)\))"
)
_SCALES = {"k": 3, "tsd": 3, "teur": 3, "t€": 3, "m": 6, "mio": 6, "mn": 6, "b": 9, "bn": 9, "mrd": 9}
_SPACED = re.compile(r"[0-9]{1,3}(?:([\s'’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_GROUPED = {sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in ".,"}


class AmountReader:
    """Reads the amounts of one column.

    ``decimal`` is ``point``, ``comma`` or None; with None, ``settle`` is called at the first amount that the
    column has to decide and returns ``point``, ``comma`` or ``mixed``. ``found`` is told each currency sign
    or code seen.
    """

    def __init__(
        self,
        decimal: str | None,
        settle: Callable[[], str],
        found: Callable[[str], object] = lambda sign: None,
    ) -> None:
        self._decimal = decimal
        self._settle = settle
        self._found = found

    def read(self, value: object) -> Decimal | None:
        """The amount, None where it is not known. Raises BadValue."""
        if isinstance(value, str):
            if _PLAIN.fullmatch(value):
                return Decimal(value)
            if self._decimal == "point" and _ENGLISH.fullmatch(value):
                if "$" in value:
                    self._found("$")
                return Decimal(value.replace(",", "").replace("$", ""))
            if self._decimal == "comma" and _GERMAN.fullmatch(value):
                return Decimal(value.replace(".", "").replace(",", "."))
            return None if is_unknown(value) else self._read_text(value)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadValue(f"{shown(value)} is not an amount.")
        # A workbook stores 0.1 + 0.2 as 0.30000000000000004; four places are more than any money has.
        return _within(Decimal(repr(round(value, 4))), value)

    def _read_text(self, text: str) -> Decimal:
        match = _SHAPE.fullmatch(text.strip()) if len(text) <= 2 * MOST_DIGITS else None
        if match is None:
            raise BadValue(f"{shown(text)} is not an amount.")
        decimal = decimal_sign(match["number"])
        if decimal is None:
            raise BadValue(f"{shown(text)} is not an amount.")
        if decimal == "either":
            decimal = self._decided(text)
        number = re.sub(r"[\s'’]", "", match["number"])
        number = number.replace(",", "") if decimal == "point" else number.replace(".", "").replace(",", ".")
        for sign in ("before", "after"):
            if match[sign]:
                self._found(match[sign])
        scale = match["scale"]
        if scale and scale.lower() == "teur":
            self._found("EUR")
        exponent = _SCALES[scale.lower().rstrip(".")] if scale else 0
        signs = [match[group] for group in ("sign", "inner", "trailing", "paren") if match[group]]
        if len(signs) > 1:
            raise BadValue(f"{shown(text)} is not an amount.")
        minus = bool(signs) and signs != ["+"]
        result = Decimal(number).scaleb(exponent)
        return _within(-result if minus else result, text)

    def _decided(self, text: str) -> str:
        if self._decimal is None:
            self._decimal = self._settle()
        if self._decimal == "mixed":
            raise BadValue(
                f"{shown(text)} can be read in two ways, and the column has amounts of both notations."
            )
        return self._decimal


def decimal_sign(number: str) -> str | None:
    """Which sign parts the decimals.

    ``point``, ``comma``, ``either``, or None where the digits are no number.

    ``1,234.50`` and ``1234.5`` tell by themselves, ``21,000`` does not. Whole numbers count as ``point``.
    """
    spaced = bool(re.search(r"[\s'’]", number))
    if spaced:
        if not _SPACED.fullmatch(number):
            return None
        number = re.sub(r"[\s'’]", "", number)
    commas, points = number.count(","), number.count(".")
    if not commas and not points:
        return "point"
    if commas and points:
        name, sign, other = (
            ("comma", ",", ".") if number.rindex(",") > number.rindex(".") else ("point", ".", ",")
        )
        head, _, tail = number.rpartition(sign)
        return name if sign not in head and tail and _GROUPED[other].fullmatch(head) else None
    sign = "," if commas else "."
    head, _, tail = number.rpartition(sign)
    own, opposite = ("comma", "point") if commas else ("point", "comma")
    if commas + points > 1:
        return opposite if _GROUPED[sign].fullmatch(number) and not spaced else None
    if spaced or len(tail) != 3 or len(head) > 3 or head in ("", "0", "00", "000"):
        return own
    return "either"


class AmountVotes:
    """What the amounts of a column say about their notation, counted piece by piece.

    Amounts that tell by themselves vote. Where none does, three digits after a single sign are thousands:
    money with three decimals is not written. One stray vote in twenty is taken for a slip.
    """

    def __init__(self) -> None:
        self._point = self._comma = self._by_point = self._by_comma = 0

    def add(self, texts: Iterable[str]) -> None:
        """Count some amounts."""
        for text in texts:
            if "," not in text and "." not in text:
                continue
            if match := _ENGLISH.fullmatch(text):
                if match[1] or text.count(",") > 1:
                    self._point += 1
                else:
                    self._by_comma += 1
            else:
                self._add_other(text)

    def _add_other(self, text: str) -> None:
        match = _SHAPE.fullmatch(text.strip()) if len(text) <= 2 * MOST_DIGITS else None
        number = match["number"] if match else ""
        sign = decimal_sign(number) if "," in number or "." in number else None
        self._point += sign == "point"
        self._comma += sign == "comma"
        self._by_point += sign == "either" and "." in number
        self._by_comma += sign == "either" and "," in number

    def result(self) -> str:
        """What parts the decimals: ``point``, ``comma``, or ``mixed`` where it cannot be told."""
        return decide(self._point, self._comma, by_point=self._by_point, by_comma=self._by_comma)


def decide(point: int, comma: int, *, by_point: int, by_comma: int) -> str:
    """The notation that the votes of a column name: see AmountVotes."""
    if point or comma:
        if point >= 20 * comma:
            return "point"
        return "comma" if comma >= 20 * point else "mixed"
    if by_point and by_comma:
        return "mixed"
    return "comma" if by_point else "point"


def _within(amount: Decimal, text: object) -> Decimal:
    if abs(amount) >= LARGEST:
        raise BadValue(f"{shown(text)} is too large for an amount.")
    exponent = amount.as_tuple().exponent
    return amount.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else amount
