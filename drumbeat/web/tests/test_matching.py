"""Folding and patterns, checked by hand and by property."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.names import name_key
from drumbeat.web.matching import LONGEST, MOST_WORDS, folded, pattern, words_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("avila", "João Ávila"),
        ("ÁVILA", "João Ávila"),
        ("joao", "João Ávila"),
        ("zielinski", "Piotr Zieliński"),
        ("beiro", "Ana Ribeiro"),
        ("soren", "Søren Lukács"),
        ("strasse", "Lange Straße GmbH"),
        ("a.b", "A.B. Valves"),
        ("(north)", "Halden (North)"),
        ("wis", "Joanna Kowalczyk-Wiśniewska"),
        ("Wisniewska", unicodedata.normalize("NFD", "Joanna Wiśniewska")),
        ("ipek", "İpek Yılmaz"),
        ("yilmaz", "İpek Yılmaz"),
        ("東京", "東京バルブ"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed, name):
    assert all(re.search(pattern(word), name_key(name)) for word in words_of(typed))


@pytest.mark.parametrize(
    ("typed", "name"), [("a.b", "Axb"), ("ana.*", "Ana"), ("[a-z]", "Ana"), ("zo", "Zö-free"[:1])]
)
def test_no_sign_keeps_a_meaning_of_its_own(typed, name):
    assert not all(re.search(pattern(word), name_key(name)) for word in words_of(typed))


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "''--", "\0", "...", "\u200b"])
def test_without_a_letter_or_number_nothing_is_looked_for(typed):
    assert words_of(typed) == []


@given(st.text(max_size=1000))
def test_any_text_makes_patterns_that_can_be_read_and_that_find_the_text(typed):
    words = words_of(typed)
    assert len(words) <= MOST_WORDS
    assert sum(map(len, words)) <= LONGEST
    for word in words:
        assert "\0" not in word
        assert re.search(pattern(word), word)


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x41, max_codepoint=0x24F, categories=["L"]),
        min_size=1,
        max_size=30,
    )
)
def test_a_latin_name_is_found_by_its_plain_letters(name):
    plain = folded(name_key(name))
    assert all(re.search(pattern(word), name_key(name)) for word in words_of(plain))
