"""The small summary per owner and month: an import adds its differences, never counts anew."""

from collections.abc import Mapping

from drumbeat.exchange.imports.comparing import Compared
from drumbeat.exchange.imports.database import Staging

COUNTS = ("won_count", "lost_count", "booked_count", "margin_count")
AMOUNTS = ("won_amount", "booked_amount", "booked_margin")
COLUMNS = COUNTS + AMOUNTS
DIFFERENCES = "month_differences"


class Months:
    """Gathers differences in staging before the move; ``add`` writes them within it."""

    def __init__(self, staging: Staging, compared: Mapping[str, Compared]) -> None:
        self.staging = staging
        parts: list[str] = []
        if (deals := compared.get("opportunities")) is not None:
            parts += _both(deals, lambda row, sign: deal_part(staging, row, sign))
        if (bookings := compared.get("bookings")) is not None:
            parts += _both(bookings, lambda row, sign: booking_part(staging, row, sign))
        self._any = bool(parts)
        if parts:
            gather(staging, parts)

    def add(self) -> None:
        """Add the differences; months in which nothing is left go."""
        if self._any:
            add_gathered(self.staging)


def gather(staging: Staging, parts: list[str], name: str = DIFFERENCES) -> None:
    """Sum differences by owner and month into a staging table."""
    sums = ", ".join(f"{_cents(staging, c, f'SUM({c})')} AS {c}" for c in COLUMNS)
    some = " OR ".join(f"SUM({column}) <> 0" for column in COLUMNS)
    staging.create_as(
        name,
        f"SELECT owner_id, month, {sums} FROM ({' UNION ALL '.join(parts)}) x"
        f" GROUP BY owner_id, month HAVING {some}",
    )


def add_gathered(staging: Staging, name: str = DIFFERENCES) -> None:
    """Add gathered differences to the months, inside the caller's transaction."""
    listed = ", ".join(COLUMNS)
    added = ", ".join(f"{c} = {_cents(staging, c, f'plan_ownermonth.{c} + excluded.{c}')}" for c in COLUMNS)
    staging.run(
        f"INSERT INTO plan_ownermonth (owner_id, month, {listed}) SELECT owner_id, month, {listed}"
        f" FROM {name} WHERE 1 = 1 ON CONFLICT (owner_id, month) DO UPDATE SET {added}"
    )
    staging.run(
        "DELETE FROM plan_ownermonth WHERE won_count = 0 AND lost_count = 0 AND booked_count = 0 AND EXISTS"
        f" (SELECT 1 FROM {name} d WHERE d.owner_id = plan_ownermonth.owner_id"
        " AND d.month = plan_ownermonth.month)"
    )


def deal_part(staging: Staging, row: str, sign: int) -> tuple[str, str]:
    """SELECT list and condition of closed deals, of the rows called ``row``."""
    amount = staging.cents(f"COALESCE({row}.amount, 0)")
    won = f"CASE WHEN {row}.state = 'won' THEN {sign} ELSE 0 END"
    listed = (
        f"{row}.owner_id, {staging.month(f'{row}.close_on')} AS month, {won} AS won_count,"
        f" {won} * {amount} AS won_amount, {sign} - ({won}) AS lost_count,"
        " 0 AS booked_count, 0 AS booked_amount, 0 AS booked_margin, 0 AS margin_count"
    )
    return listed, f"{row}.state IN ('won', 'lost') AND {row}.close_on IS NOT NULL"


def booking_part(staging: Staging, row: str, sign: int) -> tuple[str, str]:
    """SELECT list and condition of bookings, of the rows called ``row``."""
    amount = staging.cents(f"COALESCE({row}.amount, 0)")
    margin = staging.cents(f"COALESCE({row}.margin, 0)")
    listed = (
        f"{row}.owner_id, {staging.month(f'{row}.booked_on')} AS month, 0 AS won_count, 0 AS won_amount,"
        f" 0 AS lost_count, {sign} AS booked_count, {sign} * {amount} AS booked_amount,"
        f" {sign} * {margin} AS booked_margin,"
        f" CASE WHEN {row}.margin IS NULL THEN 0 ELSE {sign} END AS margin_count"
    )
    return listed, "1 = 1"


def _both(each: Compared, part) -> list[str]:  # type: ignore[no-untyped-def]
    found = []
    for source, row, sign in ((each.fresh_rows, "s", 1), (each.old_rows, "o", -1)):
        if source:
            listed, condition = part(row, sign)
            found.append(f"SELECT {listed} {source} WHERE {condition}")
    return found


def _cents(staging: Staging, column: str, sum_of: str) -> str:
    return staging.cents(sum_of) if column in AMOUNTS else sum_of
