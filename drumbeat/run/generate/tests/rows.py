"""The made company's rows as dictionaries, read as an import would, without the maker's objects."""

from datetime import date
from functools import cache
from typing import NamedTuple

from drumbeat.run.generate.company import company
from drumbeat.run.generate.rows import COLUMNS

CLOSED = {"won", "lost"}
TODAY = date(2026, 11, 25)
DAYS = (TODAY, date(2026, 8, 16), date(2027, 2, 8), date(2026, 12, 31))


class Made(NamedTuple):
    company: object
    people: list
    opportunities: list
    targets: list
    bookings: list
    accounts: list


def table(made, name, as_of=None):
    return [dict(zip(COLUMNS[name], row, strict=True)) for row in made.rows(name, as_of)]


@cache
def demo(today=TODAY, seed=1):
    made = company(seed=seed, today=today)
    return Made(
        made,
        *(table(made, name) for name in ("people", "opportunities", "targets", "bookings", "accounts")),
    )


def manager_named(made, name):
    return next(row["email"] for row in made.people if row["name"] == name)


def team_of(made, manager, today=TODAY):
    """The manager and everybody whose line of today leads there, leavers by their last line."""
    return {manager} | {row["email"] for row in made.people if row["manager"] == manager}


def day(text):
    return date.fromisoformat(text)
