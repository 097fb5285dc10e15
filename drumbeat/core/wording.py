"""How values are written on a page. Pure; what is unknown is said, never drawn as zero."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

UNKNOWN = "not known"
MINUS = "\u2212"
THIN = "\u202f"
_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def money(amount: Any, currency: str = "") -> str:
    """Whole units with thousands separators: ``1,234,568`` or ``1,234,568 EUR``; half a unit rounds up."""
    if amount is None or amount == "":
        return UNKNOWN
    text = _sign(f"{_whole(amount):,}")
    return f"{text} {currency}" if currency else text


def short_money(amount: Any, currency: str = "") -> str:
    """Three figures are enough beside a bar: ``84 k``, ``1.3 m``, ``640``."""
    if amount is None or amount == "":
        return UNKNOWN
    number = Decimal(str(amount))
    size = abs(number)
    if size >= 999_500:
        text = f"{_round(number / 1_000_000, 1)} m"
    elif size >= 10_000:
        text = f"{_round(number / 1000, 0)} k"
    elif size >= 1000:
        text = f"{_round(number / 1000, 1)} k"
    else:
        text = f"{_round(number, 0)}"
    text = _sign(text.replace(" ", "\u00a0"))
    return f"{text}\u00a0{currency}" if currency else text


def signed(text: Any) -> str:
    """A written number with its sign in front: ``+84 k``, ``−190 k``; zero and unknown have none."""
    written = str(text)
    if not written[:1].isdigit() or not any(sign in "123456789" for sign in written):
        return written
    return f"+{written}"


def percent(ratio: Any, places: int = 0) -> str:
    """A ratio (1 = all) as per cent: ``97%``."""
    if ratio is None or ratio == "":
        return UNKNOWN
    return _sign(f"{_round(Decimal(str(ratio)) * 100, places)}%")


def number(amount: Any, places: int = 0) -> str:
    """A plain number with thousands separators."""
    if amount is None or amount == "":
        return UNKNOWN
    return _sign(f"{_round(Decimal(str(amount)), places):,}")


def hours(minutes: Any) -> str:
    """Minutes as hours: ``31 h``, ``1.5 h`` below ten, ``20 min`` below one."""
    if minutes is None or minutes == "":
        return UNKNOWN
    count = Decimal(str(minutes))
    if 0 < count < 60:
        return f"{_round(count, 0)}\u00a0min"
    in_hours = _round(count / 60, 1) if count < 600 else _round(count / 60, 0)
    return f"{in_hours.normalize():f}\u00a0h"


def day(when: date | datetime | None, today: date | None = None) -> str:
    """``Mon 23 November``; with the year where it is not that of today."""
    if when is None:
        return UNKNOWN
    written = f"{when:%a} {when.day} {when:%B}"
    return written if today is None or when.year == today.year else f"{written} {when.year}"


def short_day(when: date | datetime | None) -> str:
    """``23 Nov``."""
    return UNKNOWN if when is None else f"{when.day} {when:%b}"


def days_ago(when: date | None, today: date) -> str:
    """``today``, ``yesterday``, ``6 days ago``, ``in 3 days``, ``5 weeks ago``."""
    if when is None:
        return UNKNOWN
    apart = (today - when).days
    if apart in (0, 1, -1):
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[apart]
    size = abs(apart)
    span = f"{size} days" if size < 21 else f"{size // 7} weeks" if size < 182 else f"{size // 30} months"
    return f"{span} ago" if apart > 0 else f"in {span}"


def count(how_many: Any, word: str) -> str:
    """A number with its noun: ``1 deal``, ``12 deals``; ``count(2, "person,people")`` for an own plural."""
    if how_many is None or how_many == "":
        return UNKNOWN
    return f"{int(how_many):,} {noun(how_many, word)}"


def in_words(how_many: Any, word: str) -> str:
    """As in a sentence: ``no deals``, ``one deal``, ``twelve deals``, ``13 deals``."""
    if how_many is None or how_many == "":
        return UNKNOWN
    whole = int(how_many)
    return f"{_SMALL[whole] if 0 <= whole <= 12 else f'{whole:,}'} {noun(how_many, word)}"


def noun(how_many: Any, word: str) -> str:
    """The noun alone in its number: ``deal`` or ``deals``."""
    one, _, many = word.partition(",")
    return one if int(how_many) == 1 else many or f"{one}s"


def listed(names: Any, most: int = 0) -> str:
    """``Ana``, ``Ana and Tom``, ``Ana, Tom and Ben``; with ``most``, ``Ana, Tom and 6 others``."""
    all_names = [str(name) for name in names]
    if most and len(all_names) > most + 1:
        return f"{', '.join(all_names[:most])} and {len(all_names) - most} others"
    return " and ".join(filter(None, [", ".join(all_names[:-1]), *all_names[-1:]]))


def first_name(name: str) -> str:
    """What a colleague calls out: the first of the names."""
    return name.split()[0] if name.split() else name


def initials(name: str) -> str:
    """``ER`` for Elena Ruiz; one letter for a single name."""
    words = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    return "".join(part[0].upper() for part in ([words[0], words[-1]] if len(words) > 1 else words)) or "?"


def _whole(amount: Any) -> int:
    return int(_round(Decimal(str(amount)), 0))


def _round(amount: Decimal, places: int) -> Decimal:
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _sign(text: str) -> str:
    return text.replace("-", MINUS)
