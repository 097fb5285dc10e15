"""What the deals were on a past day.

The rule (docs/architecture.md, "As of a day"): where imports reach back to the day, owner, stage, state,
amount and close date are those of the day; where they do not, the values known now stand, read by their
business dates.
"""

from datetime import date

from django.db import connection

# The columns of a deal as of a day; %s is the day, twice. A deal first brought in after the day keeps
# the values known now. The first change after the day holds what was true on it.
_PAST = """
    SELECT o.id, o.name, o.external_id, o.account_id, o.created_on,
           CASE WHEN c.id IS NULL THEN o.owner_id ELSE c.owner_id END AS owner_id,
           CASE WHEN c.id IS NULL THEN o.stage ELSE c.stage END AS stage,
           CASE WHEN c.id IS NULL THEN o.state ELSE c.state END AS state,
           CASE WHEN c.id IS NULL THEN o.close_on ELSE c.close_on END AS close_on,
           CASE WHEN c.id IS NULL THEN o.amount ELSE c.amount END AS amount
    FROM plan_opportunity o
    LEFT JOIN (
        SELECT h.*, ROW_NUMBER() OVER (PARTITION BY h.opportunity_id ORDER BY h.until_on, h.id) AS nth
        FROM plan_opportunitychange h WHERE h.until_on > %s
    ) c ON c.opportunity_id = o.id AND c.nth = 1 AND o.first_seen_on <= %s
"""


Source = tuple[str, list[date]]


def deals_on(day: date, *, changed: bool | None = None) -> Source:
    """A table expression (SQL, its parameters) of all deals as they were on ``day``.

    Columns: id, name, external_id, account_id, created_on, owner_id, stage, state, close_on, amount. Where
    nothing changed after the day it is the table itself, so that its indexes serve; ``changed`` says so where
    a page knows it already.
    """
    if not (anything_changed_after(day) if changed is None else changed):
        return "plan_opportunity", []
    return f"({_PAST})", [day, day]


def anything_changed_after(day: date) -> bool:
    """Whether an import after the day changed any deal: one look into an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM plan_opportunitychange WHERE until_on > %s LIMIT 1", [day])
        return cursor.fetchone() is not None


def as_of(day: date) -> dict[int, dict[str, object]]:
    """Every deal as it was on ``day``, by id: for tests and small sets; pages aggregate in SQL."""
    source, values = deals_on(day)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id, d.owner_id, d.stage, d.state, d.close_on, d.amount FROM {source} d",
            values,
        )
        names = ("owner_id", "stage", "state", "close_on", "amount")
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}
