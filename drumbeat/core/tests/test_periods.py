"""Spans of days."""

from datetime import date

from drumbeat.core.periods import parse, twelve_months_to


def test_twelve_months():
    assert twelve_months_to(date(2017, 12, 31)) == date(2017, 1, 1)
    assert twelve_months_to(date(2020, 2, 29)) == date(2019, 3, 1)
    assert twelve_months_to(date(2021, 2, 28)) == date(2020, 2, 29)


def test_words_of_a_page():
    assert [parse(name).words for name in ("2026-Q4", "2026-11", "2026")] == [
        "Q4 2026",
        "November 2026",
        "2026",
    ]
