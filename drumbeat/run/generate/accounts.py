"""Customers and products of the made company: invented names, each once, at any count."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from drumbeat.run.generate.people import Person
from drumbeat.run.generate.words import (
    ACCOUNT_FAMILIES,
    ACCOUNT_TOWNS,
    ACCOUNT_TRADES,
    PRODUCT_LINES,
    ascii_word,
)

_PLAIN = len(ACCOUNT_FAMILIES) * len(ACCOUNT_TRADES)
# A step without a common divisor with the number of plain names walks through all of them in a mixed order.
_STEP = 1_013


@dataclass(frozen=True, slots=True)
class Account:
    """A customer; ``size`` multiplies its order values, ``rhythm_days`` is 0 without repeat orders."""

    number: int
    name: str
    sector: str
    parent: str
    owner: Person
    size: float
    rhythm_days: int
    silent: bool

    @property
    def domain(self) -> str:
        """The mail domain, unique as the name is."""
        return "-".join(ascii_word(part) for part in self.name.split()) + ".example"


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold, with its line and list price in euro."""

    number: int
    name: str
    line: str
    list_price: int


def products() -> list[Product]:
    """The catalogue, the same in every made company."""
    made: list[Product] = []
    for line, names in PRODUCT_LINES.items():
        for i, name in enumerate(names):
            made.append(Product(len(made) + 1, name, line, 45 * (i + 1) * (len(made) + 3)))
    return made


def account_name(number: int, start: int) -> str:
    """The name of the account of that number (from 0): family and trade, then a town, then a number."""
    block, place = divmod(number, _PLAIN)
    mixed = (place * _STEP + start) % _PLAIN
    family, trade = divmod(mixed, len(ACCOUNT_TRADES))
    name = f"{ACCOUNT_FAMILIES[family]} {ACCOUNT_TRADES[trade]}"
    if not block:
        return name
    round_of_towns, town = divmod(block - 1, len(ACCOUNT_TOWNS))
    name = f"{name} {ACCOUNT_TOWNS[town]}"
    return f"{name} {round_of_towns + 1}" if round_of_towns else name


def accounts_of(rng: Random, owner: Person, first: int, count: int, start: int) -> Iterator[Account]:
    """The accounts that one rep looks after, numbered from ``first``.

    Two in five order again and again; one in nine of those has fallen silent; one in twenty belongs to the
    account before it.
    """
    before = ""
    for number in range(first, first + count):
        name = account_name(number, start)
        trade = ACCOUNT_TRADES[(((number % _PLAIN) * _STEP + start) % _PLAIN) % len(ACCOUNT_TRADES)]
        rhythm = rng.choice((7, 14, 21, 28, 42)) if rng.random() < 0.4 else 0
        parent = before if before and rng.random() < 0.05 else ""
        size = rng.lognormvariate(0.0, 0.35)
        silent = bool(rhythm) and rng.random() < 0.11
        yield Account(number, name, trade, parent, owner, size, rhythm, silent)
        before = name
