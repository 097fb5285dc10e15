"""Deals won in the last days."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from drumbeat.plan.figures import REACHED, as_date, money, places
from drumbeat.plan.history import deals_on
from drumbeat.signals.facts import WonDeal


def wins_of(ids: list[int], today: date) -> list[WonDeal]:
    """Deals won in the last seven days, the reps' earlier wins counted beside. One statement."""
    source, source_values = deals_on(today)
    text = REACHED.format(owner="d.owner_id", day="d.close_on", leaders=places(ids))
    first = today - timedelta(days=6)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT d.id, d.name, d.close_on, d.amount, p.id, p.name, a.name, m.name,
                (SELECT COUNT(*) FROM {source} e WHERE e.owner_id = d.owner_id AND e.state = 'won'
                 AND (e.close_on < d.close_on OR (e.close_on = d.close_on AND e.id < d.id))),
                (SELECT AVG(e.amount) FROM {source} e WHERE e.owner_id = d.owner_id AND e.state = 'won'
                 AND e.close_on < d.close_on),
                (SELECT MIN(e.close_on) FROM {source} e JOIN people_reach t ON t.member_id = e.owner_id
                 AND t.leader_id = r.leader_id AND t.starts_on <= %s AND t.ends_on > %s
                 WHERE e.state IN ('won', 'lost') AND e.close_on IS NOT NULL)
            FROM {source} d {text}
            JOIN people_person p ON p.id = d.owner_id JOIN people_person m ON m.id = r.leader_id
            LEFT JOIN customers_account a ON a.id = d.account_id
            WHERE d.state = 'won' AND d.close_on BETWEEN %s AND %s ORDER BY d.close_on, d.id""",
            [*source_values * 3, today, today, *source_values, *ids, first, today],
        )
        return [_win(row) for row in cursor.fetchall()]


def _win(row: tuple[Any, ...]) -> WonDeal:
    pk, name, day, amount, owner_id, rep, account, manager, earlier, usual, since = row
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
        history_days=(won_on - as_date(since)).days if since else 0,
        usual=None if usual is None else money(usual),
    )
