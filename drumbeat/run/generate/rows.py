"""The rows of the made company's tables as the import reads them."""

from datetime import date
from functools import lru_cache

from drumbeat.run.generate.accounts import Account
from drumbeat.run.generate.deals import Deal
from drumbeat.run.generate.orders import Order
from drumbeat.run.generate.people import Person
from drumbeat.run.generate.targets import Target

CURRENCY = "EUR"

Row = tuple[str, ...]

COLUMNS: dict[str, Row] = {
    "people": (
        "name",
        "email",
        "external_id",
        "manager",
        "team",
        "title",
        "time_zone",
        "country",
        "region",
        "started_on",
        "line_from",
        "left_on",
    ),
    "accounts": ("name", "external_id", "domain", "sector", "parent"),
    "products": ("name", "external_id", "line", "list_price"),
    "opportunities": (
        "external_id",
        "name",
        "owner",
        "account",
        "product",
        "stage",
        "forecast_category",
        "created_on",
        "close_on",
        "amount",
        "currency",
    ),
    "bookings": (
        "external_id",
        "owner",
        "account",
        "product",
        "booked_on",
        "amount",
        "margin",
        "currency",
    ),
    "targets": ("owner", "period", "metric", "value"),
}


@lru_cache(maxsize=8192)
def _day(ordinal: int | None) -> str:
    return date.fromordinal(ordinal).isoformat() if ordinal else ""


def person_row(person: Person, day: date) -> Row:
    """A person with the reporting line, title and start in the role of that day."""
    leader, since = person.leader_on(day)
    started, title = person.started_on, person.title
    if person.promoted_on:
        risen = person.promoted_on <= day
        started, title = (person.promoted_on, title) if risen else (started, "Sales rep")
    left = person.left_on.isoformat() if person.left_on and person.left_on <= day else ""
    return (
        person.name,
        person.email,
        person.external_id,
        leader,
        person.team,
        title,
        person.place.zone,
        person.place.country,
        person.place.region,
        started.isoformat(),
        since.isoformat() if since else "",
        left,
    )


def account_row(account: Account) -> Row:
    """A customer."""
    return (account.name, f"A{account.number + 1:06d}", account.domain, account.sector, account.parent)


# The stage of an open deal, by how sure its rep is of it.
OPEN_STAGES = {"pipeline": "Qualification", "best_case": "Proposal", "commit": "Negotiation"}


def deal_row(deal: Deal) -> Row:
    """An opportunity as of today."""
    return state_row(deal, deal.owner, deal.state, deal.category, deal.close, deal.amount)


def state_row(
    deal: Deal, owner: Person, state: str, category: str, close: int | None, amount: int | None
) -> Row:
    """An opportunity with what may differ on another day."""
    return (
        f"OPP-{deal.number + 1:07d}",
        deal.name,
        owner.email,
        deal.account.name if deal.account else "",
        deal.product,
        OPEN_STAGES[category] if state == "open" else state,
        category,
        _day(deal.created),
        _day(close),
        str(amount) if amount is not None else "",
        CURRENCY,
    )


def order_row(order: Order) -> Row:
    """A booking."""
    return (
        order.external_id,
        order.account.owner.email,
        order.account.name,
        order.product,
        _day(order.day),
        str(order.amount),
        str(order.margin),
        CURRENCY,
    )


def target_row(target: Target) -> Row:
    """A target of won amount."""
    return (target.owner.email, target.quarter.name, "won_amount", str(target.value))
