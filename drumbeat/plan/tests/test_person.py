"""One person's figures: a manager with the team, a rep alone, somebody without anything."""

from datetime import date
from decimal import Decimal

import pytest

from drumbeat.core.days import working_days
from drumbeat.core.periods import parse
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON, Target
from drumbeat.plan.person import plan_of
from drumbeat.plan.queries import team_report
from drumbeat.plan.rows import rows_behind
from drumbeat.plan.tests.make import a_quarter_of_work, booking, deal, target

pytestmark = pytest.mark.django_db
Q4 = parse("2026-Q4")
D = date(2026, 11, 10)


@pytest.fixture
def deals(cast):
    a_quarter_of_work(cast, D)
    booking(cast.mira, day=D, amount="-2")


def figures(person, **more):
    return plan_of(person, Q4, TODAY, wins_since=more.pop("since", date(2026, 10, 1)), **more)


@pytest.mark.parametrize("name", ["ana", "mira", "joao", "tom", "elena"])
def test_each_figure_is_the_sum_of_the_rows_that_it_opens(cast, deals, name):
    found = figures(getattr(cast, name))
    for what in ("won", "lost", "open", "booked"):
        rows = rows_behind(getattr(cast, name), what, Q4, TODAY)
        one = getattr(found, what)
        assert (one.count, one.amount) == (rows.count, rows.total), what


def test_a_managers_figures_are_those_of_the_report(cast, deals):
    target(cast.ana, Q4, 100)
    row, found = team_report(cast.elena, Q4, TODAY).rows[0], figures(cast.ana)
    assert (found.won.amount, found.won.count) == (row.won_amount, row.won_count) == (Decimal("15.10"), 2)
    assert (found.lost.count, found.win_rate) == (row.lost_count, row.win_rate)
    assert (found.booked.amount, found.booked.margin) == (row.booked_amount, row.booked_margin)
    assert (found.open.amount, found.open.count) == (row.open_amount, row.open_count)
    assert (found.target, found.attainment, found.pace) == (row.target, row.attainment, row.pace)


def test_a_rep_has_the_own_work_alone(cast, deals):
    target(cast.mira, Q4, 50)
    found = figures(cast.mira)
    assert (found.won.amount, found.booked.amount) == (Decimal("10.10"), Decimal(10))
    share = working_days(Q4.first, TODAY, "DE", "") / working_days(Q4.first, Q4.last, "DE", "")
    assert found.pace == pytest.approx(10.10 / (50 * share))
    assert found.difference == Decimal("10.10") - round(Decimal(50 * share), 2)


def test_without_anything_nothing_is_known_and_nothing_is_zero(cast):
    found = figures(cast.stella)
    assert found.empty
    assert (found.won.amount, found.target, found.pace, found.win_rate, found.difference) == (None,) * 5


def test_a_margin_that_nobody_knows_is_not_zero(cast):
    booking(cast.mira, day=D, amount="12")
    target(cast.mira, Q4, 50, metric=Target.MARGIN)
    assert (figures(cast.mira).actual, figures(cast.mira).pace) == (None, None)


def test_nothing_won_yet_is_zero_of_the_target(cast):
    target(cast.mira, Q4, 50)
    assert (figures(cast.mira).actual, figures(cast.mira).pace) == (Decimal(0), 0.0)


def test_the_newest_wins_come_first_and_no_more_than_asked_for(cast, deals):
    found = figures(cast.ana, since=date(2026, 9, 1), most=2)
    assert [row.day for row in found.wins] == [D, D]
    assert [row.day for row in figures(cast.mira, since=date(2026, 9, 1)).wins] == [D, date(2026, 9, 30)]


def test_the_same_number_of_statements_for_one_deal_and_for_thirty(cast, django_assert_max_num_queries):
    deal(cast.mira, state=WON, amount="10", closed=D)
    # Whether anything changed after the day; the sums; targets and whose; the wins.
    with django_assert_max_num_queries(5) as once:
        figures(cast.ana)
    for _ in range(30):
        deal(cast.mira, state=WON, amount="10", closed=D)
    with django_assert_max_num_queries(len(once)):
        figures(cast.ana)


def test_who_took_over_within_the_quarter_is_measured_since_then(cast, deals):
    target(cast.mira, Q4, 50)
    cast.mira.started_on = D
    cast.mira.save()
    found = figures(cast.mira)
    every = working_days(Q4.first, Q4.last, "DE", "")
    assert found.since == D
    assert found.share == pytest.approx(working_days(D, TODAY, "DE", "") / every)
    assert found.pace == pytest.approx(10.10 / (50 * found.share))
    assert found.whole_pace == pytest.approx(10.10 / (50 * working_days(Q4.first, TODAY, "DE", "") / every))
