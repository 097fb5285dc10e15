"""The people of each manager's team with the counts of their deals."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from drumbeat.core.periods import Period
from drumbeat.plan.figures import OWN, REACHED, belongs, money, places
from drumbeat.plan.history import Source

FACTS = ("account", "amount", "close_date")
# plan.figures.OPEN_ON_DAY in two ranges of the index on owner, state and close date; how often %s is the day.
OPEN_PARTS = (
    ("d.state = 'open' AND (d.created_on IS NULL OR d.created_on <= %s)", 1),
    (
        "d.state IN ('won', 'lost') AND d.close_on > %s AND (d.created_on IS NULL OR d.created_on <= %s)",
        2,
    ),
)


@dataclass
class Member:
    """One person of a manager's team (or the manager), and the counts of the deals he or she owns."""

    pk: int
    name: str = ""
    below: bool = False
    is_rep: bool = False
    deals: int = 0
    won: int = 0
    won_amount: Decimal = Decimal(0)
    open: int = 0
    in_progress: int = 0
    aged: int = 0
    unowned: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FACTS, 0))


def members_of(
    leader: int, ids: list[int], span: Period, source: Source, today: date
) -> tuple[dict[int, list[Member]], int, int | None]:
    """Per manager, each person of the team with the counts of the deals; deals measured; the longest.

    One statement: closed deals by who led on the close date, open ones by who leads today, and everyone
    below today, so that a rep without a deal is there too. Measured are all deals that people below the
    leader (or the leader) ever closed, under a manager of then too.
    """
    sql, values = _members_sql(leader, ids, span, source, today)
    found: dict[tuple[int, int], Member] = {}
    measured, longest = 0, None
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for kind, manager, owner, name, n1, n2, amount, n3, n4, n5 in cursor.fetchall():
            if kind == "ever":
                measured, longest = int(n1), None if n2 is None else int(n2)
                continue
            member = found.setdefault((manager, owner), Member(owner))
            member.name = member.name or name
            if kind == "person":
                member.below, member.is_rep = True, bool(n1)
            elif kind == "closed":
                member.deals += n1
                member.won, member.won_amount = int(n2 or 0), money(amount)
            else:
                member.deals += n1
                member.open = int(n1)
                member.in_progress, member.aged = int(n2 or 0), int(amount or 0)
                member.unowned = {"account": int(n3 or 0), "amount": int(n4 or 0), "close_date": int(n5 or 0)}
    teams: dict[int, list[Member]] = defaultdict(list)
    for (manager, _), member in sorted(found.items(), key=lambda item: item[1].name):
        teams[manager].append(member)
    return teams, measured, longest


def _members_sql(
    leader: int, ids: list[int], span: Period, source: Source, today: date
) -> tuple[str, list[Any]]:
    table, table_values = source
    postgres = connection.vendor == "postgresql"
    days = (
        "(d.close_on - d.created_on)"
        if postgres
        else "CAST(julianday(d.close_on) - julianday(d.created_on) AS INTEGER)"
    )
    line = "(CAST(%s AS date) - l.days)" if postgres else "date(%s, '-' || l.days || ' days')"
    ever_parts, closed_parts, open_parts = [], [], []
    ever_values: list[Any] = []
    closed_values: list[Any] = []
    open_values: list[Any] = []
    for join in (REACHED, OWN):
        key = "r.leader_id" if join is REACHED else "r.id"
        text = belongs(join, "d.owner_id", "d.close_on", ids, today)
        closed_parts.append(
            f"SELECT {key} AS leader, d.owner_id AS owner, d.state AS state, d.amount AS amount,"
            f" d.close_on AS day FROM {table} d {text} WHERE d.state IN ('won', 'lost') AND d.close_on <= %s"
        )
        closed_values += [*table_values, *ids, today]
        text = belongs(join, "d.owner_id", "d.close_on", [leader], today)
        ever_parts.append(
            f"SELECT {days} AS days FROM {table} d {text}"
            " WHERE d.state IN ('won', 'lost') AND d.close_on <= %s AND d.created_on <= d.close_on"
        )
        ever_values += [*table_values, leader, today]
        text = belongs(join, "d.owner_id", "%s", ids, today)
        on_day = [today, today, *ids] if join is REACHED else [*ids, today, today]
        for condition, days_bound in OPEN_PARTS:
            open_parts.append(
                f"SELECT {key} AS leader, d.owner_id AS owner, d.created_on AS created_on,"
                f" d.account_id AS account_id, d.amount AS amount, d.close_on AS close_on"
                f" FROM {table} d {text} WHERE {condition}"
            )
            open_values += [*table_values, *on_day, *[today] * days_bound]
    # A join would have PostgreSQL read all persons for some fifty.
    name = "(SELECT p.name FROM people_person p WHERE p.id = g.owner)"
    sql = f"""
    WITH c AS ({" UNION ALL ".join(closed_parts)}), o AS ({" UNION ALL ".join(open_parts)}),
    l AS (SELECT COUNT(*) AS measured, MAX(days) AS days FROM ({" UNION ALL ".join(ever_parts)}) e)
    SELECT 'ever', 0, 0, '', l.measured, l.days, 0, 0, 0, 0 FROM l
    UNION ALL
    SELECT 'closed', g.leader, g.owner, {name}, g.n, g.won, g.won_amount, 0, 0, 0
    FROM (SELECT c.leader, c.owner, COUNT(*) AS n,
            SUM(CASE WHEN c.state = 'won' AND c.day >= %s THEN 1 ELSE 0 END) AS won,
            SUM(CASE WHEN c.state = 'won' AND c.day >= %s THEN c.amount END) AS won_amount
        FROM c GROUP BY c.leader, c.owner) g
    UNION ALL
    SELECT 'open', g.leader, g.owner, {name}, g.n, g.dated, g.aged, g.no_account, g.no_amount, g.no_close
    FROM (SELECT o.leader, o.owner, COUNT(*) AS n, COUNT(o.created_on) AS dated,
            SUM(CASE WHEN o.created_on < {line} THEN 1 ELSE 0 END) AS aged,
            SUM(CASE WHEN o.account_id IS NULL THEN 1 ELSE 0 END) AS no_account,
            SUM(CASE WHEN o.amount IS NULL THEN 1 ELSE 0 END) AS no_amount,
            SUM(CASE WHEN o.close_on IS NULL THEN 1 ELSE 0 END) AS no_close
        FROM o CROSS JOIN l GROUP BY o.leader, o.owner) g
    UNION ALL
    SELECT 'person', r.leader_id, r.member_id, p.name,
        CASE WHEN EXISTS (SELECT 1 FROM people_reach led WHERE led.leader_id = r.member_id
                          AND led.starts_on <= %s AND led.ends_on > %s) THEN 0 ELSE 1 END, 0, 0, 0, 0, 0
    FROM people_reach r JOIN people_person p ON p.id = r.member_id
    WHERE r.leader_id IN ({places(ids)}) AND r.starts_on <= %s AND r.ends_on > %s
      AND (p.left_on IS NULL OR p.left_on >= %s)"""
    return sql, [
        *closed_values, *open_values, *ever_values,
        span.first, span.first, today, today, today, *ids, today, today, today,
    ]  # fmt: skip
