"""Deals won in the last days."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from drumbeat.plan.figures import REACHED, as_date, belongs, money
from drumbeat.plan.history import Source
from drumbeat.signals.facts import WonDeal


def wins_of(
    leader: int, known_since: date | None, source: Source, today: date
) -> tuple[list[WonDeal], dict[int, str]]:
    """Deals that people below a leader won in the last seven days, and the reps' addresses. One statement.

    The earlier wins of each rep are counted beside; ``known_since`` is the first day of which a closing is
    known. The manager is the rep's own on that day, None where that is the leader.
    """
    table, table_values = source
    text = belongs(REACHED, "d.owner_id", "d.close_on", [leader], today)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT d.id, d.name, d.close_on, d.amount, p.id, p.name, p.email, a.name, m.name,
                (SELECT COUNT(*) FROM {table} e WHERE e.owner_id = d.owner_id AND e.state = 'won'
                 AND (e.close_on < d.close_on OR (e.close_on = d.close_on AND e.id < d.id))),
                (SELECT AVG(e.amount) FROM {table} e WHERE e.owner_id = d.owner_id AND e.state = 'won'
                 AND e.close_on < d.close_on)
            FROM {table} d {text}
            JOIN people_person p ON p.id = d.owner_id
            LEFT JOIN people_reach own ON own.member_id = d.owner_id AND own.depth = 1
                AND own.starts_on <= d.close_on AND own.ends_on > d.close_on AND own.leader_id <> r.leader_id
            LEFT JOIN people_person m ON m.id = own.leader_id
            LEFT JOIN customers_account a ON a.id = d.account_id
            WHERE d.state = 'won' AND d.close_on BETWEEN %s AND %s ORDER BY d.close_on, d.id""",
            [*table_values * 3, leader, today - timedelta(days=6), today],
        )
        rows = cursor.fetchall()
    return [_win(row, known_since) for row in rows], {row[4]: row[6] for row in rows if row[6]}


def _win(row: tuple[Any, ...], known_since: date | None) -> WonDeal:
    pk, name, day, amount, owner_id, rep, _, account, manager, earlier, usual = row
    won_on = as_date(day)
    return WonDeal(
        id=str(pk),
        rep=rep,
        key=owner_id,
        manager=manager,
        won_on=won_on,
        amount=None if amount is None else money(amount),
        account=account,
        name=name or None,
        earlier_wins=int(earlier),
        history_days=(won_on - known_since).days if known_since else 0,
        usual=None if usual is None else money(usual),
    )
