"""Deals, bookings and targets for tests: plain functions, only what a test names is set."""

from datetime import date
from decimal import Decimal

from drumbeat.plan.models import LOST, OPEN, WON, Booking, Opportunity, OpportunityChange, Target

_count = iter(range(1, 10**9))


def deal(owner, *, state=OPEN, amount=None, created=None, closed=None, seen=date(2026, 1, 1), **more):
    key = f"deal-{next(_count)}"
    return Opportunity.objects.create(
        key=key,
        external_id=key,
        owner=owner,
        stage=more.pop("stage", state.title()),
        state=state,
        amount=None if amount is None else Decimal(amount),
        created_on=created,
        close_on=closed,
        first_seen_on=seen,
        **more,
    )


def was(opportunity, *, until, **old):
    """What the deal was until a day; fields that are not named are as they are now."""
    fields = ("owner", "stage", "state", "close_on", "amount")
    return OpportunityChange.objects.create(
        opportunity=opportunity,
        until_on=until,
        brought_by=0,
        **{name: old.get(name, getattr(opportunity, name)) for name in fields},
    )


def booking(owner, *, day, amount, margin=None):
    return Booking.objects.create(
        external_id=f"order-{next(_count)}", owner=owner, booked_on=day, amount=Decimal(amount), margin=margin
    )


def target(owner, period, value, metric=Target.WON):
    return Target.objects.create(
        owner=owner, metric=metric, starts_on=period.first, ends_on=period.last, value=Decimal(value)
    )


def a_quarter_of_work(cast, day):
    """What Ana and her reps won, lost, have open and booked; one deal is Piotr's, one of September."""
    deal(cast.mira, state=WON, amount="10.10", closed=day)
    deal(cast.ana, state=WON, amount="5", closed=day)
    deal(cast.mira, state=WON, amount="99", closed=date(2026, 9, 30))
    deal(cast.joao, state=LOST, closed=day)
    deal(cast.joao, amount="4", created=day)
    deal(cast.joao, created=day)
    deal(cast.piotr, state=WON, amount="7", closed=day)
    booking(cast.mira, day=day, amount="12", margin=Decimal(3))
