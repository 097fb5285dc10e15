"""Figures per leader, added up in the database: what was closed and booked, what is open.

Each query costs the same number of statements for one manager and for sixty. A figure of a leader covers the
leader and everyone below: closed deals and bookings go to who led the owner on that day, open deals to who
leads on the day asked for. A leader's own deals count from the day on which he or she leads somebody; those
of a rep, who leads nobody, always.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from drumbeat.people.models import Person, Reach
from drumbeat.plan.history import Source, deals_on
from drumbeat.plan.models import OpportunityChange

# Which leader an owner's work of a day belongs to: {day} is a column, {leaders} placeholders, {today} a date.
REACHED = """
    JOIN people_reach r ON r.member_id = {owner} AND r.starts_on <= {day} AND r.ends_on > {day}
        AND r.leader_id IN ({leaders})
"""
OWN = """
    JOIN people_person r ON r.id = {owner} AND r.id IN ({leaders}) AND (
        EXISTS (SELECT 1 FROM people_reach led
                WHERE led.leader_id = r.id AND led.starts_on <= {day} AND led.ends_on > {day})
        OR NOT EXISTS (SELECT 1 FROM people_reach led
                WHERE led.leader_id = r.id AND led.starts_on <= '{today}' AND led.ends_on > '{today}'))
"""


NOTHING = Decimal("0.00")


class Closing(NamedTuple):
    """What one leader's people closed or booked on one day. Amounts count known ones only.

    ``*_sum`` are as the database added them up; a page that adds up thousands of days makes exact cents of
    those alone that it needs.
    """

    leader: int
    day: date
    won_count: int = 0
    won_sum: Any = 0
    lost_count: int = 0
    booked_count: int = 0
    booked_sum: Any = 0
    margin_count: int = 0
    margin_sum: Any = 0

    @property
    def won_amount(self) -> Decimal:
        return money(self.won_sum)

    @property
    def booked_amount(self) -> Decimal:
        return money(self.booked_sum)

    @property
    def booked_margin(self) -> Decimal:
        return money(self.margin_sum)


@dataclass(frozen=True)
class Open:
    """What one leader's people have open: ``amount`` is None when no open deal has an amount."""

    leader: int
    count: int = 0
    amount: Decimal | None = None


def money(value: Any) -> Decimal:
    """A database's sum as exact cents (SQLite adds decimals as floating point)."""
    return Decimal(f"{value:.2f}") if value else NOTHING


def as_date(value: Any) -> date:
    """A database's date (SQLite hands out text)."""
    return value if isinstance(value, date) else _day(value)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def places(values: Sequence[Any]) -> str:
    """As many placeholders as values; an impossible id for none, so that IN () never happens."""
    return ", ".join(["%s"] * len(values)) or "-1"


def belongs(join: str, owner: str, day: str, ids: Sequence[int], today: date) -> str:
    """REACHED or OWN for these leaders; ``owner`` and ``day`` are SQL, the ids are to be bound."""
    return join.format(owner=owner, day=day, leaders=places(ids), today=today.isoformat())


def closings(
    leaders: Iterable[int], first: date, last: date, today: date, source: Source | None = None
) -> list[Closing]:
    """Per leader and day, from ``first`` to ``last`` (and never after ``today``): one statement."""
    ids = list(leaders)
    until = min(last, today)
    table, table_values = source or deals_on(today)
    parts: list[str] = []
    values: list[Any] = []
    for join in (REACHED, OWN):
        parts.append(
            f"""SELECT r.{_key(join)} AS leader, d.close_on AS day,
                SUM(CASE WHEN d.state = 'won' THEN 1 ELSE 0 END) AS won,
                SUM(CASE WHEN d.state = 'won' THEN d.amount END) AS won_amount,
                SUM(CASE WHEN d.state = 'lost' THEN 1 ELSE 0 END) AS lost,
                0 AS booked, 0 AS booked_amount, 0 AS margins, 0 AS margin
            FROM {table} d {belongs(join, "d.owner_id", "d.close_on", ids, today)}
            WHERE d.state IN ('won', 'lost') AND d.close_on BETWEEN %s AND %s GROUP BY 1, 2"""
        )
        values += [*table_values, *ids, first, until]
        parts.append(
            f"""SELECT r.{_key(join)}, b.booked_on, 0, 0, 0,
                COUNT(*), SUM(b.amount), COUNT(b.margin), SUM(b.margin)
            FROM plan_booking b {belongs(join, "b.owner_id", "b.booked_on", ids, today)}
            WHERE b.booked_on BETWEEN %s AND %s GROUP BY 1, 2"""
        )
        values += [*ids, first, until]
    rows = _rows(
        "SELECT leader, day, SUM(won), SUM(won_amount), SUM(lost), SUM(booked), SUM(booked_amount),"
        f" SUM(margins), SUM(margin) FROM ({' UNION ALL '.join(parts)}) x GROUP BY leader, day ORDER BY 1, 2",
        values,
    )
    return [
        Closing(leader, as_date(day), int(won), amount, int(lost), int(n), booked, int(k), margin)
        for leader, day, won, amount, lost, n, booked, k, margin in rows
    ]


