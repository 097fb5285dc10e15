from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.files.amounts import AmountReader, AmountVotes, decide
from drumbeat.files.values import BadValue


def read(text, decimal=None, settle=lambda: "point", found=lambda sign: None):
    return AmountReader(decimal, settle, found).read(text)


def column(*texts):
    """A column read as the file reader reads it: the votes of all decide where one is ambiguous."""

    def settle():
        votes = AmountVotes()
        votes.add(texts)
        return votes.result()

    reader = AmountReader(None, settle)
    return [reader.read(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1054", "1054"),
        ("$21,000", "21000"),
        ("$ 1,234.50", "1234.50"),
        ("21.000,00", "21000.00"),
        ("58.8k", "58800"),
        ("58,8 k€", "58800"),
        ("1.2M", "1200000"),
        ("3,5 Mio. €", "3500000"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50 €", "1234.50"),
        ("1'234.50 CHF", "1234.50"),
        ("-5", "-5"),
        ("−5,5", "-5.5"),
        ("(1,250.00)", "-1250.00"),
        ("$(12.50)", None),
        ("-$1,000.00", "-1000.00"),
        ("$-10.00", "-10.00"),
        ("12,50-", "-12.50"),
        ("100,-", "100"),
        ("EUR 100.00", "100.00"),
        ("US$100", "100"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0,125", "0.125"),
        (".5", "0.5"),
    ],
)
def test_notations(text, amount):
    if amount is None:
        with pytest.raises(BadValue):
            read(text)
    else:
        assert read(text) == Decimal(amount)
        assert "E" not in str(read(text))


@pytest.mark.parametrize("text", ["", "  ", "TBD", "tbd", "-", "–", "n/a", "N/A", "NaN", None])
def test_unknown_is_none_and_never_zero(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "many",
        "1,23,4",
        "1.2.3",
        "12 34",
        "1,234.5.6",
        "5%",
        "--5",
        "1e5",
        "12/5",
        "9" * 30,
        "1" * 5000,
        "∞",
        "٣",
    ],
)
def test_what_is_no_amount_rejects_its_row(text):
    with pytest.raises(BadValue):
        read(text)


@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), 1e30])
def test_cells_of_a_workbook_that_are_no_amounts(value):
    with pytest.raises(BadValue):
        read(value)


def test_a_workbooks_float_is_never_taken_for_thousands():
    assert read(1.234) == Decimal("1.234")
    assert read(0.1 + 0.2) == Decimal("0.3")
    assert read(21000.0) == 21000


def test_the_column_tells_what_one_amount_does_not():
    assert column("1.234", "12,50") == [Decimal(1234), Decimal("12.50")]
    assert column("1.234", "12.50") == [Decimal("1.234"), Decimal("12.50")]
    assert column("1,234", "12.50") == [Decimal(1234), Decimal("12.50")]
    assert column("1,234", "12,50") == [Decimal("1.234"), Decimal("12.50")]


def test_more_than_three_digits_before_the_sign_are_no_thousands():
    assert read("1234.567", settle=lambda: "comma") == Decimal("1234.567")


def test_three_digits_are_thousands_where_nothing_else_tells():
    assert column("21,000", "550") == [Decimal(21000), Decimal(550)]
    assert column("21.000", "550") == [Decimal(21000), Decimal(550)]


def test_both_notations_in_one_column_reject_only_what_is_ambiguous():
    with pytest.raises(BadValue, match="two ways"):
        column("1.234", "12.50", "12,50")
    with pytest.raises(BadValue, match="two ways"):
        column("1.234", "1,234")
    assert column("12.50", "12,50") == [Decimal("12.50"), Decimal("12.50")]


def test_one_slip_in_twenty_does_not_sway_a_column():
    assert decide(20, 1, by_point=0, by_comma=0) == "point"
    assert decide(19, 1, by_point=0, by_comma=0) == "mixed"
    assert decide(1, 20, by_point=0, by_comma=0) == "comma"


def test_currency_signs_are_reported():
    seen = []
    for text in ("$5", "5 €", "GBP 5", "5", "58k"):
        read(text, found=seen.append)
    assert seen == ["$", "€", "GBP"]


cents = st.integers(min_value=-(10**13), max_value=10**13)


@given(cents)
def test_every_notation_of_an_amount_is_the_same_amount(number):
    amount = Decimal(number) / 100
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    french = english.replace(",", "\u202f").replace(".", ",")
    swiss = english.replace(",", "’")
    assert read(english) == read(german) == read(french) == read(swiss) == read(f"{amount:.2f}") == amount


@given(st.lists(cents.filter(lambda number: number % 100), min_size=1), st.lists(st.integers(1000, 999_999)))
def test_a_german_column_is_read_as_german(parts, wholes):
    texts = [f"{Decimal(part) / 100:.2f}".replace(".", ",") for part in parts]
    texts += [f"{whole:,}".replace(",", ".") for whole in wholes]
    assert column(*texts) == [Decimal(part) / 100 for part in parts] + [Decimal(whole) for whole in wholes]


@given(st.text(max_size=60))
def test_any_text_is_an_amount_unknown_or_refused(text):
    try:
        amount = read(text)
    except BadValue:
        return
    assert amount is None or amount.is_finite()
