"""Facts counted in the database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.core.periods import parse
from drumbeat.customers.models import Account
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.figures import managers
from drumbeat.plan.models import LOST, WON
from drumbeat.plan.tests.make import booking, deal, target
from drumbeat.signals.queries import desk_of

pytestmark = pytest.mark.django_db


def days_ago(count):
    return TODAY - timedelta(days=count)


@pytest.fixture
def desk(cast):
    def load(today=TODAY):
        return desk_of(cast.elena, managers(cast.elena, today), today)

    return load


def test_a_team_is_counted(cast, desk):
    account = Account.objects.create(name="Brandt")
    deal(cast.mira, state=WON, amount="10", created=days_ago(50), closed=days_ago(20), account=account)
    deal(cast.mira, state=LOST, created=days_ago(130), closed=days_ago(100))
    deal(cast.joao, state=WON, amount="4", closed=days_ago(120))
    deal(cast.mira, created=days_ago(31), amount="9")
    deal(cast.mira, created=days_ago(30), closed=TODAY + timedelta(days=9), account=account)
    deal(cast.ana, amount="1")
    ana, tom = desk().deals.teams
    assert (ana.reps, ana.reps_without_deals.ids, tom.reps_without_deals.ids) == (2, (), ("Piotr Zieliński",))
    assert (ana.won_count, ana.lost_count, ana.won_amount, ana.won_amount_before) == (1, 0, 10, 4)
    assert ana.won_by_rep["Mira Lund"].amount == Decimal(10)
    assert (ana.closed.won, ana.closed.lost) == (2, 1)
    assert (ana.in_progress, ana.aged.count) == (2, 1), "thirty days is the longest; thirty-one is older"
    assert ana.unowned == {"account": 2, "amount": 1, "close_date": 2}
    facts = desk().deals
    assert (facts.measured, facts.longest_days, facts.open_count) == (2, 30, 3)


def test_a_deal_closed_under_another_leader_is_not_this_teams(cast, desk):
    deal(cast.piotr, state=WON, amount="5", created=days_ago(9), closed=days_ago(5))
    ana, tom = desk().deals.teams
    assert (ana.won_count, tom.won_count) == (0, 1)


def test_plan_facts_with_a_target(cast, desk):
    target(cast.ana, parse("2026-Q4"), "650")
    deal(cast.mira, state=WON, amount="100", closed=date(2026, 10, 5))
    deal(cast.mira, state=WON, amount="60", closed=date(2026, 11, 19))
    plan = desk().plans[cast.ana.pk]
    assert (plan.actual, plan.target, plan.weeks_gone) == (160, 650, 7)
    assert plan.share == pytest.approx(38 / 65)
    assert plan.weekly == (100, 0, 0, 0, 0, 0, 60), "whole weeks, the last one 16 to 22 November"
    assert desk().plans_a_week_ago[cast.ana.pk].actual == 100


def test_last_year_stands_where_there_is_no_target_and_only_if_it_is_known(cast, desk):
    booking(cast.mira, day=date(2026, 10, 5), amount="7")
    assert desk().plans[cast.ana.pk].last_year is None
    booking(cast.mira, day=date(2025, 9, 29), amount="1")
    booking(cast.mira, day=date(2025, 10, 8), amount="30")
    booking(cast.mira, day=date(2025, 12, 20), amount="500")
    plan = desk().plans[cast.ana.pk]
    assert (plan.actual, plan.last_year, plan.target) == (7, 30, None)


def test_a_win_of_the_week_knows_whether_it_is_the_first(cast, desk):
    deal(cast.joao, state=LOST, closed=days_ago(200))
    deal(cast.mira, state=WON, amount="5", closed=days_ago(40))
    deal(cast.mira, state=WON, amount="6", closed=days_ago(2))
    deal(cast.joao, state=WON, amount="3", closed=days_ago(6), name="Frame contract")
    deal(cast.joao, state=WON, amount="3", closed=days_ago(7))
    wins = {win.rep: win for win in desk().wins}
    assert wins["Mira Lund"].earlier_wins == 1
    assert wins["Mira Lund"].usual == Decimal(5)
    joao = wins["João Ávila"]
    assert (joao.name, joao.manager, joao.earlier_wins, joao.history_days) == (
        "Frame contract",
        "Ana Ribeiro",
        1,
        194,
    )


def test_the_same_number_of_statements_whatever_the_rows(cast, desk):
    def count():
        with CaptureQueriesContext(connection) as seen:
            desk()
        return len(seen)

    few = count()
    for _ in range(30):
        deal(cast.mira, state=WON, amount="1", created=days_ago(9), closed=days_ago(3))
        deal(cast.piotr, created=days_ago(9))
    assert count() == few == 5


def test_a_rep_as_a_row_owns_the_deals(cast):
    deal(cast.mira, state=WON, amount="6", created=days_ago(9), closed=days_ago(2))
    deal(cast.mira, created=days_ago(10))
    desk = desk_of(cast.ana, [cast.joao, cast.mira], TODAY)
    joao, mira = desk.deals.teams
    assert (mira.won_amount, mira.in_progress, mira.aged.count) == (6, 1, 1)
    assert (joao.won_count, joao.in_progress) == (0, 0)
    assert desk.wins[0].manager is None, "the manager is who reads this"


def test_who_took_over_within_the_quarter_is_measured_from_that_day(cast):
    cast.ana.started_on = date(2026, 11, 2)
    cast.ana.save()
    target(cast.ana, parse("2026-Q4"), "650")
    plan = desk_of(cast.elena, managers(cast.elena, TODAY), TODAY).plans[cast.ana.pk]
    # Germany: 38 of 65 working days gone, 22 of them in October.
    assert plan.share == pytest.approx(16 / 65)
    assert (plan.since, plan.days_in_role) == (date(2026, 11, 2), 21)
