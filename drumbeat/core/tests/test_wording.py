"""How values are written, against what a colleague would write."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core import wording


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (None, "not known"),
        ("", "not known"),
        (0, "0"),
        (Decimal("1234567.50"), "1,234,568"),
        (-520, "−520"),
        (Decimal("-0.4"), "0"),
    ],
)
def test_money(amount, written):
    assert wording.money(amount) == written


def test_money_has_a_currency_only_where_one_is_given():
    assert wording.money(1000, "EUR") == "1,000 EUR"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (640, "640"),
        (1500, "1.5 k"),
        (84_200, "84 k"),
        (999_499, "999 k"),
        (999_500, "1.0 m"),
        (-190_000, "−190 k"),
        (1_310_590, "1.3 m"),
    ],
)
def test_short_money(amount, written):
    assert wording.short_money(amount).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("84 k", "+84 k"), ("−190 k", "−190 k"), ("0", "0"), ("0.0 m", "0.0 m"), ("not known", "not known")],
)
def test_signed(text, written):
    assert wording.signed(text) == written


def test_percent_rounds_half_up_and_knows_the_unknown():
    assert [wording.percent(one) for one in (0.965, Decimal("0.745"), 1.18, None)] == [
        "97%",
        "75%",
        "118%",
        "not known",
    ]


def test_hours():
    assert [wording.hours(one) for one in (20, 90, 360, 1860, 0, None)] == [
        "20\u00a0min",
        "1.5\u00a0h",
        "6\u00a0h",
        "31\u00a0h",
        "0\u00a0h",
        "not known",
    ]


def test_a_day_of_another_year_says_which():
    assert wording.day(date(2026, 11, 23)) == "Mon 23 November"
    assert wording.day(date(2026, 11, 23), date(2026, 1, 1)) == "Mon 23 November"
    assert wording.day(date(2025, 11, 24), date(2026, 1, 1)) == "Mon 24 November 2025"


@pytest.mark.parametrize(
    ("apart", "written"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (6, "6 days ago"),
        (-3, "in 3 days"),
        (35, "5 weeks ago"),
        (200, "6 months ago"),
    ],
)
def test_days_ago(apart, written):
    today = date(2026, 11, 25)
    assert wording.days_ago(date.fromordinal(today.toordinal() - apart), today) == written


def test_nouns_follow_their_number():
    assert [wording.count(one, "deal") for one in (0, 1, 12, 1291)] == [
        "0 deals",
        "1 deal",
        "12 deals",
        "1,291 deals",
    ]
    assert wording.count(2, "person,people") == "2 people"
    assert [wording.in_words(one, "deal") for one in (0, 1, 12, 13)] == [
        "no deals",
        "one deal",
        "twelve deals",
        "13 deals",
    ]


def test_names_in_a_row():
    assert [wording.listed(one) for one in ([], ["Ana"], ["Ana", "Tom"], ["Ana", "Tom", "Ben"])] == [
        "",
        "Ana",
        "Ana and Tom",
        "Ana, Tom and Ben",
    ]
    assert wording.listed(["Ana", "Tom", "Ben", "Ida"], 2) == "Ana, Tom and 2 others"
    # "and one other" would be as long as the name itself.
    assert wording.listed(["Ana", "Tom", "Ben"], 2) == "Ana, Tom and Ben"


def test_initials():
    assert [
        wording.initials(one) for one in ("Elena Ruiz", "Ana", "Joanna Kowalczyk-Wiśniewska", "", "李 明")
    ] == [
        "ER",
        "A",
        "JW",
        "?",
        "李明",
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_written_money_reads_back_within_half_a_unit(amount):
    text = wording.money(amount).replace(",", "").replace("−", "-")
    assert abs(Decimal(text) - amount) <= Decimal("0.5")
    assert "-" not in wording.money(amount)


@given(st.integers(-(10**10), 10**10))
def test_short_money_is_within_one_step_of_the_third_figure(amount):
    text = wording.short_money(amount).replace("\u00a0", " ").replace("−", "-")
    number, _, unit = text.partition(" ")
    read = Decimal(number) * {"": 1, "k": 1000, "m": 1_000_000}[unit]
    assert abs(read - amount) <= max(Decimal("0.05") * abs(amount), 50)
