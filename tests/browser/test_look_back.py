"""From two files to the first truth, counted in taps; every page of the look back in every look, and
without script.
"""

import csv
import re

import pytest
from playwright.sync_api import expect

from drumbeat.desk.lookback import store
from tests.browser.looks import assert_accessible, assert_fits, in_every_look
from tests.real_data import real_data

BOSS = "elena@drum.example"
LOOK = "Show what is true"


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    place = tmp_path / "system-temp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield
    store.forget_all()


@pytest.fixture
def two_files(tmp_path):
    """The CRM export and one's own calendar, with outside companies in it."""
    deals = tmp_path / "deals.csv"
    with deals.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "opportunity_id",
                "sales_agent",
                "account",
                "deal_stage",
                "engage_date",
                "close_date",
                "close_value",
            ]
        )
        out.writerows([f"D{n}", "Rob", "Acme", "Won", "2026-06-01", "2026-10-05", 100 + n] for n in range(40))
        out.writerow(["E1", "Rob", "", "Engaging", "2025-01-01", "", ""])
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:202610{n + 10}T090000Z\r\n"
        f"DTEND:202610{n + 10}T110000Z\r\nSUMMARY:Terms\r\nATTENDEE:mailto:{BOSS}\r\n"
        f"ATTENDEE:mailto:sales@{who}.example\r\nEND:VEVENT\r\n"
        for n, who in enumerate(["parts", "parts", "acme", "tubes", "tubes"])
    )
    mine = tmp_path / "mine.ics"
    mine.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n{events}END:VCALENDAR\r\n", newline=""
    )
    return [str(deals), str(mine)]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_two_files_to_the_first_truth_in_six_taps(open_page, db, two_files, script):
    page = open_page("/look-back/", script=script)
    taps = 1
    page.locator("input[type=file]").set_input_files(two_files)  # one tap opens the chooser, which takes both
    taps += 1
    page.get_by_role("button", name=LOOK).click()
    for domain in ("parts.example", "tubes.example"):
        taps += 1
        page.get_by_role("group", name=re.compile(domain)).get_by_label("Supplier").check()
    taps += 1
    page.get_by_role("button", name=LOOK).click()
    expect(page.locator("ol.truths > li").first).to_be_visible()
    expect(page.get_by_text("You spent 8 hours with suppliers")).to_be_visible()
    assert taps <= 6


@in_every_look
def test_pages_in_every_look(open_page, db, two_files, width, dark):
    page = open_page("/look-back/", width=width, dark=dark)
    seen = []

    def look():
        page.wait_for_load_state()
        seen.append(page.url)
        assert_fits(page)
        assert_accessible(page)

    look()
    page.locator("input[type=file]").set_input_files(two_files)
    page.get_by_role("button", name=LOOK).click()
    look()
    page.get_by_role("button", name=LOOK).click()
    look()
    page.locator("ol.truths a").first.click()
    look()
    assert len(set(seen)) == 3  # the place to drop and the answer have one address


def test_maven(open_page, db):
    files = [str(real_data("maven") / name) for name in ("sales_teams.csv", "sales_pipeline.csv")]
    page = open_page("/look-back/")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name=LOOK).click()
    page.get_by_role("button", name="Look back from there").click()  # the deals end in 2017
    expect(page.get_by_role("heading", name=re.compile("1,291 of 1,589 deals"))).to_be_visible()
    page.get_by_role("link", name="See the 1,291 deals").click()
    expect(page.get_by_text("How we know")).to_be_visible()
    assert_accessible(page)


def test_columns_that_are_not_known(open_page, db, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("Who,How,When,What\nRob,Erledigt,2026-10-01,77\n", encoding="utf-8")
    page = open_page("/look-back/", width=390)
    page.locator("input[type=file]").set_input_files([str(odd)])
    page.get_by_role("button", name=LOOK).click()
    page.get_by_label("Rep").select_option("Who")
    page.get_by_label("Stage").select_option("How")
    page.get_by_role("button", name="Show the first rows again").click()
    page.get_by_label("“Erledigt” means").select_option("won")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Read it like this").click()
    expect(page.get_by_role("heading", name="Your last 13 weeks")).to_be_visible()
