"""Repeat orders: invoiced revenue with margin, in each account's rhythm; some have fallen silent."""

from collections.abc import Iterator
from dataclasses import dataclass

from drumbeat.run.generate.accounts import Account, products
from drumbeat.run.generate.plan import Frame
from drumbeat.run.generate.seeds import seeded

MEDIAN_ORDER = 2_400
SILENT_FOR_GAPS = 5


@dataclass(frozen=True, slots=True)
class Order:
    """One booking; the day is an ordinal, amount and margin are euro."""

    external_id: str
    account: Account
    product: str
    day: int
    amount: int
    margin: int


def orders(frame: Frame, branch: int, accounts: list[Account]) -> Iterator[Order]:
    """The bookings of a branch's accounts, account by account, each in order of days.

    Gaps vary by about a third of the account's rhythm. A silent account stopped five gaps before today.
    """
    rng = seeded("orders", frame.seed, branch)
    names = [product.name for product in products()]
    for account in accounts:
        gap = account.rhythm_days
        if not gap:
            continue
        usual = names[int(rng.random() * len(names))]
        margin = 0.16 + 0.2 * rng.random()
        first = max(frame.first.toordinal(), account.owner.started_on.toordinal())
        last = frame.now - (SILENT_FOR_GAPS * gap if account.silent else 0)
        day = first + int(rng.random() * gap)
        count = 0
        while day <= last:
            count += 1
            amount = int(rng.lognormvariate(0.0, 0.4) * MEDIAN_ORDER * account.size) + 50
            product = usual if rng.random() < 0.8 else names[int(rng.random() * len(names))]
            share = margin + 0.04 * (rng.random() - 0.5)
            number = f"ORD-{account.number + 1:06d}-{count:03d}"
            # Nobody invoices at weekends.
            weekday = (day - 1) % 7
            booked = day - max(0, weekday - 4)
            yield Order(number, account, product, max(booked, first), amount, int(amount * share))
            day += max(1, round(rng.gammavariate(9.0, gap / 9)))
