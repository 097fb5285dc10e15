"""Plan figures of a leader's managers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.core.periods import month_of, parse
from drumbeat.people.models import Person, ReportingLine
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import LOST, WON, Target
from drumbeat.plan.queries import team_report
from drumbeat.plan.targets import targets_for
from drumbeat.plan.tests.make import booking, deal, target, was

pytestmark = pytest.mark.django_db
Q4 = parse("2026-Q4")
D = date(2026, 11, 10)


def row(cast, name, period=Q4, today=TODAY):
    return next(r for r in team_report(cast.elena, period, today).rows if r.manager.name == name)


def test_it_works(cast):
    deal(cast.mira, state=WON, amount="100.50", created=date(2026, 10, 1), closed=date(2026, 11, 10))
    deal(cast.joao, state=WON, amount="50", created=date(2026, 10, 1), closed=date(2026, 10, 12))
    deal(cast.mira, state=LOST, amount="7", closed=D)
    deal(cast.mira, amount="30", created=date(2026, 11, 1))
    booking(cast.joao, day=D, amount="12.25", margin=Decimal("3.5"))
    ana = row(cast, "Ana Ribeiro")
    assert (ana.won_amount, ana.won_count, ana.lost_count) == (Decimal("150.50"), 2, 1)
    assert ana.win_rate == 2 / 3
    assert (ana.open_amount, ana.open_count, ana.reps) == (Decimal("30"), 1, 2)
    assert (ana.booked_amount, ana.booked_margin) == (Decimal("12.25"), Decimal("3.50"))
    assert ana.median_cycle_days == 25.5, "the mean of 40 and 11 days"
    assert (ana.target, ana.attainment, ana.pace) == (None, None, None)


def test_rows_stand_by_name_and_only_for_managers(cast):
    report = team_report(cast.elena, Q4, TODAY)
    assert [r.manager.name for r in report.rows] == ["Ana Ribeiro", "Tom Okafor"]
    assert [r.manager.name for r in team_report(None, Q4, TODAY).rows] == ["Ana Ribeiro", "Tom Okafor"]
    assert team_report(cast.ana, Q4, TODAY).rows == [], "her reps lead nobody"


def test_what_cannot_be_known_is_null(cast):
    deal(cast.piotr, created=date(2026, 11, 1))
    tom = row(cast, "Tom Okafor").as_json()
    assert tom["win_rate"] is None
    assert tom["booked_amount"] is None
    assert (tom["open_amount"], tom["open_count"]) == (None, 1)
    assert tom["won_amount"] == "0"


def test_won_belongs_to_who_led_the_owner_on_the_close_date_and_open_to_who_leads_now(cast):
    move = date(2026, 11, 1)
    ReportingLine.objects.filter(member=cast.mira).update(ends_on=move)
    ReportingLine.objects.create(member=cast.mira, leader=cast.tom, starts_on=move)
    refresh([cast.mira.pk])
    deal(cast.mira, state=WON, amount="10", closed=move - timedelta(days=1))
    deal(cast.mira, state=WON, amount="5", closed=move)
    deal(cast.mira, amount="3", created=date(2026, 6, 1))
    ana, tom = row(cast, "Ana Ribeiro"), row(cast, "Tom Okafor")
    assert (ana.won_amount, ana.open_count, ana.reps) == (Decimal(10), 0, 1)
    assert (tom.won_amount, tom.open_count, tom.reps) == (Decimal(5), 1, 2)
    # the day before, the deal that closed on the day of the move was hers and still open
    assert row(cast, "Ana Ribeiro", today=move - timedelta(days=1)).open_count == 2


def test_own_deals_of_a_manager_count_once_and_from_the_day_of_leading(cast):
    deal(cast.ana, state=WON, amount="8", closed=D)
    assert row(cast, "Ana Ribeiro").won_amount == Decimal(8)
    start = date(2026, 11, 1)
    ReportingLine.objects.filter(leader=cast.ana).update(starts_on=start)
    ReportingLine.objects.filter(member=cast.ana).update(leader=cast.tom)
    refresh([cast.ana.pk, cast.mira.pk, cast.joao.pk, cast.lou.pk])
    deal(cast.ana, state=WON, amount="1", closed=start - timedelta(days=1))
    rows = {r.manager.name: r.won_amount for r in team_report(None, Q4, TODAY).rows}
    assert rows["Ana Ribeiro"] == Decimal(8), "the deal closed as a rep stays with the leader of that day"
    assert rows["Tom Okafor"] == Decimal(9)


def test_a_day_in_the_middle_sees_only_what_was_closed_by_then(cast):
    deal(cast.mira, state=WON, amount="10", created=date(2026, 10, 1), closed=D)
    before = row(cast, "Ana Ribeiro", today=D - timedelta(days=1))
    assert (before.won_count, before.open_count) == (0, 1)
    assert row(cast, "Ana Ribeiro", today=D).won_count == 1
    assert row(cast, "Ana Ribeiro", today=date(2026, 9, 30)).open_count == 0, "not yet created"


def test_a_past_day_is_told_from_the_history_of_changes(cast):
    won = deal(cast.mira, state=WON, amount="90", created=date(2026, 9, 1), closed=date(2026, 10, 15))
    was(won, until=date(2026, 10, 20), state="open", amount=Decimal(70), close_on=None, owner=cast.piotr)
    then = date(2026, 10, 19)
    assert row(cast, "Tom Okafor", today=then).open_amount == Decimal(70)
    assert row(cast, "Ana Ribeiro", today=then).won_count == 0
    assert row(cast, "Ana Ribeiro", today=date(2026, 10, 20)).won_amount == Decimal(90)


def test_before_the_first_import_the_values_known_now_stand(cast):
    seen = date(2026, 11, 1)
    late = deal(
        cast.mira, state=WON, amount="90", created=date(2026, 9, 1), closed=date(2026, 10, 15), seen=seen
    )
    was(late, until=date(2026, 11, 5), amount=Decimal(1))
    assert row(cast, "Ana Ribeiro", today=date(2026, 10, 31)).won_amount == Decimal(90)
    assert row(cast, "Ana Ribeiro", today=date(2026, 11, 4)).won_amount == Decimal(1)


def test_a_target_gives_attainment_and_linear_pace(cast):
    target(cast.ana, Q4, "200")
    deal(cast.mira, state=WON, amount="50", closed=D)
    ana = row(cast, "Ana Ribeiro")
    # Germany, 1 October to 23 November 2026: 38 working days of 66 minus Christmas on a Friday.
    assert ana.attainment == 0.25
    assert ana.pace == pytest.approx(0.25 / (38 / 65))


def test_a_managers_target_is_the_sum_of_the_reps_where_none_is_given(cast):
    target(cast.mira, Q4, "120")
    target(cast.joao, Q4, "30")
    assert row(cast, "Ana Ribeiro").target == Decimal(150)
    target(cast.ana, Q4, "160")
    assert row(cast, "Ana Ribeiro").target == Decimal(160)


def test_months_that_fill_a_quarter_make_its_target_and_two_do_not(cast):
    for month in ("2026-10", "2026-11"):
        target(cast.ana, parse(month), "10")
    assert row(cast, "Ana Ribeiro").target is None
    target(cast.ana, parse("2026-12"), "20")
    assert row(cast, "Ana Ribeiro").target == Decimal(40)
    assert row(cast, "Ana Ribeiro", parse("2026")).target is None
    assert row(cast, "Ana Ribeiro", month_of(date(2026, 12, 1))).target == Decimal(20)


def test_a_target_in_bookings_is_measured_in_bookings(cast):
    target(cast.ana, Q4, "100", Target.BOOKINGS)
    booking(cast.mira, day=D, amount="40")
    deal(cast.mira, state=WON, amount="999", closed=D)
    assert row(cast, "Ana Ribeiro").attainment == 0.4


def test_the_same_number_of_statements_for_two_managers_and_for_thirty(cast):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            team_report(cast.elena, Q4, TODAY)
        return len(seen)

    few = count()
    fresh = []
    for number in range(30):
        manager = Person.objects.create(name=f"Manager {number}")
        rep = Person.objects.create(name=f"Rep {number}")
        ReportingLine.objects.create(member=manager, leader=cast.elena)
        ReportingLine.objects.create(member=rep, leader=manager)
        deal(rep, state=WON, amount="5", closed=D)
        fresh += [manager.pk, rep.pk]
    refresh(fresh)
    assert count() == few <= 6


def test_the_target_of_a_leader_of_leaders_counts_each_rep_once(cast):
    target(cast.ana, Q4, "500")
    target(cast.mira, Q4, "120")
    target(cast.piotr, Q4, "80")
    assert targets_for([cast.elena.pk], Q4, TODAY)[cast.elena.pk].value == Decimal(200)
