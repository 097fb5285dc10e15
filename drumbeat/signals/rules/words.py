"""Numbers as a colleague would say them. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

SMALL = [
    "no",
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
]

# How often chance alone would do as much, from rare to common, as "n of m years".
_OFTEN = ((1, 10), (1, 5), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (4, 5), (9, 10))


def number(value: int) -> str:
    """A whole number: in words up to twelve, else with thousands separators."""
    return SMALL[value] if 0 <= value < len(SMALL) else f"{value:,}"


def figure(value: int | Decimal) -> str:
    """A number in figures with thousands separators, rounded half up to a whole one."""
    return f"{int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)):,}"


def several(count: int, one: str, many: str | None = None) -> str:
    """``one rep``, ``five reps``, ``1,291 deals``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share as a whole percentage; one that is not quite all or nothing is not rounded to it."""
    whole = int(Decimal(str(share * 100)).quantize(Decimal(1), ROUND_HALF_UP))
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        return "under 1%"
    return f"{whole}%"


def hours(minutes: int) -> str:
    """Minutes as hours: ``9 hours``, ``1 hour``; under one hour ``45 minutes``."""
    if minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    whole = (minutes + 30) // 60
    return f"{whole:,} hour{'' if whole == 1 else 's'}"


def days(count: float) -> str:
    """``one day``, ``66 days``."""
    whole = round(count)
    return "one day" if whole == 1 else f"{whole:,} days"


def day(value: date) -> str:
    """``6 October 2017``."""
    return f"{value.day} {value:%B %Y}"


def whose(name: str) -> str:
    """The possessive: ``Melvin’s``, ``James’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def listed(names: Sequence[str]) -> str:
    """``Ana``, ``Ana and Bo``, ``Ana, Bo and Cy``, ``Ana, Bo and three others``."""
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {several(len(names) - 2, 'other')}"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def years(p: float) -> str:
    """How often chance alone would do as much: ``about four of five years``."""
    for limit, text in ((0.001, "a thousand"), (0.01, "a hundred"), (0.05, "twenty")):
        if p < limit:
            return f"less than one year in {text}"
    if p > 0.95:
        return "nearly every year"
    n, m = min(_OFTEN, key=lambda pair: abs(pair[0] / pair[1] - p))
    return f"about {number(n)} of {number(m)} years"