def open_deals(leaders: Iterable[int], today: date, source: Source | None = None) -> dict[int, Open]:
    """Per leader: deals open on the day, created by then or on an unknown day. One statement."""
    ids = list(leaders)
    table, table_values = source or deals_on(today)
    parts: list[str] = []
    values: list[Any] = []
    for join in (REACHED, OWN):
        # A day is the same for every row here, so it is a parameter: twice in either join.
        text = belongs(join, "d.owner_id", "%s", ids, today)
        order = [today, today, *ids] if join is REACHED else [*ids, today, today]
        parts.append(
            f"SELECT r.{_key(join)} AS leader, d.amount AS amount FROM {table} d {text} WHERE {OPEN_ON_DAY}"
        )
        values += [*table_values, *order, today, today]
    rows = _rows(
        "SELECT leader, COUNT(*), COUNT(amount), SUM(amount)"
        f" FROM ({' UNION ALL '.join(parts)}) x GROUP BY leader",
        values,
    )
    return {
        leader: Open(leader, count, money(total) if known else None) for leader, count, known, total in rows
    }


# Open on a day: not closed by then, and there by then as far as known. %s is the day, twice.
OPEN_ON_DAY = (
    "(d.state = 'open' OR (d.close_on IS NOT NULL AND d.close_on > %s)) "
    "AND (d.created_on IS NULL OR d.created_on <= %s)"
)


def cycle_medians(
    leaders: Iterable[int], first: date, last: date, today: date, source: Source | None = None
) -> dict[int, float]:
    """Per leader: the median days from created to closed over deals won in the span. One statement."""
    ids = list(leaders)
    until = min(last, today)
    table, table_values = source or deals_on(today)
    days = (
        "d.close_on - d.created_on"
        if connection.vendor == "postgresql"
        else ("CAST(julianday(d.close_on) - julianday(d.created_on) AS INTEGER)")
    )
    parts: list[str] = []
    values: list[Any] = []
    for join in (REACHED, OWN):
        parts.append(
            f"""SELECT r.{_key(join)} AS leader, {days} AS days
            FROM {table} d {belongs(join, "d.owner_id", "d.close_on", ids, today)}
            WHERE d.state = 'won' AND d.created_on IS NOT NULL AND d.close_on BETWEEN %s AND %s"""
        )
        values += [*table_values, *ids, first, until]
    rows = _rows(
        f"""SELECT leader, AVG(days) FROM (
            SELECT leader, days, ROW_NUMBER() OVER (PARTITION BY leader ORDER BY days) AS nth,
                   COUNT(*) OVER (PARTITION BY leader) AS n
            FROM ({" UNION ALL ".join(parts)}) x) y
        WHERE nth IN ((n + 1) / 2, (n + 2) / 2) GROUP BY leader""",
        values,
    )
    return {leader: float(middle) for leader, middle in rows}


def with_changed(people: QuerySet[Person], today: date) -> QuerySet[Person]:
    """The people, each knowing (``changed``) whether a deal changed after the day: saves pages a query."""
    return people.annotate(changed=Exists(OpportunityChange.objects.filter(until_on__gt=today)))


def source_of(people: Sequence[Person], today: date) -> Source:
    """The deals as of the day for people who came through ``with_changed``."""
    return deals_on(today, changed=any(getattr(person, "changed", False) for person in people))


def reps_below(leaders: Iterable[int], today: date) -> dict[int, int]:
    """Per leader: persons below on the day who lead nobody and have not left. One statement."""
    ids = list(leaders)
    rows = _rows(
        f"""SELECT r.leader_id, COUNT(*) FROM people_reach r JOIN people_person p ON p.id = r.member_id
        WHERE r.leader_id IN ({places(ids)}) AND r.starts_on <= %s AND r.ends_on > %s
          AND (p.left_on IS NULL OR p.left_on >= %s)
          AND NOT EXISTS (SELECT 1 FROM people_reach led WHERE led.leader_id = r.member_id
                          AND led.starts_on <= %s AND led.ends_on > %s)
        GROUP BY r.leader_id""",
        [*ids, today, today, today, today, today],
    )
    return dict(rows)


def managers(leader: Person | None, today: date) -> list[Person]:
    """Who gets a row, by name: the leader's direct reports who lead somebody on the day; without a leader,
    everyone who leads at least one person who leads nobody.
    """
    lines = Reach.objects.on(today).filter(depth=1)
    found = with_changed(Person.objects.employed_on(today), today)
    if leader is not None:
        found = found.filter(
            Exists(lines.filter(leader_id=OuterRef("pk"))),
            pk__in=lines.filter(leader_id=leader.pk).values("member_id"),
        )
    else:
        leads_nobody = ~Exists(lines.filter(leader_id=OuterRef("member_id")))
        found = found.filter(Exists(lines.filter(leads_nobody, leader_id=OuterRef("pk"))))
    return sorted(found, key=lambda person: (person.name.casefold(), person.pk))


def _key(join: str) -> str:
    return "leader_id" if join is REACHED else "id"


def _rows(sql: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor.fetchall()
