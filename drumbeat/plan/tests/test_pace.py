"""Formulas against hand-worked numbers."""

from datetime import date
from decimal import Decimal

from drumbeat.core.periods import parse
from drumbeat.plan.rules.pace import attainment, linear_pace, linear_share, median, share_since, taken_over


def test_attainment_is_actual_by_target():
    assert attainment(Decimal(75), Decimal(100)) == 0.75
    assert attainment(Decimal(75), None) is None
    assert attainment(Decimal(75), Decimal(0)) is None


def test_linear_share_counts_working_days_with_today():
    # November 2026 begins on a Sunday: 21 working days; by Friday the 6th five of them are gone.
    november = parse("2026-11")
    assert linear_share(november, date(2026, 11, 6)) == 5 / 21
    assert linear_share(november, date(2026, 11, 8)) == 5 / 21, "a weekend moves nothing"
    assert linear_share(november, date(2027, 2, 1)) == 1
    assert linear_share(november, date(2026, 10, 31)) is None


def test_linear_share_knows_the_holidays_of_the_country_and_region():
    # All Saints' Day 2027 is a Monday: free in Bavaria, not in Berlin. November 2027 has 22 weekdays.
    november = parse("2027-11")
    assert linear_share(november, date(2027, 11, 2), "DE", "BE") == 2 / 22
    assert linear_share(november, date(2027, 11, 2), "DE", "BY") == 1 / 21


def test_linear_pace_is_one_when_exactly_on_plan():
    assert linear_pace(Decimal(25), Decimal(100), 0.25) == 1.0
    assert linear_pace(Decimal(10), Decimal(100), 0.25) == 0.4
    assert linear_pace(Decimal(10), Decimal(100), 0.0) is None
    assert linear_pace(Decimal(10), Decimal(100), None) is None


def test_median_of_an_even_number_may_end_in_a_half():
    assert median([1, 2, 4]) == 2
    assert median([1, 2, 3, 9]) == 2.5
    assert median([]) is None


def test_who_took_over_within_the_period_is_measured_from_that_day():
    november = parse("2026-11")
    friday, day = date(2026, 11, 6), date(2026, 11, 13)
    assert taken_over(november, friday, day) == friday
    assert taken_over(november, date(2026, 11, 1), day) is None, "the whole period is the manager's"
    assert taken_over(november, date(2026, 10, 30), day) is None
    assert taken_over(november, date(2026, 11, 16), day) is None, "not yet"
    assert share_since(november, friday, day) == 10 / 21 - 4 / 21
    assert share_since(november, None, day) == 10 / 21
