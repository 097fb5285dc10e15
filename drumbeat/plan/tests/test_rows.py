"""Each figure can be added up again from its rows."""

from datetime import date
from decimal import Decimal

import pytest

from drumbeat.core.periods import parse
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.queries import team_report
from drumbeat.plan.rows import PAGE, Only, rows_behind
from drumbeat.plan.tests.make import a_quarter_of_work, deal

pytestmark = pytest.mark.django_db
Q4 = parse("2026-Q4")
D = date(2026, 11, 10)


@pytest.fixture
def deals(cast):
    a_quarter_of_work(cast, D)


def test_the_rows_add_up_to_the_figures(cast, deals):
    ana = team_report(cast.elena, Q4, TODAY).rows[0]
    sums = {what: rows_behind(cast.ana, what, Q4, TODAY) for what in ("won", "lost", "open", "booked")}
    assert (sums["won"].total, sums["won"].count) == (ana.won_amount, ana.won_count) == (Decimal("15.10"), 2)
    assert (sums["lost"].count, sums["lost"].total) == (ana.lost_count, None)
    assert (sums["open"].total, sums["open"].count) == (ana.open_amount, ana.open_count) == (Decimal(4), 2)
    assert sums["booked"].total == ana.booked_amount == Decimal(12)


def test_an_account_and_a_rep_stand_in_each_row(cast, deals):
    found = rows_behind(cast.ana, "won", Q4, TODAY).rows
    assert {row.owner for row in found} == {"Mira Lund", "Ana Ribeiro"}


def test_more_rows_than_a_page_are_paged(cast):
    for _ in range(PAGE + 1):
        deal(cast.mira, created=D)
    first = rows_behind(cast.ana, "open", Q4, TODAY)
    assert (len(first.rows), first.pages) == (PAGE, 2)
    assert len(rows_behind(cast.ana, "open", Q4, TODAY, 2).rows) == 1
    assert rows_behind(cast.ana, "open", Q4, TODAY, 99).page == 2


def test_open_deals_older_than_some_days_or_without_a_fact(cast, deals):
    deal(cast.mira, created=date(2026, 6, 1), amount="8")

    def count(**only):
        return rows_behind(cast.ana, "open", Q4, TODAY, only=Only(**only)).count

    age = (TODAY - date(2026, 6, 1)).days
    assert (count(), count(older=age - 1), count(older=age)) == (3, 1, 0)
    assert (count(missing="amount"), count(missing="account"), count(missing="close_date")) == (1, 3, 3)
