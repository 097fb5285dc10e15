"""Small files as an executive would drop them."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

TODAY = date(2017, 12, 31)
MAVEN = ("sales_teams.csv", "accounts.csv", "products.csv", "sales_pipeline.csv")

DEAL_HEADER = (
    "opportunity_id",
    "sales_agent",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
)


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> Path:
    """A CSV file of that header and those rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(rows)
    return path


def people(folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = ("name", "manager")) -> Path:
    """A people file."""
    return write(folder / "people.csv", header, rows)


def deals(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A deals file: id, owner, account, stage, created, closed, amount."""
    return write(folder / "deals.csv", DEAL_HEADER, rows)


def won(
    number: int, owner: str, day: str, amount: object = 100, created: str = "2017-09-01"
) -> tuple[object, ...]:
    """A won deal's row."""
    return (f"D{number}", owner, "Acme", "Won", created, day, amount)


def open_deal(
    number: int, owner: str, created: str = "2017-12-01", account: str = "Acme"
) -> tuple[object, ...]:
    """An open deal's row."""
    return (f"D{number}", owner, account, "Engaging", created, "", "")
