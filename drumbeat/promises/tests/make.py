"""Plain functions that tests of promises use."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings

from drumbeat.core.refusal import Refused
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise

# Drawing days is slow on a machine that is busy; that says nothing about the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(what: Callable[[], Any]) -> Any:
    """What a call gives, or its refusal."""
    try:
        return what()
    except Refused as refusal:
        return refusal


def promise(
    owner: Person,
    asked_by: Person,
    text: str = "price list for Brandt",
    due: date = TODAY + timedelta(days=4),
    *,
    confidential: bool = True,
    **facts: Any,
) -> Promise:
    """A promise as it would stand in the database; made ten days ago by who asked."""
    facts = {
        "author": asked_by,
        "made_on": TODAY - timedelta(days=10),
        "due": due,
        "first_due": due,
        **facts,
    }
    made = Promise(owner=owner, asked_by=asked_by, **facts).put(text, confidential=confidential)
    made.save()
    return made
