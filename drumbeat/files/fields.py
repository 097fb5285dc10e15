"""The tables that files feed, and the fields of each. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldSpec:
    """What a field holds.

    ``kind`` is one of text, email, date, amount, period, metric, stage, category, currency, status.
    A ``helper`` is read from the file to settle another field and does not appear in a chunk itself: a status
    column settles ``state``, the real closing days settle ``close_on``, the actual amount settles ``amount``
    of a won deal.
    """

    kind: str = "text"
    required: bool = False
    helper: bool = False


def _table(required: str, optional: str, **kinds: str) -> dict[str, FieldSpec]:
    fields = {name: FieldSpec(kinds.get(name, "text"), required=True) for name in required.split()}
    return fields | {name: FieldSpec(kinds.get(name, "text")) for name in optional.split()}


FIELDS: dict[str, dict[str, FieldSpec]] = {
    "people": _table(
        "name",
        "email external_id manager team title time_zone country region started_on line_from left_on",
        email="email",
        started_on="date",
        line_from="date",
        left_on="date",
    ),
    "accounts": _table("name", "external_id domain sector parent"),
    "products": _table("name", "external_id line list_price", list_price="amount"),
    "opportunities": _table(
        "owner stage",
        "external_id name account product forecast_category created_on close_on amount currency",
        stage="stage",
        forecast_category="category",
        created_on="date",
        close_on="date",
        amount="amount",
        currency="currency",
    )
    | {
        "status": FieldSpec("status", helper=True),
        "closed_on": FieldSpec("date", helper=True),
        "won_on": FieldSpec("date", helper=True),
        "lost_on": FieldSpec("date", helper=True),
        "actual_amount": FieldSpec("amount", helper=True),
    },
    "bookings": _table(
        "external_id owner booked_on amount",
        "account product margin currency",
        booked_on="date",
        amount="amount",
        margin="amount",
        currency="currency",
    ),
    "targets": _table("owner period value", "metric", period="period", value="amount", metric="metric"),
}

METRICS = ("won_amount", "bookings", "margin")
STATES = ("open", "won", "lost")
FORECAST_CATEGORIES = ("pipeline", "best_case", "commit", "omitted", "closed")


def required_fields(table: str) -> list[str]:
    """The fields without which a row of the table says nothing."""
    return [name for name, spec in FIELDS[table].items() if spec.required]
