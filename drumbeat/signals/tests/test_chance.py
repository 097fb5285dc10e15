"""The statistics against hand-worked numbers, a second method, and properties."""

from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.signals.rules import chance
from drumbeat.signals.rules.chance import exact_same_rate, more_than, same_rate


def test_chi_square_by_hand():
    # Two groups of 100, 60 and 40 won: each expected count 50, so 4 * 10² / 50 = 8 at one degree of freedom.
    assert same_rate([(60, 40), (40, 60)]) == pytest.approx(0.0046777, abs=1e-7)


def test_chi_square_as_scipy_gives_it():
    from scipy.stats import chi2_contingency

    table = [(480, 265), (610, 352), (747, 439), (882, 536), (691, 422), (828, 459)]
    assert same_rate(table) == pytest.approx(chi2_contingency(table, correction=False).pvalue, rel=1e-9)
    assert round(same_rate(table), 2) == 0.79


def test_fishers_tea():
    # The lady tasting tea: 3 of 4 and 1 of 4; 34 of the 70 tables are no more probable.
    assert exact_same_rate([(3, 1), (1, 3)]) == pytest.approx(34 / 70)


def test_small_counts_are_exact():
    from scipy.stats import fisher_exact

    assert same_rate([(29, 1), (25, 5)]) == pytest.approx(fisher_exact([[29, 1], [25, 5]]).pvalue)


def test_expected_of_five_is_not_small():
    # 5 lost of 30 in each: every expected count is exactly 5, so chi-square; one less and it is exact.
    from scipy.stats import chi2_contingency

    table = [(27, 3), (23, 7)]
    assert same_rate(table) == pytest.approx(chi2_contingency(table, correction=False).pvalue)
    table = [(27, 3), (24, 6)]
    assert same_rate(table) == exact_same_rate(table)


def test_three_groups_by_hand():
    # 1 of 1, 0 of 1, 0 of 1: three equally probable tables, all as extreme.
    assert exact_same_rate([(1, 0), (0, 1), (0, 1)]) == 1
    # Two wins among three groups of two: 15 ways; (2,0,0) has 1 way, so has each of its three permutations.
    assert exact_same_rate([(2, 0), (0, 2), (0, 2)]) == pytest.approx(3 / 15)


def test_many_groups_are_drawn_and_the_same_each_time():
    table = [(29, 1)] * 30 + [(26, 4)] * 30
    first = same_rate(table)
    assert 0 < first < 1
    assert first == same_rate(table)


def test_drawn_agrees_with_enumerated(monkeypatch):
    table = [(28, 2), (24, 6), (30, 1), (27, 3)]
    exact = exact_same_rate(table)
    monkeypatch.setattr(chance, "MOST_TABLES", 0)
    assert exact_same_rate(table) == pytest.approx(exact, abs=0.012)


def test_huge_counts_do_not_overflow():
    assert 0 <= same_rate([(99_700, 300), (30, 0)]) <= 1


@pytest.mark.parametrize("table", [[], [(5, 5)], [(5, 0), (9, 0)], [(0, 5), (0, 9)], [(5, 5), (0, 0)]])
def test_nothing_to_compare_is_one(table):
    assert same_rate(table) == 1


def test_binomial_by_hand():
    # 9 or 10 heads of 10: (10 + 1) / 1024.
    assert more_than(9, 10, 0.5) == pytest.approx(11 / 1024)
    assert more_than(0, 10, 0.5) == 1
    assert more_than(10, 10, 0.1) == pytest.approx(1e-10)


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 9))
def test_binomial_equals_the_sum(of, count, tenths):
    count = min(count, of)
    share = Fraction(tenths, 10)
    total = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))
    assert isclose(more_than(count, of, tenths / 10), float(total), rel_tol=1e-9, abs_tol=1e-12)


counts = st.tuples(st.integers(0, 12), st.integers(0, 12))


@settings(max_examples=60, deadline=None)
@given(st.lists(counts, min_size=2, max_size=4))
def test_p_is_a_chance_and_blind_to_order_and_side(table):
    p = same_rate(table)
    assert 0 < p <= 1 + 1e-12
    assert same_rate(table[::-1]) == pytest.approx(p)
    assert same_rate([(lost, won) for won, lost in table]) == pytest.approx(p)


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(0, 9), st.integers(1, 9)), st.tuples(st.integers(1, 9), st.integers(0, 9)))
def test_two_groups_equal_fisher(one, other):
    from scipy.stats import fisher_exact

    assert exact_same_rate([one, other]) == pytest.approx(fisher_exact([one, other]).pvalue, rel=1e-6)
