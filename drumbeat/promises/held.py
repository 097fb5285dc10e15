"""A promise held for one step, and what the step may change."""

from datetime import date
from typing import Any

from drumbeat.promises.models import Promise

# What a step changes and an undo puts back; the reason is a text and never stands in the journal.
MOVED = (
    *("due", "new_dates", "state", "done_on", "accepted_on", "dropped_on"),
    *("waiting_for_id", "waiting_since", "waited_days"),
)


def locked(promise: Promise) -> Promise:
    """The row as it is now, held until the step is over."""
    return (
        Promise.objects.select_for_update(of=("self",)).select_related("owner", "asked_by").get(pk=promise.pk)
    )


def facts_of(row: Promise) -> dict[str, Any]:
    """The dates and states that a step may change, as the journal keeps them."""
    values = {name: getattr(row, name) for name in MOVED}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
