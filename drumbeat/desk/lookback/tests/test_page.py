"""The words of the page, the terminal, and the one sheet of PDF."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from drumbeat.desk.lookback import pdf
from drumbeat.desk.lookback.look import look_back
from drumbeat.desk.lookback.page import as_page, beside, source_line
from drumbeat.desk.lookback.tests.make import TODAY, deals, people, won
from drumbeat.desk.lookback.text import as_text
from drumbeat.desk.relations import Mark


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = [people(folder, ("Rob", "Ana"), ("Sam", "Ana")), deals(folder, won(1, "Rob", "2017-12-01", 1234))]
    return look_back(files, as_of=TODAY)


@pytest.mark.parametrize(
    ("amount", "earlier", "weeks", "text"),
    [
        (110, 100, 13, "+10% on the 13 before"),
        (90, 100, 13, "−10% on the 13 before"),
        (100, 100, 4, "as much as in the four before"),
        (100, 0, 13, "nothing in the 13 before"),
        (0, 100, 1, "−100% on the week before"),
    ],
)
def test_beside(amount, earlier, weeks, text):
    assert beside(Decimal(amount), Decimal(earlier), weeks) == text


def test_words(look):
    page = as_page(look)
    assert page["title"] == "Your last 13 weeks"
    assert page["source"] == "1 deal and 2 people"
    assert page["managers"][0]["amount"] == "1,234"
    assert page["truths"][0]["rows_label"] == "See the rep"
    assert source_line(replace(look, read={"opportunities": 8800, "people": 35}, entries=412)) == (
        "8,800 deals, 35 people and 412 calendar entries"
    )
    assert json.loads(json.dumps(page)) == page


def test_text(look):
    text = as_text(as_page(look))
    assert "1. One of two reps has no deal at all." in text
    assert "Ana (2 reps): 1,234 won, nothing in the 13 before." in text
    assert max(map(len, text.splitlines())) <= 96


def pages(page):
    """How many pages Typst sets."""
    import typst

    out = typst.compile(pdf._template(), format="png", ppi=10, sys_inputs={"page": json.dumps(page)})
    return 1 if isinstance(out, bytes) else len(out)


def test_pdf_is_one_page_however_many_managers(look):
    page = as_page(look)
    marks = tuple(
        Mark(week, kind, "", TODAY) for week, kind in enumerate(("held", "took_place", "not_held", "planned"))
    )
    page["has_lanes"] = True
    full = as_page(
        replace(look, managers=(replace(look.managers[0], marks=marks, days=(Mark(3, "was", "", TODAY),)),))
    )
    assert pdf.as_pdf(page).startswith(b"%PDF-")
    for count in (0, 1, 8, 60, 200):
        page["managers"] = full["managers"] * count
        assert pages(page) == 1


def test_what_files_say_is_never_markup(look):
    page = as_page(look)
    page["managers"][0]["name"] = "#panic() *bold* $x$ <script> " + "Ü" * 50
    page["truths"][0]["sentence"] = '#import "x" \\ " quotes'
    assert pages(page) == 1
