"""Files and imports for tests, as plain functions."""

from datetime import date
from pathlib import Path

from django.db import connection

from drumbeat.exchange.imports import Result, bring_in
from drumbeat.journal.record import SYSTEM

PEOPLE = """name,email,external_id,manager
Elena Hartmann,elena@co.example,E1,
Ana Ribeiro,ana@co.example,E2,elena@co.example
Tom Okafor,tom@co.example,E3,elena@co.example
Mira Lund,mira@co.example,E4,ana@co.example
João Ávila,,E5,Ana Ribeiro
Piotr Zieliński,piotr@co.example,E6,tom@co.example
"""
DEALS = """external_id,name,owner,account,product,stage,created_on,close_on,amount
D1,Pumps,mira@co.example,Acme,Pump,open,2026-01-10,2026-06-30,1000
D2,Valves,mira@co.example,Acme,Valve,won,2026-01-11,2026-03-15,2500.50
D3,Seals,E5,Bolt AG,,lost,2026-02-01,2026-04-01,
D4,Rings,piotr@co.example,,Ring,won,2026-02-02,2026-04-02,700
"""


def file(folder: Path, text: str, name: str = "file.csv") -> Path:
    """A file of that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def bring(kind: str, folder: Path, *texts: str, day: date = date(2026, 11, 23), **values) -> Result:
    """Bring texts in as files of one import."""
    paths = [file(folder, text, f"file{number}.csv") for number, text in enumerate(texts)]
    values.setdefault("actor", SYSTEM)
    values.setdefault("source", "command")
    return bring_in(kind, paths, today=day, data_dir=folder / "data", **values)


def counts(result: Result, table: str) -> tuple[int, int, int, int, int]:
    """read, created, updated, unchanged, rejected."""
    return tuple(result.tables[table].as_json().values())


def dump(*, without: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in without]
        found = {}
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(cursor.fetchall(), key=repr)
    return found


def months() -> dict[tuple[int, date], tuple]:
    """OwnerMonth as kept: owner and month to its counts and amounts."""
    from drumbeat.plan.models import OwnerMonth

    return {
        (row.owner_id, row.month): (
            row.won_count, row.won_amount, row.lost_count, row.booked_count, row.booked_amount,
            row.booked_margin, row.margin_count,
        )
        for row in OwnerMonth.objects.all()
    }  # fmt: skip


def months_anew() -> dict[tuple[int, date], tuple]:
    """OwnerMonth counted from the rows, one by one."""
    from decimal import Decimal

    from drumbeat.plan.models import Booking, Opportunity

    found: dict[tuple[int, date], list] = {}

    def of(owner: int, day: date) -> list:
        return found.setdefault((owner, day.replace(day=1)), [0, Decimal(0), 0, 0, Decimal(0), Decimal(0), 0])

    for deal in Opportunity.objects.exclude(state="open").exclude(close_on=None):
        row = of(deal.owner_id, deal.close_on)
        if deal.state == "won":
            row[0] += 1
            row[1] += deal.amount or 0
        else:
            row[2] += 1
    for booking in Booking.objects.all():
        row = of(booking.owner_id, booking.booked_on)
        row[3] += 1
        row[4] += booking.amount
        if booking.margin is not None:
            row[5] += booking.margin
            row[6] += 1
    return {key: tuple(row) for key, row in found.items()}
