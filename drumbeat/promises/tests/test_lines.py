from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.days import is_working_day
from drumbeat.core.refusal import Refused
from drumbeat.promises.rules.lines import NobodyCalled, NoDay, NothingOwed, NotOneLine, WhichOne, read_line
from drumbeat.promises.tests.make import outcome, patient

MONDAY = date(2026, 11, 23)
ME, ANA, JOAO, PIOTR, TOM, BERG, BEN, TWIN = range(1, 9)
PEOPLE = {
    ME: "Elena Hartmann",
    ANA: "Ana Ribeiro",
    JOAO: "João Ávila",
    PIOTR: "Piotr Zieliński",
    TOM: "Tom Okafor",
    BERG: "Tom van den Berg",
    BEN: "Ben Ito",
    TWIN: "Ben Ito",
}


def works(owner: int, day: date) -> bool:
    return is_working_day(day, "DE")


def read(line: str, **more):
    return read_line(line, PEOPLE, MONDAY, working=works, me=ME, **more)


@pytest.mark.parametrize(
    ("line", "owner", "text", "due"),
    [
        ("@Ana Fri price list for Brandt", ANA, "price list for Brandt", "2026-11-27"),
        ("@Ana Ribeiro: price list, by Fri.", ANA, "price list", "2026-11-27"),
        ("price list for Brandt 3 Dec @ana", ANA, "price list for Brandt", "2026-12-03"),
        ("@joao tomorrow call them", JOAO, "call them", "2026-11-24"),
        ("@AVILA tomorrow call them", JOAO, "call them", "2026-11-24"),
        ("@Zielinski +3d list", PIOTR, "list", "2026-11-26"),
        ("@Tom Okafor Fri list", TOM, "list", "2026-11-27"),
        ("@Tom O Fri list", TOM, "list", "2026-11-27"),
        ("@Berg Fri list", BERG, "list", "2026-11-27"),
        ("@Ben Ito #8 Fri list", TWIN, "list", "2026-11-27"),
        ("Fri price list", ME, "price list", "2026-11-27"),
        ("mail a@b.example by Fri", ME, "mail a@b.example", "2026-11-27"),
        ("@Ana Fri a < b & c > <script>", ANA, "a < b & c > <script>", "2026-11-27"),
    ],
)
def test_it_works(line, owner, text, due):
    found = read(line)
    assert (found.owner, found.text, found.due.isoformat(), found.asked_by) == (owner, text, due, None)


def test_for_somebody_makes_it_mine():
    found = read("price list Fri for @Ana")
    assert (found.owner, found.asked_by, found.text) == (ME, ANA, "price list")


def test_it_lands_on_a_working_day_and_says_so():
    found = read("@Ana 25 Dec list")
    assert (found.due, found.meant) == (date(2026, 12, 28), date(2026, 12, 25))
    assert found.said(MONDAY) == "Fri 25 December is no working day; due Mon 28 December."
    assert read("@Ana Fri list").said(MONDAY) == "Due Fri 27 November."
    assert read("@Ana end of January list").due == date(2027, 1, 29)  # the 31st is a Sunday


def test_the_day_is_told_where_the_owner_lives():
    found = read("@Ana tomorrow list", today_of=lambda owner: MONDAY + timedelta(days=owner == ANA))
    assert found.due == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("line", "refusal", "part"),
    [
        ("", NotOneLine, "who owes what by when"),
        ("\0 \n", NotOneLine, "who owes what by when"),
        ("x" * 501, NotOneLine, "at most 500 letters"),
        ("x\n" * 10_000, NotOneLine, "at most 500 letters"),
        ("@Ana price list", NoDay, "By when?"),
        ("@Ana Fri", NothingOwed, "Say what is owed"),
        ("@Ana Fri –", NothingOwed, "Say what is owed"),
        ("@Anna Fri list", NobodyCalled, "Nobody here is called “Anna”"),
        ("@Tom Fri list", WhichOne, "called Tom: Tom Okafor and Tom van den Berg. Write @ and"),
        ("@Ben Fri list", WhichOne, "Ben Ito #7 and Ben Ito #8"),
    ],
)
def test_what_is_refused(line, refusal, part):
    with pytest.raises(refusal) as found:
        read(line)
    assert part in str(found.value)


NAMES = st.text(st.characters(categories=["L"]), min_size=2, max_size=12)
PIECES = st.sampled_from(
    ["@Ana", "@", "@Tom", "for", "Fri", "31 Feb", "#8", "price list", "\0", "<b>", "@Ben Ito"]
)


@patient
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map(" ".join))
def test_any_line_is_a_promise_or_a_sentence(line):
    found = outcome(lambda: read(line))
    if isinstance(found, Refused):
        assert str(found).endswith(".")
    else:
        assert found.text
        assert "\0" not in found.text
        assert found.due >= MONDAY
        assert works(found.owner, found.due)
        assert found.owner in PEOPLE


@patient
@given(st.dictionaries(st.integers(1, 99), st.tuples(NAMES, NAMES).map(" ".join), min_size=1, max_size=6))
def test_everybody_is_found_by_the_whole_name_or_told_apart(people):
    for pk, name in people.items():
        line = f"@{name} Fri list"
        found = outcome(lambda line=line: read_line(line, people, MONDAY, working=works, me=0))
        if isinstance(found, WhichOne):
            assert name in str(found)
        else:
            assert found.owner == pk
            assert found.text == "list"
