"""The tables that files feed by staging: their columns, and what identifies a row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table of the company's data and its staging twin, whose columns have the same names.

    ``columns`` are column → kind. ``key`` identifies a row; ``empty`` columns hold the empty text where
    nothing is known; ``account_id`` and the like hold a negative number for what is still to be made.
    """

    name: str
    target: str
    columns: dict[str, str]
    key: tuple[str, ...]
    empty: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    label: str = "name"

    @property
    def staged(self) -> str:
        return f"staged_{self.name}"

    @property
    def todo(self) -> str:
        """The staging table of rows to make (``id`` null) or to change."""
        return f"todo_{self.name}"

    @property
    def compared(self) -> list[str]:
        """The columns that an import may change."""
        return [name for name in self.columns if name not in self.key and name not in self.fixed]


ACCOUNTS = Table(
    "accounts",
    "customers_account",
    {
        "id": "id", "name": "text", "name_key": "text", "external_id": "text", "domain": "text",
        "sector": "text", "parent_id": "id",
    },
    key=("id",),
    empty=frozenset({"domain", "sector"}),
)  # fmt: skip
PRODUCTS = Table(
    "products",
    "customers_product",
    {
        "id": "id",
        "name": "text",
        "name_key": "text",
        "external_id": "text",
        "line": "text",
        "list_price": "amount",
    },
    key=("id",),
    empty=frozenset({"line"}),
)
OPPORTUNITIES = Table(
    "opportunities",
    "plan_opportunity",
    {
        "key": "text", "external_id": "text", "name": "text", "account_id": "id", "product_id": "id",
        "owner_id": "id", "stage": "text", "state": "text", "forecast_category": "text",
        "created_on": "date", "close_on": "date", "amount": "amount",
    },
    key=("key",),
    empty=frozenset({"name", "forecast_category"}),
    fixed=frozenset({"external_id"}),
)  # fmt: skip
BOOKINGS = Table(
    "bookings",
    "plan_booking",
    {
        "external_id": "text", "owner_id": "id", "account_id": "id", "product_id": "id", "booked_on": "date",
        "amount": "amount", "margin": "amount",
    },
    key=("external_id",),
    label="external_id",
)  # fmt: skip
TARGETS = Table(
    "targets",
    "plan_target",
    {"owner_id": "id", "metric": "text", "starts_on": "date", "ends_on": "date", "value": "amount"},
    key=("owner_id", "metric", "starts_on", "ends_on"),
    label="metric",
)

# In the order in which they are moved over: what others point at comes first.
TABLES = {table.name: table for table in (ACCOUNTS, PRODUCTS, OPPORTUNITIES, BOOKINGS, TARGETS)}
KINDS = {
    "people": ("people",),
    "crm": ("accounts", "products", "opportunities", "bookings"),
    "targets": ("targets",),
}
HISTORY = ("owner_id", "stage", "state", "close_on", "amount")
