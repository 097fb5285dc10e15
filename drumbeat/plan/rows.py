"""The rows behind a plan figure: each number on the report can be added up again from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from drumbeat.core.periods import Period
from drumbeat.people.models import Person
from drumbeat.plan.figures import OPEN_ON_DAY, OWN, REACHED, as_date, belongs, money
from drumbeat.plan.history import deals_on

# What can be opened: the words of the page and the condition on a deal `d`; None for bookings `b`.
WHAT = {
    "won": ("Deals won", "d.state = 'won' AND d.close_on BETWEEN %s AND %s"),
    "lost": ("Deals lost", "d.state = 'lost' AND d.close_on BETWEEN %s AND %s"),
    "open": ("Open deals", OPEN_ON_DAY),
    "booked": ("Bookings", "d.booked_on BETWEEN %s AND %s"),
}
PAGE = 100
MISSING = {
    "account": "d.account_id IS NULL",
    "amount": "d.amount IS NULL",
    "close_date": "d.close_on IS NULL",
}


@dataclass(frozen=True)
class Only:
    """Which of the rows: those with one account; of open deals those created more than ``older`` days ago,
    or without a fact (a key of MISSING).
    """

    older: int | None = None
    missing: str = ""
    account: int | None = None
    account_name: str = ""

    @property
    def words(self) -> str:
        if self.account is not None:
            return f"with {self.account_name}"
        if self.older is not None:
            return f"older than {self.older} days"
        return f"without {self.missing.replace('_', ' ')}" if self.missing else ""


@dataclass(frozen=True)
class Row:
    """One deal or booking."""

    pk: int
    name: str
    owner: str
    owner_id: int
    account: str
    stage: str
    created_on: date | None
    day: date | None
    amount: Decimal | None
    margin: Decimal | None


@dataclass(frozen=True)
class Rows:
    """One page of the rows behind a figure, with the count and the sum of all of them."""

    what: str
    title: str
    rows: list[Row]
    count: int
    known: int
    total: Decimal | None
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


def rows_behind(
    manager: Person, what: str, period: Period, today: date, page: int = 1, *, only: Only | None = None
) -> Rows:
    """The rows of one figure of one manager, in two statements: open deals by the day on which they are to
    close, so that those overdue stand first, everything else with the newest first.

    ``what`` is a key of WHAT. The rules of who owns what on which day are those of ``figures``.
    """
    title = WHAT[what][0]
    base, values = rows_sql(manager, what, period, today)
    where, more = _narrowed(what, only, today)
    base, values = f"SELECT d.* FROM ({base}) d{where}", [*values, *more]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), COUNT(amount), SUM(amount) FROM ({base}) x", values)
        count, known, total = cursor.fetchone()
        page = min(max(page, 1), max(1, -(-count // PAGE)))
        order = SOONEST if what == "open" else NEWEST
        cursor.execute(order.format(base=base), [*values, PAGE, (page - 1) * PAGE])
        rows = [_row(found) for found in cursor.fetchall()]
    return Rows(what, title, rows, count, known, money(total) if known else None, page)


def newest_rows(base: str, values: list[Any], most: int) -> list[Row]:
    """The newest rows of ``rows_sql``, at most so many, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(base=base), [*values, most, 0])
        return [_row(found) for found in cursor.fetchall()]


_ROWS = """
    SELECT x.id, x.name, p.name, p.id, a.name, x.stage, x.created_on, x.day, x.amount, x.margin
    FROM ({base}) x JOIN people_person p ON p.id = x.owner_id
    LEFT JOIN customers_account a ON a.id = x.account_id"""
NEWEST = _ROWS + " ORDER BY x.day DESC, x.id DESC LIMIT %s OFFSET %s"
SOONEST = _ROWS + " ORDER BY x.day IS NULL, x.day, x.id LIMIT %s OFFSET %s"


def _narrowed(what: str, only: Only | None, today: date) -> tuple[str, list[Any]]:
    if only is None:
        return "", []
    if only.account is not None:
        return " WHERE d.account_id = %s", [only.account]
    if what == "open" and only.older is not None:
        return " WHERE d.created_on < %s", [today - timedelta(days=only.older)]
    if what == "open" and only.missing:
        return f" WHERE {MISSING[only.missing].replace('d.close_on', 'd.day')}", []
    return "", []


def rows_sql(
    manager: Person, what: str, period: Period, today: date, *, deals: tuple[str, list[date]] | None = None
) -> tuple[str, list[Any]]:
    """The rows behind a figure as SQL with its values: id, name, stage, created_on, day, margin, owner_id,
    account_id, amount. ``deals`` are those of the day (history.deals_on), where the caller has them already.
    """
    condition = WHAT[what][1]
    span = [today, today] if what == "open" else [period.first, min(period.last, today)]
    if what == "booked":
        source, source_values = "plan_booking", list[date]()
        fields = (
            "d.external_id AS name, '' AS stage, NULL AS created_on, d.booked_on AS day, d.margin AS margin"
        )
    else:
        source, source_values = deals or deals_on(today)
        fields = (
            "COALESCE(NULLIF(d.name, ''), d.external_id) AS name, d.stage AS stage,"
            " d.created_on AS created_on, d.close_on AS day, CAST(NULL AS numeric) AS margin"
        )
    day = {"open": "%s", "booked": "d.booked_on"}.get(what, "d.close_on")
    parts: list[str] = []
    values: list[Any] = []
    for join in (REACHED, OWN):
        text = belongs(join, "d.owner_id", day, [manager.pk], today)
        given: list[Any] = [manager.pk]
        if what == "open":
            given = [today, today, manager.pk] if join is REACHED else [manager.pk, today, today]
        parts.append(
            f"SELECT d.id AS id, {fields}, d.owner_id AS owner_id, d.account_id AS account_id,"
            f" d.amount AS amount FROM {source} d {text} WHERE {condition}"
        )
        values += [*source_values, *given, *span]
    return " UNION ALL ".join(parts), values


def _row(found: tuple[Any, ...]) -> Row:
    pk, name, owner, owner_id, account, stage, created, day, amount, margin = found
    return Row(
        pk=pk,
        name=name or f"deal {pk}",
        owner=owner,
        owner_id=owner_id,
        account=account or "",
        stage=stage,
        created_on=as_date(created) if created else None,
        day=as_date(day) if day else None,
        amount=None if amount is None else money(amount),
        margin=None if margin is None else money(margin),
    )
