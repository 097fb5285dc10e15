"""Files brought into a kept company: upload, columns, preview, progress, rows left out, mended, undone.

A real ``up`` with its worker, a real browser.
"""

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.browser import hand_made
from tests.browser.looks import assert_accessible, assert_fits
from tests.browser.test_journey_new_user import drop, keep

HEADER = ["Vorgang", "Wer", "Kunde", "Stand", "Angelegt", "Abschluss", "Wert"]


@pytest.fixture
def page(browse, make_instance, prepared, tmp_path):
    """The kept company of the hand-made files, signed in as its executive, on the page of imports."""
    with make_instance(like=prepared, DRUMBEAT_AS_OF=hand_made.AS_OF.isoformat()).up() as running:
        page = browse(running.address)
        drop(page, [hand_made.people(tmp_path), hand_made.deals(tmp_path)])
        keep(page, "Elena Hartmann", hand_made.ELENA)
        page.goto(running.address + "/imports/")
        yield page


def table(path, header, *rows):
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *rows])
    return str(path)


def well(page):
    assert_fits(page)
    assert_accessible(page)


def lay(page, *files):
    page.locator("input[type=file]").set_input_files(list(files))
    page.get_by_role("button", name="Look at them").click()


def bring(page):
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="Brought in")).to_be_visible(timeout=30_000)


def test_columns_that_are_not_known_a_preview_and_back_again(page, tmp_path):
    well(page)
    odd = table(
        tmp_path / "vorgaenge.csv",
        HEADER,
        ("V1", "Mira Lund", "Neukunde", "Gewonnen", "2026-10-01", "2026-11-20", "4200"),
        ("V2", "Niemand Bekannt", "Neukunde", "Offen", "2026-10-01", "", "100"),
    )
    lay(page, odd)
    page.get_by_role("link", name="Say which column is what").click(timeout=30_000)
    well(page)
    page.get_by_label("This file holds").select_option("opportunities")
    page.get_by_role("button", name="Show the first rows again").click()
    for label, column in [("Its id", "Vorgang"), ("Rep", "Wer"), ("Account", "Kunde"), ("Stage", "Stand")]:
        page.locator("main").get_by_label(re.compile(rf"^{label}\b")).first.select_option(column)
    for label, column in [("Created", "Angelegt"), ("Close", "Abschluss"), ("Amount", "Wert")]:
        page.locator("main").get_by_label(re.compile(rf"^{label}")).first.select_option(column)
    page.get_by_role("button", name="Show the first rows again").click()
    page.get_by_label("“Gewonnen” means").select_option("won")
    page.get_by_label("“Offen” means").select_option("open")
    well(page)
    page.get_by_role("button", name="Read it like this").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Niemand Bekannt").first).to_be_visible()
    well(page)
    bring(page)
    well(page)
    with page.expect_download() as left_out:
        page.get_by_role("link", name="Rows left out, to mend and bring again").click()
    text = left_out.value.path().read_text(encoding="utf-8-sig")
    assert "V2" in text
    assert "V1" not in text

    mended = tmp_path / left_out.value.suggested_filename
    mended.write_text(text.replace("Niemand Bekannt", "Olga Brandt"), encoding="utf-8")
    page.get_by_role("link", name="To the imports").click()
    lay(page, str(mended))
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=30_000)
    bring(page)
    page.get_by_role("link", name="To the imports").click()
    well(page)
    page.get_by_role("link", name="Take it back").click()
    well(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.").first).to_be_visible()
    well(page)


def test_the_same_file_changes_nothing_and_says_so(page, tmp_path):
    lay(page, hand_made.deals(tmp_path))
    expect(page.get_by_role("heading", name="Nothing would change")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)
    well(page)
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("Put away: deals.csv.")).to_be_visible()


def test_a_file_that_is_none_is_one_sentence(page, tmp_path):
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    lay(page, str(picture))
    expect(page.locator("main").get_by_role("alert").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()
    well(page)
