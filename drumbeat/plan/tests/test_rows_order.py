"""In which order rows stand behind a figure; the same on every database."""

from datetime import date

import pytest

from drumbeat.core.periods import parse
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.rows import rows_behind
from drumbeat.plan.tests.make import deal

pytestmark = pytest.mark.django_db
Q4 = parse("2026-Q4")
DAYS = (date(2026, 12, 24), None, date(2026, 11, 2))


def days(manager, what):
    return [row.day for row in rows_behind(manager, what, Q4, TODAY).rows]


def test_open_deals_overdue_first_and_unknown_days_last(cast):
    for day in DAYS:
        deal(cast.mira, closed=day)
    assert days(cast.ana, "open") == [date(2026, 11, 2), date(2026, 12, 24), None]


def test_deals_won_the_newest_first(cast):
    for day in (date(2026, 10, 5), date(2026, 11, 2)):
        deal(cast.mira, state=WON, amount="1", closed=day)
    assert days(cast.ana, "won") == [date(2026, 11, 2), date(2026, 10, 5)]
